"""Score an estimator on every subset of drivers, on rows it was not fitted on."""

# ruff: noqa: N803  (X is what scikit-learn calls it)
from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from numbers import Integral
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone, is_classifier, is_regressor
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.metrics import check_scoring, get_scorer_names
from sklearn.model_selection import KFold, StratifiedKFold, check_cv, cross_val_score
from sklearn.utils.multiclass import type_of_target
from sklearn.utils.parallel import Parallel, delayed
from tqdm import tqdm

from cxdrivers.answers.weights.feature_columns import FeatureColumns
from cxdrivers.errors import FitError, nearest
from cxdrivers.importance.lattice import FloatArray

MOST_DRIVERS = 12
PROGRESS_AFTER = 2.0

Fold = tuple[NDArray[np.intp], NDArray[np.intp]]
Scoring = str | Callable[..., float] | None


def check_estimator(estimator: Any) -> None:
    """Refuse what cannot be fitted and compared with knowing nothing.

    Raises
    ------
    FitError
        When it is a class, or neither a regressor nor a classifier.
    """
    made = hasattr(estimator, "__sklearn_tags__") and not isinstance(estimator, type)
    if not made or not (is_classifier(estimator) or is_regressor(estimator)):
        named = estimator if isinstance(estimator, type) else type(estimator)
        raise FitError("estimator_unusable", estimator=named.__name__)


def check_scoring_name(scoring: Any) -> None:
    """Refuse a score that there is not.

    Raises
    ------
    FitError
        Naming it, and a near spelling.
    """
    known = get_scorer_names()
    if scoring is None or callable(scoring) or (isinstance(scoring, str) and scoring in known):
        return
    raise FitError("scoring_unknown", scoring=str(scoring), near=nearest(scoring, known))


def folds_of(cv: Any, X: Any, y: NDArray[Any], *, classifier: bool, seed: int) -> list[Fold]:
    """Return the rows to fit on and those to score on, one pair a fold.

    Parameters
    ----------
    cv
        How many folds, drawn from `seed` (with the classes of y spread evenly for a classifier); a
        splitter of scikit-learn; or the pairs themselves.
    X, y
        What is split.
    classifier
        Whether y holds classes.
    seed
        Where the random numbers start.

    Raises
    ------
    FitError
        When there cannot be so many folds.
    """
    splitter = check_cv(cv, y, classifier=classifier) if not isinstance(cv, Integral) else None
    if splitter is None:
        if not 2 <= cv <= len(y):
            raise FitError("folds_unknown", cv=int(cv), n=len(y))
        in_classes = classifier and type_of_target(y) in {"binary", "multiclass"}
        if in_classes:
            _check_classes(y, int(cv))
        kind = StratifiedKFold if in_classes else KFold
        splitter = kind(int(cv), shuffle=True, random_state=seed)
    return list(splitter.split(X, y))


def seeded(estimator: Any, seed: int) -> Any:
    """Return a copy of an estimator whose open random states start from a seed."""
    copy = clone(estimator)
    states = {
        name: seed
        for name, value in copy.get_params(deep=True).items()
        if value is None and name.split("__")[-1] == "random_state"
    }
    return copy.set_params(**states)


def subset_scores(
    estimator: Any,
    columns: FeatureColumns,
    y: NDArray[Any],
    *,
    folds: Sequence[Fold],
    scoring: Scoring,
    n_jobs: int | None,
) -> FloatArray:
    """Return the score of every subset of p drivers in every fold, shape ``(folds, 2**p)``.

    The empty subset has the score of a dummy: the mean of y, or how often each class occurs.

    Raises
    ------
    FitError
        When there are too many drivers, or a score is not a number.
    """
    drivers = len(columns.positions)
    fits = 2**drivers * len(folds)
    if drivers > MOST_DRIVERS:
        raise FitError(
            "too_many_fits", count=drivers, fits=fits, folds=len(folds), most=MOST_DRIVERS
        )
    dummy = DummyClassifier() if is_classifier(estimator) else DummyRegressor()
    scores = np.empty((2**drivers, len(folds)))
    scores[0] = _scores(dummy, columns.table, y, folds, scoring)
    jobs = (
        delayed(_scores)(estimator, columns.of_subset(subset), y, folds, scoring)
        for subset in range(1, 2**drivers)
    )
    found: Iterable[FloatArray] = Parallel(n_jobs=n_jobs, return_as="generator")(jobs)
    bar = tqdm(found, total=2**drivers - 1, delay=PROGRESS_AFTER, leave=False)
    for subset, row in enumerate(bar, start=1):
        scores[subset] = row
    lost = int((~np.isfinite(scores)).sum())
    if lost:
        raise FitError("score_not_a_number", count=lost, total=fits, folds=len(folds))
    return scores.T


def _scores(
    estimator: Any, X: Any, y: NDArray[Any], folds: Sequence[Fold], scoring: Scoring
) -> FloatArray:
    scorer = check_scoring(estimator, scoring=scoring)
    scores: FloatArray = cross_val_score(
        estimator, X, y, cv=folds, scoring=scorer, error_score="raise"
    )
    return scores


def _check_classes(y: NDArray[Any], folds: int) -> None:
    names, counts = np.unique(y, return_counts=True)
    smallest = int(counts.argmin())
    if counts[smallest] < folds:
        raise FitError(
            "class_smaller_than_folds",
            name=names[smallest],
            rows=int(counts[smallest]),
            folds=folds,
        )
