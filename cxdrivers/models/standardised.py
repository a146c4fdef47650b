"""Put what is held equal on one footing: mean 0, spread 1, and nothing twice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdrivers.importance.lattice import FloatArray

TIED = 1e-9
"""A column that is left with this part of its length beside others says nothing new."""


@dataclass(frozen=True, eq=False)
class Standardised:
    """Columns at mean 0 and standard deviation 1.

    Attributes
    ----------
    columns
        Shape ``(n, m)``.
    kept
        Shape ``(m,)``: their positions among what was given.
    scale
        Shape ``(m,)``: what they were divided by.
    """

    columns: FloatArray
    kept: NDArray[np.intp]
    scale: FloatArray


def standardised(covariates: FloatArray) -> Standardised:
    """Return columns at mean 0 and standard deviation 1, without those that say nothing new.

    Of columns that can be computed from each other the first stay.

    Parameters
    ----------
    covariates
        Shape ``(n, k)``, without blanks.

    Examples
    --------
    >>> columns = np.array([[1.0, 5, 2], [2, 5, 4], [3, 5, 6], [6, 5, 12]])
    >>> standardised(columns).kept.tolist()
    [0]
    """
    scale = covariates.std(axis=0)
    varying = np.flatnonzero(scale > TIED * np.abs(covariates).max(axis=0, initial=0.0))
    scaled = (covariates[:, varying] - covariates[:, varying].mean(axis=0)) / scale[varying]
    free = np.zeros(len(varying), dtype=bool)
    if varying.size:
        left = np.abs(np.diag(np.linalg.qr(scaled, mode="r")))
        free[: len(left)] = left > TIED * np.sqrt(len(scaled))
    kept = varying[free]
    return Standardised(scaled[:, free], kept, scale[kept])
