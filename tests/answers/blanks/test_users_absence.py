"""Tests of `answers.blanks.users_absence`: what not having met a driver goes with."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from statsmodels.discrete.discrete_model import Logit
from statsmodels.miscmodels.ordinal_model import OrderedModel
from statsmodels.regression.linear_model import WLS

import cxdrivers as cx
from cxdrivers.answers.blanks.users_absence import absence_table, mark_of, merged_design, routes_of
from cxdrivers.moments.columns import NOT_APPLICABLE
from cxdrivers.moments.design import design_of
from tests.answers.blanks.partial_surveys import (
    ABSENCE,
    AWAY,
    partial,
    partial_grades,
    partial_survey,
)
from tests.samples import OUTCOME, answers, survey_of

ESTIMATES = ["estimate", "conf_low", "conf_high"]


def absence(survey: cx.Survey, **settings) -> pd.DataFrame:
    weights = cx.driver_weights(survey, n_boot=0, **settings)
    return absence_table(survey, weights).set_index("driver")


def laid_out(frame: pd.DataFrame, driver: str, weights: np.ndarray | None = None) -> np.ndarray:
    """Return the other drivers, D(x − mean) of one driver, and 1 − D, by hand."""
    away = (frame[driver] == AWAY).to_numpy()
    mean = np.average(frame.loc[~away, driver], weights=None if weights is None else weights[~away])
    others = frame.drop(columns=[driver, OUTCOME]).to_numpy()
    centred = np.where(away, 0, frame[driver] - mean)
    return np.column_stack([others, centred, away.astype(float)])


def routed(*, flipped: bool = False, n: int = 400) -> pd.DataFrame:
    """Return four drivers of which two did not apply to the same, or to the other, respondents."""
    rng = np.random.default_rng(5)
    frame = answers((0.5, 0.3, 0.4, 0.2), n=n, seed=3)
    away = rng.random(n) < 0.4
    first, second = frame.columns[2:4]
    away_too = ~away if flipped else away
    return frame.assign(
        **{
            first: frame[first].mask(away, AWAY),
            second: frame[second].mask(away_too, AWAY),
            OUTCOME: frame[OUTCOME] - 0.7 * away,
        }
    )


def test_it_is_the_coefficient_of_the_mark_with_its_robust_interval():
    frame = partial()
    found = absence(partial_survey(frame)).loc["customer_focus"]
    columns = np.column_stack([np.ones(len(frame)), laid_out(frame, "customer_focus")])
    slow = WLS(frame[OUTCOME], columns).fit(cov_type="HC3", use_t=True)
    expected = [slow.params.iloc[-1], *slow.conf_int().iloc[-1]]
    np.testing.assert_allclose(found[ESTIMATES].astype(float), expected, rtol=1e-8)
    assert found["p_value"] == pytest.approx(slow.pvalues.iloc[-1], abs=1e-10)
    assert found["n"] == (frame["customer_focus"] == AWAY).sum()


def test_weights_and_clusters_are_in_it():
    rng = np.random.default_rng(3)
    frame, weights, team = partial(), rng.uniform(0.5, 2, 500), rng.integers(0, 40, 500)
    survey = partial_survey(
        frame.assign(weight=weights, team=team), weight="weight", cluster="team"
    )
    columns = np.column_stack([np.ones(500), laid_out(frame, "customer_focus", weights)])
    slow = WLS(frame[OUTCOME], columns, weights=weights).fit(
        cov_type="cluster", cov_kwds={"groups": team}, use_t=True
    )
    found = absence(survey).loc["customer_focus", ESTIMATES].astype(float)
    expected = [slow.params.iloc[-1], *slow.conf_int().iloc[-1]]
    np.testing.assert_allclose(found, expected, rtol=1e-8)


def test_with_a_top_box_it_is_a_difference_of_average_chances():
    survey = partial_grades()
    frame = survey.frame
    columns = np.column_stack([laid_out(frame, "wait_time"), np.ones(len(frame))])
    slow = Logit((frame[OUTCOME] >= 8).astype(float), columns).fit(disp=False)
    met, missed = columns.copy(), columns.copy()
    met[:, 2:4], missed[:, 2:4] = (0, 0), (0, 1)
    expected = (slow.predict(missed) - slow.predict(met)).mean()
    found = absence(survey, kind="top_box").loc["wait_time"]
    assert found["estimate"] == pytest.approx(expected, abs=1e-6)
    assert found["conf_low"] < expected < found["conf_high"]


def test_with_grades_in_order_it_is_a_difference_of_average_chances_too():
    survey = partial_grades()
    frame = survey.frame
    columns = laid_out(frame, "wait_time")
    grades = frame[OUTCOME].astype(int)
    slow = OrderedModel(grades, columns, distr="logit").fit(method="bfgs", disp=False, maxiter=500)
    cuts = slow.model.transform_threshold_params(slow.params.to_numpy())[1:-1]
    cut = cuts[int((np.unique(grades) < 8).sum()) - 1]
    rest = columns[:, :2] @ slow.params.iloc[:2] - cut
    expected = (expit(rest + slow.params.iloc[3]) - expit(rest)).mean()
    found = absence(survey, kind="ordinal", threshold=8).loc["wait_time"]
    assert found["estimate"] == pytest.approx(expected, abs=1e-4)


def test_a_known_difference_is_found():
    found = absence(partial_survey(partial(4000))).loc["customer_focus"]
    assert found["conf_low"] < ABSENCE < found["conf_high"]
    assert found["conf_high"] - found["conf_low"] < 0.2


def test_blanks_do_not_hide_it():
    frame = partial(4000)
    blank = (frame.index < 800) & (frame["customer_focus"] != AWAY)
    frame.loc[blank, "customer_focus"] = np.nan
    found = absence(partial_survey(frame)).loc["customer_focus"]
    assert found["conf_low"] < ABSENCE < found["conf_high"]


@pytest.mark.parametrize("kind", ["linear", "top_box"])
def test_drivers_of_one_route_have_one_effect_of_having_met_neither(kind):
    frame = routed()
    survey = partial_survey(frame)
    table = absence(survey, kind=kind, threshold=None if kind == "linear" else 7.0)
    assert table["route"].tolist() == ["customer_focus", "customer_focus"]
    if kind == "linear":
        expected = WLS(frame[OUTCOME], _both(frame)).fit().params.iloc[-1]
    else:
        columns = _both(frame)
        slow = Logit((frame[OUTCOME] >= 7).astype(float), columns).fit(disp=False)
        met, missed = columns.copy(), columns.copy()
        met[:, 3:], missed[:, 3:] = (0, 0, 0), (0, 0, 1)
        expected = (slow.predict(missed) - slow.predict(met)).mean()
    np.testing.assert_allclose(table["estimate"], expected, rtol=1e-5)
    assert (table["conf_high"] < 0).all()


def _both(frame: pd.DataFrame) -> np.ndarray:
    away = (frame["customer_focus"] == AWAY).to_numpy()
    centred = [
        np.where(away, 0, frame[driver] - frame.loc[~away, driver].mean())
        for driver in ("customer_focus", "customer_knowledge")
    ]
    others = frame[["reliability", "empathy"]].to_numpy()
    return np.column_stack([np.ones(len(frame)), others, *centred, away.astype(float)])


def test_marks_that_follow_from_each_other_are_not_told_apart():
    table = absence(partial_survey(routed(flipped=True)))
    assert table["route"].tolist() == ["customer_focus", "customer_knowledge"]
    assert table[ESTIMATES].isna().all(axis=None)
    assert (table["n"] > 0).all()


def test_a_driver_that_applied_to_everybody_is_not_in_the_table():
    assert list(absence(partial_survey(partial())).index) == ["customer_focus"]
    empty = absence_table(survey_of(answers()), cx.driver_weights(survey_of(answers()), n_boot=0))
    assert empty.empty
    assert list(empty.columns) == ["driver", "route", *ESTIMATES, "p_value", "n"]


@given(
    st.lists(st.integers(0, 3), min_size=3, max_size=5),
    st.lists(st.booleans(), min_size=20, max_size=20),
)
def test_merging_routes_loses_no_direction_and_doubles_none(patterns, switched):
    """Every driver stays on exactly one route, and every mark that differs is kept once."""
    rng = np.random.default_rng(1)
    marks = rng.random((4, 20)) < 0.5
    marks[:, :3], marks[0], marks[1] = [True, False, False], False, switched
    marks[1, :3] = [True, False, False]
    marks = np.tile(marks, 3)
    drivers = {f"x{place}": rng.normal(size=60) for place in range(len(patterns))}
    frame = pd.DataFrame(
        {
            name: np.where(marks[row], AWAY, values)
            for (name, values), row in zip(drivers.items(), patterns, strict=True)
        }
    ).assign(grade=rng.normal(size=60), place=rng.choice([*"abc"], 60))
    survey = cx.Survey.from_frame(
        frame, outcome="grade", drivers=list(drivers), not_applicable=[AWAY]
    )
    design = design_of(survey, always=["place"])
    routes = routes_of(design)
    assert sorted(place for route in routes for place in route) == [*range(len(patterns))]
    merged = merged_design(design, routes)
    kept = merged.columns[:, [term == NOT_APPLICABLE for term in merged.terms]]
    assert len(np.unique(kept, axis=1).T) == kept.shape[1]
    assert np.linalg.matrix_rank(merged.columns) == np.linalg.matrix_rank(design.columns)
    columns = [column for group in merged.groups for column in group]
    assert [*sorted(columns), *merged.always] == [*range(len(merged.terms))]
    assert all(
        mark_of(merged, place) is None
        for place, route in enumerate(routes)
        if mark_of(design, route[0]) is None
    )
