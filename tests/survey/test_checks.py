"""Tests of `cxdrivers.survey.checks`: each trouble is found and said in both languages."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.survey.checks import (
    CHECKS_OF_ANSWERS,
    CHECKS_OF_PATTERNS,
    Finding,
    check_name,
    drafted,
)
from cxdrivers.wording import catalogue
from tests.samples import answers, survey_of
from tests.survey.sick_surveys import jumbled, sound, troubled, weighted, with_value
from tests.survey.troubles import TROUBLES

CONSEQUENCES = dict.fromkeys(TROUBLES, ()) | {
    "unanswered": ("blank_driver", "blanks"),
    "infinite": ("blanks",),
    "many blanks": ("blanks",),
    "a driver with a small base": ("not_applicable",),
    "yes or no on a scale of grades": ("yes_no",),
    "yes or no among grades": ("yes_no",),
    "an outcome of yes or no": ("yes_no",),
}
"""What else is true of the same file."""
UNRELATED = "outcomes of other respondents"
CLEAN = cx.World(no_menu=0.0, no_menu_at=(), dont_know=0.0, blank=0.0)
"""Customers who met everything and left nothing blank: then there is nothing to say."""


@pytest.mark.parametrize("name", TROUBLES)
def test_the_trouble_is_found_and_no_other(name: str):
    frame, fields, check, severity, column, rows, english, dutch = TROUBLES[name]
    survey = troubled(frame, **fields)
    [found] = (finding for finding in survey.found if finding.check not in CONSEQUENCES[name])
    assert (found.check, found.severity, found.column, found.rows) == (
        check,
        severity,
        column,
        rows,
    )
    assert found.meaning.say("en").startswith(english)
    assert found.meaning.say("nl").startswith(dutch)
    for language in ("en", "nl"):
        row = survey.findings(language).to_dict("records")[0]
        assert row == {
            "check": check,
            "severity": severity,
            "column": column,
            "rows": rows,
            "meaning": found.meaning.say(language),
            "next_step": found.next_step.say(language),
        }
        assert len(row["next_step"]) > 20


@pytest.mark.parametrize("name", [name for name, made in TROUBLES.items() if made[3] == "stop"])
def test_what_must_be_mended_first_stops_the_weights_with_its_sentence(name: str):
    frame, fields, *_ = TROUBLES[name]
    survey = troubled(frame, **fields)
    found = survey.found[0]
    for ask in (cx.driver_weights, cx.fit_satisfaction):
        with pytest.raises(cx.SurveyError) as caught:
            ask(survey)
        for language in ("en", "nl"):
            expected = f"{found.meaning.say(language)} {found.next_step.say(language)}"
            assert caught.value.say(language) == expected


@pytest.mark.parametrize("name", [name for name, made in TROUBLES.items() if made[3] != "stop"])
def test_what_can_be_lived_with_does_not_stop_the_weights(name: str):
    frame, fields, *_ = TROUBLES[name]
    explained = cx.driver_weights(troubled(frame, **fields), n_boot=0).r_squared
    assert (explained > 0.1) != (name == UNRELATED)


def test_every_check_of_the_gate_has_its_trouble_here():
    made = {trouble[2] for trouble in TROUBLES.values()}
    named = {
        key.split(".")[1]
        for key in catalogue("en")
        if re.fullmatch(r"findings\.\w+\.next_step", key)
    }
    found = {
        finding.check
        for frame, fields, *_ in TROUBLES.values()
        for finding in troubled(frame, **fields).found
    }
    assert made == found == named - {"drafted"}  # that one needs a file: see test_sources.py
    for run in CHECKS_OF_ANSWERS + CHECKS_OF_PATTERNS:
        assert (
            any(
                list(run(troubled(frame, **fields)))
                for frame, fields, name, *_ in TROUBLES.values()
                if name != "unreadable"
            )
            or run is drafted
        ), run


@pytest.mark.parametrize(
    "fields",
    [{}, {"scale": (1, 10)}, {"weight": "w"}, {"cluster": "team"}],
    ids=["plain", "scale", "weight", "cluster"],
)
def test_a_sound_survey_has_no_findings(fields: dict[str, Any]):
    weights = np.random.default_rng(1).uniform(0.5, 2, 300)
    survey = survey_of(sound().assign(w=weights, team=np.arange(300) // 10), **fields)
    assert survey.found == ()
    assert list(survey.findings().columns) == [
        "check", "severity", "column", "rows", "meaning", "next_step",
    ]  # fmt: skip
    assert survey.findings().empty


def _false_alarms(seeds: range, n: int, world: cx.World | None, true: set[str]) -> float:
    found = [
        bool(
            {
                finding.check
                for finding in cx.simulate_survey(n, world=world, seed=seed).survey.found
            }
            - true
        )
        for seed in seeds
    ]
    return float(np.mean(found))


@pytest.mark.parametrize("n", [300, 1500])
def test_a_clean_survey_raises_no_alarm(n: int):
    assert _false_alarms(range(10), n, CLEAN, set()) == 0


@pytest.mark.slow
@pytest.mark.parametrize("n", [300, 1500])
@pytest.mark.parametrize(
    ("world", "true"),
    [
        (CLEAN, set()),
        (None, {"not_applicable", "blanks"}),
        (cx.World(answers="normal", halo=0.3), set()),
        (cx.World(answers="normal", halo=0.6), set()),
    ],
    ids=["clean", "default", "normal .3", "normal .6"],
)
def test_clean_surveys_raise_hardly_any_alarm(n: int, world: cx.World | None, true: set[str]):
    assert _false_alarms(range(200), n, world, true) <= 0.05


def test_what_is_computed_waits_until_the_answers_are_in_order():
    """With a 99 among the grades, no correlation says anything."""
    frame = jumbled("satisfaction")
    assert [finding.check for finding in survey_of(frame).found] == ["strangers"]
    frame.loc[0, "empathy"] = 99.0
    assert [finding.check for finding in survey_of(frame).found] == ["left_in_codes"]


def test_the_most_serious_come_first():
    frame = with_value("empathy", 3, 99, with_value("satisfaction", 4, np.nan)).assign(
        wait_time=5.0
    )
    severities = survey_of(frame).findings()["severity"].tolist()
    assert severities == ["stop", "warn", "note"]


def test_the_language_of_the_codebook_is_the_default():
    survey = survey_of(sound().assign(empathy=7.0), language="nl")
    assert survey.findings()["meaning"].item().startswith("Driver 'empathy' is 7 in alle")


def test_an_answer_off_the_scale_of_a_reversed_item_is_shown_as_it_was_given():
    frame = with_value("empathy", 2, 99)
    question = cx.Question("empathy", ("empathy",), scale=(1, 10), reversed=("empathy",))
    codebook = cx.Codebook(cx.Question("satisfaction", ("satisfaction",)), (question,))
    [found] = cx.Survey(frame, codebook).found
    assert found.meaning.say().startswith("'empathy' holds '99' in 2 rows")


@pytest.mark.parametrize("code", [-9, 77, 88, 97, 98, 99, 997, 998, 999])
def test_the_usual_codes_are_known_on_a_scale_of_seven(code: float):
    frame = answers().clip(1, 7).round()
    frame.loc[:2, "empathy"] = code
    assert [found.check for found in survey_of(frame).found] == ["left_in_codes"]


def test_numbers_that_only_look_like_codes_are_left_alone():
    """Seconds of waiting and grades out of a hundred go on past 99."""
    rng = np.random.default_rng(2)
    seconds = np.r_[[97.0, 98.0, 99.0, 88.0], rng.integers(5, 300, 296)]
    grades = np.r_[[97.0, 98.0, 99.0, 100.0], rng.integers(40, 101, 296)]
    frame = sound().assign(wait_time=seconds, accessibility=grades)
    assert survey_of(frame).found == ()


def test_a_code_at_the_other_end_does_not_hide_one():
    frame = with_value("empathy", 3, 99)
    frame.loc[5:8, "empathy"] = [-1, -1, 1, 10]
    [found] = survey_of(frame).found
    assert found.check == "left_in_codes"
    assert "'99'" in found.meaning.say()


def test_a_driver_that_is_constant_only_among_the_usable_rows_is_found():
    frame = sound()
    frame.loc[10:, "empathy"] = 7.0
    frame.loc[:9, "satisfaction"] = np.nan
    checks = [found.check for found in survey_of(frame).found]
    assert checks == ["constant_driver", "no_outcome"]


def test_one_respondent_is_spoken_of_in_the_singular():
    """No sentence says "1 rows", and none "1 respondents"."""
    nan = np.nan
    ones = [
        survey_of(with_value("satisfaction", 1, nan)),
        survey_of(with_value("empathy", 1, 0), not_applicable=[0]),
        survey_of(weighted(np.r_[0.0, np.ones(299)]), weight="w"),
        survey_of(sound().assign(user=[None] + ["x"] * 299), required=("user",)),
    ]
    for survey in ones:
        [*found] = (finding for finding in survey.found if finding.rows == 1)
        assert found
        for finding in found:
            assert not re.search(r"\b1 (respondents|rows)|are left out", finding.meaning.say("en"))
            assert not re.search(r"\b1 (respondenten|rijen)|vallen af", finding.meaning.say("nl"))


def test_every_check_and_severity_has_a_name_in_both_languages():
    for _, _, check, severity, *_ in TROUBLES.values():
        for name in (check, severity):
            assert check_name(name) != check_name(name, "nl")


def test_a_finding_is_frozen():
    finding = Finding("small_base", "warn", "", 60, {"enough": 100})
    with pytest.raises(AttributeError):
        finding.rows = 70  # type: ignore[misc]
