"""Turn log-likelihoods into how much is explained: the pseudo-R² of the literature.

With L the likelihood of a model, L0 that of a model without drivers, and n respondents:

- McFadden (1974, in Zarembka, *Frontiers in Econometrics*, 105–142): 1 − log L / log L0
- Cox & Snell (1989, *Analysis of Binary Data*): 1 − (L0 / L)^(2/n)
- Nagelkerke (1991, *Biometrika* 78, 691–692): the same divided by its maximum, 1 − L0^(2/n)
- Estrella (1998, *Journal of Business & Economic Statistics* 16, 198–205):
  1 − (log L / log L0)^(−(2/n) log L0)
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from cxdrivers.importance.lattice import FloatArray


def mcfadden(model: FloatArray, nothing: FloatArray, n: FloatArray) -> FloatArray:  # noqa: ARG001
    """Return the part of the log-likelihood without drivers that a model makes good."""
    return 1 - model / nothing


def cox_snell(model: FloatArray, nothing: FloatArray, n: FloatArray) -> FloatArray:
    """Return what R² would be if the same likelihoods were those of least squares."""
    return -np.expm1(2 * (nothing - model) / n)


def nagelkerke(model: FloatArray, nothing: FloatArray, n: FloatArray) -> FloatArray:
    """Return Cox and Snell's index as a part of the most it can be."""
    return cox_snell(model, nothing, n) / -np.expm1(2 * nothing / n)


def estrella(model: FloatArray, nothing: FloatArray, n: FloatArray) -> FloatArray:
    """Return Estrella's index, which is 0 and 1 where R² is and grows as R² does at first."""
    return 1 - (np.maximum(model / nothing, 0.0)) ** (-2 * nothing / n)


Index = Callable[[FloatArray, FloatArray, FloatArray], FloatArray]
"""Log-likelihoods of a model and of none, and respondents → how much is explained."""

INDICES: dict[str, Index] = {
    "mcfadden": mcfadden,
    "nagelkerke": nagelkerke,
    "estrella": estrella,
    "cox_snell": cox_snell,
}
"""Every index that follows from log-likelihoods. Tjur's needs the fitted chances as well."""


def pseudo_r_squared(
    heights: FloatArray,
    nothing: FloatArray,
    total: FloatArray,
    *,
    index: str = "mcfadden",
    sizes: NDArray[np.int64] | None = None,
    thresholds: int = 1,
    n: float | None = None,
    adjust: int = 0,
) -> FloatArray:
    """Return how much every subset of drivers explains.

    A fitted log-likelihood is too large by about half its parameters (Wilks 1938; Akaike 1974),
    for a log-likelihood of n respondents; adjusting takes that out of every model, the one without
    drivers included. So what is left estimates the index in the population, not, like McFadden's
    own adjustment, how well the next sample is predicted.

    Parameters
    ----------
    heights
        Shape ``(..., 2**p)``: the log-likelihood of every subset.
    nothing
        Shape ``(...)``: that without drivers and controls.
    total
        Shape ``(...)``: respondents, or the sum of their weights.
    index
        ``mcfadden nagelkerke estrella cox_snell``.
    sizes
        Shape ``(2**p,)``: columns in each subset; needed when `adjust` is not 0.
    thresholds
        One less than the grades.
    n
        Effective number of respondents; needed when `adjust` is not 0.
    adjust
        How often noise is taken out: 0 or 1.

    Returns
    -------
    ndarray, shape ``(..., 2**p)``
        NaN where the outcome does not vary.

    Examples
    --------
    >>> heights = np.array([-100.0, -90.0, -95.0, -80.0])
    >>> pseudo_r_squared(heights, np.array(-100.0), np.array(160.0)).round(3)
    array([0.  , 0.1 , 0.05, 0.2 ])
    """
    whole, empty = heights, nothing
    if adjust and n is not None and sizes is not None:
        noise = adjust * total / n / 2
        whole = heights - noise[..., np.newaxis] * (thresholds + sizes)
        empty = nothing - noise * thresholds
    varies = nothing < 0
    empty = np.where(varies, empty, -1.0)[..., np.newaxis]
    values = INDICES[index](whole, empty, total[..., np.newaxis])
    return np.where(varies[..., np.newaxis], values, np.nan)
