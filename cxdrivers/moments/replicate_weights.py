"""Weigh the rows again by each replicate weight of a survey design."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cxdrivers.errors import FitError
from cxdrivers.moments.design import Design
from cxdrivers.moments.resampling import part_sizes
from cxdrivers.moments.sums import FloatArray, moments_from_sums, row_products

SAME = 1e-7
"""Replicate weights that differ by less than this share say the same."""


def replicate_weight_covariances(design: Design) -> Iterator[FloatArray]:
    """Yield one covariance matrix for each replicate weight, in parts that fit in memory.

    Whoever drew the sample made these weights so that the estimates under them tell how sure the
    estimate is: how clusters, strata and the weighting itself work out is in them. Their estimates
    lie much closer together than those of resamples may, so only `replicate_interval` turns them
    into an interval.

    Yields
    ------
    ndarray, shape ``(b, k + 1, k + 1)``
        Outcome last; the sizes b add up to the number of replicate weights, in their order.

    Raises
    ------
    FitError
        When the design has no replicate weights.
    """
    if design.replicate_weights is None:
        raise FitError("no_replicate_weights")
    values = np.column_stack([design.columns, design.outcome])
    products = row_products(values - values.mean(axis=0))
    replicates = design.replicate_weights.T
    start = 0
    for size in part_sizes(*replicates.shape):
        yield moments_from_sums(replicates[start : start + size] @ products)[1]
        start += size


def replicate_degrees(design: Design) -> int:
    """Return the degrees of freedom of replicate weights: their rank minus one.

    Raises
    ------
    FitError
        When the design has no replicate weights.
    """
    if design.replicate_weights is None:
        raise FitError("no_replicate_weights")
    triangle = np.linalg.qr(design.replicate_weights, mode="r")
    return max(1, int(np.linalg.matrix_rank(triangle, rtol=SAME)) - 1)
