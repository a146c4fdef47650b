"""Surveys of others are drafted as a person who knows them would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from cxdrivers.codebook.codebook import Question
from cxdrivers.codebook.codebook_draft import CodebookDraft
from cxdrivers.codebook.drafting import draft_codebook
from cxdrivers.reading.table import Source, Table
from cxdrivers.survey.sources import load_example
from tests.codebook.draft_samples import (
    items_of,
    read_back,
)


def drafted_file(file: Path) -> CodebookDraft:
    frame = pd.read_csv(file, low_memory=False).rename(columns=str.strip)
    return draft_codebook(Table(frame, Source(file.name, "csv")))


def test_the_orientation_service_is_drafted(shared_file: Callable[[str], Path]) -> None:
    draft = drafted_file(shared_file("data/CUB_univer.csv"))
    assert draft.codebook is not None
    assert draft.codebook.outcome == Question("global", ("global",), scale=(1.0, 7.0))
    assert list(items_of(draft)) == ["informat", "willingn", "officeho", "compete"]
    assert {driver.scale for driver in draft.codebook.drivers} == {(1.0, 7.0)}
    assert draft.open_questions == ()


def test_the_bank_is_drafted_with_weight_and_repeated_respondents(
    shared_file: Callable[[str], Path],
) -> None:
    codebook = drafted_file(shared_file("data/flip_bank.csv")).codebook
    assert codebook is not None
    assert (codebook.outcome.key, codebook.weight, codebook.cluster) == ("Overall", "weight", "ID")
    assert [driver.key for driver in codebook.drivers] == [
        "Fees",
        "Interest",
        "Phone",
        "Branch",
        "Online",
        "ATM",
    ]
    assert {driver.scale for driver in codebook.drivers} == {(1.0, 7.0)}


def test_the_airport_is_drafted_from_the_block_of_its_overall_question(
    shared_file: Callable[[str], Path],
) -> None:
    draft = drafted_file(shared_file("data/sfo_2018.csv"))
    codebook = draft.codebook
    assert codebook is not None
    assert codebook.outcome == Question("Q7ALL", ("Q7ALL",), scale=(1.0, 5.0), dont_know=("BLANK",))
    assert len(codebook.drivers) == 14
    for driver in codebook.drivers:
        assert driver.key.startswith("Q7")
        assert (driver.scale, driver.not_applicable, driver.dont_know) == (
            (1.0, 5.0),
            (6.0,),
            (0.0,),
        )
    assert (codebook.weight, codebook.respondent) == ("WEIGHT", "RESPNUM")
    assert read_back(draft) == codebook


def test_the_mobile_survey_leaves_the_outcome_open(shared_file: Callable[[str], Path]) -> None:
    draft = drafted_file(shared_file("data/mobi.csv"))
    assert draft.codebook is None
    assert '[drivers.CUSA]\nitems = ["CUSA1", "CUSA2", "CUSA3"]\nscale = [1, 10]' in draft.text


def test_answers_in_steps_of_twenty_are_ratings(shared_file: Callable[[str], Path]) -> None:
    codebook = drafted_file(shared_file("data/cSEM_SQ.csv")).codebook
    assert codebook is not None
    assert (codebook.outcome.key, len(codebook.drivers)) == ("sat", 22)
    assert {question.scale for question in codebook.questions} == {(0.0, 100.0)}


def test_reviews_of_airports_are_drafted_with_their_texts(
    shared_file: Callable[[str], Path],
) -> None:
    draft = drafted_file(shared_file("data/airport_reviews_sample.csv"))
    assert draft.codebook is not None
    assert draft.codebook.outcome.key == "overall_rating"
    assert (draft.codebook.verbatim, draft.codebook.recommended) == ("content", "recommended")
    assert list(items_of(draft)) == [
        "wait_time",
        "terminal_cleanliness_rating",
        "airport_shopping_rating",
    ]


def test_the_shipped_example_is_drafted_as_the_codebook_it_comes_with() -> None:
    example = load_example()
    draft = draft_codebook(Table(example.frame, example.source))
    known = {"title": example.codebook.title, "note": example.codebook.note}
    assert draft.codebook is not None
    assert replace(draft.codebook, **known) == example.codebook
