"""Say how far drivers stand in each other's way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import COLLINEAR, FloatArray, Groups
from cxdrivers.moments.columns import CONTROL, NOT_APPLICABLE

MAY_BE_TIED = (NOT_APPLICABLE, CONTROL)
TIED = 1e-4
"""How much of a direction without variance a column must be to count as tied."""


def variance_inflation(covariance: FloatArray, groups: Groups) -> FloatArray:
    """Return the variance inflation factor of every driver.

    For a driver of one column this is 1 / (1 − R²) of that driver on the others. For a driver of
    several columns it is the generalised factor det(R₁₁) det(R₂₂) / det(R), raised to the power
    1 / columns so that it can be compared (Fox & Monette 1992, *JASA* 87, 178–183).

    Parameters
    ----------
    covariance
        Shape ``(k, k)``: the drivers' columns, without the outcome.
    groups
        For each driver the positions of its columns. A driver without columns gets NaN, and so
        does one that is tied exactly to others.

    Examples
    --------
    >>> variance_inflation(np.array([[1.0, 0.6], [0.6, 1.0]]), [(0,), (1,)])
    array([1.5625, 1.5625])
    """
    scale = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(scale, scale)
    tied = tied_columns(covariance)
    free = np.flatnonzero(~tied)
    whole = _log_det(correlation, free)
    factors = np.full(len(groups), np.nan)
    for place, group in enumerate(groups):
        if group and not tied[list(group)].any():
            others = np.setdiff1d(free, group)
            parts = _log_det(correlation, np.array(group)) + _log_det(correlation, others)
            factors[place] = np.exp((parts - whole) / len(group))
    return factors


def tied_columns(covariance: FloatArray) -> NDArray[np.bool_]:
    """Return which columns can be computed exactly from others, shape ``(k,)``."""
    if not len(covariance):
        return np.zeros(0, dtype=bool)
    scale = np.sqrt(np.diag(covariance))
    sizes, directions = np.linalg.eigh(covariance / np.outer(scale, scale))
    part: FloatArray = np.abs(directions[:, sizes < COLLINEAR * len(scale)]).max(axis=1, initial=0)
    return part > TIED


def refuse_collinear(
    tied: NDArray[np.bool_], terms: Sequence[str], groups: Groups, drivers: Sequence[str]
) -> None:
    """Raise when the answers on a driver can be computed exactly from other columns.

    Marks that a driver did not apply may be tied, and so may controls: a route in the
    questionnaire skips several questions at once, an organisation has no menu. Then only their
    separate effects cannot be told, and nothing is wrong.

    Raises
    ------
    FitError
        Naming the drivers that are tied together.
    """
    if any(tied[column] and term not in MAY_BE_TIED for column, term in enumerate(terms)):
        named = zip(drivers, groups, strict=True)
        names = [driver for driver, group in named if any(tied[column] for column in group)]
        raise FitError("collinear_drivers", names=names)


def _log_det(correlation: FloatArray, columns: NDArray[np.intp]) -> float:
    return float(np.linalg.slogdet(correlation[np.ix_(columns, columns)])[1])
