"""Write what the study of groups found as a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tests.studies.groups_worlds import COUNTS, GRID, OTHER, SMALL, SPREADS, World

if TYPE_CHECKING:
    from tests.studies.groups import Measured

TEMPLATE = Path(__file__).with_suffix(".md")
MOST_FALSE = 0.07
LOWEST, HIGHEST = 0.92, 0.98
QUICK = 40
DIFFERING, SAME = "differing", "same"
"""Customer focus and customer knowledge; the five other drivers."""
EFFECT, WEIGHT = "effect", "weight"

Found = Mapping[World, "Measured"]
Shown = Callable[["Measured"], str]


def page(found: Found, *, samples: int) -> str:
    """Return the page as Markdown.

    Parameters
    ----------
    found
        What was measured in each world.
    samples
        Surveys of a world.
    """
    nothing = [world for world in found if world.spread == 0]
    return TEMPLATE.read_text(encoding="utf-8").format(
        command="python -m tests.studies.groups --out docs/group-comparison.md"
        f" --samples {samples}",
        quick=QUICK,
        samples=samples,
        error=f"{100 * _error(found):.1f}",
        verdict="\n".join(verdict(found)),
        most_false=f"{100 * MOST_FALSE:.0f}",
        low=f"{100 * LOWEST:.0f}",
        high=f"{100 * HIGHEST:.0f}",
        same=_grid(found, _pair(EFFECT, "found_alone", "found", SAME)),
        nothing="\n".join(
            f"- {world.name}: {_percent(found[world], EFFECT, 'any_found', SAME)} %"
            for world in nothing
        ),
        power=_grid(found, _one(EFFECT, "found")),
        weight_power=_grid(found, _one(WEIGHT, "found")),
        tau=_grid(found, _tau),
        new=_grid(found, _one(EFFECT, "new_held"), SPREADS[1:]),
        new_same=_range(found, EFFECT, "new_held", SAME),
        pooled=_range(found, EFFECT, "pooled_held", SAME),
        small=_table(
            ("customers", "driver", *(f"{part} {of}" for of in (EFFECT, WEIGHT) for part in PARTS)),
            _small(found),
        ),
        rest=_grid(found, _standing_out),
        other=_table(OTHER_HEAD, _other(found)),
    )


PARTS = ("error", "own", "drawn")
OTHER_HEAD = (
    "answers",
    "others p < 5 %",
    "focus and knowledge found",
    "mean τ",
    "τ held",
    "further one held",
    "own held",
    "drawn held",
    "error",
)


def verdict(found: Found) -> Iterator[str]:
    """Yield in words which goals are met, with the figures that decide."""
    false = {world: each.rate(EFFECT, "found_alone", SAME)[0] for world, each in found.items()}
    worst = max(false, key=lambda world: false[world])
    over = sum(value > MOST_FALSE for value in false.values())
    yield (
        f"- **Not found where it is not.** Own effects that do not differ have a p-value below 5 % "
        f"in {100 * min(false.values()):.1f} to {100 * false[worst]:.1f} % (most: {worst.name}); "
        f"{over} of {len(false)} worlds are above {100 * MOST_FALSE:.0f} %."
    )
    ratios = {
        (world, measure, drivers): ratio(found[world], measure, drivers)
        for world in SMALL
        if world in found
        for measure in (EFFECT, WEIGHT)
        for drivers in (DIFFERING, SAME)
    }
    if ratios:
        worse = sum(value >= 1 for value in ratios.values())
        yield (
            f"- **Drawn numbers are nearer.** With 25 to 200 customers the squared error "
            f"is {min(ratios.values()):.2f} to {max(ratios.values()):.2f} times that of separate "
            f"ones; {worse} of {len(ratios)} are not lower."
        )
    for measure, called in ((EFFECT, "own effect"), (WEIGHT, "weight")):
        held = {
            world: each.rate(measure, "new_held", DIFFERING)[0]
            for world, each in found.items()
            if world.spread > 0
        }
        known = {world: value for world, value in held.items() if np.isfinite(value)}
        if not known:
            continue
        least = min(known, key=lambda world: known[world])
        most = max(known, key=lambda world: known[world])
        low = sum(value < LOWEST for value in known.values())
        high = sum(value > HIGHEST for value in known.values())
        yield (
            f"- **A further organisation, {called}.** Where organisations differ, prediction "
            f"intervals hold {100 * known[least]:.1f} % ({least.name}) to "
            f"{100 * known[most]:.1f} % ({most.name}); {low} of {len(known)} worlds are below "
            f"{100 * LOWEST:.0f} and {high} above {100 * HIGHEST:.0f}."
        )
    wrong = {world: each.rate(EFFECT, "wrong", SAME)[0] for world, each in found.items()}
    worst = max(wrong, key=lambda world: wrong[world])
    yield (
        f"- **Who stands out.** Of the own effects that are said to stand out, at most "
        f"{100 * wrong[worst]:.1f} % do not differ from the others ({worst.name})."
    )


def ratio(measured: Measured, measure: str, drivers: str) -> float:
    """Return the squared error of drawn numbers over that of separate ones."""
    drawn, own = (measured.rate(measure, f"{kind}_error", drivers)[0] for kind in ("shrunk", "own"))
    return drawn / own


def _error(found: Found) -> float:
    """Return the largest Monte-Carlo error of the percentages of drivers that are shown."""
    return max(
        each.rate(EFFECT, quantity, drivers)[1]
        for each in found.values()
        for quantity in ("found_alone", "found", "new_held", "tau_held")
        for drivers in (DIFFERING, SAME)
    )


def _percent(measured: Measured, measure: str, quantity: str, drivers: str) -> str:
    return f"{100 * measured.rate(measure, quantity, drivers)[0]:.1f}"


def _range(found: Found, measure: str, quantity: str, drivers: str) -> str:
    values = [each.rate(measure, quantity, drivers)[0] for each in found.values()]
    return f"{100 * min(values):.0f} to {100 * max(values):.0f}"


def _one(measure: str, quantity: str) -> Shown:
    return lambda each: _percent(each, measure, quantity, DIFFERING)


def _pair(measure: str, first: str, second: str, drivers: str) -> Shown:
    return lambda each: (
        f"{_percent(each, measure, first, drivers)} / {_percent(each, measure, second, drivers)}"
    )


def _tau(each: Measured) -> str:
    return f"{each.rate(EFFECT, 'tau', DIFFERING)[0]:.3f} / {_one(EFFECT, 'tau_held')(each)}"


def _standing_out(each: Measured) -> str:
    return f"{_one(EFFECT, 'stands_out')(each)} / {_percent(each, EFFECT, 'wrong', SAME)}"


def _grid(found: Found, shown: Shown, spreads: Sequence[float] = SPREADS) -> str:
    """Return a table with a row for each number of organisations and a column for each τ."""
    cells = {(len(world.sizes), world.spread): world for world in GRID if world in found}
    counts = [count for count in COUNTS if any((count, spread) in cells for spread in spreads)]
    rows = (
        (
            str(count),
            *(
                shown(found[cells[count, spread]]) if (count, spread) in cells else ""
                for spread in spreads
            ),
        )
        for count in counts
    )
    return _table(("organisations", *(f"τ = {spread}" for spread in spreads)), rows)


def _small(found: Found) -> Iterator[Sequence[str]]:
    for world in SMALL:
        if world not in found:
            continue
        for drivers, called in ((DIFFERING, "focus, knowledge"), (SAME, "the others")):
            cells = (
                text
                for measure in (EFFECT, WEIGHT)
                for text in (
                    f"{ratio(found[world], measure, drivers):.2f}",
                    _percent(found[world], measure, "own_held", drivers),
                    _percent(found[world], measure, "shrunk_held", drivers),
                )
            )
            yield (str(world.sizes[0]), called, *cells)


def _other(found: Found) -> Iterator[Sequence[str]]:
    plain = tuple(
        world for world in GRID if len(world.sizes) == 13 and world.spread == OTHER[0].spread
    )
    for world in (*plain, *OTHER):
        if world not in found:
            continue
        each = found[world]
        yield (
            world.name.partition(", ")[2] if world in OTHER else "as above",
            _percent(each, EFFECT, "found_alone", SAME),
            _percent(each, EFFECT, "found", DIFFERING),
            f"{each.rate(EFFECT, 'tau', DIFFERING)[0]:.3f}",
            *(
                _percent(each, EFFECT, quantity, DIFFERING)
                for quantity in ("tau_held", "new_held", "own_held", "shrunk_held")
            ),
            f"{ratio(each, EFFECT, DIFFERING):.2f}",
        )


def _table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
