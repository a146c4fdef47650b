"""Predict every respondent by a model that has not seen them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.reach_fit import fit_within_reach

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Predictions:
    """The chance of reaching a threshold that a model gives every respondent.

    Attributes
    ----------
    log_odds
        Shape ``(n,)``.
    fold
        Shape ``(n,)``: respondents with the same number were predicted by the same model.
    shrunken
        In how many models answers were separated.
    """

    log_odds: FloatArray
    fold: IntArray
    shrunken: int

    @property
    def chances(self) -> FloatArray:
        """Shape ``(n,)``."""
        return np.asarray(expit(self.log_odds), np.float64)


def fold_of_each(
    reached: BoolArray, cluster: IntArray | None, *, folds: int, seed: int, threshold: float
) -> IntArray:
    """Return the fold of each respondent: as many that reach it in each, and whole clusters.

    Parameters
    ----------
    reached
        Shape ``(n,)``: who reaches the threshold.
    cluster
        Shape ``(n,)``, or None.
    folds, seed
        How many, and where the random numbers start.
    threshold
        For what is said when there cannot be so many folds.

    Raises
    ------
    FitError
        For fewer than two folds, more than there are clusters or respondents on one side of the
        threshold, or when clusters leave a side empty.
    """
    _check_folds(reached, cluster, folds, threshold)
    kind = StratifiedKFold if cluster is None else StratifiedGroupKFold
    splitter = kind(folds, shuffle=True, random_state=seed)
    fold = np.empty(len(reached), dtype=np.intp)
    for place, (_, test) in enumerate(splitter.split(reached, reached, cluster)):
        fold[test] = place
    kept_out = (_both(reached[fold == place]) for place in range(folds))
    left_in = (_both(reached[fold != place]) for place in range(folds))
    if not (any(kept_out) and all(left_in)):
        raise FitError("clusters_one_sided", threshold=threshold, folds=folds)
    return fold


def held_out_predictions(
    columns: FloatArray,
    outcome: FloatArray,
    weights: FloatArray | None,
    fold: IntArray,
    threshold: float,
) -> Predictions:
    """Return what a model of all other folds predicts for each fold.

    Parameters
    ----------
    columns
        Shape ``(n, k)``.
    outcome
        Shape ``(n,)``: grades.
    weights
        Shape ``(n,)``, all above zero, or None.
    fold
        Shape ``(n,)``: 0, 1, …; with a single fold the model is fitted to those it predicts.
    threshold
        From which grade on it is reached.
    """
    log_odds = np.empty(len(outcome))
    shrunken = 0
    several = fold.max() > 0
    for place in np.unique(fold):
        test = fold == place
        train = ~test if several else test
        kept = None if weights is None else weights[train]
        fit = fit_within_reach(columns[train], outcome[train], kept)
        log_odds[test] = fit.log_odds(columns[test], threshold)
        shrunken += fit.shrunken
    return Predictions(log_odds, fold, shrunken)


def _check_folds(
    reached: BoolArray, cluster: IntArray | None, folds: int, threshold: float
) -> None:
    if folds < 2:
        raise FitError("folds_too_few", folds=folds)
    sides = (int(reached.sum()), int((~reached).sum()))
    fewest = min(sides)
    if fewest < 2:
        raise FitError("side_too_small", threshold=threshold, above=sides[0], below=sides[1])
    if fewest < folds:
        raise FitError(
            "side_smaller_than_folds",
            threshold=threshold,
            above=sides[0],
            below=sides[1],
            folds=folds,
            most=fewest,
        )
    clusters = folds if cluster is None else len(np.unique(cluster))
    if clusters < folds:
        raise FitError("clusters_fewer_than_folds", clusters=clusters, folds=folds)


def _both(reached: BoolArray) -> bool:
    return bool(reached.any() and not reached.all())
