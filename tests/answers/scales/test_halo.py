"""Tests of `answers.scales.halo`: the weights with and without halo."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.scales.halo import compare_halo
from tests.answers.scales.halo_surveys import ITEMS, OUTCOME, of_frame, opinions, with_careless
from tests.samples import answers, survey_of


def test_everybodys_weights_are_those_of_the_report():
    survey = of_frame(opinions())
    found = compare_halo(survey, n_boot=50, seed=3)
    weights = cx.driver_weights(survey, n_boot=50, seed=3).tidy()
    columns = ["driver", "estimate", "conf_low", "share", "share_high", "rank", "rank_high"]
    pd.testing.assert_frame_equal(found.cases["everybody"][columns], weights[columns])


def test_straight_liners_are_left_out_and_counted():
    frame = with_careless(opinions(), 80)
    found = compare_halo(of_frame(frame), n_boot=0)
    rest = of_frame(frame[frame[ITEMS].max(axis=1) > frame[ITEMS].min(axis=1)])
    expected = cx.driver_weights(rest, n_boot=0).tidy()["estimate"]
    np.testing.assert_allclose(found.cases["without"]["estimate"], expected)
    assert (found.straight, found.asked) == (80, 480)
    assert found.cases["without"]["n"].tolist() == [400] * 3


def test_careless_answers_that_bring_a_driver_up_are_seen():
    """Straight-liners give the driver that does nothing a weight; without them it loses it."""
    found = compare_halo(of_frame(with_careless(opinions(1200), 600)), n_boot=200)
    table = found.tidy().set_index(["case", "driver"])["share"]
    assert table["everybody", "idle"] > 0.15
    assert table["without", "idle"] < 0.05
    assert "idle" in found.moved("without")
    assert found.summary().startswith("All weights hang on halo")
    assert found.summary("nl").startswith("Alle gewichten hangen van halo af")


def test_without_halo_nothing_hangs_on_it():
    found = compare_halo(of_frame(opinions()), n_boot=200)
    assert found.left_out.keys() == {"without"}
    assert found.moved("level") == ()
    assert found.summary().startswith("It does not show that order or weights hang on halo")
    assert "so there is nobody to leave out" in found.summary()
    assert found.summary("nl").startswith("Nergens blijkt uit dat volgorde of gewichten van halo")


def test_the_level_of_other_questions_is_a_control_when_they_are_given():
    frame = opinions()
    rng = np.random.default_rng(9)
    frame = frame.assign(**{f"other_{place}": rng.normal(size=len(frame)) for place in (1, 2)})
    frame.loc[:9, "other_1"] = np.nan
    found = compare_halo(of_frame(frame), questions=["other_1", "other_2"], n_boot=0)
    standard = (frame - frame.mean()) / frame.std(ddof=0)
    level = standard[["other_1", "other_2"]].mean(axis=1)
    expected = cx.driver_weights(of_frame(frame.assign(mean=level)), always=["mean"], n_boot=0)
    np.testing.assert_allclose(found.cases["level"]["estimate"], expected.estimate)
    assert "Beside the mean over other questions, strong still comes first." in found.summary()
    assert "The mean over other questions is also a real opinion" in found.summary()
    assert "Naast het gemiddelde over andere vragen komt strong" in found.summary("nl")


@pytest.mark.parametrize(
    ("question", "message"),
    [("othr_1", "'othr_1'"), ("strong_1", "'strong_1'")],
)
def test_a_question_must_be_there_and_be_no_item(question: str, message: str):
    frame = opinions().assign(other_1=1.0)
    with pytest.raises(cx.FitError, match=message):
        compare_halo(of_frame(frame), questions=[question], n_boot=0)


def test_questions_without_answers_that_vary_say_nothing_of_a_level():
    with pytest.raises(cx.FitError) as caught:
        compare_halo(of_frame(opinions().assign(other=5.0)), questions=["other"], n_boot=0)
    assert "The answers to 'other' do not vary, or there are none" in caught.value.say("en")
    assert "De antwoorden op 'other' verschillen niet" in caught.value.say("nl")


def test_one_driver_has_no_others_to_hold_constant():
    frame = answers((0.5,))
    found = compare_halo(survey_of(frame), n_boot=0)
    assert found.cases.keys() == {"everybody"}
    assert "There is only one driver" in found.summary()
    assert "Er is maar één driver" in found.summary("nl")
    assert "Fewer than six questions share a scale" in found.summary()
    assert found.summary().startswith("Whether order and weights hang on halo cannot be told")
    assert found.summary("nl").startswith("Of volgorde en gewichten van halo afhangen")


def test_rows_with_blanks_are_used_but_for_the_level():
    frame = opinions()
    frame.loc[:19, ["idle_1", "idle_2"]] = np.nan
    found = compare_halo(of_frame(frame), n_boot=0)
    assert found.cases["everybody"]["n"].iloc[0] == 400
    assert found.cases["level"]["n"].iloc[0] == 380
    assert "everybody 400, general level held 380. No resamples." in found.footer()


def test_clusters_are_drawn_whole_and_the_same_seed_gives_the_same_numbers():
    frame = opinions().assign(team=np.arange(400) // 10)
    one, two = (compare_halo(of_frame(frame, cluster="team"), n_boot=50, seed=1) for _ in "ab")
    pd.testing.assert_frame_equal(one.tidy(), two.tidy())
    other = compare_halo(of_frame(frame), n_boot=50, seed=1)
    assert not np.allclose(one.cases["level"]["conf_low"], other.cases["level"]["conf_low"])


def test_the_survey_is_not_changed():
    survey = of_frame(opinions().assign(level=range(400)))
    before = survey.frame.copy()
    compare_halo(survey, questions=["level"], n_boot=0)
    pd.testing.assert_frame_equal(survey.frame, before)


def test_only_a_survey_has_rows_to_leave_out():
    with pytest.raises(cx.FitError, match="DataFrame"):
        compare_halo(pd.DataFrame(), n_boot=0)  # type: ignore[arg-type]


def test_what_must_be_mended_first_stops_it():
    frame = opinions().assign(**{OUTCOME: 7.0})
    with pytest.raises(cx.SurveyError, match="nothing to explain"):
        compare_halo(of_frame(frame), n_boot=0)


def test_service_quality_has_straight_liners_and_much_in_common(
    shared_file: Callable[[str], object],
):
    frame = pd.read_csv(shared_file("data/cSEM_SQ.csv"))
    items = [column for column in frame if column != "sat"]
    drivers = {f"part_{place}": items[place::5] for place in range(5)}
    survey = cx.Survey.from_frame(frame, outcome="sat", drivers=drivers)
    found = compare_halo(survey, n_boot=0)
    assert (found.straight, found.asked) == (28, 411)
    assert found.first_share > 0.75
