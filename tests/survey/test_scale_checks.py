"""Tests of `cxdrivers.survey.scale_checks`: what is found, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.survey.finding import Finding
from cxdrivers.survey.scale_checks import drivers_alike, loose_items, stray_items
from tests.samples import answers, survey_of
from tests.scale_samples import LOADINGS, scale_answers, scale_survey


def _found(survey: cx.Survey) -> list[Finding]:
    return [finding for run in (loose_items, stray_items, drivers_alike) for finding in run(survey)]


def test_scales_that_measure_are_left_alone():
    assert _found(scale_survey(scale_answers())) == []
    assert _found(cx.load_example()) == []


def test_drivers_of_one_item_are_left_alone():
    assert _found(survey_of(answers())) == []


@pytest.mark.parametrize(
    ("loading", "severity", "alpha"), [(0.45, "warn", 0.45), (0.62, "note", 0.67)]
)
def test_items_that_hang_together_little_are_found(loading: float, severity: str, alpha: float):
    [found] = _found(scale_survey(scale_answers({**LOADINGS, "ivr_menu": (loading,) * 3}, seed=4)))
    assert (found.check, found.severity, found.column) == ("loose_items", severity, "ivr_menu")
    assert found.rows == 600
    assert found.facts["items"] == 3
    assert found.facts["alpha"] == pytest.approx(alpha, abs=0.04)
    assert found.facts["alpha"] == pytest.approx(found.facts["omega"], abs=0.02)
    assert found.facts["usual"] == 0.7


def test_the_item_that_goes_badly_with_the_others_is_found():
    frame = scale_answers({**LOADINGS, "ivr_menu": (0.9, 0.9, 0.1)})
    [found] = _found(scale_survey(frame))
    assert (found.check, found.severity, found.column) == ("stray_items", "warn", "ivr_menu_3")
    assert found.facts["driver"] == "ivr_menu"
    assert found.facts["correlation"] < found.facts["least"] == 0.3
    assert found.facts["alpha"] < 0.7 < found.facts["without"]


def test_two_drivers_that_cannot_be_told_apart_are_found():
    frame = scale_answers({"empathy": (0.9,) * 3, "ivr_menu": (0.8,) * 4}, correlation=1.0)
    [found] = _found(scale_survey(frame))
    assert (found.check, found.severity, found.column) == ("drivers_alike", "warn", "ivr_menu")
    [pair] = found.facts["pairs"]
    assert pair.say("en").startswith(("empathy – ivr_menu (0.9", "empathy – ivr_menu (1"))
    assert found.facts["limit"] == 0.9


def test_several_pairs_make_one_finding_with_the_most_alike_first():
    frame = scale_answers(dict.fromkeys(("a", "b", "c"), (0.9,) * 3), correlation=1.0)
    [found] = _found(scale_survey(frame))
    values = [pair.values["value"] for pair in found.facts["pairs"]]
    assert len(values) == 3
    assert values == sorted(values, reverse=True)
    assert found.column == ""


def test_an_item_to_be_turned_round_is_left_to_its_own_check():
    frame = scale_answers()
    turned = frame.assign(empathy_2=14 - frame["empathy_2"])
    assert _found(scale_survey(turned)) == []


def test_drivers_whose_items_do_not_hang_together_are_not_called_alike():
    loadings = {"empathy": (0.4,) * 3, "ivr_menu": (0.4,) * 3}
    found = _found(scale_survey(scale_answers(loadings, correlation=1.0)))
    assert [finding.check for finding in found] == ["loose_items", "loose_items"]


def test_few_respondents_are_not_judged():
    frame = scale_answers({**LOADINGS, "ivr_menu": (0.3,) * 3})
    assert _found(scale_survey(frame.head(49))) == []
    frame.loc[40:, "ivr_menu_1"] = np.nan
    assert _found(scale_survey(frame)) == []


def test_respondents_without_a_weight_say_nothing():
    frame = scale_answers()
    rng = np.random.default_rng(2)
    noise = pd.DataFrame(rng.normal(7, 1, (600, frame.shape[1])), columns=frame.columns)
    both = pd.concat([frame, noise], ignore_index=True).assign(w=np.repeat([1.0, 0.0], 600))
    assert _found(scale_survey(both, weight="w")) == []
    assert _found(scale_survey(both.assign(w=1.0), weight="w")) != []


@pytest.mark.slow
def test_clean_surveys_hardly_ever_have_a_finding():
    found = [bool(_found(cx.simulate_survey(600, seed=seed).survey)) for seed in range(60)]
    assert np.mean(found) <= 0.05


def test_mobile_telephones_have_one_of_each(shared_file: Callable[[str], Path]):
    frame = pd.read_csv(shared_file("data/mobi.csv"))
    beginnings = {"image": "IMAG", "expectation": "CUEX", "quality": "PERQ", "loyalty": "CUSL"}
    drivers = {
        name: [column for column in frame if column.startswith(beginning)]
        for name, beginning in beginnings.items()
    }
    survey = cx.Survey.from_frame(frame, outcome="CUSA1", drivers=drivers, scale=(1, 10))
    assert [(finding.check, finding.column) for finding in _found(survey)] == [
        ("loose_items", "expectation"),
        ("stray_items", "CUSL2"),
        ("drivers_alike", "quality"),
    ]
