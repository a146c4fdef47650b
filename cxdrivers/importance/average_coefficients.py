"""Find the coefficient of each column in the regression on all drivers, and in smaller ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cxdrivers.importance.lattice import COLLINEAR, FloatArray, Groups, residual_covariances
from cxdrivers.importance.subsets import averages_by_count

VALUES_AT_ONCE = 2**22


def full_coefficients(
    covariance: FloatArray, columns: Sequence[int], *, always: Sequence[int] = ()
) -> FloatArray:
    """Return the least-squares coefficient of each column with all the others in.

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``, outcome last.
    columns
        Positions of the c columns in the regression.
    always
        Positions of columns that are in as well, whose coefficients are not asked for.

    Returns
    -------
    ndarray, shape ``(..., c)``
        In the units of the outcome per unit of the column. NaN for a column that can be computed
        from the others or never varies: it has no coefficient of its own.

    Examples
    --------
    >>> matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
    >>> full_coefficients(matrix, [0, 1])
    array([0.41758242, 0.27472527])
    """
    coefficients = np.empty((*covariance.shape[:-2], len(columns)))
    for place, column in enumerate(columns):
        others = [*always, *columns[:place], *columns[place + 1 :]]
        coefficients[..., place] = _slopes(covariance, column, (), others)[..., 0]
    return coefficients


def average_coefficients(
    covariance: FloatArray, groups: Groups, *, always: Sequence[int] = ()
) -> FloatArray:
    """Return the mean coefficient of each column over the regressions of each size.

    A coefficient that shrinks as others join, or turns round, shows how much of a driver's link
    with the outcome runs through the others. These are the `ave.coeffs` of relaimpo (Grömping 2006,
    *Journal of Statistical Software* 17(1)).

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``, outcome last.
    groups
        For each driver the positions of its columns, which join and leave together.
    always
        Positions of controls, which are in every regression and have no mean here.

    Returns
    -------
    ndarray, shape ``(..., c, p)``
        A row for each of the c columns in the order of the groups. Element s of a row is the mean
        over the regressions that hold the column's driver and s others; the last is the
        coefficient in the regression on all drivers. NaN where one of the regressions gives the
        column no coefficient of its own.

    Examples
    --------
    >>> matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
    >>> average_coefficients(matrix, [(0,), (1,)])
    array([[0.5       , 0.41758242],
           [0.4       , 0.27472527]])
    """
    matrices = covariance.reshape(-1, *covariance.shape[-2:])
    width = sum(len(group) for group in groups)
    averages = np.empty((len(matrices), width, len(groups)))
    step = max(1, VALUES_AT_ONCE >> len(groups) + 1)
    for start in range(0, len(matrices), step):
        part, row = matrices[start : start + step], 0
        for place, group in enumerate(groups):
            others = [*groups[:place], *groups[place + 1 :]]
            for column in group:
                beside = [*always, *(other for other in group if other != column)]
                slopes = _slopes(part, column, others, beside)
                averages[start : start + step, row] = averages_by_count(slopes)
                row += 1
    return averages.reshape(*covariance.shape[:-2], width, len(groups))


def _slopes(
    covariance: FloatArray, column: int, groups: Groups, always: Sequence[int]
) -> FloatArray:
    """Return the coefficient of one column beside every subset of drivers, ``(..., 2**p)``."""
    outcome = covariance.shape[-1] - 1
    left = residual_covariances(covariance, groups, [column, outcome], always=always)
    own, shared = left[..., 0, 0], left[..., 0, 1]
    floor = COLLINEAR * covariance[..., column, column, np.newaxis]
    return np.divide(shared, own, out=np.full_like(own, np.nan), where=own > floor)
