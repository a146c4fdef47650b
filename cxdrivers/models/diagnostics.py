"""Say how far drivers stand in each other's way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import COLLINEAR, FloatArray, Groups
from cxdrivers.moments.columns import CONTROL, NOT_APPLICABLE
from cxdrivers.moments.design import Design
from cxdrivers.moments.moments import moments_of

MAY_BE_TIED = (NOT_APPLICABLE, CONTROL)
TIED = 1e-4
"""How much of a direction without variance a column must be to count as tied."""
EXACT = 1e-8
"""How near 1 a row's leverage must be to count as fitted exactly."""


@dataclass(frozen=True, eq=False)
class Fittable:
    """Which of the k columns of a design a regression can take.

    Attributes
    ----------
    tied
        Shape ``(k,)``: columns that can be computed from others, so without effects of their own.
    fitted
        Positions of the columns to fit: of those that are tied, as many as say something new.
    vif
        Shape ``(p,)``: the variance inflation factor of each driver.
    """

    tied: NDArray[np.bool_]
    fitted: NDArray[np.intp]
    vif: FloatArray


def fittable_columns(design: Design) -> Fittable:
    """Return which columns of a design a regression can take.

    Raises
    ------
    FitError
        When the ratings of drivers are tied together exactly.
    """
    covariance = moments_of(design).covariance[:-1, :-1]
    tied = tied_columns(covariance)
    refuse_collinear(tied, design.terms, design.groups, design.drivers)
    fitted = independent_columns(design.columns, tied)
    return Fittable(tied, fitted, variance_inflation(covariance, design.groups))


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


def independent_columns(columns: FloatArray, doubtful: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the columns to fit: of those that are doubtful, as many as say something new."""
    kept = [*np.flatnonzero(~doubtful)]
    for column in np.flatnonzero(doubtful):
        trial = np.column_stack([np.ones(len(columns)), columns[:, [*kept, column]]])
        if np.linalg.matrix_rank(trial) == trial.shape[1]:
            kept.append(column)
    return np.sort(np.array(kept, dtype=np.intp))


def fitted_exactly(regressors: FloatArray) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the rows that are fitted exactly, and the columns whose coefficients rest on them.

    Robust errors would divide nothing by nothing there, or find no scatter. Without those rows,
    what is told of the other columns stays the same. The first column, the constant, is not among
    those returned.
    """
    orthogonal, triangular = np.linalg.qr(regressors)
    exact: NDArray[np.bool_] = (orthogonal**2).sum(axis=1) > 1 - EXACT
    directions = np.linalg.solve(triangular, orthogonal[exact].T)
    scale = np.sqrt((regressors**2).sum(axis=0))
    alone: NDArray[np.bool_] = (np.abs(directions * scale[:, np.newaxis]) > EXACT).any(axis=1)
    return exact, alone[1:]


def in_one_cluster(design: Design, column: int) -> bool:
    """Say whether a mark sets one cluster apart: then clusters cannot tell how sure it is."""
    if design.cluster is None or design.terms[column] != NOT_APPLICABLE:
        return False
    marked = design.columns[:, column] == 1
    return min(len(np.unique(design.cluster[rows])) for rows in (marked, ~marked)) < 2


def _log_det(correlation: FloatArray, columns: NDArray[np.intp]) -> float:
    return float(np.linalg.slogdet(correlation[np.ix_(columns, columns)])[1])
