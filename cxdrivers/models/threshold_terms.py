"""Say at each threshold of the grades what the top box from there on goes with."""

from __future__ import annotations

from dataclasses import dataclass

from cxdrivers.models.diagnostics import Fittable
from cxdrivers.models.logistic import LogOdds, effects_at, error_kind, estimates_of, laid_out
from cxdrivers.models.marginal_effects import Effects
from cxdrivers.models.terms import TermEstimates
from cxdrivers.models.threshold_logits import ThresholdLogits
from cxdrivers.moments.design import Design


@dataclass(frozen=True, eq=False)
class TopBoxTerms:
    """Log odds, and average marginal effects on the chance of reaching a threshold.

    Both have one entry a column of the design. Standard errors are those of a top-box model with
    this threshold.
    """

    terms: TermEstimates
    effects: Effects


def top_box_terms(
    logits: ThresholdLogits, design: Design, fittable: Fittable, *, level: float
) -> dict[float, TopBoxTerms]:
    """Return the terms of the logit at each threshold.

    Parameters
    ----------
    logits
        Of the fitted columns.
    design, fittable
        What was fitted.
    level
        Of the intervals.
    """
    found = {}
    errors, _ = error_kind(design)
    for threshold, fit in zip(logits.thresholds, logits.fits, strict=True):
        log_odds = LogOdds(
            thresholds=fit.thresholds,
            slopes=fit.slopes,
            covariance=fit.covariance(design.cluster, robust=errors == "robust"),
            log_likelihood=fit.log_likelihood,
            null_log_likelihood=fit.null_log_likelihood,
        )
        terms = laid_out(estimates_of(log_odds, design, fittable, level=level), fittable)
        effects = effects_at(log_odds, 0, design, fittable, level=level)
        found[threshold] = TopBoxTerms(terms, effects)
    return found
