"""Say whether two drivers can be told apart, from the correlations of their items."""

from __future__ import annotations

import numpy as np

from cxdrivers.survey.coding import FloatArray

TOO_CLOSE = 0.9
"""The limit of HTMT for things that resemble each other, as views of one contact do.

For things that do not, .85 is stricter (both: Henseler, Ringle & Sarstedt 2015; Franke & Sarstedt
2019, *Internet Research* 29, 430–447).
"""
APART, UNCLEAR, NOT_APART = ("yes", "unclear", "no")


def htmt_of(correlation: FloatArray, first: int) -> FloatArray:
    """Return the heterotrait–monotrait ratio of two drivers, shape ``(...)``.

    The mean correlation between items of both, over the geometric mean of the two mean
    correlations among items of one: what the drivers would correlate without the noise of their
    items (Henseler, Ringle & Sarstedt 2015, *Journal of the Academy of Marketing Science* 43,
    115–135). With their sign, as published; it can pass 1.

    Parameters
    ----------
    correlation
        Shape ``(..., k, k)``: items of the one driver, then those of the other.
    first
        How many items the one has.

    Returns
    -------
    ndarray, shape ``(...)``
        NaN for a driver of one item, or whose items do not go together.

    Examples
    --------
    >>> matrix = np.array([[1, 0.8, 0.4, 0.4], [0.8, 1, 0.4, 0.4], [0.4, 0.4, 1, 0.5],
    ...                    [0.4, 0.4, 0.5, 1]])
    >>> htmt_of(matrix, 2).round(4)
    np.float64(0.6325)
    """
    between = correlation[..., :first, first:].mean(axis=(-2, -1))
    within = _mean_within(correlation[..., :first, :first])
    within_other = _mean_within(correlation[..., first:, first:])
    told = (within > 0) & (within_other > 0)
    ratio: FloatArray = between / np.sqrt(np.where(told, within * within_other, np.nan))
    return ratio


def shared_variance(
    covariance: FloatArray, first: int, reliability: tuple[float, float]
) -> FloatArray:
    """Return the squared correlation of two drivers' means, corrected for unreliability.

    The correction is that of Spearman (1904, *American Journal of Psychology* 15, 72–101). Fornell
    & Larcker (1981) want it below the average variance extracted of both.

    Parameters
    ----------
    covariance, first
        As `htmt_of`, shape ``(..., k, k)``.
    reliability
        Of the one driver and of the other.
    """
    between = covariance[..., :first, first:].sum(axis=(-2, -1))
    one = covariance[..., :first, :first].sum(axis=(-2, -1))
    other = covariance[..., first:, first:].sum(axis=(-2, -1))
    usable = (one > 0) & (other > 0) & (min(reliability) > 0)
    noiseless = np.where(usable, one * other, np.nan) * reliability[0] * reliability[1]
    squared: FloatArray = between**2 / noiseless
    return squared


def told_apart(htmt: float, low: float = np.nan, high: float = np.nan) -> str:
    """Say whether two drivers can be told apart: ``yes``, ``no``, ``unclear`` or nothing.

    ``no``: HTMT is 0.9 or more. ``unclear``: its interval reaches 0.9. Nothing: there is no HTMT.

    Parameters
    ----------
    htmt, low, high
        The ratio and its interval; without one only the ratio counts.
    """
    if not np.isfinite(htmt):
        return ""
    if abs(htmt) >= TOO_CLOSE:
        return NOT_APART
    reaches = max(abs(low), abs(high)) >= TOO_CLOSE
    return UNCLEAR if reaches else APART


def _mean_within(correlation: FloatArray) -> FloatArray:
    """Return the mean correlation between different items, NaN for one item."""
    items = correlation.shape[-1]
    if items < 2:
        return np.full(correlation.shape[:-2], np.nan)
    upper = np.triu_indices(items, 1)
    mean: FloatArray = correlation[..., upper[0], upper[1]].mean(axis=-1)
    return mean
