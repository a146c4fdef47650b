"""Widen the level of a percentile interval for what few units cannot know of their own spread."""

from __future__ import annotations

import numpy as np
from scipy.stats import norm, t

from cxdrivers.moments.design import Design
from cxdrivers.survey.base import effective_n


def expanded_level(level: float, *, units: float, freedom: float) -> float:
    """Return the level to take percentiles at, so that the interval covers `level`.

    Resampled numbers spread as if the sample's own variance were the truth: too little by
    ``freedom / units``, and without the doubt about it that a t interval has. So the tails are
    those of the normal distribution beyond ``t · sqrt(units / freedom)``, where t leaves out the
    same part with `freedom` degrees of freedom. For a mean, where `freedom` is ``units - 1``, this
    is the expanded percentile interval of Hesterberg (2015, *The American Statistician* 69(4),
    371–386).

    Parameters
    ----------
    level
        What is promised, for example 0.95.
    units
        What was resampled: the effective number of respondents, or the clusters.
    freedom
        Degrees of freedom that the spread was estimated with.

    Examples
    --------
    >>> round(expanded_level(0.95, units=150, freedom=142), 3)
    0.958
    >>> round(expanded_level(0.95, units=15, freedom=14), 3)
    0.974
    """
    beyond = t.isf((1 - level) / 2, freedom) * np.sqrt(units / freedom)
    return float(1 - 2 * norm.sf(beyond))


def expanded_level_of(design: Design, level: float) -> float:
    """Return `expanded_level` for resamples of a design.

    The units are the respondents (Kish's effective number when they are weighted) or, where there
    are clusters, the clusters. The degrees of freedom are those that the columns leave, and never
    more than one less than the clusters. Within strata the resamples make up for one unit a
    stratum themselves, so there the spread is short of the columns only.

    Parameters
    ----------
    design
        The rows that were resampled.
    level
        What is promised, for example 0.95.
    """
    weights, columns = design.weights, design.columns.shape[1]
    respondents = float(len(design.outcome)) if weights is None else effective_n(weights)
    drawn = len(design.outcome) if design.cluster is None else len(np.unique(design.cluster))
    units = respondents if design.cluster is None else float(drawn)
    lost = 1.0
    if design.strata is not None:
        units *= 1 - len(np.unique(design.strata)) / drawn
        lost = 0.0
    freedom = units - lost - columns
    if design.cluster is not None:
        freedom = min(units - lost, respondents - 1 - columns)
    freedom = max(freedom, 1.0)
    return expanded_level(level, units=max(units, freedom), freedom=freedom)
