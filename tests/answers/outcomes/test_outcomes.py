"""Tests of `answers.outcomes.outcomes`: which drivers count at the bottom, which at the top."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.outcomes.outcomes_extremes import extremes_table
from cxdrivers.answers.outcomes.outcomes_result import OutcomeComparison
from tests.answers.outcomes.graded_surveys import (
    DRIVERS,
    graded_survey,
    proportional,
    with_dissatisfier,
)

N_BOOT = 100


@pytest.fixture(scope="module")
def survey() -> cx.Survey:
    return graded_survey(proportional())


@pytest.fixture(scope="module")
def comparison(survey: cx.Survey) -> OutcomeComparison:
    return cx.compare_outcomes(survey, n_boot=N_BOOT, seed=7)


def test_the_mean_the_grades_and_the_usual_boxes_stand_side_by_side(comparison):
    assert list(comparison.weights) == [
        "mean",
        "ordinal",
        "at_most_5",
        "at_least_8",
        "at_least_9",
        "at_least_10",
    ]
    table = comparison.tidy()
    assert len(table) == 6 * len(DRIVERS)
    assert list(table.columns) == [
        "driver", "outcome", "estimate", "conf_low", "conf_high",
        "share", "share_low", "share_high", "rank",
        "effect", "effect_low", "effect_high", "n", "in_box",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("outcome", "kind", "threshold"),
    [("mean", "linear", None), ("ordinal", "ordinal", 8), ("at_least_9", "top_box", 9)],
)
def test_an_outcome_has_the_weights_that_driver_weights_gives_it(
    comparison, survey, outcome, kind, threshold
):
    alone = cx.driver_weights(survey, kind=kind, threshold=threshold, n_boot=N_BOOT, seed=7).tidy()
    table = comparison.tidy()
    table = table[table["outcome"] == outcome].reset_index(drop=True)
    shared = [name for name in table if name in alone]
    pd.testing.assert_frame_equal(table[shared], alone[shared])


def test_being_at_most_5_has_the_weights_of_reaching_6_and_effects_the_other_way(
    comparison, survey
):
    reaching = cx.driver_weights(survey, kind="top_box", threshold=6, n_boot=N_BOOT, seed=7).tidy()
    table = comparison.tidy().query("outcome == 'at_most_5'").reset_index(drop=True)
    pd.testing.assert_series_equal(table["share_low"], reaching["share_low"])
    np.testing.assert_allclose(table["effect"], -reaching["effect"])
    np.testing.assert_allclose(table["effect_low"], -reaching["effect_high"])
    np.testing.assert_allclose(table["effect_high"], -reaching["effect_low"])
    assert (table["effect"] < 0).all()


def test_the_part_in_a_box_is_counted_as_the_survey_is_weighted():
    frame = proportional().assign(weight=lambda rows: np.where(rows["satisfaction"] > 7, 3.0, 1.0))
    weighted = cx.compare_outcomes(
        graded_survey(frame, weight="weight"), at_least=8, at_most=5, n_boot=0
    )
    high, low = frame["satisfaction"] >= 8, frame["satisfaction"] <= 5
    total = frame["weight"].sum()
    inside = weighted.tidy().groupby("outcome")["in_box"].first()
    assert inside["at_least_8"] == pytest.approx(frame.loc[high, "weight"].sum() / total)
    assert inside["at_most_5"] == pytest.approx(frame.loc[low, "weight"].sum() / total)
    assert np.isnan(inside["mean"])


def test_the_difference_between_both_ends_is_that_of_the_same_customers(comparison):
    """Two intervals of independent samples would give a wider one."""
    ends = comparison.extremes().set_index("driver")
    bottom, top = (comparison.weights[key] for key in (comparison.bottom, comparison.top))
    by_hand = bottom.replicates / bottom.replicates.sum(axis=1, keepdims=True)
    by_hand -= top.replicates / top.replicates.sum(axis=1, keepdims=True)
    level = np.quantile(by_hand, [0.025, 0.975], axis=0)
    width = ends["difference_high"] - ends["difference_low"]
    np.testing.assert_allclose(width, level[1] - level[0], rtol=0.1)
    np.testing.assert_allclose(ends["difference"], ends["share_bottom"] - ends["share_top"])


def test_where_odds_are_proportional_both_ends_are_said_to_be_alike(comparison):
    assert comparison.top == "at_least_10"
    assert comparison.extremes()["where"].tolist() == ["both", "both", "both"]
    assert "For no driver do the shares for 5 or lower and for 10 differ" in comparison.summary()
    assert "Voor geen enkele driver verschillen de aandelen" in comparison.summary("nl")


def test_a_driver_that_counts_at_the_bottom_only_is_found_and_named():
    comparison = cx.compare_outcomes(
        graded_survey(with_dissatisfier()), at_least=(8, 10), n_boot=N_BOOT, seed=7
    )
    ends = comparison.extremes().set_index("driver")
    assert ends.loc["wait_time", "where"] == "bottom"
    assert ends.loc["wait_time", "difference_low"] > 0.05
    assert ends.loc["reliability", "where"] in {"both", "more_top"}
    said, gezegd = comparison.summary(), comparison.summary("nl")
    assert "Wait time (" in said
    assert "counts at the bottom only: the share is clearly larger for 5 or lower than" in said
    assert "telt alleen onderaan mee: het aandeel is duidelijk groter voor 5 of lager" in gezegd


def test_a_driver_with_a_part_at_both_ends_but_a_larger_one_at_the_bottom_counts_more_there():
    frame = with_dissatisfier(1200)
    frame["satisfaction"] = np.clip(frame["satisfaction"] + (frame["wait_time"] > 6.5), 1, 10)
    comparison = cx.compare_outcomes(
        graded_survey(frame), at_least=10, at_most=4, n_boot=N_BOOT, seed=7
    )
    assert comparison.places["wait_time"] == "more_bottom"
    assert "counts more at the bottom: the share is clearly" in comparison.summary()
    assert "telt onderaan zwaarder mee" in comparison.summary("nl")


def test_the_other_way_round_it_counts_at_the_top_only():
    frame = with_dissatisfier()
    turned = 11 - frame[[*DRIVERS, "satisfaction"]]
    comparison = cx.compare_outcomes(graded_survey(turned), at_least=7, at_most=1, n_boot=N_BOOT)
    assert comparison.places["wait_time"] == "top"
    assert "counts at the top only: the share is clearly larger for 7 or" in comparison.summary()
    assert "telt alleen bovenaan mee" in comparison.summary("nl")
    assert comparison.places["reliability"] in {"both", "more_bottom"}


def test_whole_clusters_are_drawn_where_there_are_clusters():
    frame = proportional().assign(agent=np.arange(500) % 25)
    comparison = cx.compare_outcomes(
        graded_survey(frame, cluster="agent"), at_least=8, n_boot=N_BOOT
    )
    assert "100 resamples of clusters" in comparison.footer()
    assert comparison.extremes()["p_value"].between(0, 1).all()


def test_controls_are_in_every_model():
    frame = proportional().assign(minutes=np.tile([1.0, 2.0, 4.0, 5.0], 125))
    comparison = cx.compare_outcomes(graded_survey(frame), at_least=8, always=["minutes"], n_boot=0)
    controls = {key: list(found.model.design.controls) for key, found in comparison.weights.items()}
    assert set(map(tuple, controls.values())) == {("minutes",)}


def test_blanks_are_estimated_or_left_out_alike_for_every_outcome():
    frame = proportional(300)
    frame.loc[::10, "empathy"] = np.nan
    survey = graded_survey(frame)
    for missing, n in ((None, 300), ("listwise", 270)):
        comparison = cx.compare_outcomes(survey, at_least=8, missing=missing, n_boot=20)
        assert comparison.n == n
        assert {found.n for found in comparison.weights.values()} == {n}
        assert comparison.extremes()["p_value"].between(0, 1).all()


def test_likeliest_moments_are_refused_since_grades_have_none(survey):
    with pytest.raises(cx.FitError, match=r'missing="em"\) belong to kind="linear"'):
        cx.compare_outcomes(survey, missing="em")


def test_an_outcome_without_a_scale_needs_to_be_told_its_boxes():
    survey = graded_survey(proportional(), scale=None)
    with pytest.raises(cx.FitError, match=r"'satisfaction' has no scale .* at_least=\(8, 9, 10\)"):
        cx.compare_outcomes(survey)
    told = cx.compare_outcomes(survey, at_least=(8, 10), n_boot=0)
    assert list(told.weights) == ["mean", "ordinal", "at_least_8", "at_least_10"]
    assert told.bottom is None
    whole = cx.compare_outcomes(survey, at_least=(8, 10), at_most=5, n_boot=0)
    assert whole.titles()["at_least_10"] == "10"


@pytest.mark.parametrize(("name", "value"), [("at_least", "8"), ("at_least", (8, None))])
def test_a_box_that_is_no_number_is_refused(survey, name, value):
    with pytest.raises(cx.FitError, match=rf"{name} is '.*'\. It must be a number: an answer"):
        cx.compare_outcomes(survey, **{name: value})


def test_settings_that_cannot_be_are_refused(survey):
    with pytest.raises(cx.FitError, match="level is 95"):
        cx.compare_outcomes(survey, level=95)
    with pytest.raises(cx.FitError, match="at_most is 'nan'"):
        cx.compare_outcomes(survey, at_most=float("nan"))
    with pytest.raises(cx.FitError, match="not a DataFrame"):
        cx.compare_outcomes(survey.frame)


def test_more_drivers_than_can_be_fitted_are_refused():
    rng = np.random.default_rng(1)
    ratings = {f"x{place}": rng.integers(1, 11, 100) for place in range(15)}
    frame = pd.DataFrame(ratings).assign(satisfaction=rng.integers(1, 11, 100))
    survey = cx.Survey.from_frame(frame, outcome="satisfaction", scale=(1, 10))
    with pytest.raises(cx.FitError, match="15 drivers are more than the 14 whose subsets"):
        cx.compare_outcomes(survey, n_boot=0)


def test_the_same_seed_gives_the_same_numbers_and_the_survey_is_left_alone(comparison, survey):
    before = survey.frame.copy()
    again = cx.compare_outcomes(survey, n_boot=N_BOOT, seed=7)
    pd.testing.assert_frame_equal(again.tidy(), comparison.tidy())
    pd.testing.assert_frame_equal(again.extremes(), comparison.extremes())
    pd.testing.assert_frame_equal(survey.frame, before)


def test_with_proportional_odds_few_surveys_have_a_driver_of_one_end():
    called = [_called(proportional(seed=seed), seed) for seed in range(20)]
    assert sum(called) <= 2


def test_a_driver_of_the_bottom_is_found_in_nearly_every_survey():
    found = [_places(with_dissatisfier(seed=seed), seed)["wait_time"] for seed in range(10)]
    assert found.count("bottom") >= 9


@pytest.mark.slow
def test_with_proportional_odds_one_survey_in_twenty_has_a_driver_of_one_end():
    called = [_called(proportional(seed=1000 + seed), seed) for seed in range(400)]
    assert np.mean(called) <= 0.07


def test_the_staff_of_a_university_desk_count_more_at_the_bottom(
    shared_file: Callable[[str], Path],
):
    """A penalty-reward analysis of the same survey says so too: asymmetry −0.42, the largest."""
    frame = pd.read_csv(shared_file("data/CUB_univer.csv"))
    drivers = ["informat", "willingn", "officeho", "compete"]
    survey = cx.Survey.from_frame(frame, outcome="global", drivers=drivers, scale=(1, 7))
    comparison = cx.compare_outcomes(survey, n_boot=N_BOOT, seed=7)
    assert (comparison.bottom, comparison.top) == ("at_most_3", "at_least_7")
    assert comparison.places == {
        "informat": "both",
        "willingn": "more_bottom",
        "officeho": "both",
        "compete": "both",
    }


def _places(frame: pd.DataFrame, seed: int) -> dict[str, str]:
    """Compare reaching 6 with reaching 10, and nothing else, since that is quick."""
    survey = graded_survey(frame)
    bottom, top = (
        cx.driver_weights(survey, kind="top_box", threshold=cut, n_boot=N_BOOT, seed=seed)
        for cut in (6, 10)
    )
    table = extremes_table(bottom, top, thin=False)
    return dict(zip(table["driver"], table["where"], strict=True))


def _called(frame: pd.DataFrame, seed: int) -> bool:
    return bool(set(_places(frame, seed).values()) & {"bottom", "more_bottom", "top", "more_top"})
