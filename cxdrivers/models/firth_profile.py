"""Draw intervals and tests from the profile of a penalised likelihood.

Where columns separate, the penalised likelihood is far from a parabola, so intervals of an estimate
and some standard errors mislead; the likelihood itself does not (Heinze & Schemper 2002,
*Statistics in Medicine* 21, 2409–2419).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy import stats

from cxdrivers.importance.lattice import Groups
from cxdrivers.models.firth import FirthFit
from cxdrivers.models.penalised_logit import Penalised
from cxdrivers.models.terms import TermEstimates

NEAR = 1e-7
MOST_STEPS = 100


def profile_terms(fit: FirthFit, groups: Groups, *, level: float) -> TermEstimates:
    """Return tests and intervals of all slopes by the profile of the penalised likelihood.

    The statistic is the signed root of the likelihood ratio, which compares with the normal
    distribution; the standard error is that of the information.

    Parameters
    ----------
    fit
        With k slopes.
    groups
        The columns of each driver, for the test that none of them has an effect.
    level
        Of the intervals.
    """
    slopes = fit.slopes
    roots = np.array([_root(fit, [column], 0.0) for column in range(len(slopes))])
    far = float(stats.norm.ppf((1 + level) / 2))
    low, high = (
        np.array([_end(fit, column, far, side) for column in range(len(slopes))])
        for side in (-1, 1)
    )
    return TermEstimates(
        estimate=slopes,
        std_error=np.sqrt(np.diag(fit.covariance()))[1:],
        statistic=np.sign(slopes) * roots,
        p_value=2 * stats.norm.sf(roots),
        conf_low=low,
        conf_high=high,
        own_p_value=np.array([_joint(fit, group) for group in groups]),
    )


def _joint(fit: FirthFit, group: Sequence[int]) -> float:
    """Return the p-value of the test that the slopes of all columns of a driver are zero."""
    if not group:
        return np.nan
    return float(stats.chi2.sf(_root(fit, group, 0.0) ** 2, len(group)))


def _root(fit: FirthFit, columns: Sequence[int], value: float) -> float:
    """Return the root of the likelihood ratio of slopes held at a value, standardised."""
    held = [1 + column for column in columns]
    start, free = fit.top.parameters.copy(), np.ones(len(fit.top.parameters), dtype=bool)
    start[held], free[held] = value, False
    return _lost(fit, fit.logit.climb(start, free, near=NEAR))


def _lost(fit: FirthFit, here: Penalised) -> float:
    return math.sqrt(max(2 * (fit.top.value - here.value), 0.0))


def _end(fit: FirthFit, column: int, far: float, side: int) -> float:
    """Return where the root of the likelihood ratio has become as far as the normal says.

    The root is nearly a line, and its slope follows from the score of the slope that is held.
    """
    place = 1 + column
    free = np.arange(len(fit.top.parameters)) != place
    error = math.sqrt(fit.covariance()[place, place]) * fit.scales[column]
    middle = fit.top.parameters[place]
    near, beyond = 0.0, math.inf
    distance, here = far, fit.top
    for _ in range(MOST_STEPS):
        start = here.parameters.copy()
        start[place] = middle + side * distance * error
        here = fit.logit.climb(start, free, near=NEAR)
        lost = _lost(fit, here)
        near, beyond = (distance, beyond) if lost < far else (near, distance)
        if abs(lost - far) < NEAR or beyond - near < NEAR:
            break
        rise = -side * error * here.pulls[:, place].sum() / lost if lost > 0 else 0.0
        distance = distance + (far - lost) / rise if rise > 0 else math.inf
        if not near < distance < beyond:
            distance = (near + beyond) / 2 if math.isfinite(beyond) else 2 * near
    return float((middle + side * distance * error) / fit.scales[column])
