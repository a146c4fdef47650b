"""Share R² by way of the uncorrelated variables that are nearest to the drivers.

Standardised drivers with correlations R are replaced by the orthogonal variables closest to them,
Z = X R^(-1/2). The outcome's squared slopes on those add up to R² (CAR scores), and each slope can
be handed back to the drivers in proportion to their squared correlations with that Z (Johnson).

A driver has one column here: with several, the result would depend on how they are coded.
"""

from __future__ import annotations

import numpy as np

from cxdrivers.importance.lattice import COLLINEAR, FloatArray, Groups


def johnson_shares(covariance: FloatArray, groups: Groups) -> FloatArray:
    """Return the relative weight of each driver: Johnson's, which are Genizi's.

    Johnson (2000, *Multivariate Behavioral Research* 35, 1–19); Genizi (1993, *Statistica Sinica*
    3, 407–420). They add up to R², are never negative and are near LMG, with which they coincide
    for two drivers. Use them to continue an older series; otherwise LMG is as cheap for the
    drivers of a survey, and Thomas, Zumbo, Kwan & Schweitzer (2014, *Multivariate Behavioral
    Research* 49, 329–338) object to the reasoning behind them.

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``, outcome last.
    groups
        For each driver the position of its column, or nothing for a driver that never varies.

    Returns
    -------
    ndarray, shape ``(..., p)``
        NaN where the outcome does not vary.

    Examples
    --------
    >>> matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
    >>> johnson_shares(matrix, [(0,), (1,)])
    array([0.20434066, 0.11434066])
    """
    correlations, slopes = _nearest_orthogonal(covariance, groups)
    shares: FloatArray = np.einsum("...jk,...k->...j", correlations**2, slopes**2)
    return shares


def car_shares(covariance: FloatArray, groups: Groups) -> FloatArray:
    """Return the squared CAR score of each driver: its correlation after mutual adjustment.

    Zuber & Strimmer (2011, *Statistical Applications in Genetics and Molecular Biology* 10(1), 34).
    They add up to R². Drivers that overlap strongly share what they explain less evenly than under
    Johnson's weights or LMG.

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``, outcome last.
    groups
        For each driver the position of its column, or nothing for a driver that never varies.

    Returns
    -------
    ndarray, shape ``(..., p)``
        NaN where the outcome does not vary.

    Examples
    --------
    >>> matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
    >>> car_shares(matrix, [(0,), (1,)])
    array([0.20651348, 0.11216784])
    """
    shares: FloatArray = _nearest_orthogonal(covariance, groups)[1] ** 2
    return shares


def _nearest_orthogonal(covariance: FloatArray, groups: Groups) -> tuple[FloatArray, FloatArray]:
    """Return how drivers correlate with their orthogonal counterparts, and the outcome's slopes.

    Shapes ``(..., p, p)`` and ``(..., p)``. A direction without variance, where drivers are tied,
    has no slope.
    """
    between, with_outcome = _correlations(covariance, groups)
    sizes, directions = np.linalg.eigh(between)
    roots = np.sqrt(np.where(sizes > COLLINEAR, sizes, 0.0))
    turned = np.einsum("...jk,...j->...k", directions, with_outcome)
    turned = np.divide(turned, roots, out=turned * 0, where=roots > 0)
    correlations = np.einsum("...ik,...k,...jk->...ij", directions, roots, directions)
    return correlations, np.einsum("...jk,...k->...j", directions, turned)


def _correlations(covariance: FloatArray, groups: Groups) -> tuple[FloatArray, FloatArray]:
    """Return correlations between drivers, and of drivers with the outcome.

    What never varies correlates with nothing, and so does a driver without a column. With an
    outcome that never varies correlations are NaN.
    """
    if any(len(group) > 1 for group in groups):
        raise ValueError("a driver has more than one column")
    columns = [group[0] if group else -1 for group in groups]
    variances = np.einsum("...ii->...i", covariance)
    inner = variances[..., columns] * [len(group) for group in groups]
    inner = np.divide(1.0, np.sqrt(inner), out=np.zeros_like(inner), where=inner > 0)
    outer = np.where(variances[..., -1:] > 0, variances[..., -1:], np.nan)
    between = covariance[..., columns, :][..., columns] * inner[..., np.newaxis]
    with_outcome = covariance[..., columns, -1] * inner / np.sqrt(outer)
    return between * inner[..., np.newaxis, :], with_outcome
