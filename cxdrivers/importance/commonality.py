"""Take what drivers explain apart into what is unique to each and common to every set of them."""

from __future__ import annotations

import numpy as np

from cxdrivers.importance.lattice import FloatArray


def commonality_coefficients(values: FloatArray) -> FloatArray:
    """Return what is explained by all drivers of a subset in common, and by no other driver.

    Newton & Spurrell (1967, *Applied Statistics* 16, 51–64); Nimon, Lewis, Kane & Haynes (2008,
    *Behavior Research Methods* 40, 457–466). The value of any subset is the sum of the coefficients
    of all sets that overlap with it. A negative coefficient is a sign of suppression: together the
    drivers explain more than their separate parts.

    Parameters
    ----------
    values
        Shape ``(..., 2**p)``: the value of every subset; bit j of the index says that j is in.

    Returns
    -------
    ndarray, shape ``(..., 2**p)``
        In the order of `values`. The empty subset has 0; the 2^p − 1 others add up to the value of
        all drivers minus the value of none. Index ``2**j`` is what is unique to driver j.

    Examples
    --------
    >>> commonality_coefficients(np.array([0.0, 0.25, 0.16, 0.32]))
    array([0.  , 0.16, 0.07, 0.09])
    """
    coefficients = np.ascontiguousarray(values[..., -1:] - values[..., ::-1])
    drivers = values.shape[-1].bit_length() - 1
    for driver in range(drivers):
        split = coefficients.reshape(*values.shape[:-1], -1, 2, 2**driver)
        split[..., 1, :] -= split[..., 0, :]
    return coefficients
