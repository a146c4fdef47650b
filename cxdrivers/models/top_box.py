"""Fit a logistic regression of reaching the threshold, penalised where the data need it."""

from __future__ import annotations

import numpy as np

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.diagnostics import Fittable, fittable_columns
from cxdrivers.models.firth import FirthFit, fit_firth, levelled_threshold
from cxdrivers.models.firth_profile import profile_terms
from cxdrivers.models.logistic import (
    FEW,
    FirthReason,
    LogisticFit,
    LogOdds,
    effects_at,
    error_kind,
    estimates_of,
    laid_out,
    likeliest,
    named_groups,
    told_groups,
)
from cxdrivers.models.separation import separating_groups
from cxdrivers.moments.design import Design


def fit_top_box(design: Design, level: float) -> LogisticFit:
    """Regress a top box of 0 and 1 on all columns of a design.

    Parameters
    ----------
    design
        Its outcome is 0 or 1, and both occur.
    level
        Of the intervals.

    Raises
    ------
    FitError
        When the ratings of drivers are tied together exactly, or no top of the likelihood is
        reached.

    Notes
    -----
    Firth's penalised likelihood is used when columns separate, and when fewer than ten respondents
    a column are on the rarer side of the threshold. Ten is the old rule of Peduzzi et al. (1996,
    *Journal of Clinical Epidemiology* 49, 1373–1379). It has little ground as a bar below which
    there is no model (van Smeden et al. 2016, *BMC Medical Research Methodology* 16, 163; 2019,
    *Statistical Methods in Medical Research* 28, 2455–2474), and here it is none: it says from
    where on a correction is made that vanishes as respondents become more.
    """
    fittable = fittable_columns(design)
    firth = firth_reason(design, fittable)
    if firth is None:
        log_odds = likeliest(design, fittable)
        terms = estimates_of(log_odds, design, fittable, level=level)
    else:
        columns = design.columns[:, fittable.fitted]
        penalised = fit_firth(columns, design.outcome, design.weights)
        log_odds = _penalised(penalised, design, columns)
        if error_kind(design)[0] == "model":
            terms = profile_terms(penalised, told_groups(design, fittable), level=level)
        else:
            terms = estimates_of(log_odds, design, fittable, level=level)
    errors, freedom = error_kind(design)
    return LogisticFit(
        terms=laid_out(terms, fittable),
        effects=effects_at(log_odds, 0, design, fittable, level=level),
        vif=fittable.vif,
        log_odds=log_odds,
        share=float(np.average(design.outcome, weights=design.weights)),
        errors=errors,
        freedom=freedom,
        firth=firth,
    )


def firth_reason(design: Design, fittable: Fittable) -> FirthReason | None:
    """Return why the likelihood must be penalised, or None."""
    columns = design.columns[:, fittable.fitted]
    named = named_groups(design, fittable.fitted)
    separated = separating_groups(columns, design.outcome, named)
    reached = int(design.outcome.sum())
    events = min(reached, len(design.outcome) - reached)
    if separated or events < FEW * columns.shape[1]:
        return FirthReason(separated, events, columns.shape[1])
    return None


def _penalised(fit: FirthFit, design: Design, columns: FloatArray) -> LogOdds:
    threshold = levelled_threshold(columns, fit.slopes, design.outcome, design.weights)
    return LogOdds(
        thresholds=np.array([threshold]),
        slopes=fit.slopes,
        covariance=fit.covariance(design.cluster, robust=design.weights is not None),
        log_likelihood=_log_likelihood(columns @ fit.slopes - threshold, design),
        null_log_likelihood=_null(design),
    )


def _log_likelihood(log_odds: FloatArray, design: Design) -> float:
    own = np.where(design.outcome == 1, log_odds, -log_odds)
    return -len(own) * float(np.average(np.logaddexp(0, -own), weights=design.weights))


def _null(design: Design) -> float:
    share = np.average(design.outcome, weights=design.weights)
    return _log_likelihood(np.full(len(design.outcome), np.log(share / (1 - share))), design)
