"""Tests of `cxdrivers.survey.collinearity_checks`: drivers that stand in each other's way."""

from __future__ import annotations

import pytest

from cxdrivers.models.diagnostics import variance_inflation
from cxdrivers.survey.collinearity_checks import inflated_effects
from tests.samples import OUTCOME, survey_of
from tests.survey.sick_surveys import sound, with_noise


def test_the_numbers_are_those_of_the_models_table():
    frame = sound().assign(ivr_menu=with_noise("empathy", 0.3))
    [found] = inflated_effects(survey_of(frame))
    factors = variance_inflation(
        frame.drop(columns=OUTCOME).cov().to_numpy(), [(0,), (1,), (2,), (3,)]
    )
    named = {part.values["name"]: part.values["value"] for part in found.facts["drivers"]}
    assert named == {
        driver: pytest.approx(factor, abs=0.05)
        for driver, factor in zip(frame.drop(columns=OUTCOME), factors, strict=True)
        if factor > 5
    }
    assert [*named.values()] == sorted(named.values(), reverse=True)


def test_numbers_are_written_as_the_language_does():
    frame = sound().assign(ivr_menu=with_noise("empathy", 0.3))
    [found] = inflated_effects(survey_of(frame))
    value = next(iter(found.facts["drivers"])).values["value"]
    assert f"({value})" in found.meaning.say()
    assert f"({value})".replace(".", ",") in found.meaning.say("nl")


def test_drivers_that_are_tied_exactly_are_left_to_the_model():
    frame = sound().assign(ivr_menu=lambda frame: frame["empathy"] + frame["reliability"])
    assert [*inflated_effects(survey_of(frame))] == []
