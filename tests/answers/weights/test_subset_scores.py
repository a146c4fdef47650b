"""Tests of `answers.weights.subset_scores`: folds, seeds, and what cannot be scored."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import GroupKFold, KFold
from sklearn.pipeline import make_pipeline

from cxdrivers.answers.weights.feature_columns import feature_columns
from cxdrivers.answers.weights.subset_scores import (
    check_estimator,
    check_scoring_name,
    folds_of,
    seeded,
    subset_scores,
)
from cxdrivers.errors import FitError

X = np.zeros((60, 1))
CLASSES = np.repeat(["no", "yes", "maybe"], [30, 20, 10])


def test_the_seed_draws_the_folds():
    first, again, other = (folds_of(5, X, X[:, 0], classifier=False, seed=s) for s in (1, 1, 2))
    for (_, test), (_, same) in zip(first, again, strict=True):
        np.testing.assert_array_equal(test, same)
    assert any((a[1] != b[1]).any() for a, b in zip(first, other, strict=True))


def test_every_row_is_scored_once():
    scored = np.concatenate([test for _, test in folds_of(7, X, X, classifier=False, seed=0)])
    np.testing.assert_array_equal(np.sort(scored), np.arange(60))


def test_classes_are_spread_evenly_over_the_folds():
    for _, test in folds_of(5, X, CLASSES, classifier=True, seed=0):
        assert np.unique(CLASSES[test], return_counts=True)[1].tolist() == [2, 6, 4]


def test_a_splitter_or_the_folds_themselves_will_do():
    agents = np.arange(60) % 6
    given = list(GroupKFold(3).split(X, groups=agents))
    for cv in (given, iter(given)):
        folds = folds_of(cv, X, X[:, 0], classifier=False, seed=0)
        assert [test.tolist() for _, test in folds] == [test.tolist() for _, test in given]
    assert len(folds_of(KFold(4), X, X[:, 0], classifier=False, seed=0)) == 4


@pytest.mark.parametrize("cv", [1, 0, -3, 61])
def test_folds_that_cannot_be_are_refused(cv: int):
    with pytest.raises(
        FitError, match=rf"^cv is .?{abs(cv)}, and there are 60 rows\. .* for example 5\.$"
    ):
        folds_of(cv, X, X[:, 0], classifier=False, seed=0)


def test_a_class_smaller_than_the_folds_is_named():
    with pytest.raises(
        FitError, match=r"^Class 'maybe' of y has 10 rows, fewer than the 11 folds.*lower cv"
    ):
        folds_of(11, X, CLASSES, classifier=True, seed=0)


def test_open_random_states_start_from_the_seed_and_closed_ones_stay():
    forest = RandomForestRegressor()
    assert seeded(make_pipeline(forest), 5)[-1].random_state == 5
    assert seeded(RandomForestRegressor(random_state=2), 5).random_state == 2
    assert forest.random_state is None


@pytest.mark.parametrize("estimator", [LinearRegression, KMeans(), "LinearRegression", None])
def test_what_cannot_be_scored_is_named(estimator: object):
    named = estimator.__name__ if isinstance(estimator, type) else type(estimator).__name__
    with pytest.raises(
        FitError, match=rf"^{named} cannot be scored: .* with its brackets, for example Linear"
    ):
        check_estimator(estimator)


@pytest.mark.parametrize("scoring", ["roc_acu", ["r2"], {"r2": "r2"}])
def test_a_score_that_there_is_not_is_named(scoring: object):
    near = r" Did you mean 'roc_auc'\?" if scoring == "roc_acu" else ""
    with pytest.raises(
        FitError, match=rf"^scoring is '.*', which is not the name of a score\.{near} sklearn"
    ):
        check_scoring_name(scoring)


def test_too_many_drivers_are_refused_with_the_fits_they_would_take():
    columns = feature_columns(np.zeros((20, 13)))
    folds = folds_of(5, columns.table, np.zeros(20), classifier=False, seed=0)
    with pytest.raises(
        FitError,
        match=r"^13 drivers take 40\s960 fits: 2 to the power 13 subsets of drivers, in 5 folds "
        r"each\. At most 12 drivers .* as one driver with groups\.$",
    ):
        subset_scores(
            LinearRegression(), columns, np.zeros(20), folds=folds, scoring=None, n_jobs=None
        )


def test_a_score_that_is_not_a_number_is_counted():
    rng = np.random.default_rng(1)
    columns = feature_columns(rng.normal(size=(60, 2)))

    def blank(estimator, X, y):  # noqa: ARG001, N803
        return np.nan if y[0] == "no" else 0.5

    folds = [(np.arange(60), np.arange(0, 60, 5)), (np.arange(60), np.arange(45, 60))]
    with pytest.raises(
        FitError, match=r"^The score is not a number in 4 of 8 fits, .* Give a cv below 2\.$"
    ):
        subset_scores(
            LogisticRegression(), columns, CLASSES, folds=folds, scoring=blank, n_jobs=None
        )
