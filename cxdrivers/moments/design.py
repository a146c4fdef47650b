"""Lay out a survey as columns for a model: one driver may be several columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.errors import FitError, SurveyError
from cxdrivers.survey.base import Base, effective_n
from cxdrivers.survey.coding import FloatArray
from cxdrivers.survey.survey import Survey

RATING = "rating"
NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, eq=False)
class Design:
    """The rows and columns that a model of all drivers uses.

    Attributes
    ----------
    drivers
        Keys of the p drivers.
    terms
        For each of the k columns, whether it holds the rating or marks "not applicable".
    groups
        For each driver the positions of its columns. A driver that did not apply to some is a
        pair: D·(x − mean of x) and 1 − D, with D = 1 where it applied. What never varies has no
        column, so a driver that is the same for everybody has an empty group.
    columns
        Shape ``(n, k)``.
    outcome
        Shape ``(n,)``.
    weights
        Shape ``(n,)``, or None when every row counts once.
    cluster
        Shape ``(n,)``, a number for each cluster, or None.
    n_rated
        Shape ``(p,)``: respondents with a rating.
    base
        Which rows of the survey these are, and why others are not among them.
    """

    drivers: tuple[str, ...]
    terms: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    columns: FloatArray
    outcome: FloatArray
    weights: FloatArray | None
    cluster: NDArray[np.intp] | None
    n_rated: NDArray[np.int64]
    base: Base


def design_of(survey: Survey) -> Design:
    """Lay out the usable rows of a survey.

    Raises
    ------
    SurveyError
        When a check found something that must be mended first.
    FitError
        When the rows, or the effective rows, are no more than the columns, or a cluster is missing.
    """
    for finding in survey.found:
        if finding.severity == "stop":
            raise SurveyError("unsound", meaning=finding.meaning, next_step=finding.next_step)
    base = survey.base
    weights = None if survey.weights is None else survey.weights[base.used]
    away = survey.not_applicable.to_numpy()[base.used]
    columns: list[FloatArray] = []
    terms: list[str] = []
    groups: list[tuple[int, ...]] = []
    for place, driver in enumerate(survey.drivers):
        rating = survey.scores[driver].to_numpy()[base.used]
        laid_out = _columns_of(rating, away[:, place], weights)
        groups.append(tuple(range(len(columns), len(columns) + len(laid_out))))
        terms += laid_out
        columns += laid_out.values()
    _check_rows(base, weights, len(columns))
    return Design(
        drivers=survey.drivers,
        terms=tuple(terms),
        groups=tuple(groups),
        columns=np.column_stack(columns) if columns else np.empty((base.n, 0)),
        outcome=survey.outcome[base.used],
        weights=weights,
        cluster=_clusters(survey, base),
        n_rated=(~away).sum(axis=0),
        base=base,
    )


def _columns_of(
    rating: FloatArray, away: NDArray[np.bool_], weights: FloatArray | None
) -> dict[str, FloatArray]:
    """Return the columns of one driver that vary: its rating, and that it did not apply."""
    rated = rating[~away]
    columns = {}
    if rated.size and np.ptp(rated) > 0:
        kept = None if weights is None else weights[~away]
        centre = np.average(rated, weights=kept) if away.any() else 0.0
        columns[RATING] = np.where(away, 0.0, rating - centre)
    if away.any() and rated.size:
        columns[NOT_APPLICABLE] = away.astype(np.float64)
    return columns


def _check_rows(base: Base, weights: FloatArray | None, columns: int) -> None:
    if base.n <= columns + 1:
        raise FitError("too_few_rows", n=base.n, columns=columns, lost=base.lost)
    if weights is not None and effective_n(weights) <= columns + 1:
        effective = round(effective_n(weights), 1)
        raise FitError("weights_too_unequal", n=base.n, effective=effective, columns=columns)


def _clusters(survey: Survey, base: Base) -> NDArray[np.intp] | None:
    column = survey.codebook.cluster
    if column is None:
        return None
    codes, names = pd.factorize(survey.respondents[column])
    used = codes[base.used]
    missing = int((used < 0).sum())
    if missing:
        raise FitError("cluster_missing", column=column, count=missing)
    if len(np.unique(used)) < 2:
        raise FitError("one_cluster", column=column, name=names[0])
    return np.unique(used, return_inverse=True)[1]
