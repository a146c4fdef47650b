"""Write what was measured where the rows are as a section of the page."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

from cxdrivers.moments.warehouse.plan import RESPONDENTS_A_PART
from tests.studies.benchmarks_engine import Found
from tests.studies.benchmarks_engine_data import BLANK_SHARE, CLIENTS, TEAMS
from tests.studies.benchmarks_engine_plan import (
    MAIN,
    PARTS,
    PRICES,
    RESAMPLES,
    Case,
)
from tests.studies.benchmarks_page import Measured, grid, shown_number, shown_time
from tests.studies.benchmarks_page import versions as package_versions

TEMPLATE = Path(__file__).with_suffix(".md")
MILLION = 1_000_000
LABELS = {
    ("by hand", 0): "SQL for DuckDB, by hand",
    ("by hand, checked", 0): "SQL for DuckDB, by hand, of answers on their scale",
    ("package", 0): "cxdrivers, `moments_from(files, parts=0)`",
    ("package", PARTS): f"cxdrivers, `moments_from(files)`, up to {PARTS} parts",
    ("by hand, parts", 0): f"SQL for DuckDB, by hand, all answers in {PARTS} parts",
    ("polars, whole", 0): "polars, by hand, 16 bits",
    ("polars, doubles", 0): "polars, by hand, doubles",
    ("package, polars", 0): "cxdrivers, `moments_from(lazy frame of polars, parts=0)`",
    ("pandas, products", 0): "pandas, a column for each product, `groupby`",
    ("pandas, matrices", 0): "pandas and NumPy, a product of matrices for each client",
}
PRICE_LABELS = {
    (False, False): "neither",
    (True, False): "blanks",
    (True, True): "blanks and weights",
}
GROUPS = {"": "all together", "client": f"{CLIENTS:,} clients", "team": f"{TEAMS:,} teams"}


def section(found: Found) -> str:
    """Return the section as Markdown."""
    plan = found.plan
    columns = len(MAIN.columns)
    return TEMPLATE.read_text(encoding="utf-8").format(
        command="python -m tests.studies.benchmarks --only engine --out docs/benchmarks.md",
        cores=os.cpu_count(),
        versions=_versions(),
        rows=f"{plan.rows:,}",
        tenth=f"{plan.tenth:,}",
        fewest=f"{plan.ladder[0]:,}",
        files=100,
        drivers=MAIN.drivers,
        columns=columns,
        products=columns * (columns + 1) // 2,
        parts=PARTS,
        a_part=RESPONDENTS_A_PART,
        rounds=plan.rounds,
        blank=f"{BLANK_SHARE:.0%}".replace("%", " %"),
        table=_side_by_side(found),
        weights=_weights(found),
        ladder=_ladder(found),
        prices=_prices(found),
        shapes=_shapes(found),
        gap=_gap(found.gap),
        weighted_gap=_gap(found.weighted_gap),
        share_gap=_gap(found.share_gap),
    )


def _versions() -> str:
    engines = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "polars", "pyarrow"))
    return package_versions().replace(";", f", {engines};", 1)


def _side_by_side(found: Found) -> str:
    plan = found.plan
    first = found.of(plan.rung(plan.rows)[0])
    rows = []
    for case in plan.side_by_side:
        one = _of_all_rows(found, case)
        sign = "" if one.known == "measured" else "≈ "
        times = f"{sign}{shown_number(one.seconds / first.seconds)}"
        wall = shown_time(Measured(one.said["wall"], known=one.known))
        rows.append([_label(case), shown_time(one), times, wall, f"{one.megabytes:,.0f}"])
    nothing = found.of(plan.nothing)
    rows.append(["nothing, the package being imported", "—", "—", "—", f"{nothing.megabytes:,.0f}"])
    heads = ["program", "processors", "times by hand", "wall", "peak memory, MB"]
    return grid(heads, rows)


def _of_all_rows(found: Found, case: Case) -> Measured:
    """Return a measurement, or what follows from it for the largest table."""
    one = found.of(case)
    more = found.plan.rows / case.rows
    if more == 1:
        return one
    said = {"wall": one.said["wall"] * more}
    return Measured(one.seconds * more, one.megabytes, "extrapolated", said)


def _weights(found: Found) -> str:
    rows = []
    for case in found.plan.weighings:
        one, count = found.of(case), case.task.n_boot
        call = f"cxdrivers, `driver_weights(moments, n_boot={count})`"
        label = f"{call}, with intervals" if count == RESAMPLES else call
        wall = shown_time(Measured(one.said["wall"]))
        rows.append([label, shown_time(one), wall, f"{one.megabytes:,.0f}"])
    return grid(["call", "processors", "wall", "peak memory, MB"], rows)


def _ladder(found: Found) -> str:
    ladder = found.plan.ladder
    rungs = [found.plan.rung(rows) for rows in ladder]
    rows = [
        [_label(cases[0]), *(_a_million(found, case) for case in cases)]
        for cases in zip(*rungs, strict=True)
    ]
    return grid(["program", *(f"{rows:,}" for rows in ladder)], rows)


def _a_million(found: Found, case: Case) -> str:
    one = found.of(case)
    return shown_time(Measured(one.seconds * MILLION / case.rows))


def _prices(found: Found) -> str:
    cases = [found.plan.price(blanks=blanks, weighted=weighted) for blanks, weighted in PRICES]
    rows = [
        [_label(same[0]), *(shown_time(found.of(case)) for case in same)]
        for same in zip(*cases, strict=True)
    ]
    return grid(["program", *(PRICE_LABELS[each] for each in PRICES)], rows)


def _shapes(found: Found) -> str:
    rows = []
    for answers, by in found.plan.shapes:
        cases = found.plan.shape(answers, by)
        first = found.of(cases[0])
        cells = [shown_time(found.of(cases[0]))]
        for case in cases[1:]:
            ratio = shown_number(found.of(case).seconds / first.seconds)
            cells.append(f"{shown_time(found.of(case))} ({ratio})")
        peak = max(found.of(case).megabytes for case in cases[1:])
        rows.append([f"{GROUPS[by]}, {answers.drivers} drivers", *cells, f"{peak:,.0f}"])
    heads = ["shape", "by hand", "`parts=0` (times)", f"{PARTS} parts (times)", "peak memory, MB"]
    return grid(heads, rows)


def _label(case: Case) -> str:
    return LABELS[case.task.program, case.task.parts]


def _gap(gap: float) -> str:
    return f"{gap:.0e}" if gap else "0"
