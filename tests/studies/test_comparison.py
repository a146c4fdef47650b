"""Tests of the page beside other programs: what is said of ours is there, what was run is shown."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.weights import likelihood_valuation, subset_scores
from cxdrivers.importance import linear_shares
from cxdrivers.importance.walk import walked_shares
from cxdrivers.wording import LANGUAGES
from tests.studies import comparison, comparison_reference
from tests.studies.comparison_cases import OUTCOME, TABLES, told
from tests.studies.comparison_page import (
    ASKED,
    IN_DATABASE,
    NOT_OFFERED,
    OURS,
    TEMPLATE,
    Answer,
    cell,
    page,
    twin,
)
from tests.studies.peers import Peer

PAGE = Path(__file__).parents[2] / "docs" / "comparison.md"
HERE = Path(sys.executable)
OTHERS = [
    "relaimpo", "domir", "rwa", "dominanceanalysis", "yhat", "pingouin", "dominance-analysis",
    "Displayr", "Qualtrics Stats iQ", "STATS RELIMP", "SmartPLS",
]  # fmt: skip


def sections() -> dict[str, str]:
    """Return the parts of the page that compare features, by their titles."""
    parts = re.split(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    return {title: text for title, text in found.items() if "Where it is in cxdrivers:" in text}


def rows_of(text: str) -> list[list[str]]:
    return [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]


def named(text: str) -> dict[str, list[str]]:
    """Return the functions that a section names as ours, by feature."""
    listed = text.partition("Where it is in cxdrivers:")[2]
    lines = re.findall(r"^- (.+?): (.+)$", listed, re.MULTILINE)
    return {feature: re.findall(r"`([\w.]+)`", functions) for feature, functions in lines}


def test_the_page_is_the_template_with_figures():
    text = PAGE.read_text(encoding="utf-8")
    place = 0
    for fixed in re.split(r"\{\w+\}", TEMPLATE.read_text(encoding="utf-8")):
        place = text.find(fixed, place)
        assert place >= 0, fixed[:80]
        place += len(fixed)


@pytest.mark.parametrize("title", list(sections()))
def test_every_feature_that_we_claim_names_what_does_it(title: str):
    heads, _, ours, *_ = rows_of(sections()[title])
    assert ours[0] == "cxdrivers"
    claimed = {head for head, has in zip(heads[1:], ours[1:], strict=True) if has != "no"}
    claims = named(sections()[title])
    assert claims.keys() - {"rows may stay in a database"} <= claimed - {"licence and price"}
    assert claimed - {"licence and price"} <= claims.keys()
    for feature, functions in claims.items():
        assert functions, feature
        for function in functions:
            first, *parts = function.split(".")
            assert first in cx.__all__, function
            assert all(hasattr(getattr(cx, first), part) for part in parts), function


@pytest.mark.parametrize("title", list(sections()))
def test_every_table_has_every_program_and_no_empty_cell(title: str):
    heads, _, *rows = rows_of(sections()[title])
    assert {len(row) for row in rows} == {len(heads)}
    assert all(word.strip() for row in rows for word in row)
    together = ["the R and Python packages", *OTHERS[7:]]
    assert [row[0] for row in rows[1:]] in (sorted(OTHERS, key=_listed), together)


def _listed(name: str) -> int:
    order = ["relaimpo", "domir", "dominanceanalysis", "rwa", *OTHERS[4:]]
    return order.index(name)


def test_what_is_said_of_languages_and_slides_is_what_there_is():
    ours = rows_of(sections()["What is handed over, and what it costs"])[2]
    assert ours[4] == "Dutch, English"
    assert set(LANGUAGES) == {"nl", "en"}
    assert {"pptx", "xlsx"} <= set(inspect.signature(cx.write_report).parameters["formats"].default)


def test_whether_rows_may_stay_in_a_database_is_what_there_is_now():
    ours = rows_of(sections()["How large it may be"])[2]
    there = not set(IN_DATABASE).isdisjoint(cx.__all__)
    assert ours[3] == ("yes" if there else "no"), "make the page again"


def test_the_largest_numbers_of_drivers_are_those_of_the_kernels():
    ours = rows_of(sections()["How large it may be"])[2]
    numbers = [int(number) for number in re.findall(r"\d+", ours[1])]
    homes = (linear_shares, likelihood_valuation, subset_scores)
    assert numbers == [home.MOST_DRIVERS for home in homes]


def test_our_numbers_are_those_of_the_packages_of_r():
    assert {gap < 1e-12 for _, gap in comparison_reference.differences().values()} == {True}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the tables of the study."""
    made = tmp_path_factory.mktemp("tables")
    comparison.write_tables(made)
    return made


def test_the_twin_is_the_average_over_every_order():
    rng = np.random.default_rng(3)
    table = pd.DataFrame(rng.normal(size=(60, 4)), columns=["a", "b", "c", OUTCOME])
    table[OUTCOME] += table["a"] + table["b"] / 2
    exact = walked_shares(np.cov(table.to_numpy(), rowvar=False), [(0,), (1,), (2,)])
    np.testing.assert_allclose(list(twin(table).values()), exact, atol=1e-12)


@pytest.mark.parametrize("question", ["complete", "names", "matrix", "weights", "top_box", "many"])
def test_a_program_answers_with_a_share_a_driver(folder: Path, question: str):
    said = told(OURS, question, folder)
    drivers = comparison.read_tables(folder)[TABLES[question]].columns
    expected = [name for name in drivers if name not in (OUTCOME, "weight", "Unnamed: 0")]
    assert list(said["shares"]) == expected
    assert sum(said["shares"].values()) > 0.1


def test_blanks_are_kept_unless_rows_are_to_be_left_out(folder: Path):
    tables = comparison.read_tables(folder)
    assert told(OURS, "blanks", folder)["rows"] == len(tables["blanks"])
    assert told(OURS, "left_out", folder)["rows"] == len(tables["complete"])


def test_a_package_that_is_not_there_says_so_in_its_own_words(folder: Path):
    answer = comparison.ask("dominance-analysis", HERE, "complete", folder)
    assert answer.trouble == "ModuleNotFoundError: No module named 'dominance_analysis'"


def test_an_error_is_known_by_its_first_line():
    said = "Traceback\n  File x\nValueError: Input X contains NaN.\nSee the user guide:\nfoo\n"
    assert comparison.error_of(said) == "ValueError: Input X contains NaN."
    assert comparison.error_of("cxdrivers.errors.FitError: Tied.") == "FitError: Tied."
    assert comparison.error_of("") == "no message"


RIGHT = {"a": 0.3, "b": 0.2}
CELLS = [
    ("complete", Answer(RIGHT), "0"),
    ("complete", Answer({"a": 0.3 + 1e-14, "b": 0.2}), "1e-14"),
    ("complete", Answer({"a": 0.2, "b": 0.3}), "**0.10** of 0.50"),
    ("complete", Answer(RIGHT, warnings=["Rank of `X`. More."]), "0; warns: `Rank of 'X'`"),
    ("blanks", Answer(RIGHT, rows=1500), "1,500 rows"),
    ("weights", Answer(RIGHT), "yes"),
    ("weights", Answer(trouble="ValueError: No. Try x."), "stops: `ValueError: No`"),
    ("many", Answer(RIGHT), "2"),
    ("many", Answer(kept=15), "15"),
]


@pytest.mark.parametrize(("question", "answer", "shown"), CELLS)
def test_a_cell_shows_what_was_said(question: str, answer: Answer, shown: str):
    answers = {("some", question): answer}
    assert cell("some", question, answers, {"complete": RIGHT}) == shown


def test_what_cannot_be_asked_is_not_made_up():
    assert cell("pingouin", "matrix", {}, {}) == NOT_OFFERED["pingouin", "matrix"]


def test_the_page_says_of_packages_what_came_of_them(folder: Path):
    tables = comparison.read_tables(folder)
    small = {name: table.head(40) for name, table in tables.items()}
    small["tied"] = small["tied"].drop(columns=list(small["tied"].columns[2:6]))
    answers = {
        (OURS, question): Answer(
            dict.fromkeys([*tables[TABLES[question]].columns, *small["complete"].columns], 0.0),
            rows=40,
            seconds=0.01,
        )
        for question in TABLES
    }
    answers[OURS, "matrix"] = Answer(dict.fromkeys(comparison_reference.reference()["drivers"], 0))
    stopped = dict.fromkeys([("dominance-analysis", q) for q in ASKED], Answer(trouble="No bool8"))
    peers = [
        Peer("pingouin", trouble="ERROR: No matching distribution"),
        Peer("dominance-analysis", "1.1.9", HERE),
    ]
    text = page({**answers, **stopped}, peers, small)
    assert "- pingouin: not installed: `ERROR: No matching distribution`" in text
    assert "- dominance-analysis 1.1.9: stops before the first question: `No bool8`" in text
    assert "| asked | cxdrivers |\n" in text
