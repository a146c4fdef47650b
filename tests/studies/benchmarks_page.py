"""Write what was measured beside other programs as a page."""

from __future__ import annotations

import inspect
import os
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from cxdrivers.importance.sampled import sampled_shares
from tests.studies.contenders import RESPONDENTS
from tests.studies.peers import PEERS, Peer

DRIVERS = (7, 10, 15, 20, 25)
MANY = (26, 28, 30)
SAMPLED = (12, 20, 40, 100, 200)
RESAMPLES = 1000
PATIENCE = 120.0
"""Seconds after which a measurement is stopped."""
TEMPLATE = Path(__file__).with_suffix(".md")
PACKAGES = ("numpy", "scipy", "pandas", "statsmodels")
SUBSETS = "shares of all subsets"
SIGNS = {"measured": "", "extrapolated": "≈ ", "at least": "≥ "}
UNITS = ((1, "ms", 1e-3), (60, "s", 1), (3600, "min", 60), (172_800, "h", 3600))

Key = tuple[str, int, int]
Show = Callable[["Measured"], str]


@dataclass(frozen=True)
class Measured:
    """How long something took, its peak of memory, how that is known, and what it said.

    `known` is "measured", "extrapolated" from part of the work, "at least" when it follows from
    fewer drivers, or "stopped". `trouble` is the error that came instead.
    """

    seconds: float = float("nan")
    megabytes: float = float("nan")
    known: str = "measured"
    said: Mapping[str, Any] = field(default_factory=dict)
    trouble: str = ""


def page(results: Mapping[Key, Measured], peers: Sequence[Peer]) -> str:
    """Return the page as Markdown.

    Parameters
    ----------
    results
        What was measured, by program, number of drivers and number of resamples.
    peers
        The other packages, with what came of installing them.
    """
    same = [peer.name for peer in peers if PEERS[peer.name] == SUBSETS and _runs(results, peer)]
    r = ["relaimpo"] if ("relaimpo", DRIVERS[0], 0) in results else []
    ours = ["driver_weights", "linear_shares", "walked_shares"]
    looped = dict(results)
    for name in ["statsmodels", *same]:
        for drivers in DRIVERS:
            one = results[name, drivers, 0]
            sign = "at least" if one.known == "at least" else "extrapolated"
            looped[name, drivers, RESAMPLES] = Measured(one.seconds * RESAMPLES, known=sign)
    first = "driver_weights"
    others = ["statsmodels", *same, *r]
    return TEMPLATE.read_text(encoding="utf-8").format(
        respondents=f"{RESPONDENTS:,}",
        cores=os.cpu_count(),
        versions=versions(),
        patience=PATIENCE,
        std_error=inspect.signature(sampled_shares).parameters["std_error"].default,
        once=_table(results, [*ours, *others], 0, shown_time),
        once_ratios=_ratios(results, first, [*ours[1:], *others], 0),
        agreement=_agreement(results, [*ours, *same]),
        resampled=_table(looped, [first, *others], RESAMPLES, shown_time),
        resampled_ratios=_ratios(looped, first, others, RESAMPLES),
        memory=_table(results, ["nothing", *ours, *others], 0, _memory),
        resampled_memory=_table(results, [first, *r], RESAMPLES, _memory),
        walked=_walked(results),
        sampled=_sampled(results),
        peers=_peers(results, peers),
        relaimpo=_relaimpo(found=bool(r)),
    )


def with_part(page: str, part: str) -> str:
    """Return a page with a section, in the place of an older one or at the end.

    Parameters
    ----------
    page
        The page, with or without such a section.
    part
        The section; its first line is its heading.
    """
    heading = part.partition("\n")[0]
    before, found, after = page.partition(f"{heading}\n")
    rest = after.partition("\n## ")[2] if found else ""
    end = f"\n## {rest}" if rest else ""
    return f"{before.rstrip()}\n\n{part.rstrip()}\n{end}"


def _table(
    results: Mapping[Key, Measured], names: Sequence[str], resamples: int, show: Show
) -> str:
    return grid(
        ["program", *(f"{drivers} drivers" for drivers in DRIVERS)],
        [
            [
                _label(name),
                *(show(results.get((name, drivers, resamples), Measured())) for drivers in DRIVERS),
            ]
            for name in names
        ],
    )


def _ratios(
    results: Mapping[Key, Measured], first: str, names: Sequence[str], resamples: int
) -> str:
    def ratio(name: str, drivers: int) -> str:
        mine = results[first, drivers, resamples]
        found = results.get((name, drivers, resamples), Measured())
        times = found.seconds / mine.seconds
        signs = {SIGNS.get(found.known, ""), SIGNS[mine.known]}
        sign = next((sign for sign in ("≥ ", "≈ ") if sign in signs), "")
        return f"{sign}{shown_number(times)}" if isfinite(times) else "—"

    return grid(
        ["program", *(f"{drivers} drivers" for drivers in DRIVERS)],
        [[_label(name), *(ratio(name, drivers) for drivers in DRIVERS)] for name in names],
    )


def _agreement(results: Mapping[Key, Measured], names: Sequence[str]) -> str:
    gaps = [
        np.abs(
            np.subtract(found.said["shares"], results["walked_shares", drivers, 0].said["shares"])
        )
        for name in names
        for drivers in DRIVERS
        if "shares" in (found := results[name, drivers, 0]).said
    ]
    largest = max(gap.max() for gap in gaps)
    return f"No share of one program differs by more than {largest:.0e} from that of another."


def _walked(results: Mapping[Key, Measured]) -> str:
    rows = [(drivers, results["walked_shares", drivers, 0]) for drivers in (20, 25, *MANY)]
    return grid(
        ["drivers", "subsets", "time", "peak memory, MB"],
        [[str(p), f"{2**p:,}", shown_time(found), _memory(found)] for p, found in rows],
    )


def _sampled(results: Mapping[Key, Measured]) -> str:
    rows = []
    for drivers in SAMPLED:
        found = results["sampled_shares", drivers, 0]
        if found.trouble or not found.said:
            rows.append([str(drivers), shown_time(found), "—", "—", "—", "—"])
            continue
        exact = results.get(("walked_shares", drivers, 0))
        errors = np.array(found.said["std_errors"])
        distance = "—"
        if exact:
            gaps = np.abs(np.subtract(found.said["shares"], exact.said["shares"])) / errors
            distance = f"{gaps.max():.1f}"
        orders = f"{found.said['permutations']:,}"
        largest = f"{errors.max():.5f}"
        rows.append([str(drivers), shown_time(found), _memory(found), orders, largest, distance])
    heads = ["drivers", "time", "peak memory, MB", "orders", "largest standard error", "distance"]
    return grid(heads, rows)


def _peers(results: Mapping[Key, Measured], peers: Sequence[Peer]) -> str:
    def fate(peer: Peer) -> str:
        if peer.trouble:
            return f"does not install: `{peer.trouble}`"
        first = results[peer.name, DRIVERS[0], 0]
        if first.trouble:
            return f"stops: `{first.trouble}`"
        exact = results["walked_shares", DRIVERS[0], 0].said["shares"]
        gap = np.abs(np.subtract(first.said["shares"], exact)).max()
        return f"runs; largest difference from the exact shares {gap:.0e}"

    return grid(
        ["package", "version", "computes", f"installed today with pip, {DRIVERS[0]} drivers"],
        [[peer.name, peer.version or "—", PEERS[peer.name], fate(peer)] for peer in peers],
    )


def _relaimpo(*, found: bool) -> str:
    if found:
        return "R's relaimpo is timed by R itself, reading the answers left out."
    return (
        "R's relaimpo is left out: `Rscript` with the package relaimpo was not found. Where it is"
        " found, the same command times it too."
    )


def _runs(results: Mapping[Key, Measured], peer: Peer) -> bool:
    return peer.python is not None and not results[peer.name, DRIVERS[0], 0].trouble


def versions() -> str:
    """Name the packages that were measured with, and the system."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"Python {platform.python_version()}, {packages}; {platform.system()}."


def _label(name: str) -> str:
    ours = {"driver_weights", "linear_shares", "walked_shares"}
    return f"cxdrivers, `{name}()`" if name in ours else name


def shown_time(found: Measured) -> str:
    """Return a time in the unit that fits, with the sign of how it is known."""
    if not isfinite(found.seconds):
        return found.known if found.known == "stopped" else "—"
    fitting = (unit for unit in UNITS if found.seconds < unit[0])
    _, unit, size = next(fitting, (0, "days", 86_400))
    return f"{SIGNS[found.known]}{shown_number(found.seconds / size)} {unit}"


def _memory(found: Measured) -> str:
    return f"{found.megabytes:,.0f}" if isfinite(found.megabytes) else "—"


def shown_number(value: float) -> str:
    """Return two or three digits that matter."""
    if value >= 100:
        digits = len(str(int(value))) - 2
        return f"{round(value, -digits):,.0f}"
    return f"{value:.2g}" if value < 10 else f"{value:.0f}"


def grid(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of Markdown, numbers to the right."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
