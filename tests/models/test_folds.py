"""Tests of `cxdrivers.models.folds`."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from cxdrivers.errors import FitError
from cxdrivers.models.folds import fold_of_each, held_out_predictions
from tests.models.graded import grades
from tests.samples import OUTCOME

FRAME = grades(n=300)
COLUMNS = FRAME.drop(columns=OUTCOME).to_numpy()
REACHED = FRAME[OUTCOME].to_numpy() >= 4


def test_every_fold_has_its_part_of_those_who_reach_the_threshold():
    fold = fold_of_each(REACHED, None, folds=5, seed=0, threshold=4)
    assert np.bincount(fold).tolist() == [60] * 5
    above = np.bincount(fold[REACHED])
    assert above.max() - above.min() <= 1


def test_the_seed_draws_the_folds():
    first, again, other = (
        fold_of_each(REACHED, None, folds=5, seed=seed, threshold=4) for seed in (3, 3, 4)
    )
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


@pytest.mark.parametrize("folds", [3, 12])
def test_a_cluster_is_never_divided(folds: int):
    cluster = np.arange(300) % 12
    fold = fold_of_each(REACHED, cluster, folds=folds, seed=0, threshold=4)
    assert all(len(np.unique(fold[cluster == team])) == 1 for team in range(12))
    assert len(np.unique(fold)) == folds


def test_every_prediction_is_by_a_model_of_the_other_folds():
    weights = np.random.default_rng(5).uniform(0.3, 2, 300)
    fold = fold_of_each(REACHED, None, folds=4, seed=1, threshold=4)
    found = held_out_predictions(COLUMNS, REACHED.astype(float), weights, fold, 1.0)
    for place in range(4):
        train, test = fold != place, fold == place
        direct = sm.GLM(
            REACHED[train],
            sm.add_constant(COLUMNS[train]),
            family=sm.families.Binomial(),
            var_weights=weights[train],
        ).fit(tol=1e-12)
        expected = direct.predict(sm.add_constant(COLUMNS[test]))
        np.testing.assert_allclose(found.chances[test], expected, rtol=1e-6)
    assert found.shrunken == 0


def test_a_grade_that_a_fold_lacks_moves_the_threshold_to_the_next_one():
    outcome = FRAME[OUTCOME].to_numpy().copy()
    outcome[np.flatnonzero(outcome == 4)[1:]] = 5
    fold = fold_of_each(outcome >= 4, None, folds=5, seed=0, threshold=4)
    found = held_out_predictions(COLUMNS, outcome, None, fold, 4.0)
    assert found.chances.mean() == pytest.approx((outcome >= 4).mean(), abs=0.03)


def test_fewer_than_two_folds_are_refused():
    with pytest.raises(FitError) as caught:
        fold_of_each(REACHED, None, folds=1, seed=0, threshold=4)
    assert caught.value.say() == (
        "folds is 1. Predicting respondents that a model has not seen takes at least 2 parts, "
        "for example folds=10."
    )
    assert "minstens 2 delen" in caught.value.say("nl")


def test_too_few_on_one_side_for_the_folds_are_counted():
    reached = np.arange(300) < 4
    with pytest.raises(FitError) as caught:
        fold_of_each(reached, None, folds=10, seed=0, threshold=8)
    assert caught.value.say() == (
        "4 respondents reach 8 and 296 do not, too few for one on each side in each of 10 folds. "
        "Give folds=4 or less."
    )
    assert caught.value.say("nl").endswith("Geef folds=4 of minder.")
    assert len(fold_of_each(reached, None, folds=4, seed=0, threshold=8)) == 300


def test_one_respondent_on_a_side_cannot_be_predicted_by_the_others():
    with pytest.raises(FitError) as caught:
        fold_of_each(np.arange(300) < 299, None, folds=5, seed=0, threshold=8)
    assert caught.value.say() == (
        "299 respondents reach 8 and 1 do not; to predict them by a model of the others takes at "
        "least 2 on each side. Choose a threshold that divides them more evenly."
    )
    assert "Kies een drempel die hen gelijker verdeelt." in caught.value.say("nl")


def test_more_folds_than_clusters_are_refused():
    with pytest.raises(FitError) as caught:
        fold_of_each(REACHED, np.arange(300) % 6, folds=10, seed=0, threshold=4)
    assert caught.value.say() == (
        "There are 6 clusters, and each stays whole in one of 10 folds. Give folds=6 or less."
    )
    assert caught.value.say("nl").startswith("Er zijn 6 clusters, en elk blijft heel")


@pytest.mark.parametrize("teams", [1, 3])
def test_clusters_that_are_all_on_one_side_are_refused(teams: int):
    """One cluster holds all who reach it, or no cluster holds both sides."""
    cluster = np.arange(300) % 6
    with pytest.raises(FitError) as caught:
        fold_of_each(cluster < teams, cluster, folds=6, seed=0, threshold=8)
    assert caught.value.say() == (
        "With whole clusters in 6 folds there are folds in which nobody, or everybody, reaches 8, "
        "so a model cannot be fitted or cannot be judged. Choose a threshold that some reach and "
        "some miss in more of the clusters."
    )
    assert "hele clusters in 6 delen" in caught.value.say("nl")
