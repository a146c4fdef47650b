"""Tests of `cxdrivers.survey.yes_no_checks`: yes and no where they fit and where they do not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.survey.survey import Survey
from tests.samples import survey_of
from tests.survey.sick_surveys import answered, sound

CARE = {"care": ["empathy", "reliability"]}


def _found(survey: Survey) -> list[str]:
    return [finding.check for finding in survey.found]


def test_columns_with_the_same_words_are_said_together_and_others_apart():
    frame = answered("empathy", "ja", "nee").assign(
        reliability=answered("reliability", "ja", "nee")["reliability"],
        customer_focus=lambda frame: frame["customer_focus"] > 7,
    )
    first, second = survey_of(frame).found
    assert (first.column, second.column) == ("", "customer_focus")
    assert first.meaning.say().endswith("in 'reliability', 'empathy': 1 for 'ja', 0 for 'nee'.")
    assert second.meaning.say("nl").endswith("in 'customer_focus': 1 voor 'true', 0 voor 'false'.")


def test_the_rows_of_the_note_are_those_that_were_answered():
    frame = answered("empathy", "ja", "nee")
    frame.loc[:39, "empathy"] = "n.v.t."
    notes = survey_of(frame, not_applicable=["n.v.t."]).found
    assert [(note.check, note.rows) for note in notes] == [("not_applicable", 40), ("yes_no", 260)]


def test_a_column_that_is_turned_round_says_that_no_counts_as_one():
    question = Question("trouble", ("empathy",), scale=(0, 1), reversed=("empathy",))
    drivers = (question, Question("reliability", ("reliability",)))
    frame = answered("empathy", "ja", "nee")
    survey = Survey(frame, Codebook(Question("satisfaction", ("satisfaction",)), drivers))
    note = survey.found[-1]
    assert note.meaning.say().endswith("in 'empathy': 1 for 'nee', 0 for 'ja'.")
    assert (survey.scores["trouble"] == (frame["empathy"] == "nee")).all()


@pytest.mark.parametrize("scale", [(1, 10), (0, 10), (1, 2), (-1, 1)])
@pytest.mark.parametrize("word", ["ja", "nee"])
def test_only_the_scale_from_zero_to_one_fits_also_a_column_of_one_word(scale, word):
    """A yes would otherwise be the grade 1, the worst there is."""
    frame = pd.DataFrame({"empathy": [word] * 20 + [None]})
    question = Question("empathy", ("empathy",), scale=scale)
    outcome = Question("satisfaction", ("satisfaction",))
    survey = Survey(frame.assign(satisfaction=range(21)), Codebook(outcome, (question,)))
    [found] = [finding for finding in survey.found if finding.check == "yes_no_off_scale"]
    assert found.rows == 20
    assert "off_scale" not in _found(survey)
    fitting = Question("empathy", ("empathy",), scale=(0, 1))
    fits = Survey(survey.frame, Codebook(outcome, (fitting,)))
    assert "yes_no_off_scale" not in _found(fits)


def test_a_scale_of_grades_does_not_hide_which_step_mends_it():
    survey = survey_of(answered("satisfaction", "ja", "nee"), scale=(1, 10))
    stop = survey.found[0]
    assert (stop.severity, stop.column) == ("stop", "satisfaction")
    assert "give it scale = [0, 1] in the codebook, or no scale at all" in stop.next_step.say()
    assert "geef die in het codeboek scale = [0, 1]" in stop.next_step.say("nl")
    assert survey_of(answered("satisfaction", "ja", "nee")).found[0].severity == "note"


@pytest.mark.parametrize(
    "other",
    [
        pd.Series(["no", "yes"] * 150),
        pd.Series([0.0, 1.0] * 150),
        pd.Series([True, False] * 150),
        pd.Series(["1", None, "0"] * 100),
    ],
)
def test_items_that_are_all_yes_or_no_may_be_averaged(other: pd.Series):
    frame = answered("empathy", "yes", "no").assign(reliability=other)
    survey = Survey.from_frame(frame, outcome="satisfaction", drivers=CARE)
    assert {*_found(survey)} - {"loose_items"} == {"yes_no"}


def test_items_that_count_by_themselves_may_be_yes_or_no_beside_grades():
    question = Question("care", ("empathy", "reliability"), kind="items")
    codebook = Codebook(Question("satisfaction", ("satisfaction",)), (question,))
    assert _found(Survey(answered("empathy", "yes", "no"), codebook)) == ["yes_no"]


def test_grades_that_yes_and_no_stand_among_are_said_with_their_ends():
    frame = answered("empathy", "yes", "no").assign(reliability=[3.0, 9.5] * 150)
    [stop, _] = Survey.from_frame(frame, outcome="satisfaction", drivers=CARE).found
    assert stop.meaning.say().endswith("and other answers as well, together from 0 to 9.5.")
    assert stop.meaning.say("nl").endswith("andere antwoorden, samen van 0 tot 9,5.")
    assert stop.next_step.say().startswith("Take the items with yes or no out of 'care'")


@pytest.mark.parametrize(
    ("given", "two"),
    [
        ({"satisfaction": [0, 1] * 150}, True),
        ({"satisfaction": [0, 1, 2] * 100}, False),
        ({"satisfaction": [0, 1, np.nan] * 100}, True),
        (
            {"satisfaction": [5] + [0, 1] * 149 + [1], "w": [0.0] + [1.0] * 299},
            True,
        ),
    ],
)
def test_an_outcome_has_two_values_when_the_usable_rows_have_no_third(
    given: dict[str, Any], two: bool
):
    weight = "w" if "w" in given else None
    survey = survey_of(sound().assign(**given), weight=weight)
    assert ("outcome_of_two_values" in _found(survey)) == two


def test_the_next_step_for_two_values_names_the_higher_as_threshold_as_python_writes_it():
    frame = sound().assign(satisfaction=lambda frame: 5.5 + 2 * (frame["satisfaction"] > 7))
    [note] = survey_of(frame).found
    assert "badly: it also expects values below 5.5 and above 7.5." in note.meaning.say()
    assert "onder 5,5 en boven 7,5." in note.meaning.say("nl")
    for language in ("en", "nl"):
        assert 'kind="top_box"' in note.next_step.say(language)
        assert "threshold=7.5" in note.next_step.say(language)
