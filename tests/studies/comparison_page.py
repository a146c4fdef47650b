"""Write what was asked of other packages as a page, beside what their documents say."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path

import numpy as np
import pandas as pd
from statsmodels.tools.sm_exceptions import SingularMatrixWarning

import cxdrivers as cx
from cxdrivers.answers.weights import likelihood_valuation, subset_scores
from cxdrivers.importance import linear_shares
from tests.likelihood_twins import mcfadden_of_all_subsets
from tests.studies.benchmarks_page import Measured, grid, shown_number, shown_time, versions
from tests.studies.comparison_cases import OUTCOME, TABLES, TOP, drivers_of
from tests.studies.comparison_reference import differences, reference
from tests.studies.peers import Peer
from tests.twins import average_over_all_orders, fits_of_all_subsets

TEMPLATE = Path(__file__).with_suffix(".md")
LIBRARIES = ("pingouin", "dominance-analysis")
OLDER = "dominance-analysis, older packages"
OURS = "cxdrivers"
IN_DATABASE = ("moments_from", "moments_sql")
"""Functions that leave the rows where they are, as far as they are there."""
NOT_OFFERED = {
    ("pingouin", "matrix"): "takes answers only",
    ("pingouin", "resampled"): "no resampling",
    ("pingouin", "top_box"): "no shares of logistic regression",
    ("pingouin", "nagelkerke"): "no shares of logistic regression",
    ("dominance-analysis", "resampled"): "no resampling",
    ("dominance-analysis", "left_out"): "no such option",
    ("dominance-analysis", "weights"): "no weights",
}
ASKED = {
    "complete": "seven drivers, complete rows: difference",
    "matrix": "six drivers, correlations only: difference from relaimpo",
    "blanks": "seven drivers with blanks",
    "left_out": "the same, rows with a blank to be left out",
    "names": "drivers called wait, time, wait time, menu: difference",
    "tied": "an eighth driver, the mean of two others: difference",
    "weights": "survey weights",
    "top_box": f"who gives {TOP} or more, McFadden's R²: difference",
    "nagelkerke": "the same, Nagelkerke's R²",
    "many": "16 drivers: how many get a weight",
}
"""Every question as it stands on the page."""
ALIKE = 1e-9

Key = tuple[str, str]


@dataclass(frozen=True)
class Answer:
    """What a program said to one question, or the error that it ended with."""

    shares: Mapping[str, float] = field(default_factory=dict)
    rows: int | None = None
    warnings: Sequence[str] = ()
    added: Sequence[str] = ()
    kept: int | None = None
    seconds: float = float("nan")
    trouble: str = ""


def page(
    answers: Mapping[Key, Answer], peers: Sequence[Peer], tables: Mapping[str, pd.DataFrame]
) -> str:
    """Return the page as Markdown.

    Parameters
    ----------
    answers
        What was said, by program and question.
    peers
        The other packages, with what came of installing them.
    tables
        The answers that were asked about.
    """
    facts = reference()
    expected: dict[str, Mapping[str, float]] = {
        name: twin(tables[TABLES[name]], top_box=name == "top_box")
        for name in ("complete", "names", "tied", "top_box")
    }
    expected["matrix"] = dict(zip(facts["drivers"], facts["lmg"], strict=True))
    programs = [OURS, *(peer.name for peer in peers if not _fate(peer, answers))]
    rows = [
        [words, *(cell(name, question, answers, expected) for name in programs)]
        for question, words in ASKED.items()
    ]
    rows.append(["the caller's table afterwards", *(_after(name, answers) for name in programs)])
    there = [f"`{name}`" for name in IN_DATABASE if name in cx.__all__]
    return TEMPLATE.read_text(encoding="utf-8").format(
        version=cx.__version__,
        asked=grid(["asked", *programs], rows),
        times=_times(answers, programs),
        installed="\n".join(_installed(peer, answers) for peer in peers),
        reference=_reference(),
        complete=f"{len(tables['complete']):,}",
        respondents=f"{len(tables['blanks']):,}",
        versions=versions(),
        most=linear_shares.MOST_DRIVERS,
        most_fitted=likelihood_valuation.MOST_DRIVERS,
        most_scored=subset_scores.MOST_DRIVERS,
        database="yes" if there else "no",
        database_functions=", ".join(there or ["`Moments`"]),
    )


def twin(table: pd.DataFrame, *, top_box: bool = False) -> dict[str, float]:
    """Return the shares by a regression on every subset of drivers and every order of entry."""
    drivers = drivers_of(table)
    columns, outcome = table[drivers].to_numpy(), table[OUTCOME].to_numpy()
    groups = [(place,) for place in range(len(drivers))]
    if top_box:
        reached = (outcome >= TOP).astype(float)
        listed = mcfadden_of_all_subsets(columns, reached, groups, np.ones(len(table)))
        values = {
            frozenset(place for place in range(len(drivers)) if number >> place & 1): float(value)
            for number, value in enumerate(listed)
        }
    else:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SingularMatrixWarning)
            values = fits_of_all_subsets(columns, outcome, groups)
    return dict(zip(drivers, average_over_all_orders(values, len(drivers)), strict=True))


def cell(
    name: str,
    question: str,
    answers: Mapping[Key, Answer],
    expected: Mapping[str, Mapping[str, float]],
) -> str:
    """Return what is shown of one answer."""
    package = name.partition(",")[0]
    if (package, question) in NOT_OFFERED:
        return NOT_OFFERED[package, question]
    answer = answers[name, question]
    if answer.trouble:
        return f"stops: `{_first_sentence(answer.trouble)}`"
    if question == "many":
        return str(len(answer.shares) if answer.kept is None else answer.kept)
    if question in expected:
        shown = _difference(answer.shares, expected[question])
    else:
        shown = f"{answer.rows:,} rows" if question in ("blanks", "left_out") else "yes"
    said = [f"warns: `{_first_sentence(answer.warnings[0])}`"] if answer.warnings else []
    return "; ".join([shown, *said])


def _difference(shares: Mapping[str, float], expected: Mapping[str, float]) -> str:
    gap = max(abs(shares[driver] - share) for driver, share in expected.items())
    return _gap(gap) if gap < ALIKE else f"**{gap:.2f}** of {sum(expected.values()):.2f}"


def _gap(gap: float) -> str:
    return f"{gap:.0e}" if gap else "0"


def _first_sentence(said: str) -> str:
    return said.partition(". ")[0].removesuffix(".").replace("`", "'")


def _heard(name: str, answers: Mapping[Key, Answer]) -> list[Answer]:
    return [answer for (program, _), answer in answers.items() if program == name]


def _after(name: str, answers: Mapping[Key, Answer]) -> str:
    added = sorted({column for answer in _heard(name, answers) for column in answer.added})
    return f"one column more: {', '.join(added)}" if added else "as it was"


def _fate(peer: Peer, answers: Mapping[Key, Answer]) -> str:
    """Return why a package has no column: it is not there, or always stops in the same way."""
    if peer.trouble:
        return f"not installed: `{peer.trouble}`"
    troubles = {answer.trouble for answer in _heard(peer.name, answers)}
    always = troubles.pop() if len(troubles) == 1 else ""
    return f"stops before the first question: `{always}`" if always else ""


def _installed(peer: Peer, answers: Mapping[Key, Answer]) -> str:
    fate = _fate(peer, answers) or "runs"
    return f"- {' '.join(filter(None, (peer.name, peer.version)))}: {fate}"


def _times(answers: Mapping[Key, Answer], programs: Sequence[str]) -> str:
    ours = answers[OURS, "complete"].seconds
    rows = []
    for question, words in (("complete", "once"), ("resampled", "with 1,000 resamples")):
        for name in programs:
            seconds = answers.get((name, question), Answer()).seconds
            if isfinite(seconds):
                times = shown_number(seconds / ours)
                rows.append([f"{name}, {words}", shown_time(Measured(seconds)), times])
    return grid(["program", "time", "times cxdrivers, once"], rows)


def _reference() -> str:
    rows = [[name, what, _gap(gap)] for name, (what, gap) in differences().items()]
    return grid(["R package", "compared", "largest difference"], rows)
