"""Offer driver weights as a scikit-learn estimator."""

# ruff: noqa: N803  (X is what scikit-learn calls it)
from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from cxdrivers.errors import FitError
from cxdrivers.importance.linear_shares import linear_shares, own_shares
from cxdrivers.models.diagnostics import refuse_collinear, tied_columns
from cxdrivers.moments.columns import RATING
from cxdrivers.moments.moments import Moments
from cxdrivers.survey.base import effective_n

FloatArray = NDArray[np.float64]


class DriverRegression(RegressorMixin, BaseEstimator):  # type: ignore[misc]  # untyped bases
    """Regress an outcome on features, and share R² among them.

    Use it where scikit-learn asks for an estimator: in a pipeline, in cross-validation, beside a
    forest. For intervals, checks and words use `driver_weights` on a survey.

    Parameters
    ----------
    adjusted
        Take out of R² what noise alone would explain. False gives the classic LMG shares.

    Attributes
    ----------
    coef_ : ndarray, shape ``(n_features,)``
        Least-squares coefficients; 0 for a feature that never varies, and those of the smallest
        norm, in standard deviations, when features are tied together.
    intercept_ : float
    moments_ : Moments
        Means and covariances of the features and the outcome, for example for
        ``driver_weights(model.moments_)``.
    importances_ : ndarray, shape ``(n_features,)``
        LMG: each feature's Shapley share of R², in units of R².
    r_squared_ : float
        What `importances_` add up to: R² of the fit, adjusted when they are. `score` gives plain
        R² on the rows it gets.
    feature_importances_ : ndarray, shape ``(n_features,)``
        The same shares as proportions, which add up to 1; all 0 when nothing is explained.
    own_importances_ : ndarray, shape ``(n_features,)``
        What plain R² loses when the feature is left out (squared semipartial correlation).
    n_features_in_ : int
    feature_names_in_ : ndarray of str
        Only when X had names.

    Notes
    -----
    Importances are computed when they are first asked for, since predictions do not need them.
    They are refused with a `FitError` when y does not vary, when the rows are no more than the
    features, when features are tied together exactly, or when there are too many features.

    Adjusted shares may be slightly negative: nothing is there. A feature selector looks at
    `coef_` first; tell it ``importance_getter="feature_importances_"``.

    A row of weight 0 counts as no row. Coefficients and classic shares treat a weight of 2 as two
    rows; the adjustment takes weights as survey weights, and uses Kish's effective number of rows.

    References
    ----------
    Lindeman, Merenda & Gold 1980; Grömping 2007, *The American Statistician* 61(2), 139–147.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> from cxdrivers.estimators import DriverRegression
    >>> survey = cx.load_example()
    >>> model = DriverRegression().fit(survey.scores[["empathy", "wait_time"]], survey.outcome)
    >>> model.feature_importances_.round(2)
    array([0.68, 0.32])
    """

    def __init__(self, *, adjusted: bool = True) -> None:
        self.adjusted = adjusted

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Fit the regression.

        Parameters
        ----------
        X
            Shape ``(n_rows, n_features)``, numbers without blanks.
        y
            Shape ``(n_rows,)``, numbers without blanks.
        sample_weight
            Shape ``(n_rows,)``, none negative; or None when every row counts once.

        Raises
        ------
        FitError
            When weights are negative, or all zero.
        ValueError
            What scikit-learn's validation says of X and y.
        """
        columns, outcome = validate_data(
            self, X, y, dtype=np.float64, y_numeric=True, ensure_min_samples=2
        )
        outcome = outcome.astype(np.float64)
        weights = _weights(sample_weight, columns)
        used = weights > 0
        columns, outcome, weights = columns[used], outcome[used], weights[used]
        varying = np.flatnonzero(np.ptp(columns, axis=0) > 0)
        values = np.column_stack([columns[:, varying], outcome])
        mean = np.average(values, axis=0, weights=weights)
        rows = (values - mean) * np.sqrt(weights / weights.sum())[:, np.newaxis]
        self.coef_ = np.zeros(columns.shape[1])
        self.coef_[varying] = _slopes(rows)
        self.intercept_ = float(mean[-1] - self.coef_[varying] @ mean[:-1])
        self.moments_ = Moments(
            drivers=self._names(),
            groups=_groups(varying, columns.shape[1]),
            covariance=rows.T @ rows,
            n=len(outcome),
            n_effective=effective_n(weights),
            terms=(RATING,) * len(varying),
            mean=mean,
        )
        self._shares = _Shares(self.moments_, varies=np.ptp(outcome) > 0, adjusted=self.adjusted)
        return self

    def predict(self, X: Any) -> FloatArray:
        """Return the predicted outcome, shape ``(n_rows,)``."""
        check_is_fitted(self)
        columns = validate_data(self, X, dtype=np.float64, reset=False)
        predicted: FloatArray = columns @ self.coef_ + self.intercept_
        return predicted

    @property
    def importances_(self) -> FloatArray:
        """Each feature's Shapley share of R², in units of R²."""
        check_is_fitted(self)
        return self._shares.of_r_squared.copy()

    @property
    def r_squared_(self) -> float:
        """What the importances add up to."""
        return float(self.importances_.sum())

    @property
    def feature_importances_(self) -> FloatArray:
        """The importances as proportions of their sum; all 0 when nothing is explained."""
        shares = self.importances_
        total = shares.sum()
        return shares / total if total > 0 else np.zeros_like(shares)

    @property
    def own_importances_(self) -> FloatArray:
        """What plain R² loses when each feature is left out."""
        check_is_fitted(self)
        return self._shares.own.copy()

    def _names(self) -> tuple[str, ...]:
        numbered = [f"x{place}" for place in range(self.n_features_in_)]
        return tuple(getattr(self, "feature_names_in_", numbered))


@dataclass(frozen=True, eq=False)
class _Shares:
    """The shares of R², computed when they are first asked for."""

    moments: Moments
    varies: bool
    adjusted: bool

    @cached_property
    def of_r_squared(self) -> FloatArray:
        self._check()
        moments = self.moments
        return linear_shares(
            moments.covariance, moments.groups, n=moments.n_effective, adjust=int(self.adjusted)
        )

    @cached_property
    def own(self) -> FloatArray:
        self._check()
        return own_shares(self.moments.covariance, self.moments.groups)

    def _check(self) -> None:
        moments = self.moments
        if not self.varies:
            raise FitError("outcome_without_variance", n=moments.n)
        if moments.n_effective <= len(moments.terms) + 1:
            raise FitError(
                "too_few_rows_to_share",
                n=moments.n,
                effective=round(moments.n_effective, 1),
                columns=len(moments.terms),
            )
        tied = tied_columns(moments.covariance[:-1, :-1])
        refuse_collinear(tied, moments.terms, moments.groups, moments.drivers)


def _weights(sample_weight: Any, columns: FloatArray) -> FloatArray:
    if sample_weight is not None:
        given = np.asarray(sample_weight, dtype=np.float64)
        below, above = int((given < 0).sum()), int((given > 0).sum())
        if below or not (above or np.isnan(given).any()):
            raise FitError("sample_weight_unusable", below=below, above=above, n=len(columns))
    weights: FloatArray = _check_sample_weight(sample_weight, columns, dtype=np.float64)
    return weights


def _slopes(rows: FloatArray) -> FloatArray:
    """Return the slopes of the last column on the others, which are centred and weighted."""
    scale = np.sqrt((rows[:, :-1] ** 2).sum(axis=0))
    slopes: FloatArray = np.linalg.lstsq(rows[:, :-1] / scale, rows[:, -1], rcond=None)[0] / scale
    return slopes


def _groups(varying: NDArray[np.intp], features: int) -> tuple[tuple[int, ...], ...]:
    """Return for each feature the position of its column among those that vary, or nothing."""
    positions = {int(feature): (place,) for place, feature in enumerate(varying)}
    return tuple(positions.get(feature, ()) for feature in range(features))
