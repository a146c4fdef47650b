"""Fit least squares with robust or clustered errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from statsmodels.regression.linear_model import WLS

from cxdrivers.importance.lattice import FloatArray, Groups
from cxdrivers.models.diagnostics import (
    fittable_columns,
    fitted_exactly,
    in_one_cluster,
    independent_columns,
)
from cxdrivers.models.terms import TermEstimates
from cxdrivers.moments.design import Design


@dataclass(frozen=True, eq=False)
class LinearFit:
    """A least-squares fit: its terms, its fit, and how its standard errors were made.

    `freedom` are the degrees of freedom of its t intervals.
    """

    terms: TermEstimates
    vif: FloatArray
    r_squared: float
    r_squared_adjusted: float
    errors: str
    freedom: float

    @property
    def numbers(self) -> dict[str, FloatArray]:
        """What a tidy table says of each term, by column of the table."""
        return self.terms.numbers


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
    fittable = fittable_columns(design)
    tied, fitted = fittable.tied, fittable.fitted
    rows = len(design.outcome)
    regressors = np.column_stack([np.ones(rows), design.columns[:, fitted]])
    weights = np.ones(rows) if design.weights is None else design.weights
    model = WLS(design.outcome, regressors, weights=weights)
    whole = model.fit()
    exact, alone = fitted_exactly(model.wexog)
    kept = fitted[independent_columns(design.columns[:, fitted][~exact], alone)]
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
        if column in fitted[~alone] and not tied[column] and not in_one_cluster(design, column)
    }
    return LinearFit(
        terms=_terms(fit, np.where(tied, np.nan, estimate), told, design.groups, level),
        vif=fittable.vif,
        r_squared=float(whole.rsquared),
        r_squared_adjusted=float(whole.rsquared_adj),
        errors=errors,
        freedom=float(getattr(fit, "df_resid_inference", fit.df_resid)),
    )


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
