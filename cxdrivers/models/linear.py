"""Fit least squares with robust or clustered errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from statsmodels.regression.linear_model import WLS

from cxdrivers.importance.lattice import FloatArray, Groups
from cxdrivers.models.diagnostics import refuse_collinear, tied_columns, variance_inflation
from cxdrivers.models.terms import TermEstimates
from cxdrivers.moments.columns import NOT_APPLICABLE
from cxdrivers.moments.design import Design
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
    whole = model.fit()
    exact, alone = _fitted_exactly(model.wexog)
    kept = fitted[_independent(design.columns[:, fitted][~exact], alone)]
    others = np.column_stack([np.ones(rows), design.columns[:, kept]])[~exact]
    rest = WLS(design.outcome[~exact], others, weights=weights[~exact])
    if design.cluster is None:
        errors, fit = "HC3", rest.fit(cov_type="HC3", use_t=True)
    else:
        clusters = {"groups": design.cluster[~exact]}
        errors, fit = "cluster", rest.fit(cov_type="cluster", cov_kwds=clusters, use_t=True)
    estimate = np.full(len(tied), np.nan)
    estimate[fitted] = whole.params[1:]
    told = {
        int(column): 1 + place
        for place, column in enumerate(kept)
        if column in fitted[~alone] and not tied[column] and not _in_one_cluster(design, column)
    }
    return LinearFit(
        terms=_terms(fit, np.where(tied, np.nan, estimate), told, design.groups, level),
        vif=variance_inflation(covariance, design.groups),
        r_squared=float(whole.rsquared),
        r_squared_adjusted=float(whole.rsquared_adj),
        errors=errors,
    )


def _independent(columns: FloatArray, doubtful: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the columns to fit: of those that are doubtful, as many as say something new."""
    kept = [*np.flatnonzero(~doubtful)]
    for column in np.flatnonzero(doubtful):
        trial = np.column_stack([np.ones(len(columns)), columns[:, [*kept, column]]])
        if np.linalg.matrix_rank(trial) == trial.shape[1]:
            kept.append(column)
    return np.sort(np.array(kept, dtype=np.intp))


def _terms(
    fit: Any, estimate: FloatArray, told: dict[int, int], groups: Groups, level: float
) -> TermEstimates:
    """Return the estimates, with errors where a fit tells them: column → place in that fit."""

    def of_terms(values: FloatArray) -> FloatArray:
        terms = np.full(len(estimate), np.nan)
        for column, place in told.items():
            terms[column] = values[place]
        return terms

    def own_p_value(group: Sequence[int]) -> float:
        tested = [told[column] for column in group if column in told]
        if not tested:
            return np.nan
        restriction = np.eye(len(fit.params))[tested]
        return float(fit.wald_test(restriction, use_f=True, scalar=True).pvalue)

    bounds = fit.conf_int(alpha=1 - level)
    return TermEstimates(
        estimate=estimate,
        std_error=of_terms(fit.bse),
        statistic=of_terms(fit.tvalues),
        p_value=of_terms(fit.pvalues),
        conf_low=of_terms(bounds[:, 0]),
        conf_high=of_terms(bounds[:, 1]),
        own_p_value=np.array([own_p_value(group) for group in groups]),
    )


def _fitted_exactly(regressors: FloatArray) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the rows that are fitted exactly, and the columns whose coefficients rest on them.

    HC3 would divide nothing by nothing there. Without those rows, what is told of the other
    columns stays the same. The first column, the constant, is not among those returned.
    """
    orthogonal, triangular = np.linalg.qr(regressors)
    exact: NDArray[np.bool_] = (orthogonal**2).sum(axis=1) > 1 - EXACT
    directions = np.linalg.solve(triangular, orthogonal[exact].T)
    scale = np.sqrt((regressors**2).sum(axis=0))
    alone: NDArray[np.bool_] = (np.abs(directions * scale[:, np.newaxis]) > EXACT).any(axis=1)
    return exact, alone[1:]


def _in_one_cluster(design: Design, column: int) -> bool:
    """Say whether a mark sets one cluster apart: then clusters cannot tell how sure it is."""
    if design.cluster is None or design.terms[column] != NOT_APPLICABLE:
        return False
    marked = design.columns[:, column] == 1
    return min(len(np.unique(design.cluster[rows])) for rows in (marked, ~marked)) < 2
