"""Fit one factor to the correlations of items, for one matrix or a thousand."""

from __future__ import annotations

import numpy as np

from cxdrivers.survey.coding import FloatArray

CLOSE = 1e-10
"""How little a sweep must change a loading to be the last."""
MOST_SWEEPS = 5000


def one_factor_loadings(correlation: FloatArray) -> FloatArray:
    """Return the standardised loadings of items on one factor, by minimum residuals.

    They come nearest, in squares, to the correlations between items (Harman & Jones 1966,
    *Psychometrika* 31, 351–368); none is above one, so that no item has less than no variance of
    its own (Harman & Fukuda 1966, *Psychometrika* 31, 563–571). Nothing is assumed of how answers
    are distributed. Two items have one correlation between them, which makes two loadings only
    when they are taken to be equal.

    Parameters
    ----------
    correlation
        Shape ``(..., k, k)``, of two items or more.

    Returns
    -------
    ndarray, shape ``(..., k)``
        With a positive sum. NaN where a correlation is NaN, for two items that do not go
        together, and where no sweep is the last.

    Examples
    --------
    >>> loadings = np.array([0.9, 0.7, 0.5])
    >>> matrix = np.outer(loadings, loadings) + np.diag(1 - loadings**2)
    >>> one_factor_loadings(matrix).round(6)
    array([0.9, 0.7, 0.5])
    """
    leading, items = correlation.shape[:-2], correlation.shape[-1]
    matrices = correlation.reshape(-1, items, items)
    found = np.full((len(matrices), items), np.nan)
    told = np.isfinite(matrices).all(axis=(1, 2))
    if items == 2:
        told &= matrices[:, 0, 1] > 0
        found[told] = np.sqrt(matrices[told, :1, 1])
    else:
        found[told] = _least_residuals(matrices[told])
    return found.reshape(*leading, items)


def _least_residuals(matrices: FloatArray) -> FloatArray:
    """Return loadings by turns: each the best beside the others, and at most one."""
    between = matrices * (1 - np.eye(matrices.shape[-1]))
    sizes, directions = np.linalg.eigh(matrices)
    loadings = directions[..., -1] * np.sqrt(np.maximum(sizes[..., -1:], 0))
    going = np.arange(len(matrices))
    for _ in range(MOST_SWEEPS):
        if not going.size:
            break
        before, turned = loadings[going], loadings[going]
        for item in range(matrices.shape[-1]):
            others = (turned**2).sum(axis=-1) - turned[:, item] ** 2
            pull = (between[going, item] * turned).sum(axis=-1)
            best = pull / np.where(others > 0, others, 1.0)
            turned[:, item] = np.clip(best, -1, 1)
        loadings[going] = turned
        going = going[np.abs(turned - before).max(axis=-1) > CLOSE]
    loadings[going] = np.nan
    turned_round = loadings.sum(axis=-1, keepdims=True) < 0
    signed: FloatArray = np.where(turned_round, -loadings, loadings)
    return signed
