"""Write what the study of missing answers found as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from cxdrivers.moments.imputation import MOST
from cxdrivers.vocabulary import DRIVERS, driver_label
from tests.studies.blanks import BLANK, CELLS, CORRELATION, EMPATHY, MANY, SHIFT, Cell, N
from tests.studies.missing_words import FIGURES, figure_name, judged, percent
from tests.studies.policies import COMPLETE, policies_of
from tests.studies.populations import SLOPES

TITLES = {
    "mcar": "Blanks by chance",
    "mar": "Blanks that follow from answers that are there",
    "grades": "The same with whole answers from 1 to 10 and a ceiling",
    "top_box": "The same with a top box",
    "mnar": "Blanks that follow from what was not answered",
    "not_applicable": "A driver that does not apply",
    "both": "A driver that does not apply, and blanks beside it",
}
POLICIES = {
    "complete": "complete answers",
    "pair": "a pair of columns",
    "em": "likeliest moments (`em`)",
    "imputation": "filled in by chance (`imputation`)",
    "listwise": "rows left out (`listwise`)",
    "mean": "the mean filled in",
}

TEMPLATE = Path(__file__).with_suffix(".md")


def page(cells: Mapping[str, Any], linear: Mapping[str, Any], fitted: Mapping[str, Any]) -> str:
    """Return the page as Markdown.

    Parameters
    ----------
    cells
        The summaries of all cells by key.
    linear, fitted
        Samples, resamples and level for straight lines, and for a top box.
    """
    return TEMPLATE.read_text(encoding="utf-8").format(
        command="python -m tests.studies.missing --out docs/missing-answers.md"
        f" --samples {linear['samples']} --resamples {linear['resamples']}"
        f" --fitted-samples {fitted['samples']} --fitted-resamples {fitted['resamples']}",
        slopes=" ".join(f"{slope:.2f}".lstrip("0") for slope in SLOPES[:-1]) + " 0",
        n=N,
        correlation=CORRELATION,
        samples=linear["samples"],
        resamples=linear["resamples"],
        fitted_samples=fitted["samples"],
        fitted_resamples=fitted["resamples"],
        blank=", ".join(driver_label(DRIVERS[place], "en") for place in BLANK),
        affected=driver_label(DRIVERS[EMPATHY], "en"),
        shift=SHIFT,
        many=f"{MANY:,}",
        fillings=MOST,
        error=percent(_error(linear)),
        fitted_error=percent(_error(fitted)),
        findings="\n".join(_findings(cells)).rstrip(),
        overview="\n".join(_overview(cells)),
        tables="\n".join(_tables(cells)).rstrip(),
    )


def _by_mechanism() -> Iterator[tuple[str, list[Cell]]]:
    for mechanism, chosen in groupby(CELLS, key=lambda cell: cell.mechanism):
        yield mechanism, list(chosen)


def _findings(cells: Mapping[str, Any]) -> Iterator[str]:
    for mechanism, chosen in _by_mechanism():
        yield f"**{TITLES[mechanism]}.**"
        yield ""
        for policy in policies_of(chosen[0]):
            if policy != COMPLETE:
                said = judged(cells, chosen, policy).sentence
                yield f"- {POLICIES[policy].capitalize()}: {said}"
        yield ""


def _overview(cells: Mapping[str, Any]) -> Iterator[str]:
    yield "| answers | policy | beyond chance | largest bias | covered, lowest | mean | width |"
    yield "|---|---|---|---|---|---|---|"
    for mechanism, chosen in _by_mechanism():
        for policy in policies_of(chosen[0]):
            found = judged(cells, chosen, policy)
            yield _row(
                [
                    TITLES[mechanism],
                    POLICIES[policy],
                    f"{found.biased} of {found.figures}",
                    _signed(found.largest),
                    percent(found.lowest),
                    percent(found.mean),
                    " ".join(f"{width:.2f}" for width in found.widths),
                ]
            )


def _tables(cells: Mapping[str, Any]) -> Iterator[str]:
    for mechanism, chosen in _by_mechanism():
        yield f"## {TITLES[mechanism]}"
        yield ""
        for cell in chosen:
            yield f"### {100 * cell.share:.0f} %"
            yield ""
            yield from _table(cell, cells[cell.key])
            yield ""


def _table(cell: Cell, found: Mapping[str, Any]) -> Iterator[str]:
    names = policies_of(cell)
    heads = [f"{POLICIES[name]}: bias | covered | width" for name in names]
    yield _row(["figure", "truth", *heads])
    yield _row(["---"] * (2 + 3 * len(names)))
    for place in FIGURES:
        shown = [figure_name(place), f"{found['truth'][place]:.4f}"]
        for name in names:
            own = found[name]
            shown += [
                _signed(own["bias"][place] / own["spread"][place]),
                percent(own["coverage"][place]),
                f"{own['width'][place]:.3f}",
            ]
        yield _row(shown)


def _error(settings: Mapping[str, Any]) -> float:
    """Return the Monte-Carlo error of a coverage as high as promised."""
    level: float = settings["level"]
    return float(np.sqrt(level * (1 - level) / settings["samples"]))


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _row(values: Sequence[str]) -> str:
    return f"| {' | '.join(values)} |"
