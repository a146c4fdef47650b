"""Fit a curve of proportions that never falls."""

from __future__ import annotations

import numpy as np
from sklearn.isotonic import isotonic_regression

from cxdrivers.importance.lattice import FloatArray


def rising_shares(shares: FloatArray, masses: FloatArray) -> FloatArray:
    """Return the proportions nearest to those given that never fall from one score to the next.

    Isotonic regression by scikit-learn: neighbours that fall are pooled (Barlow et al. 1972,
    *Statistical Inference under Order Restrictions*). Use it to see the shape without choosing a
    formula; it follows chance where there are few respondents.

    Parameters
    ----------
    shares
        Shape ``(..., K)``, in the order of the scores.
    masses
        Shape ``(..., K)``: how much each counts. Where it is 0 the curve has no value.

    Returns
    -------
    ndarray, shape ``(..., K)``
        NaN where nobody is.

    Examples
    --------
    >>> rising_shares(np.array([0.1, 0.3, 0.2, 0.5]), np.array([10.0, 10, 30, 10]))
    array([0.1  , 0.225, 0.225, 0.5  ])
    """
    curve = np.full(shares.shape, np.nan)
    for place in np.ndindex(shares.shape[:-1]):
        there = masses[place] > 0
        if there.any():
            curve[place][there] = isotonic_regression(
                shares[place][there], sample_weight=masses[place][there]
            )
    return curve
