"""Draw the variances of small groups to the one they have in common.

A group of thirty has a variance that is small by luck as often as large by luck, and one that is
small by luck makes the group look like a discovery.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, polygamma

from cxdrivers.importance.lattice import FloatArray

MOST_STEPS = 50
NOTHING = 1e-12
"""A unit variance with less than this part of the largest is only what rounding left."""
LEAST_SPREAD, MOST_SPREAD = 1e-7, 1e7


@dataclass(frozen=True, eq=False)
class Moderated:
    """Variances of groups, drawn to the variance that groups have in common.

    Attributes
    ----------
    variances
        Shape ``(..., K)``.
    degrees
        Shape ``(..., K)``: degrees of freedom behind each, those of the common variance included,
        and never more than all groups have together.
    prior
        Shape ``(...)``: the common unit variance; NaN where no group has one.
    prior_degrees
        Shape ``(...)``: how many degrees of freedom it counts for; infinite where groups differ
        no more in their unit variances than by chance, 0 where there is none.
    """

    variances: FloatArray
    degrees: FloatArray
    prior: FloatArray
    prior_degrees: FloatArray


def moderated_variances(variances: FloatArray, sizes: FloatArray, degrees: FloatArray) -> Moderated:
    """Return variances of estimates, drawn to what groups have in common.

    Unit variances (variance × size) are taken to scatter about a common one like a χ² and the
    true ones like an inverse χ²; how many degrees of freedom the common one counts for follows
    from how much the logarithms scatter (Smyth 2004, *Statistical Applications in Genetics and
    Molecular Biology* 3(1), article 3). A variance of zero, or of rounding alone, says nothing of
    its group (every answer was the same), and neither does one without degrees of freedom: these
    get the common variance and count in nothing else. Of a single group the common variance is
    its own.

    Parameters
    ----------
    variances
        Shape ``(..., K)``: of each group's estimate. NaN is a group without one, and stays.
    sizes
        Shape ``(..., K)`` or ``(K,)``: effective respondents.
    degrees
        The same shapes: degrees of freedom behind each variance.

    Returns
    -------
    Moderated

    Examples
    --------
    >>> found = moderated_variances(np.array([0.15, 0.25, 0.2]), np.full(3, 50), np.full(3, 9))
    >>> found.variances.round(2).tolist(), float(found.prior_degrees)
    ([0.2, 0.2, 0.2], inf)
    """
    given, sizes, degrees = np.broadcast_arrays(
        *(np.asarray(values, np.float64) for values in (variances, sizes, degrees))
    )
    there = np.isfinite(given) & (sizes > 0)
    raw = np.where(there, given * sizes, 0.0)
    told = (raw > NOTHING * raw.max(axis=-1, initial=0.0, keepdims=True)) & (degrees > 0)
    unit = np.where(told, raw, 1.0)
    freedom = np.where(told, degrees, 1.0)
    prior, prior_degrees = _common(unit, freedom, told)
    own = np.where(told, degrees, 0.0)
    common = prior[..., np.newaxis]
    behind = prior_degrees[..., np.newaxis]
    with np.errstate(invalid="ignore", divide="ignore"):
        part = np.where(np.isinf(behind), 1.0, behind / (behind + own))
        drawn = (part * common + (1 - part) * unit) / sizes
    drawn = np.where(there & (behind > 0), drawn, given)
    total = np.minimum(own + behind, own.sum(axis=-1, keepdims=True))
    return Moderated(
        variances=drawn,
        degrees=np.where(there, total, np.nan),
        prior=prior,
        prior_degrees=prior_degrees,
    )


def _common(
    unit: FloatArray, degrees: FloatArray, told: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the common unit variance and its degrees of freedom, from the rows' logarithms."""
    count = told.sum(axis=-1)
    some = count > 0
    shares = told / np.maximum(count, 1)[..., np.newaxis]
    logs = np.log(unit) - digamma(degrees / 2) + np.log(degrees / 2)
    middle = (shares * logs).sum(axis=-1)
    scatter = (shares * (logs - middle[..., np.newaxis]) ** 2).sum(axis=-1)
    scatter *= count / np.maximum(count - 1, 1)
    excess = scatter - (shares * polygamma(1, degrees / 2)).sum(axis=-1)
    scattered = some & (excess > LEAST_SPREAD)
    half = trigamma_inverse(np.where(scattered, excess, 1.0))
    prior_degrees = np.where(scattered, 2 * half, np.where(some, np.inf, 0.0))
    pooled = (told * degrees * unit).sum(axis=-1) / np.maximum((told * degrees).sum(axis=-1), 1)
    prior = np.where(scattered, np.exp(middle + digamma(half) - np.log(half)), pooled)
    return np.where(some, prior, np.nan), prior_degrees


def trigamma_inverse(values: FloatArray) -> FloatArray:
    """Return where the trigamma function takes given values, by Newton's steps on its inverse.

    Parameters
    ----------
    values
        Shape ``(...)``, above 0.

    Examples
    --------
    >>> trigamma_inverse(np.array([np.pi**2 / 6])).round(12).tolist()
    [1.0]
    """
    inside = np.clip(values, LEAST_SPREAD, MOST_SPREAD)
    place = 0.5 + 1 / inside
    for _ in range(MOST_STEPS):
        height = polygamma(1, place)
        step = height * (1 - height / inside) / polygamma(2, place)
        place = place + step
        if (np.abs(step) <= 1e-12 * place).all():
            break
    far = np.where(values > MOST_SPREAD, 1 / np.sqrt(values), 1 / values)
    return np.where(values == inside, place, far)
