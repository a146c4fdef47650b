"""Fit least squares with robust or clustered errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from statsmodels.regression.linear_model import WLS

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.diagnostics import refuse_collinear, tied_columns, variance_inflation
from cxdrivers.models.terms import TermEstimates
from cxdrivers.moments.design import NOT_APPLICABLE, Design
from cxdrivers.moments.moments import moments_of

EXACT = 1e-8
"""How near 1 a row's leverage must be to count as fitted exactly."""


@dataclass(frozen=True, eq=False)
class LinearFit:
    """A least-squares fit: its terms, its fit, and how its standard errors were made."""

    terms: TermEstimates
    vif: FloatArray
    r_squared: float
    r_squared_adjusted: float
    errors: str


def fit_linear(design: Design, level: float) -> LinearFit:
    """Regress the outcome on all columns of a design.

    Marks that a driver did not apply which are tied to each other are fitted together and get no
    estimates of their own. A term that rests on one row, or a mark that is confined to one
    cluster, gets no standard error: nothing in the data tells it.

    Raises
    ------
    FitError
        When the ratings of drivers are tied together exactly.
    """
    covariance = moments_of(design).covariance[:-1, :-1]
    tied = tied_columns(covariance)
    refuse_collinear(tied, design.terms, design.groups, design.drivers)
    fitted = _independent(design.columns, tied)
    rows = len(design.outcome)
    regressors = np.column_stack([np.ones(rows), design.columns[:, fitted]])
    weights = np.ones(rows) if design.weights is None else design.weights
    model = WLS(design.outcome, regressors, weights=weights)
    if design.cluster is None:
        errors, fit = "HC3", model.fit(cov_type="HC3", use_t=True)
    else:
        clusters = {"groups": design.cluster}
        errors, fit = "cluster", model.fit(cov_type="cluster", cov_kwds=clusters, use_t=True)
    told = fitted[~tied[fitted]]
    return LinearFit(
        terms=_terms(fit, fitted, told, design, level),
        vif=variance_inflation(covariance, design.groups),
        r_squared=float(fit.rsquared),
        r_squared_adjusted=float(fit.rsquared_adj),
        errors=errors,
    )


def _independent(columns: FloatArray, tied: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the columns to fit: of those that are tied, as many as say something new."""
    kept = [*np.flatnonzero(~tied)]
    for column in np.flatnonzero(tied):
        trial = np.column_stack([np.ones(len(columns)), columns[:, [*kept, column]]])
        if np.linalg.matrix_rank(trial) == trial.shape[1]:
            kept.append(column)
    return np.sort(np.array(kept, dtype=np.intp))


def _terms(
    fit: Any, fitted: NDArray[np.intp], told: NDArray[np.intp], design: Design, level: float
) -> TermEstimates:
    places = {int(column): 1 + place for place, column in enumerate(fitted)}
    alone = fitted[_told_by_one_row(fit.model.wexog)[1:]]
    sure = [
        column for column in told if column not in alone and not _in_one_cluster(design, column)
    ]

    def of_terms(values: FloatArray, columns: Any) -> FloatArray:
        terms = np.full(design.columns.shape[1], np.nan)
        for column in columns:
            terms[column] = values[places[int(column)]]
        return terms

    def own_p_value(group: tuple[int, ...]) -> float:
        tested = [places[column] for column in group if column in sure]
        if not tested:
            return np.nan
        restriction = np.eye(len(fit.params))[tested]
        return float(fit.wald_test(restriction, use_f=True, scalar=True).pvalue)

    bounds = fit.conf_int(alpha=1 - level)
    return TermEstimates(
        estimate=of_terms(fit.params, told),
        std_error=of_terms(fit.bse, sure),
        statistic=of_terms(fit.tvalues, sure),
        p_value=of_terms(fit.pvalues, sure),
        conf_low=of_terms(bounds[:, 0], sure),
        conf_high=of_terms(bounds[:, 1], sure),
        own_p_value=np.array([own_p_value(group) for group in design.groups]),
    )


def _told_by_one_row(regressors: FloatArray) -> NDArray[np.bool_]:
    """Return which coefficients rest on a row that is fitted exactly: nothing tells their error."""
    orthogonal, triangular = np.linalg.qr(regressors)
    exact = (orthogonal**2).sum(axis=1) > 1 - EXACT
    directions = np.linalg.solve(triangular, orthogonal[exact].T)
    scale = np.sqrt((regressors**2).sum(axis=0))
    told: NDArray[np.bool_] = (np.abs(directions * scale[:, np.newaxis]) > EXACT).any(axis=1)
    return told


def _in_one_cluster(design: Design, column: int) -> bool:
    """Say whether a mark sets one cluster apart: then clusters cannot tell how sure it is."""
    if design.cluster is None or design.terms[column] != NOT_APPLICABLE:
        return False
    marked = design.columns[:, column] == 1
    return min(len(np.unique(design.cluster[rows])) for rows in (marked, ~marked)) < 2
