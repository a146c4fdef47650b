"""Tests of `cxdrivers.models.ordinal`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

import cxdrivers as cx
from cxdrivers.errors import FitError
from cxdrivers.models.cumulative_fit import fit_cumulative
from cxdrivers.models.ordinal import fit_ordinal
from cxdrivers.models.top_box import fit_top_box
from cxdrivers.moments.design import design_of
from cxdrivers.moments.grades import top_box_of
from tests.samples import answers, survey_of


def graded(n: int = 400, **fields: Any) -> pd.DataFrame:
    """Return answers with whole grades from 5 to 9."""
    frame = answers(n=n, **fields)
    return frame.assign(satisfaction=frame["satisfaction"].round().clip(5, 9))


def test_coefficients_thresholds_and_errors_are_those_of_r(
    shared_file: Callable[[str], Path], reference: Callable[[str], dict[str, Any]]
):
    facts = reference("l_univer_ordinal_poisson")
    expected = facts["clm"]
    frame = pd.read_csv(shared_file("data/CUB_univer.csv"))
    survey = cx.Survey.from_frame(frame, outcome=facts["outcome"], drivers=facts["drivers"])
    model = cx.fit_satisfaction(survey, kind="ordinal", threshold=6)
    terms, thresholds = model.fit.terms, model.thresholds()
    np.testing.assert_allclose(terms.estimate, expected["coef"], rtol=1e-8)
    np.testing.assert_allclose(terms.std_error, expected["se"], rtol=1e-6)
    assert thresholds["term"].tolist() == ["1|2", "2|3", "3|4", "4|5", "5|6", "6|7"]
    np.testing.assert_allclose(thresholds["estimate"], expected["thresholds"], rtol=1e-8)
    np.testing.assert_allclose(thresholds["std_error"], expected["thresholds_se"], rtol=1e-6)
    log_odds, nothing = model.fit.log_odds, facts["polr"]["log_likelihood_null"]
    assert log_odds.log_likelihood == pytest.approx(expected["log_likelihood"], abs=1e-8)
    assert log_odds.null_log_likelihood == pytest.approx(nothing, abs=1e-5)
    assert model.fit.r_squared == pytest.approx(facts["domir"]["value"], abs=1e-8)


@pytest.mark.parametrize("threshold", [7, 6.5])
def test_effects_are_those_on_the_chance_of_reaching_the_threshold(threshold: float):
    """A threshold between two grades is that of the higher."""
    design = design_of(survey_of(graded()))
    fit = fit_ordinal(design, threshold, 0.95)
    slopes = fit.terms.estimate
    chances = expit(design.columns @ slopes - fit.log_odds.thresholds[1])
    expected = slopes * np.mean(chances * (1 - chances))
    np.testing.assert_allclose(fit.effects.effect, expected, rtol=1e-9)
    assert fit.share == pytest.approx(np.mean(design.outcome >= 7))
    np.testing.assert_allclose(chances.mean(), fit.share, atol=0.02)


def test_intervals_of_effects_follow_from_small_steps_of_all_parameters():
    design = design_of(survey_of(graded()))
    fit = fit_ordinal(design, 8, 0.95)
    top = np.append(fit.log_odds.thresholds, fit.log_odds.slopes)

    def effects(at: np.ndarray) -> np.ndarray:
        chances = expit(design.columns @ at[4:] - at[2])
        return at[4:] * np.mean(chances * (1 - chances))

    steps = 1e-5 * np.eye(len(top))
    gradient = np.array([(effects(top + step) - effects(top - step)) / 2e-5 for step in steps])
    errors = np.sqrt(np.diag(gradient.T @ fit.log_odds.covariance @ gradient))
    np.testing.assert_allclose(fit.effects.high - fit.effects.effect, 1.959964 * errors, rtol=1e-5)


def test_two_thresholds_change_the_effects_and_nothing_else():
    design = design_of(survey_of(graded()))
    six, nine = (fit_ordinal(design, threshold, 0.95) for threshold in (6, 9))
    np.testing.assert_array_equal(six.terms.estimate, nine.terms.estimate)
    assert (six.effects.effect != nine.effects.effect).all()
    assert six.share > nine.share


def test_weights_and_clusters_give_robust_and_clustered_errors():
    frame = graded().assign(
        w=np.random.default_rng(2).uniform(0.3, 3, 400), team=np.arange(400) % 40
    )
    design = design_of(survey_of(frame, weight="w", cluster="team"))
    fit = fit_ordinal(design, 8, 0.95)
    kernel = fit_cumulative(design.columns, design.outcome, design.weights)
    expected = np.sqrt(np.diag(kernel.covariance(design.cluster, robust=True)))[-3:]
    np.testing.assert_allclose(fit.terms.std_error, expected, rtol=1e-9)
    assert (fit.errors, fit.freedom) == ("cluster", 39)
    robust = fit_ordinal(design_of(survey_of(frame, weight="w")), 8, 0.95)
    expected = np.sqrt(np.diag(kernel.covariance(robust=True)))[-3:]
    np.testing.assert_allclose(robust.terms.std_error, expected, rtol=1e-9)
    assert (robust.errors, robust.freedom) == ("robust", np.inf)


@pytest.mark.parametrize("fields", [{"weight": "w"}, {"cluster": "team"}])
def test_one_respondent_to_whom_a_driver_did_not_apply_gets_no_made_up_error(fields):
    """Scatter knows nothing of a row with a column of its own, which is fitted as it is."""
    frame = graded().assign(w=np.linspace(0.5, 1.5, 400), team=np.arange(400) % 40)
    frame.loc[0, ["empathy", "satisfaction"]] = -1, 7
    design = design_of(survey_of(frame, not_applicable=[-1], **fields))
    fit = fit_ordinal(design, 8, 0.95)
    np.testing.assert_array_equal(np.isnan(fit.terms.std_error), [False, False, True, False])
    assert np.isfinite(fit.terms.own_p_value).all()


def test_a_grade_that_occurs_once_is_a_grade():
    frame = graded()
    frame.loc[0, "satisfaction"] = 2
    fit = fit_ordinal(design_of(survey_of(frame)), 8, 0.95)
    assert len(fit.log_odds.thresholds) == 5
    assert np.isfinite(fit.terms.std_error).all()


def test_three_grades_say_nearly_what_two_say():
    frame = graded(n=2000)
    frame["satisfaction"] = np.digitize(frame["satisfaction"], [7, 8]) + 1.0
    design = design_of(survey_of(frame))
    ordinal = fit_ordinal(design, 3, 0.95)
    top_box = fit_top_box(top_box_of(design, 3), 0.95)
    np.testing.assert_allclose(ordinal.effects.effect, top_box.effects.effect, atol=0.02)
    assert (ordinal.terms.std_error < top_box.terms.std_error).all()


def test_grades_that_are_set_apart_exactly_are_refused_with_what_does_it():
    frame = graded()
    frame.loc[:5, "empathy"] = -1
    frame.loc[:5, "satisfaction"] = 9
    design = design_of(survey_of(frame, not_applicable=[-1]))
    message = (
        r"^'empathy' set grades of 'satisfaction' apart without exception, so the log odds of an "
        r'ordinal model have no estimate\. Use kind="top_box", which has one in such a case\.$'
    )
    with pytest.raises(FitError, match=message):
        fit_ordinal(design, 8, 0.95, "satisfaction")


def test_an_outcome_of_two_values_is_refused():
    frame = graded()
    frame["satisfaction"] = (frame["satisfaction"] >= 8) * 1.0
    message = (
        r"^'satisfaction' takes the values '0', '1' only, and an ordinal model needs at least "
        r'three grades\. Use kind="top_box"\.$'
    )
    with pytest.raises(FitError, match=message):
        fit_ordinal(design_of(survey_of(frame)), 1, 0.95, "satisfaction")


def test_an_outcome_of_many_values_is_refused():
    message = (
        r"^'satisfaction' takes 300 different values, more than the 30 grades of an ordinal model"
        r'\. Use kind="linear", or kind="top_box" with a threshold\.$'
    )
    with pytest.raises(FitError, match=message):
        fit_ordinal(design_of(survey_of(answers())), 8, 0.95, "satisfaction")


@pytest.mark.parametrize(
    ("threshold", "words"),
    [(9.5, "Nobody of the 400 respondents reaches 9.5"), (5, "All 400 respondents reach 5")],
)
def test_a_threshold_that_does_not_part_the_respondents_is_refused(threshold: float, words: str):
    with pytest.raises(FitError, match=rf"^{words} on 'satisfaction'.* above 5, up to 9\.$"):
        fit_ordinal(design_of(survey_of(graded())), threshold, 0.95, "satisfaction")


def test_grades_that_nothing_varies_with_still_have_their_thresholds():
    frame = graded(slopes=(0.5,)).assign(reliability=7.0)
    fit = fit_ordinal(design_of(survey_of(frame)), 8, 0.95)
    assert len(fit.log_odds.thresholds) == 4
    assert fit.r_squared == pytest.approx(0, abs=1e-9)
