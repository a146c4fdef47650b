"""Fit a curve that never falls to what a driver goes with, the others being equal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.interpolate import BSpline
from scipy.optimize import nnls

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.knots import left_by
from cxdrivers.survey.coding import BoolArray

DEGREE = 2
QUARTILES = (0.25, 0.5, 0.75)
ROUNDING = 1e-10


def spline_knots(values: FloatArray) -> FloatArray:
    """Return where the pieces of a curve meet: the quartiles, and both ends.

    Parameters
    ----------
    values
        Shape ``(n,)``: the ratings that there are.
    """
    ends = (values.min(), values.max())
    inner = np.unique(np.quantile(values, QUARTILES))
    return np.array([ends[0], *inner[(inner > ends[0]) & (inner < ends[1])], ends[1]])


def rising_basis(values: FloatArray, used: BoolArray, knots: FloatArray) -> FloatArray:
    """Return columns that each rise from 0 to 1: any sum of them with no minus sign rises too.

    I-splines: sums of B-splines from the i-th on (Ramsay 1988, *Statistical Science* 3(4),
    425–441). Beyond the outer knots they stay as they are.

    Parameters
    ----------
    values
        Shape ``(n,)``.
    used
        Shape ``(n,)``: to whom the driver applied; for the others all columns are 0.
    knots
        In their order, ends included.

    Returns
    -------
    ndarray, shape ``(n, m)``
    """
    outer = np.concatenate([[knots[0]] * DEGREE, knots, [knots[-1]] * DEGREE])
    inside = np.clip(np.where(used, values, knots[0]), knots[0], knots[-1])
    pieces = BSpline.design_matrix(inside, outer, DEGREE).toarray()
    sums = pieces[:, ::-1].cumsum(axis=1)[:, ::-1]
    rising: FloatArray = np.where(used[:, np.newaxis], sums[:, 1:], 0.0)
    return rising


def rising_slopes(covariance: FloatArray, base: Sequence[int]) -> FloatArray:
    """Return the slopes of rising columns by least squares, none of them negative.

    The base columns take any slope. From covariances alone: with a square root L of what the base
    leaves of the columns, the slopes are those nearest to L⁻¹ times what they share with the
    outcome (Lawson & Hanson 1974, chapter 23).

    Parameters
    ----------
    covariance
        Shape ``(..., k + m + 1, k + m + 1)``: base columns, rising columns, outcome.
    base
        Positions of the base columns.

    Returns
    -------
    ndarray, shape ``(..., m)``
    """
    left = left_by(covariance, base)
    width = left.shape[-1] - 1
    found = np.empty((*left.shape[:-2], width))
    for place in np.ndindex(left.shape[:-2]):
        sizes, directions = np.linalg.eigh(left[place][:-1, :-1])
        kept = sizes > ROUNDING * max(float(sizes.max(initial=0.0)), np.finfo(float).tiny)
        root = directions[:, kept] * np.sqrt(sizes[kept])
        target = directions[:, kept].T @ left[place][:-1, -1] / np.sqrt(sizes[kept])
        found[place] = nnls(root.T, target)[0] if kept.any() else 0.0
    return found
