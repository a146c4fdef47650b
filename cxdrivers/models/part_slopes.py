"""Say how sure slopes are from what they are without each random part of the respondents.

A delete-a-group jackknife (Kott 2001, *Journal of Official Statistics* 17, 521–526): it asks
nothing of the spread around the line, as robust errors do, and needs sums only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.many_coefficients import RIDGE, many_coefficients
from cxdrivers.moments.grouped import GroupedMoments, Places
from cxdrivers.moments.sums import moments_from_sums

BoolArray = NDArray[np.bool_]

FEWEST_PARTS = 8
"""With fewer random parts there are no intervals from them: docs/parts.md."""
MATRICES_AT_ONCE = 5000
DOUBTFUL = 1e-10
"""With less than this of the volume that columns would have if they knew nothing of each other,
slopes are found in a slower and safer way."""


def slope_covariances(grouped: GroupedMoments) -> FloatArray:
    """Return the covariances of the slopes of the outcome on all columns, in every group.

    Parameters
    ----------
    grouped
        Sums of K groups in parts, of which k columns explain the outcome.

    Returns
    -------
    ndarray, shape ``(K, k, k)``
        NaN in the rows and columns of what has no slope without some part, and everywhere in a
        group of one part.
    """
    columns, count = len(grouped.terms), grouped.sums.shape[1]
    found = np.empty((len(grouped.labels), columns, columns))
    step = max(1, MATRICES_AT_ONCE // count)
    for start in range(0, len(found), step):
        places = slice(start, start + step)
        found[places] = _jackknifed(slopes_without(grouped, places), grouped.filled[places])
    part = freed_part(grouped)
    covariances: FloatArray = found * part[:, np.newaxis, np.newaxis]
    return covariances


def slopes_without(grouped: GroupedMoments, places: Places = slice(None)) -> FloatArray:
    """Return the slopes of some groups less each part in turn, shape ``(K, U, k)``.

    NaN for a part nobody is in, for a group of one part, and as `many_coefficients`.
    """
    sums = grouped.sums_without(places)
    slopes = np.full((*sums.shape[:2], len(grouped.terms)), np.nan)
    told = np.isfinite(sums[..., 0])
    slopes[told] = _slopes(moments_from_sums(sums[told])[1])
    return slopes


def freed_part(grouped: GroupedMoments, places: Places = slice(None)) -> FloatArray:
    """Return which part of the jackknife's variance of slopes is not too much, shape ``(K,)``.

    Without a part of m respondents there are n − m left to find k slopes from, and these miss by
    more than the slopes of all: for normal answers the jackknife is (n − m)/(n − m − k − 2) times
    too large, 1.45 with 30 respondents and 7 drivers. The part is (n − m − k)/(n − m), which leaves
    it a little large, since groups also differ in how their drivers scatter. NaN where no more
    respondents than columns are left.
    """
    columns = (np.einsum("kii->ki", grouped.covariance[places])[:, :-1] > 0).sum(axis=1)
    n = grouped.n_effective[places]
    left = n * (1 - 1 / np.maximum(grouped.parts[places], 1))
    return np.where(left > columns, 1 - columns / np.where(left > 0, left, 1.0), np.nan)


def _slopes(covariance: FloatArray) -> FloatArray:
    """Return what `many_coefficients` does, faster where columns are well apart."""
    spread = np.sqrt(np.einsum("nii->ni", covariance))[:, :-1]
    scale = np.where(spread > 0, spread, 1.0)
    inner = covariance[:, :-1, :-1] / (scale[:, :, np.newaxis] * scale[:, np.newaxis])
    cross = covariance[:, :-1, -1] / scale
    ridged = inner + RIDGE * np.eye(scale.shape[1])
    found: FloatArray = np.linalg.solve(ridged, cross[..., np.newaxis])[..., 0] / scale
    doubtful = ~(np.linalg.det(inner) > DOUBTFUL)
    if doubtful.any():
        found[doubtful] = many_coefficients(covariance[doubtful])
    return found


def _jackknifed(slopes: FloatArray, told: BoolArray) -> FloatArray:
    """Return covariances, shape ``(K, k, k)``, from slopes without each part."""
    inside = told[..., np.newaxis]
    count = told.sum(axis=1)[:, np.newaxis, np.newaxis]
    unknown = (inside & ~np.isfinite(slopes)).any(axis=1) | (count[:, 0] < 2)
    given = np.where(inside & ~unknown[:, np.newaxis], slopes, 0.0)
    average = given.sum(axis=1, keepdims=True) / np.maximum(count, 1)
    apart = np.where(inside, given - average, 0.0)
    found = (apart.swapaxes(1, 2) @ apart) * (count - 1) / np.maximum(count, 1)
    return np.where(unknown[:, np.newaxis] | unknown[..., np.newaxis], np.nan, found)
