"""Rank drivers in a sample and in its resamples."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cxdrivers.importance.lattice import FloatArray


def ranks(shares: FloatArray) -> NDArray[np.int64]:
    """Return the rank of every driver, 1 for the largest share; equal shares share the best rank.

    Parameters
    ----------
    shares
        Shape ``(..., p)``.

    Examples
    --------
    >>> ranks(np.array([0.2, 0.5, 0.2]))
    array([2, 1, 2])
    """
    larger = shares[..., np.newaxis, :] > shares[..., :, np.newaxis]
    places: NDArray[np.int64] = 1 + larger.sum(axis=-1)
    return places


def rank_interval(
    replicates: FloatArray, level: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the lowest and highest rank of every driver in the middle `level` of the resamples.

    Parameters
    ----------
    replicates
        Shape ``(B, p)``: the shares in each resample.
    level
        For example 0.95.
    """
    tail = (1 - level) / 2
    places = ranks(_told(replicates))
    bounds = np.quantile(places, [tail, 1 - tail], axis=0, method="inverted_cdf")
    return bounds[0].astype(np.int64), bounds[1].astype(np.int64)


def chance_of_rank(replicates: FloatArray, worst: int) -> FloatArray:
    """Return the share of resamples in which each driver ranks at `worst` or better."""
    chances: FloatArray = (ranks(_told(replicates)) <= worst).mean(axis=0)
    return chances


def _told(replicates: FloatArray) -> FloatArray:
    """Return the resamples that have an order: in a tiny one the outcome may not vary at all."""
    return replicates[np.isfinite(replicates).all(axis=-1)]
