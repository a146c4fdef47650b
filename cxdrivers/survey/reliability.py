"""Say how well items hang together, from their covariances.

Everything here is a function of covariance or correlation matrices with leading axes, so that the
sample and its resamples are the same call. The checks use it and the answers do, which is why it
stands with the survey.
"""

from __future__ import annotations

import numpy as np

from cxdrivers.survey.coding import FloatArray
from cxdrivers.survey.one_factor import one_factor_loadings

USUAL = 0.7
"""What a reliability should reach (Nunnally & Bernstein 1994, *Psychometric Theory*)."""
LEAST = 0.6
"""The least for an exploration (Hair et al. 2019, *Multivariate Data Analysis*)."""
LEAST_ITEM_REST = 0.3
"""What an item should correlate with the sum of the others (Nunnally & Bernstein 1994)."""


def correlations_of(covariance: FloatArray) -> FloatArray:
    """Return correlations, NaN for what does not vary."""
    variance = np.diagonal(covariance, axis1=-2, axis2=-1)
    spread = np.sqrt(np.where(variance > 0, variance, np.nan))
    correlation: FloatArray = covariance / (spread[..., :, np.newaxis] * spread[..., np.newaxis, :])
    return correlation


def alpha_of(covariance: FloatArray) -> FloatArray:
    """Return Cronbach's alpha, shape ``(...)``, as `cronbach_alpha` has it for two items.

    Alpha is the reliability of the mean of the items when each measures the same with equal
    strength, and too low otherwise.

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``; NaN comes of one item, or of one that does not vary.
    """
    items = covariance.shape[-1]
    if items < 2:
        return np.full(covariance.shape[:-2], np.nan)
    if items == 2:
        return spearman_brown(correlations_of(covariance)[..., 0, 1])
    variance = np.diagonal(covariance, axis1=-2, axis2=-1)
    total = covariance.sum(axis=(-2, -1))
    told = (variance > 0).all(axis=-1) & (total > 0)
    parts = variance.sum(axis=-1) / np.where(told, total, np.nan)
    alpha: FloatArray = items / (items - 1) * (1 - parts)
    return alpha


def omega_of(covariance: FloatArray) -> FloatArray:
    """Return McDonald's omega, shape ``(...)``: the reliability of the mean of the items.

    With loadings λ on one factor and variances θ of the items' own, (Σλ)² / ((Σλ)² + Σθ), in the
    units of the answers (McDonald 1999, *Test Theory*). Items may measure with unequal strength.
    For two items it is the Spearman–Brown coefficient, as alpha is.

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``.
    """
    items = covariance.shape[-1]
    if items < 2:
        return np.full(covariance.shape[:-2], np.nan)
    correlation = correlations_of(covariance)
    if items == 2:
        return spearman_brown(correlation[..., 0, 1])
    spread = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))
    loadings = one_factor_loadings(correlation)
    return _common_part(spread * loadings, spread**2 * (1 - loadings**2))


def composite_reliability(loadings: FloatArray) -> FloatArray:
    """Return omega of the standardised items, shape ``(...)``, from loadings ``(..., k)``.

    Known as composite reliability or ρ_c (Jöreskog 1971, *Psychometrika* 36, 109–133); it differs
    from omega only where the items spread differently.
    """
    return _common_part(loadings, 1 - loadings**2)


def variance_extracted(loadings: FloatArray) -> FloatArray:
    """Return which part of the items' variance is the factor's, on average, shape ``(...)``.

    The average variance extracted of Fornell & Larcker (1981, *Journal of Marketing Research* 18,
    39–50).
    """
    extracted: FloatArray = (loadings**2).mean(axis=-1)
    return extracted


def item_rest_correlations(covariance: FloatArray) -> FloatArray:
    """Return the correlation of every item with the sum of the others, shape ``(..., k)``."""
    variance = np.diagonal(covariance, axis1=-2, axis2=-1)
    with_all = covariance.sum(axis=-1)
    rest = covariance.sum(axis=(-2, -1))[..., np.newaxis] - 2 * with_all + variance
    product = np.where((variance > 0) & (rest > 0), variance * rest, np.nan)
    correlation: FloatArray = (with_all - variance) / np.sqrt(product)
    return correlation


def alphas_without(covariance: FloatArray) -> FloatArray:
    """Return alpha of the other items without each item, shape ``(..., k)``."""
    items = range(covariance.shape[-1])
    rest = [[other for other in items if other != item] for item in items]
    return np.stack([alpha_of(covariance[..., kept, :][..., kept]) for kept in rest], axis=-1)


def spearman_brown(correlation: FloatArray) -> FloatArray:
    """Return the reliability of the sum of two items, from their correlation, shape ``(...)``.

    Eisinga, te Grotenhuis & Pelzer (2013, *International Journal of Public Health* 58, 637–642).
    """
    told = np.where(correlation > -1, correlation, np.nan)
    reliability: FloatArray = 2 * told / (1 + told)
    return reliability


def _common_part(loadings: FloatArray, own: FloatArray) -> FloatArray:
    common: FloatArray = loadings.sum(axis=-1) ** 2
    total = common + own.sum(axis=-1)
    part: FloatArray = common / np.where(total > 0, total, np.nan)
    return part
