"""Tests of `cxdrivers.estimators`: what scikit-learn asks of an estimator, and the same shares."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.feature_selection import SelectFromModel
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

import cxdrivers as cx
from cxdrivers.errors import FitError
from cxdrivers.estimators import DriverRegression
from tests.samples import OUTCOME, answers, survey_of
from tests.twins import average_over_all_orders, fits_of_all_subsets


@parametrize_with_checks([DriverRegression(), DriverRegression(adjusted=False)])
def test_it_is_what_scikit_learn_asks_of_an_estimator(estimator, check):
    check(estimator)


@pytest.fixture
def frame() -> pd.DataFrame:
    return answers((0.5, 0.3, 0.1, 0.0), n=200, seed=3)


def _split(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    return frame.drop(columns=OUTCOME), frame[OUTCOME]


@pytest.mark.parametrize("adjusted", [True, False])
def test_importances_are_the_weights_of_the_survey(frame: pd.DataFrame, adjusted: bool):
    weights = cx.driver_weights(survey_of(frame), adjusted=adjusted, n_boot=0)
    model = DriverRegression(adjusted=adjusted).fit(*_split(frame))
    np.testing.assert_allclose(model.importances_, weights.estimate, atol=1e-12)
    np.testing.assert_allclose(model.own_importances_, weights.own, atol=1e-12)
    assert model.r_squared_ == pytest.approx(weights.r_squared, abs=1e-12)


def test_weighted_importances_are_the_weights_of_the_weighted_survey(frame: pd.DataFrame):
    masses = np.random.default_rng(1).uniform(0.3, 3, size=len(frame))
    weights = cx.driver_weights(survey_of(frame.assign(w=masses), weight="w"), n_boot=0)
    model = DriverRegression().fit(*_split(frame), sample_weight=masses)
    np.testing.assert_allclose(model.importances_, weights.estimate, atol=1e-12)


def test_importances_equal_all_regressions_averaged_over_all_orders(frame: pd.DataFrame):
    features, outcome = _split(frame)
    groups = [(place,) for place in range(4)]
    fits = fits_of_all_subsets(features.to_numpy(), outcome.to_numpy(), groups)
    model = DriverRegression(adjusted=False).fit(features, outcome)
    np.testing.assert_allclose(model.importances_, average_over_all_orders(fits, 4), atol=1e-10)
    assert model.r_squared_ == pytest.approx(model.score(features, outcome), abs=1e-12)


def test_feature_importances_add_up_to_one(frame: pd.DataFrame):
    model = DriverRegression().fit(*_split(frame))
    assert model.feature_importances_.sum() == pytest.approx(1, abs=1e-12)
    shown = model.feature_importances_ * model.r_squared_
    np.testing.assert_allclose(shown, model.importances_, atol=1e-12)


def test_nothing_explained_gives_feature_importances_of_zero():
    rng = np.random.default_rng(8)
    model = DriverRegression().fit(rng.normal(size=(40, 3)), rng.normal(size=40))
    assert model.r_squared_ < 0
    np.testing.assert_array_equal(model.feature_importances_, np.zeros(3))


def test_coefficients_and_predictions_are_those_of_least_squares(frame: pd.DataFrame):
    features, outcome = _split(frame)
    masses = np.random.default_rng(2).uniform(0, 2, size=len(frame))
    model = DriverRegression().fit(features, outcome, sample_weight=masses)
    peer = LinearRegression().fit(features, outcome, sample_weight=masses)
    np.testing.assert_allclose(model.coef_, peer.coef_, atol=1e-10)
    assert model.intercept_ == pytest.approx(peer.intercept_, abs=1e-9)
    np.testing.assert_allclose(model.predict(features), peer.predict(features), atol=1e-10)


def test_a_row_of_weight_zero_counts_as_no_row(frame: pd.DataFrame):
    masses = (np.arange(len(frame)) % 4 > 0).astype(float)
    weighted = DriverRegression().fit(*_split(frame), sample_weight=masses)
    without = DriverRegression().fit(*_split(frame[masses > 0]))
    np.testing.assert_allclose(weighted.importances_, without.importances_, atol=1e-12)
    assert weighted.moments_.n == 150


def test_classic_importances_count_a_weight_of_two_as_two_rows(frame: pd.DataFrame):
    times = 1 + np.arange(len(frame)) % 3
    weighted = DriverRegression(adjusted=False).fit(*_split(frame), sample_weight=times)
    repeated = DriverRegression(adjusted=False).fit(*_split(frame.loc[frame.index.repeat(times)]))
    np.testing.assert_allclose(weighted.importances_, repeated.importances_, atol=1e-12)


def test_a_feature_that_never_varies_gets_nothing_and_takes_nothing(frame: pd.DataFrame):
    features, outcome = _split(frame)
    without = DriverRegression().fit(features, outcome)
    model = DriverRegression().fit(features.assign(same=0.1), outcome)
    np.testing.assert_allclose(model.importances_, [*without.importances_, 0], atol=1e-12)
    assert model.coef_[-1] == 0


def test_its_moments_give_the_table_of_weights(frame: pd.DataFrame):
    model = DriverRegression().fit(*_split(frame.assign(same=1.0)))
    table = cx.driver_weights(model.moments_).tidy()
    assert table["driver"].tolist() == list(model.feature_names_in_)
    np.testing.assert_allclose(table["estimate"], model.importances_, atol=1e-12)
    np.testing.assert_allclose(table["effect"].iloc[:4], model.coef_[:4], atol=1e-10)


def test_features_without_names_are_numbered(frame: pd.DataFrame):
    features, outcome = _split(frame)
    model = DriverRegression().fit(features.to_numpy(), outcome.to_numpy())
    assert model.moments_.drivers == ("x0", "x1", "x2", "x3")
    assert not hasattr(model, "feature_names_in_")


def test_importances_wait_for_a_fit():
    with pytest.raises(NotFittedError, match="not fitted yet"):
        _ = DriverRegression().importances_
    assert not hasattr(DriverRegression(), "feature_importances_")


def test_a_second_fit_forgets_the_first(frame: pd.DataFrame):
    features, outcome = _split(frame)
    model = DriverRegression().fit(features, outcome)
    first = model.importances_
    model.fit(features, features["empathy"] + outcome)
    fresh = clone(model).fit(features, features["empathy"] + outcome)
    np.testing.assert_array_equal(model.importances_, fresh.importances_)
    assert np.abs(model.importances_ - first).max() > 0.05


def test_importances_survive_pickling_and_a_careless_hand(frame: pd.DataFrame):
    model = DriverRegression().fit(*_split(frame))
    shares = model.importances_
    shares[:] = 0
    assert model.importances_.sum() > 0.1
    again = pickle.loads(pickle.dumps(model))  # noqa: S301  (made in the line itself)
    np.testing.assert_array_equal(again.importances_, model.importances_)


def test_it_works_in_pipelines_searches_and_selectors(frame: pd.DataFrame):
    features, outcome = _split(frame)
    grid = {"driverregression__adjusted": [True, False]}
    search = GridSearchCV(make_pipeline(StandardScaler(), DriverRegression()), grid, cv=3)
    found = search.fit(features, outcome).best_estimator_[-1]
    plain = DriverRegression(adjusted=found.adjusted).fit(features, outcome)
    np.testing.assert_allclose(found.importances_, plain.importances_, atol=1e-10)
    selector = SelectFromModel(
        DriverRegression(), importance_getter="feature_importances_", threshold=0.2
    )
    assert selector.fit(features, outcome).get_feature_names_out().tolist() == [
        "reliability",
        "empathy",
    ]


def test_predictions_do_not_need_what_importances_need():
    rng = np.random.default_rng(4)
    features, outcome = rng.normal(size=(15, 30)), rng.normal(size=15)
    model = DriverRegression().fit(features, outcome)
    np.testing.assert_allclose(model.predict(features), outcome, atol=1e-10)
    with pytest.raises(
        FitError,
        match=r"^15 rows, worth 15 equally weighted ones, are too few to share R² among 30 columns"
        r" that vary\. Use fewer columns\.$",
    ):
        _ = model.feature_importances_


def test_rows_that_are_too_unequal_are_counted_by_what_they_are_worth(frame: pd.DataFrame):
    masses = np.where(np.arange(len(frame)) < 4, 1000.0, 0.01)
    model = DriverRegression().fit(*_split(frame), sample_weight=masses)
    with pytest.raises(FitError, match=r"^200 rows, worth 4 equally weighted ones, are too few"):
        _ = model.own_importances_


def test_features_that_are_tied_together_are_named(frame: pd.DataFrame):
    features, outcome = _split(frame)
    tied = features.assign(both=features["empathy"] + features["reliability"])
    model = DriverRegression().fit(tied, outcome)
    plain = DriverRegression().fit(features, outcome)
    np.testing.assert_allclose(model.predict(tied), plain.predict(features), atol=1e-9)
    with pytest.raises(FitError, match=r"'reliability', 'empathy', 'both' are tied together"):
        _ = model.importances_


def test_an_outcome_that_never_varies_has_nothing_to_share(frame: pd.DataFrame):
    model = DriverRegression().fit(frame.drop(columns=OUTCOME), np.full(len(frame), 7.1))
    np.testing.assert_allclose(model.predict(frame.drop(columns=OUTCOME)), 7.1, atol=1e-12)
    with pytest.raises(
        FitError,
        match=r"^y is the same in all 200 rows, so there is no R² to share\. "
        r"Check that y is the outcome\.$",
    ):
        _ = model.importances_


@pytest.mark.parametrize(
    ("masses", "below", "above"), [([-1.0, 2.0, 2.0], 1, 2), ([0.0, 0.0, 0.0], 0, 0)]
)
def test_weights_that_cannot_be_are_counted(masses: list[float], below: int, above: int):
    with pytest.raises(
        FitError,
        match=rf"^sample_weight holds {below} values below zero and {above} above zero, for "
        r"3 rows\. .*check how the weights were made\.$",
    ):
        DriverRegression().fit([[1.0], [2.0], [4.0]], [1.0, 3.0, 2.0], sample_weight=masses)
