"""Weigh each driver by its own correlation or coefficient, without walking all subsets.

What a driver adds when it comes last, the fourth of the simple measures, is `own_shares` in
`linear_shares`. None of them but Pratt's adds up to R²; they are here for comparison and for
continuing an older series.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from cxdrivers.importance.average_coefficients import full_coefficients
from cxdrivers.importance.lattice import FloatArray, Groups, residual_covariances
from cxdrivers.importance.linear_shares import added_by


def first_shares(
    covariance: FloatArray,
    groups: Groups,
    *,
    always: Sequence[int] = (),
    n: float | None = None,
    adjust: int = 0,
) -> FloatArray:
    """Return what each driver explains when it comes first: its squared correlation.

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``, outcome last.
    groups
        For each driver the positions of its columns; for several it is their R².
    always
        Positions of controls. A driver then comes first after them, so its share is the squared
        semipartial correlation beside the controls.
    n, adjust
        Effective number of respondents, and how often R² is adjusted for it.

    Returns
    -------
    ndarray, shape ``(..., p)``

    Examples
    --------
    >>> matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
    >>> first_shares(matrix, [(0,), (1,)])
    array([0.25, 0.16])
    """
    shares = np.empty((*covariance.shape[:-2], len(groups)))
    for place, group in enumerate(groups):
        shares[..., place] = added_by(covariance, group, always=always, n=n, adjust=adjust)
    return shares


def squared_betas(
    covariance: FloatArray, groups: Groups, *, always: Sequence[int] = ()
) -> FloatArray:
    """Return the squared standardised coefficient of each driver.

    That is the variance of what the driver contributes to the prediction, over the variance of the
    outcome. So defined, it holds for a driver of several columns too, and does not depend on how
    they are coded: it is the square of Heise's sheaf coefficient (1972, *Sociological Methods &
    Research* 1, 147–173).

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``, outcome last.
    groups
        For each driver the positions of its columns.
    always
        Positions of controls. As in relaimpo, the driver's variance is then what the controls
        leave of it, while the outcome keeps all of its own.

    Returns
    -------
    ndarray, shape ``(..., p)``
        NaN for a driver that can be computed from others, and where the outcome does not vary.

    Examples
    --------
    >>> matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
    >>> squared_betas(matrix, [(0,), (1,)])
    array([0.17437508, 0.07547398])
    """
    inner, _, slopes = _beside_controls(covariance, groups, always)
    shares = np.empty((*covariance.shape[:-2], len(groups)))
    for place, inside in enumerate(_places(groups)):
        own = slopes[..., inside]
        shares[..., place] = np.einsum("...i,...ij,...j->...", own, inner[..., inside, inside], own)
    return _of_outcome(shares, covariance)


def pratt_shares(
    covariance: FloatArray, groups: Groups, *, always: Sequence[int] = ()
) -> FloatArray:
    """Return each driver's standardised coefficient times its correlation with the outcome.

    Pratt (1987, *Dividing the indivisible*); Thomas, Hughes & Zumbo (1998, *Social Indicators
    Research* 45, 253–275). They add up to R². A negative one is no importance below zero: the
    coefficient and the correlation differ in sign, so the driver works through what it takes out
    of others (suppression), and the shares should not be read as parts of a whole.

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``, outcome last.
    groups
        For each driver the positions of its columns. For several it is the sum over them: the
        covariance of the driver's contribution with the outcome, however they are coded.
    always
        Positions of controls. As in relaimpo, the covariance is then what they leave, over all the
        variance of the outcome, and the shares add up to R² minus that of the controls.

    Returns
    -------
    ndarray, shape ``(..., p)``
        NaN for a driver that can be computed from others, and where the outcome does not vary.

    Examples
    --------
    >>> matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
    >>> pratt_shares(matrix, [(0,), (1,)])
    array([0.20879121, 0.10989011])
    """
    _, cross, slopes = _beside_controls(covariance, groups, always)
    parts = slopes * cross
    shares = np.empty((*covariance.shape[:-2], len(groups)))
    for place, inside in enumerate(_places(groups)):
        shares[..., place] = parts[..., inside].sum(axis=-1)
    return _of_outcome(shares, covariance)


def _beside_controls(
    covariance: FloatArray, groups: Groups, always: Sequence[int]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return what the controls leave of the columns: covariance, that with the outcome, slopes.

    A column that never varies contributes nothing, so its slope is 0 here.
    """
    columns = [column for group in groups for column in group]
    slopes = full_coefficients(covariance, columns, always=always)
    varies = np.einsum("...ii->...i", covariance)[..., columns] > 0
    left = residual_covariances(covariance, (), [*columns, -1], always=always)[..., 0, :, :]
    return left[..., :-1, :-1], left[..., :-1, -1], np.where(varies, slopes, 0.0)


def _places(groups: Groups) -> list[slice]:
    """Return where each driver stands when the columns of all drivers are in one row."""
    ends = np.cumsum([0, *(len(group) for group in groups)])
    return [slice(start, end) for start, end in pairwise(ends.tolist())]


def _of_outcome(shares: FloatArray, covariance: FloatArray) -> FloatArray:
    """Return shares of variance as proportions of the outcome's, NaN where that is zero."""
    total = covariance[..., -1, -1, np.newaxis]
    return np.divide(shares, total, out=np.full_like(shares, np.nan), where=total > 0)
