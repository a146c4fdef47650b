"""Give numbers the places in a normal distribution that their ranks have."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from cxdrivers.survey.coding import FloatArray


def rank_scores(values: FloatArray, masses: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the different values in their order, and the normal score of each.

    Normal quantile of the share below a value plus half the share at it (van der Waerden's scores,
    with the mean rank for ties). They do not change when the values are stretched, so nothing hangs
    on seconds or minutes, on a logarithm, or on the largest value.

    Parameters
    ----------
    values
        Shape ``(n,)``.
    masses
        Shape ``(n,)``: how much each counts, at least one above 0.

    Examples
    --------
    >>> values, scores = rank_scores(np.array([30.0, 600, 60, 60]), np.ones(4))
    >>> values.tolist(), scores.round(2).tolist()
    ([30.0, 60.0, 600.0], [-1.15, 0.0, 1.15])
    """
    counted = masses > 0
    different, place = np.unique(values[counted], return_inverse=True)
    share = np.bincount(place, weights=masses[counted]) / masses[counted].sum()
    scores: FloatArray = ndtri(share.cumsum() - share / 2)
    return different, scores
