"""Reports that the tests of what is handed over share, each of them computed once."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

import pandas as pd

import cxdrivers as cx
from cxdrivers.answers.advocacy.agent_link_result import AgentLink
from cxdrivers.answers.advocacy.recommendation_result import RecommendationCurve
from cxdrivers.report.results.results import Results, results_of
from cxdrivers.report.write import report_contents
from cxdrivers.vocabulary import REPORT_FORMATS
from cxdrivers.wording import of_language
from tests.report.read_back import page_parts

EXAMPLE = "contact_centre"
FEW_DRIVERS = {"reliability", "empathy", "wait_time", "ivr_menu"}


def _asked(*names: str) -> tuple[cx.Question, ...]:
    return tuple(cx.Question(name, (name,), scale=(1, 7)) for name in names)


CODEBOOKS = {
    "CUB_univer": cx.Codebook(
        outcome=_asked("global")[0],
        drivers=_asked("informat", "willingn", "officeho", "compete"),
        title={"en": "Student office", "nl": "Studentenbalie"},
        segments=("gender",),
    ),
    "flip_bank": cx.Codebook(
        outcome=_asked("Overall")[0],
        drivers=_asked("Fees", "Interest", "Phone", "Branch", "Online", "ATM"),
        weight="weight",
        cluster="ID",
        required=("weight", "ID"),
    ),
}
"""What a person knows of two real surveys."""
SURVEYS = (EXAMPLE, *CODEBOOKS)

FindFile = Callable[[str], Path]


@dataclass(frozen=True, eq=False)
class Handed:
    """A report in one language, and the run that it must show."""

    results: Results
    files: dict[str, bytes]
    language: str

    @property
    def deck(self) -> bytes:
        """The slides."""
        return self.files["report.pptx"]

    @property
    def book(self) -> bytes:
        """The workbook."""
        return self.files["report.xlsx"]

    @property
    def page(self) -> bytes:
        """The page."""
        return self.files["report.html"]

    @property
    def labels(self) -> dict[str, str]:
        """What drivers are called."""
        return of_language(self.results.weights.labels, self.language)

    @cached_property
    def titles(self) -> dict[str, str]:
        """What sections are called."""
        return {stem: part.title for stem, part in page_parts(self.page).items()}

    @cached_property
    def exact(self) -> dict[str, pd.DataFrame]:
        """The results themselves, by section, with what a reader calls each row as index."""
        results = self.results
        scenarios = results.scenarios.tidy().query("quantity == 'mean'").set_index("scenario")
        tables = {
            "weights": results.weights.tidy().set_index("driver").rename(self.labels),
            "priorities": results.priorities.tidy().set_index("driver").rename(self.labels),
            "scenarios": scenarios.rename(results.scenarios.titles(self.language)),
        }
        link, curve = results.advocacy.agent_link, results.advocacy.recommendation
        if isinstance(link, AgentLink):
            tables["agent_link"] = _by_score(link.tidy())
        if isinstance(curve, RecommendationCurve):
            tables["recommendation"] = _by_score(curve.tidy())
        return tables


def _by_score(table: pd.DataFrame) -> pd.DataFrame:
    given = table.query("n > 0")
    return given.set_index(given["score"].map("{:.0f}".format))


@cache
def handed_of(name: str, language: str, find: FindFile) -> Handed:
    """Return the report of one of `SURVEYS` with its run; skips without its file."""
    return Handed(run_of(name, find), report_of(name, language, find), language)


def run_of(name: str, find: FindFile) -> Results:
    """Return the results of one of `SURVEYS`; skips without its file."""
    return example_run() if name == EXAMPLE else _client_run(name, find(f"data/{name}.csv"))


def report_of(name: str, language: str, find: FindFile) -> dict[str, bytes]:
    """Return every file of the report of one of `SURVEYS`; skips without its data."""
    if name == EXAMPLE:
        return example_report(language)
    return _client_report(name, find(f"data/{name}.csv"), language)


@cache
def example_run() -> Results:
    """Return the results of the example, with few resamples."""
    return results_of(cx.load_example(), n_boot=20, level=0.95, seed=7)


@cache
def example_report(language: str) -> dict[str, bytes]:
    """Return every file of the report of the example, the Dutch one with pictures."""
    pictures = ("png",) if language == "nl" else ()
    return report_contents(example_run(), language, (*REPORT_FORMATS, *pictures))


@cache
def _client_run(name: str, path: Path) -> Results:
    survey = cx.read_survey(path, codebook=CODEBOOKS[name])
    return results_of(survey, n_boot=20, level=0.95, seed=7)


@cache
def _client_report(name: str, path: Path, language: str) -> dict[str, bytes]:
    return report_contents(_client_run(name, path), language, REPORT_FORMATS)


def few_respondents() -> cx.Survey:
    """Return a part of the example that has all kinds of answers and is quickly computed."""
    survey = cx.load_example()
    chosen = [driver for driver in survey.codebook.drivers if driver.key in FEW_DRIVERS]
    codebook = replace(survey.codebook, drivers=tuple(chosen), cluster=None)
    return replace(survey, frame=survey.frame.head(300), codebook=codebook)


def few_run() -> Results:
    """Return the results of that part, today or on the day that is set."""
    return _few_run(os.environ.get("SOURCE_DATE_EPOCH"))


@cache
def _few_run(_day: str | None) -> Results:
    return results_of(few_respondents(), n_boot=10, level=0.95, seed=3)
