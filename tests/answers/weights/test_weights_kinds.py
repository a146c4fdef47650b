"""Tests of `driver_weights` for a top box and for grades: the same table from another model."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.moments.moments import Moments
from cxdrivers.moments.resampling import resampled_masses
from cxdrivers.survey.survey import Survey
from tests.likelihood_twins import mcfadden_of_all_subsets
from tests.samples import OUTCOME, answers, survey_of
from tests.twins import average_over_all_orders

DRIVERS = ["reliability", "empathy", "customer_focus"]
GROUPS = [(0,), (1,), (2,)]


def graded(n: int = 240, seed: int = 3, **more: object) -> Survey:
    """Return a survey with grades from 4 to 9."""
    frame = answers(n=n, seed=seed)
    frame[OUTCOME] = np.clip(np.rint(frame[OUTCOME]), 4, 9)
    return survey_of(frame, scale=None, **more)


def twin(survey: Survey, kind: str, masses: FloatArray) -> FloatArray:
    """Return the shares by one fit a subset and one order after another."""
    columns, outcome = survey.scores[DRIVERS].to_numpy(), survey.outcome
    if kind == "top_box":
        outcome = (outcome >= 8).astype(float)
    values = mcfadden_of_all_subsets(columns, outcome, GROUPS, masses)
    return average_over_all_orders(_by_set(values), len(GROUPS))


@pytest.mark.parametrize("kind", ["top_box", "ordinal"])
def test_classic_weights_and_resamples_are_those_of_one_fit_after_another(kind: str):
    survey = graded()
    weights = cx.driver_weights(survey, kind=kind, threshold=8, adjusted=False, n_boot=3, seed=5)
    np.testing.assert_allclose(weights.estimate, twin(survey, kind, np.ones(240)), atol=1e-6)
    drawn = np.concatenate(list(resampled_masses(weights.model.design, n_boot=3, seed=5)))
    for found, masses in zip(weights.replicates, drawn, strict=True):
        np.testing.assert_allclose(found, twin(survey, kind, masses), atol=1e-6)


@pytest.mark.parametrize("kind", ["top_box", "ordinal"])
def test_the_table_has_the_same_columns_and_adds_up(kind: str):
    weights = cx.driver_weights(graded(), kind=kind, threshold=8, n_boot=60)
    linear = cx.driver_weights(graded(), n_boot=60)
    assert list(weights.tidy()) == list(linear.tidy())
    assert weights.tidy()["estimate"].sum() == pytest.approx(weights.r_squared)
    assert weights.tidy()["share"].sum() == pytest.approx(1)
    model = weights.model.tidy().set_index("driver")
    np.testing.assert_array_equal(weights.tidy()["effect"], model.loc[DRIVERS, "effect"])


def test_an_own_weight_is_what_mcfadden_loses():
    survey = graded()
    weights = cx.driver_weights(survey, kind="top_box", threshold=8, n_boot=0)
    columns, outcome = survey.scores[DRIVERS].to_numpy(), (survey.outcome >= 8).astype(float)
    values = _by_set(mcfadden_of_all_subsets(columns, outcome, GROUPS, np.ones(240)))
    everything = frozenset(range(3))
    lost = [values[everything] - values[everything - {driver}] for driver in range(3)]
    np.testing.assert_allclose(weights.own, lost, atol=1e-7)


def test_a_driver_without_any_effect_gets_nothing_once_noise_is_taken_out():
    shares = []
    for seed in range(30):
        frame = answers((0.8, 0.0), n=150, seed=seed, correlation=0.0)
        found = cx.driver_weights(survey_of(frame), kind="top_box", threshold=7, n_boot=0).estimate
        shares.append(found)
    mean, error = np.mean(shares, axis=0), np.std(shares, axis=0) / np.sqrt(30)
    assert abs(mean[1]) < 3 * error[1]


@pytest.mark.parametrize(
    ("method", "index"),
    [("nagelkerke", "Nagelkerke's R²"), ("tjur", "Tjur's R²"), ("johnson", "squared correlation")],
)
def test_another_index_may_be_shared_and_is_named(method: str, index: str):
    weights = cx.driver_weights(graded(), kind="top_box", threshold=8, method=method, n_boot=120)
    assert index in weights.footer()
    assert weights.estimate.sum() == pytest.approx(weights.r_squared)
    assert np.isfinite(weights.tidy()[["conf_low", "conf_high"]]).all(axis=None)


@pytest.mark.parametrize("kind", ["top_box", "ordinal"])
def test_dominance_says_the_same_as_the_weights(kind: str):
    weights = cx.driver_weights(graded(), kind=kind, threshold=8, n_boot=40)
    table = weights.dominance()
    order = dict(zip(weights.drivers, weights.tidy()["estimate"], strict=True))
    larger = [order[row.driver] > order[row.other] for row in table.itertuples()]
    np.testing.assert_array_equal(table["general"], larger)
    assert table["general_again"].between(0, 1).all()


def test_clusters_strata_weights_and_controls_are_as_in_the_linear_model():
    rng = np.random.default_rng(1)
    frame = answers(n=240, seed=3).assign(
        w=rng.uniform(0.5, 2, 240), team=np.arange(240) % 24, sector=np.arange(240) % 3
    )
    survey = survey_of(frame, weight="w", cluster="team")
    weights = cx.driver_weights(survey, kind="top_box", threshold=7, always=["sector"], n_boot=150)
    assert "resamples of clusters" in weights.footer()
    assert weights.model.fit.errors == "cluster"
    respondents = weights.resampled("respondents")
    assert "resamples of respondents" in respondents.footer()
    assert not np.array_equal(weights.replicates, respondents.replicates)


def test_bca_intervals_leave_each_respondent_out_once():
    weights = cx.driver_weights(
        graded(n=80), kind="top_box", threshold=8, adjusted=False, n_boot=200
    )
    bca, plain = weights.intervals("bca"), weights.intervals()
    assert (bca["conf_low"] < bca["conf_high"]).all()
    assert not np.allclose(bca[["conf_low", "conf_high"]], plain[["conf_low", "conf_high"]])


def test_the_threshold_follows_from_the_scale_and_is_said_in_both_languages():
    frame = answers(n=240, seed=3)
    frame[OUTCOME] = np.clip(np.rint(frame[OUTCOME]), 1, 10)
    rated = Survey.from_frame(frame.clip(1, 10), outcome=OUTCOME, drivers=DRIVERS, scale=(1, 10))
    weights = cx.driver_weights(rated, kind="top_box", n_boot=20)
    assert weights.settings.threshold == 8
    assert "whether satisfaction is 8 or higher (McFadden's R², 240 respondents)" in (
        weights.summary()
    )
    assert "of tevredenheid 8 of hoger is (R² van McFadden, 240 respondenten)" in (
        weights.summary("nl")
    )
    assert "logistic regression of 8 or higher" in weights.footer()
    ordinal = cx.driver_weights(rated, kind="ordinal", n_boot=0)
    assert "uncertainty about the grade for satisfaction" in ordinal.summary()
    assert "proportionele odds" in ordinal.footer("nl")


def test_effects_on_a_chance_are_shown_in_percentage_points():
    weights = cx.driver_weights(graded(), kind="top_box", threshold=8, n_boot=20)
    table = weights.table("nl").set_index("driver")
    effect = weights.tidy().set_index("driver").loc["reliability", "effect"]
    shown = table.loc["Betrouwbaarheid", "eigen effect (procentpunten)"]
    assert shown.startswith(f"{100 * effect:.1f}".replace(".", ","))


@pytest.mark.parametrize("kind", ["top_box", "ordinal"])
def test_the_same_seed_gives_the_same_numbers(kind: str):
    first, again = (
        cx.driver_weights(graded(), kind=kind, threshold=8, n_boot=30, seed=9) for _ in range(2)
    )
    np.testing.assert_array_equal(first.replicates, again.replicates)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"kind": "top_box", "threshold": 11}, "Nobody of the 240 respondents reaches 11"),
        ({"kind": "top_box", "threshold": 4}, "All 240 respondents reach 4"),
        ({"kind": "top_box"}, "has no scale in the codebook"),
        ({"kind": "ordinal", "threshold": 8, "method": "tjur"}, "defined for two grades only"),
        ({"kind": "top_box", "threshold": 8, "method": "pratt"}, "method is 'pratt'"),
        ({"threshold": 8}, 'kind="linear"'),
    ],
)
def test_what_cannot_be_is_refused(settings: dict[str, object], message: str):
    with pytest.raises(FitError, match=message):
        cx.driver_weights(graded(), **settings)


def test_two_values_are_no_grades_and_too_many_are_none_either():
    frame = answers(n=100)
    with pytest.raises(FitError, match=r"takes 100 different values, more than the 30 grades"):
        cx.driver_weights(survey_of(frame), kind="ordinal", threshold=7)
    frame[OUTCOME] = (frame[OUTCOME] > 7).astype(float)
    with pytest.raises(FitError, match=r"takes the values '0', '1' only.*kind=\"top_box\""):
        cx.driver_weights(survey_of(frame), kind="ordinal")


def test_moments_know_no_grades():
    moments = Moments.from_covariance(np.eye(3) + 0.3, n=100)
    with pytest.raises(FitError, match="needs the rows"):
        cx.driver_weights(moments, kind="top_box", threshold=8)


def test_more_drivers_than_can_be_fitted_in_all_subsets_are_refused():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(rng.normal(size=(60, 16)), columns=[f"d{place}" for place in range(16)])
    drivers = list(frame.columns[:15])
    survey = Survey.from_frame(frame, outcome="d15", drivers=drivers)
    with pytest.raises(FitError, match="15 drivers are more than the 14"):
        cx.driver_weights(survey, kind="top_box", threshold=0)


def test_probes_are_of_a_line():
    weights = cx.driver_weights(graded(), kind="top_box", threshold=8, n_boot=0)
    with pytest.raises(FitError, match='kind="linear" only'):
        weights.probe()


@pytest.mark.parametrize("words", [("ja", "nee"), ("yes", "no")])
def test_a_yes_or_no_in_words_is_a_top_box(words: tuple[str, str]):
    frame = answers(n=150, seed=4)
    reached = frame[OUTCOME] > 7
    told = frame.assign(**{OUTCOME: np.where(reached, *words)})
    weights = cx.driver_weights(survey_of(told), kind="top_box", n_boot=0)
    expected = cx.driver_weights(survey_of(frame), kind="top_box", threshold=7.0001, n_boot=0)
    np.testing.assert_allclose(weights.estimate, expected.estimate, atol=1e-9)


def test_perfect_separation_is_said_and_nothing_crashes():
    frame = answers((0.5, 0.3), n=120, seed=2)
    frame[OUTCOME] = np.where(frame["reliability"] > 7, 9.0, 6.0)
    weights = cx.driver_weights(survey_of(frame), kind="top_box", threshold=8, n_boot=50)
    assert weights.r_squared == pytest.approx(1, abs=0.05)
    assert "Firth" in weights.model.summary()


def test_a_grade_that_occurs_once_does_no_harm():
    frame = answers(n=200, seed=6)
    frame[OUTCOME] = np.clip(np.rint(frame[OUTCOME]), 5, 9)
    frame.loc[0, OUTCOME] = 1.0
    weights: DriverWeights = cx.driver_weights(
        survey_of(frame), kind="ordinal", threshold=8, n_boot=60
    )
    assert np.isfinite(weights.replicates).all()
    assert np.isfinite(weights.tidy()["conf_high"]).all()


def _by_set(values: FloatArray) -> dict[frozenset[int], float]:
    drivers = len(values).bit_length() - 1
    return {
        frozenset(driver for driver in range(drivers) if place >> driver & 1): float(value)
        for place, value in enumerate(values)
    }
