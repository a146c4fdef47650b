"""Tests of `cxdrivers.answers.groups.group_estimates`: beside one answer a group, and loops."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.regression.linear_model import WLS

import cxdrivers as cx
from cxdrivers.answers.groups import group_estimates as module
from cxdrivers.answers.groups.group_estimates import (
    MEASURES,
    GroupEstimates,
    group_estimates,
    jackknife_variances,
)
from cxdrivers.codebook.codebook import Question
from cxdrivers.errors import FitError
from cxdrivers.moments.grouped_rows import grouped_moments
from cxdrivers.moments.random_parts import random_parts
from cxdrivers.survey.survey import Survey
from tests.moments.group_twins import grouped_frame, grouped_survey
from tests.samples import OUTCOME

FRAME = grouped_frame()
LABELS = sorted(FRAME["region"].unique())
DRIVERS = list(FRAME.columns[:3])


def estimates_of(survey: Survey, **fields) -> GroupEstimates:
    return group_estimates(grouped_moments(survey, "region", parts=20, seed=4), **fields)


def slopes(rows: pd.DataFrame) -> np.ndarray:
    regressors = np.column_stack([np.ones(len(rows)), rows[DRIVERS]])
    return WLS(rows[OUTCOME].to_numpy(), regressors, weights=rows["w"]).fit().params[1:]


@pytest.mark.parametrize("adjusted", [True, False])
def test_each_group_has_the_weights_and_effects_of_its_own_survey(*, adjusted: bool):
    survey = grouped_survey()
    found = estimates_of(survey, adjusted=adjusted)
    for place, label in enumerate(LABELS):
        alone = cx.driver_weights(
            survey.of_rows((FRAME["region"] == label).to_numpy()), adjusted=adjusted, n_boot=0
        )
        one = alone.tidy()
        np.testing.assert_allclose(found.weight.estimate[place], one["estimate"], atol=1e-10)
        np.testing.assert_allclose(found.effect.estimate[place], one["effect"], atol=1e-10)
        assert found.r_squared.estimate[place] == pytest.approx(one["estimate"].sum(), abs=1e-10)


@pytest.mark.parametrize("method", ["first", "last"])
def test_so_it_has_by_another_method(method: str):
    survey = grouped_survey()
    found = estimates_of(survey, method=method)
    rows = survey.of_rows((FRAME["region"] == LABELS[1]).to_numpy())
    alone = cx.driver_weights(rows, method=method, n_boot=0).tidy()
    np.testing.assert_allclose(found.weight.estimate[1], alone["estimate"], atol=1e-10)


def test_variances_are_those_of_what_is_left_without_each_part():
    """By hand: least squares by statsmodels, weights by the front door, parts in a loop."""
    survey = grouped_survey()
    found = estimates_of(survey)
    group = FRAME["region"].map(LABELS.index).to_numpy()
    part = random_parts(group, 3, count=20, seed=4).part
    for place in range(3):
        without = [FRAME[(group == place) & (part != left)] for left in range(20)]
        replicates = {
            "effect": [slopes(rows) for rows in without],
            "mean": [np.average(rows[DRIVERS], axis=0, weights=rows["w"]) for rows in without],
            "weight": [
                cx.driver_weights(grouped_survey(rows), n_boot=0).tidy()["estimate"]
                for rows in without
            ],
        }
        for measure in MEASURES:
            by_hand = 19 / 20 * 20 * np.var(replicates[measure], axis=0)
            if measure == "effect":
                masses = FRAME.loc[group == place, "w"]
                left = 19 / 20 * masses.sum() ** 2 / (masses**2).sum()
                by_hand *= (left - 3) / left
            np.testing.assert_allclose(found.of(measure).variance[place], by_hand, rtol=1e-8)
        explained = 19 * np.var(np.sum(replicates["weight"], axis=1))
        assert found.r_squared.variance[place] == pytest.approx(explained, rel=1e-8)
    assert found.degrees.tolist() == [19, 19, 19]


def test_with_as_many_parts_as_rows_the_variance_of_a_mean_is_the_usual_one():
    frame = FRAME.assign(w=1.0)
    found = group_estimates(grouped_moments(grouped_survey(frame), "region", parts=80))
    for place, label in enumerate(LABELS):
        rows = frame[frame["region"] == label][DRIVERS]
        usual = rows.var(ddof=1) / len(rows)
        np.testing.assert_allclose(found.mean.variance[place], usual, rtol=1e-9)


@given(st.integers(0, 1000))
def test_a_jackknife_without_some_parts_is_that_of_the_others(seed: int):
    rng = np.random.default_rng(seed)
    replicates, told = rng.normal(size=(3, 8, 2)), rng.random((3, 8)) < 0.7
    replicates[~told] = np.nan
    found = jackknife_variances(replicates, told)
    for group in range(3):
        kept = replicates[group][told[group]]
        expected = np.full(2, np.nan) if len(kept) < 2 else (len(kept) - 1) * kept.var(axis=0)
        np.testing.assert_allclose(found[group], expected)


def test_a_part_that_gives_no_number_leaves_no_variance():
    replicates = np.array([[1.0, np.nan, 3.0]])
    assert np.isnan(jackknife_variances(replicates, np.ones((1, 3), dtype=bool)))[0]


def test_groups_taken_in_turns_have_the_same_estimates(monkeypatch):
    whole = estimates_of(grouped_survey())
    monkeypatch.setattr(module, "MATRICES_AT_ONCE", 1)
    found = estimates_of(grouped_survey())
    for measure in MEASURES:
        np.testing.assert_array_equal(found.of(measure).estimate, whole.of(measure).estimate)
        np.testing.assert_array_equal(found.of(measure).variance, whole.of(measure).variance)


def test_a_driver_that_never_varies_in_a_group_has_weight_0_of_which_nothing_is_sure():
    frame = FRAME.copy()
    frame.loc[frame["region"] == "east", DRIVERS[1]] = 8.0
    found = estimates_of(grouped_survey(frame))
    place = LABELS.index("east")
    assert found.weight.estimate[place, 1] == 0
    assert np.isnan(found.weight.variance[place, 1])
    assert np.isnan(found.effect.estimate[place, 1])
    assert found.mean.estimate[place, 1] == pytest.approx(8)
    rows = grouped_survey(frame).of_rows((frame["region"] == "east").to_numpy())
    alone = cx.driver_weights(rows, n_boot=0).tidy()
    np.testing.assert_allclose(found.weight.estimate[place], alone["estimate"], atol=1e-10)


@pytest.mark.parametrize("ratings", [0, 9, 10])
def test_a_driver_that_fewer_than_ten_rated_in_a_group_is_not_told_there(ratings: int):
    frame = FRAME.copy()
    frame.loc[frame.index[frame["region"] == "east"][ratings:], DRIVERS[1]] = np.nan
    found = estimates_of(grouped_survey(frame))
    place = LABELS.index("east")
    for measure in MEASURES:
        told = ~np.isnan(found.of(measure).estimate)
        assert told[place].tolist() == [True, ratings == 10, True]
        assert told.all(axis=1).sum() == 2 + (ratings == 10)


def test_where_a_driver_did_not_apply_the_mean_is_of_those_it_applied_to():
    frame = FRAME.copy()
    frame.loc[::5, DRIVERS[1]] = 99
    survey = grouped_survey(frame, not_applicable=(99,))
    found = estimates_of(survey)
    for place, label in enumerate(LABELS):
        inside = (frame["region"] == label) & (frame[DRIVERS[1]] != 99)
        rows = frame[inside]
        mean = np.average(rows[DRIVERS[1]], weights=rows["w"])
        assert found.mean.estimate[place, 1] == pytest.approx(mean)
        alone = cx.driver_weights(
            survey.of_rows((frame["region"] == label).to_numpy()), n_boot=0
        ).tidy()
        np.testing.assert_allclose(found.weight.estimate[place], alone["estimate"], atol=1e-10)
        np.testing.assert_allclose(found.effect.estimate[place], alone["effect"], atol=1e-10)


def test_categories_and_several_items_have_a_weight_only():
    frame = FRAME.assign(channel=pd.Categorical(np.where(FRAME["w"] > 1, "app", "phone")))
    survey = Survey.from_frame(frame, outcome=OUTCOME, drivers=[*DRIVERS[:2], "channel"])
    items = Question("pair", (DRIVERS[2], "w"), kind="items")
    book = survey.codebook
    survey = replace(survey, codebook=replace(book, drivers=(*book.drivers, items)))
    found = estimates_of(survey)
    assert np.isfinite(found.weight.estimate).all()
    assert np.isfinite(found.weight.variance).all()
    for measure in ("effect", "mean"):
        told = np.isfinite(found.of(measure).estimate)
        assert told.all(axis=0).tolist() == [True, True, False, False]


def test_an_interaction_is_shared_after_its_drivers_and_has_no_mean():
    product = Question("both", interaction=tuple(DRIVERS[:2]))
    survey = grouped_survey()
    book = survey.codebook
    survey = replace(survey, codebook=replace(book, drivers=(*book.drivers, product)))
    found = estimates_of(survey)
    assert np.isfinite(found.weight.estimate).all()
    assert np.isnan(found.mean.estimate[:, 3]).all()
    with pytest.raises(FitError, match="both"):
        estimates_of(survey, method="last")


def test_with_too_few_respondents_there_is_no_weight_but_a_mean():
    frame = FRAME.drop(FRAME.index[FRAME["region"] == "east"][4:])
    found = estimates_of(grouped_survey(frame))
    place = LABELS.index("east")
    assert np.isnan(found.weight.estimate[place]).all()
    assert np.isnan(found.r_squared.estimate[place])
    assert np.isfinite(np.delete(found.weight.estimate, place, axis=0)).all()


def test_noise_of_a_method_without_a_formula_for_it_is_refused():
    with pytest.raises(FitError, match="johnson"):
        estimates_of(grouped_survey(), method="johnson")
    found = estimates_of(grouped_survey(), method="johnson", adjusted=False)
    rows = grouped_survey().of_rows((FRAME["region"] == LABELS[0]).to_numpy())
    alone = cx.driver_weights(rows, method="johnson", adjusted=False, n_boot=0).tidy()
    np.testing.assert_allclose(found.weight.estimate[0], alone["estimate"], atol=1e-10)


@pytest.mark.slow
def test_variances_are_about_right_and_not_too_small():
    """A thousand like groups of 60: their spread is what the variance of each is after."""
    rng = np.random.default_rng(8)
    ratings = rng.normal(size=(60_000, 1)) * 0.6 + rng.normal(size=(60_000, 3))
    frame = pd.DataFrame(7 + ratings, columns=DRIVERS).assign(
        region=np.repeat(np.arange(1000), 60), w=1.0
    )
    frame[OUTCOME] = 7 + ratings @ [0.5, 0.3, 0.0] + rng.normal(size=60_000)
    found = estimates_of(grouped_survey(frame))
    for measure in MEASURES:
        spread = found.of(measure).estimate.var(axis=0, ddof=1)
        told = found.of(measure).variance.mean(axis=0)
        assert (told > 0.85 * spread).all(), measure
        assert (told < 1.6 * spread).all(), measure
