"""Write what was measured with a top box and with grades as the last section of the page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from tests.studies.benchmarks_page import (
    RESAMPLES,
    Measured,
    grid,
    shown_number,
    shown_time,
    with_part,
)
from tests.studies.benchmarks_page import versions as package_versions
from tests.studies.contenders import RESPONDENTS
from tests.studies.fitted_contenders import THRESHOLD, graded_survey

DRIVERS = 7
LOOPS = {
    "top_box": {
        "prsquared": "`Logit`, its `prsquared`",
        "Logit": "`Logit`, its `llf`",
        "GLM": "`GLM`, its `llf`",
    },
    "ordinal": {"OrderedModel": "`OrderedModel`, its `llf`"},
}
"""Our kinds, and what of statsmodels a loop would be made of."""

TEMPLATE = Path(__file__).with_suffix(".md")

FittedKey = tuple[str, int]


def with_section(page: str, results: Mapping[FittedKey, Measured]) -> str:
    """Return a page with this section, in the place of an older one or at the end.

    Parameters
    ----------
    page
        The page, with or without such a section.
    results
        What was measured, by program and number of resamples.
    """
    return with_part(page, section(results))


def section(results: Mapping[FittedKey, Measured]) -> str:
    """Return the section as Markdown."""
    reached = (graded_survey(DRIVERS)["satisfaction"] >= THRESHOLD).mean()
    resampled = [results[kind, RESAMPLES] for kind in LOOPS]
    return TEMPLATE.read_text(encoding="utf-8").format(
        command="python -m tests.studies.benchmarks --only fitted --out docs/benchmarks.md",
        versions=package_versions(),
        respondents=f"{RESPONDENTS:,}",
        drivers=DRIVERS,
        subsets=2**DRIVERS - 1,
        reached=f"{100 * reached:.0f} %",
        table=_table(results),
        agreement=_agreement(results),
        peak=f"{max(each.megabytes for each in resampled):,.0f}",
    )


def _table(results: Mapping[FittedKey, Measured]) -> str:
    rows = []
    for kind, loops in LOOPS.items():
        ours = results[kind, RESAMPLES]
        own = f'cxdrivers, `driver_weights(kind="{kind}")`'
        times = [shown_time(results[kind, 0]), shown_time(ours)]
        rows.append([own, *times, "1", f"{ours.megabytes:,.0f}"])
        for name, label in loops.items():
            once = results[name, 0]
            often = Measured(RESAMPLES * once.seconds, known="extrapolated")
            longer = f"≈ {shown_number(often.seconds / ours.seconds)}"
            times = [shown_time(once), shown_time(often)]
            rows.append([f"statsmodels, {label}", *times, longer, f"{once.megabytes:,.0f}"])
    heads = ["program", "once", f"{RESAMPLES:,} resamples", "times longer", "peak memory, MB"]
    return grid(heads, rows)


def _agreement(results: Mapping[FittedKey, Measured]) -> str:
    gaps = [
        np.abs(np.subtract(results[kind, 0].said["shares"], results[name, 0].said["shares"])).max()
        for kind, loops in LOOPS.items()
        for name in loops
    ]
    return f"No share of one program differs by more than {max(gaps):.0e} from that of another."
