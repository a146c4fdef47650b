"""Hold the means and covariances that every linear answer can be computed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.errors import FitError, nearest
from cxdrivers.moments.columns import RATING
from cxdrivers.moments.design import Design
from cxdrivers.moments.incomplete import incomplete_rows, likeliest_moments
from cxdrivers.moments.sums import FloatArray, moments_from_sums, row_products
from cxdrivers.survey.base import effective_n

SYMMETRY = 1e-8


@dataclass(frozen=True, eq=False)
class Moments:
    """Means and covariances of the drivers and the outcome: enough for every linear answer.

    Attributes
    ----------
    drivers
        Keys of the p drivers.
    groups
        For each driver the positions of its columns.
    covariance
        Shape ``(k + 1, k + 1)``, outcome last. A correlation matrix serves as well: shares do not
        depend on units, coefficients are then in standard deviations.
    n
        Respondents.
    n_effective
        Kish's effective number when the rows are weighted, else `n`.
    terms
        What each of the k columns is, as in a `Design`.
    always
        Positions of the controls, which are in every model.
    needs
        For each driver the drivers that must be in before it; empty when there are no
        interactions.
    outcome
        Key of the outcome.
    mean
        Shape ``(k + 1,)``, or None when only covariances are known.
    """

    drivers: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    covariance: FloatArray
    n: int
    n_effective: float
    terms: tuple[str, ...]
    always: tuple[int, ...] = ()
    needs: tuple[tuple[int, ...], ...] = ()
    outcome: str = "outcome"
    mean: FloatArray | None = None

    @classmethod
    def from_covariance(
        cls,
        matrix: pd.DataFrame | FloatArray | Sequence[Sequence[float]],
        *,
        names: Sequence[str] | None = None,
        outcome: str | None = None,
        n: int,
    ) -> Moments:
        """Make moments from a covariance or correlation matrix, for example one from a paper.

        Parameters
        ----------
        matrix
            Square and symmetric, with the outcome among its rows and columns. A data frame
            brings its own names.
        names
            Names of the rows and columns, in the matrix's order, `outcome` among them. Without
            any they are ``x1``, ``x2``, … and ``outcome`` for the last.
        outcome
            Which of the names is explained, by default the last; all others are drivers.
        n
            Respondents behind the matrix.

        Raises
        ------
        FitError
            When the matrix is not square, symmetric or positive semi-definite, the names do not
            fit it, or `n` is too small.

        Examples
        --------
        >>> import cxdrivers as cx
        >>> matrix = [[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]]
        >>> names = ["empathy", "wait_time", "satisfaction"]
        >>> moments = cx.Moments.from_covariance(matrix, names=names, outcome="satisfaction", n=400)
        >>> moments.drivers
        ('empathy', 'wait_time')
        """
        if isinstance(matrix, pd.DataFrame) and names is None:
            names = [str(column) for column in matrix.columns]
        labels = list(_numbered(len(matrix)) if names is None else names)
        values = _square(matrix, labels)
        outcome = labels[-1] if outcome is None else outcome
        if outcome not in labels:
            near = nearest(outcome, labels)
            raise FitError("outcome_not_named", outcome=outcome, near=near, names=labels)
        _check_matrix(values, labels)
        if len(labels) == 1:
            raise FitError("matrix_without_drivers", outcome=outcome)
        drivers = tuple(name for name in labels if name != outcome)
        if n <= len(drivers) + 1:
            raise FitError("too_few_rows", n=n, columns=len(drivers), lost=0)
        order = [labels.index(name) for name in (*drivers, outcome)]
        return cls(
            drivers=drivers,
            groups=tuple((place,) for place in range(len(drivers))),
            covariance=values[np.ix_(order, order)],
            n=n,
            n_effective=float(n),
            terms=(RATING,) * len(drivers),
            outcome=outcome,
        )


def moments_of(design: Design, outcome: str = "outcome") -> Moments:
    """Return the moments of the rows of a design: the likeliest where some columns have blanks."""
    values = np.column_stack([design.columns, design.outcome])
    n = len(values)
    if design.has_blanks:
        masses = np.ones(n) if design.weights is None else design.weights
        rows = incomplete_rows(values, design.absent_beside_outcome)
        means, covariances = likeliest_moments(rows, masses[np.newaxis])
        mean, covariance = means[0], covariances[0]
    else:
        shift = values.mean(axis=0)
        sums = row_products(values - shift, design.weights).sum(axis=0)
        mean, covariance = moments_from_sums(sums)
        mean = mean + shift
    return Moments(
        drivers=design.drivers,
        groups=design.groups,
        covariance=covariance,
        n=n,
        n_effective=float(n) if design.weights is None else effective_n(design.weights),
        terms=design.terms,
        always=design.always,
        needs=design.needs if any(design.needs) else (),
        outcome=outcome,
        mean=mean,
    )


def _numbered(rows: int) -> list[str]:
    return [*(f"x{place}" for place in range(1, rows)), "outcome"][:rows]


def _square(matrix: Any, names: Sequence[str]) -> FloatArray:
    try:
        values = np.asarray(matrix, dtype=np.float64)
    except ValueError as error:
        raise FitError("matrix_not_numbers", reason=error) from error
    if not names or values.shape != (len(names), len(names)):
        shape = " × ".join(map(str, values.shape))
        raise FitError("matrix_shape", shape=shape, count=len(names), names=list(names))
    return values


def _check_matrix(values: FloatArray, names: Sequence[str]) -> None:
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise FitError("name_twice", name=twice[0])
    if not np.isfinite(values).all():
        raise FitError("matrix_not_finite", names=names)
    scale = np.sqrt(np.abs(np.diag(values)))
    gap = np.abs(values - values.T)
    if (gap > SYMMETRY * np.outer(scale, scale) + np.finfo(float).tiny).any():
        row, column = divmod(int(gap.argmax()), len(names))
        raise FitError("matrix_not_symmetric", row=names[row], column=names[column])
    if (np.diag(values) <= 0).any():
        flat = [
            name for name, variance in zip(names, np.diag(values), strict=True) if variance <= 0
        ]
        raise FitError("matrix_no_variance", names=flat)
    smallest = float(np.linalg.eigvalsh(values / np.outer(scale, scale)).min())
    if smallest < -SYMMETRY:
        raise FitError("matrix_indefinite", smallest=round(smallest, 6))
