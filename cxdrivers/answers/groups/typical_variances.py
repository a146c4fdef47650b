"""Give groups the variance that is typical of their size, where a variance follows its estimate.

A part of R² has a small variance where it happens to come out small. Weighted by such variances,
what groups have in common would be drawn to the smallest estimates, also below zero, and a group
with a small one would look like a discovery. What is typical of a group's size depends on no
estimate.
"""

from __future__ import annotations

import numpy as np

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.survey.coding import BoolArray


def typical_variances(
    variances: FloatArray, sizes: FloatArray, *, counted: BoolArray | None = None
) -> FloatArray:
    """Return for every group the variance that is typical of its size, a/n + b/n².

    A part of R² that is not zero has a variance that falls as 1/n, and one that is zero as 1/n².
    Both a and b are at least 0, from least squares of the unit variances (variance × n) on 1/n.

    Parameters
    ----------
    variances
        Shape ``(..., K)``; NaN is a group without one, and stays.
    sizes
        The same shape: effective respondents.
    counted
        The same shape: whose variances say what is typical; by default all that there are, also
        in a row where otherwise nobody's would.

    Returns
    -------
    ndarray, shape ``(..., K)``

    Examples
    --------
    >>> typical_variances(np.array([0.01, 0.03, 0.02]), np.full(3, 50.0)).round(3)
    array([0.02, 0.02, 0.02])
    """
    told = np.isfinite(variances) & (sizes > 0)
    fitted = told if counted is None else told & counted
    fitted = np.where(fitted.any(axis=-1, keepdims=True), fitted, told)
    count = np.maximum(fitted.sum(axis=-1, keepdims=True), 1)
    unit = np.where(fitted, variances * sizes, 0.0)
    of_size = np.where(told, 1 / np.where(told, sizes, 1.0), 0.0)
    inverse = np.where(fitted, of_size, 0.0)
    unit_mean = unit.sum(axis=-1, keepdims=True) / count
    inverse_mean = inverse.sum(axis=-1, keepdims=True) / count
    across = np.where(fitted, inverse - inverse_mean, 0.0)
    spread = (across**2).sum(axis=-1, keepdims=True)
    flat = spread <= 1e-12 * (inverse**2).sum(axis=-1, keepdims=True)
    slope = (across * unit).sum(axis=-1, keepdims=True) / np.where(flat, 1.0, spread)
    slope = np.where(flat, 0.0, np.maximum(slope, 0.0))
    level = unit_mean - slope * inverse_mean
    through = (inverse * unit).sum(axis=-1, keepdims=True) / np.maximum(
        (inverse**2).sum(axis=-1, keepdims=True), np.finfo(float).tiny
    )
    slope, level = np.where(level < 0, through, slope), np.maximum(level, 0.0)
    typical: FloatArray = np.where(told, (level + slope * of_size) * of_size, np.nan)
    return typical
