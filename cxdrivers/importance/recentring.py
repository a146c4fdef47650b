"""Take out of resampled weights what a resample adds beside the direction of the weight itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cxdrivers.importance.lattice import FloatArray


def recentred_replicates(
    replicates: FloatArray, estimate: FloatArray, columns: NDArray[np.int64] | int
) -> FloatArray:
    """Return resampled weights that percentiles can be taken of.

    A weight is a sum of squares, so a sample adds noise to it and a resample adds as much again.
    What lies along the weight itself needs no second correction: percentiles of a square are
    squares of percentiles. What lies across it does. Of k columns one direction is along, so a part
    ``1 - 1/k`` of what the resamples exceed the estimate by is taken out.

    Parameters
    ----------
    replicates
        Shape ``(B, ...)``: in every resample, noise taken out once.
    estimate
        Shape ``(...)``: of the sample, noise taken out once.
    columns
        How many columns the weight is of, one number or one for each weight: 1 for a driver with
        one column, which is left as it is; for R² the columns of all drivers.
    """
    if not len(replicates):
        return replicates
    across = 1 - 1 / np.maximum(columns, 1)
    recentred: FloatArray = replicates - across * (np.nanmean(replicates, axis=0) - estimate)
    return recentred
