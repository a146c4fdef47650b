"""Lay out a survey as columns for a model: one driver may be several columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cxdrivers.errors import FitError, SurveyError, nearest
from cxdrivers.moments.columns import CONTROL, NOT_APPLICABLE, control_columns, driver_columns
from cxdrivers.moments.kept import kept
from cxdrivers.moments.sampling import clusters_of, replicate_weights_of, strata_of
from cxdrivers.reading.cells import is_blank
from cxdrivers.survey.base import Base, effective_n
from cxdrivers.survey.coding import BoolArray, FloatArray
from cxdrivers.survey.survey import Survey


@dataclass(frozen=True, eq=False)
class Design:
    """The rows and columns that a model of all drivers uses.

    Attributes
    ----------
    drivers
        Keys of the p drivers.
    terms
        What each of the k columns is: the rating, a category, an item, the mark that a driver did
        not apply, or a control.
    groups
        For each driver the positions of its columns. A driver that did not apply to some is a
        pair: D·(x − mean of x) and 1 − D, with D = 1 where it applied. What never varies has no
        column, so a driver that is the same for everybody has an empty group.
    needs
        For each driver the drivers that must be in a model before it: none, or the two of an
        interaction.
    controls
        For each control its name and the positions of its columns, which are in every model.
    columns
        Shape ``(n, k)``; NaN for a blank that is to be estimated.
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
    absent
        Shape ``(n, k)``: where a column is 0 because its driver did not apply; None for nowhere.
    strata
        Shape ``(n,)``, a number for each stratum, or None.
    replicate_weights, replicate_scale
        Shape ``(n, R)``, or None; and the factor of their squared deviations, or None for 1/R.
    """

    drivers: tuple[str, ...]
    terms: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    needs: tuple[tuple[int, ...], ...]
    controls: dict[str, tuple[int, ...]]
    columns: FloatArray
    outcome: FloatArray
    weights: FloatArray | None
    cluster: NDArray[np.intp] | None
    n_rated: NDArray[np.int64]
    base: Base
    absent: BoolArray | None = None
    strata: NDArray[np.intp] | None = None
    replicate_weights: FloatArray | None = None
    replicate_scale: float | None = None

    @property
    def always(self) -> tuple[int, ...]:
        """Positions of the columns that are in every model."""
        return tuple(column for columns in self.controls.values() for column in columns)

    @property
    def absent_beside_outcome(self) -> BoolArray | None:
        """`absent` with a column more for the outcome, which always applies."""
        return None if self.absent is None else np.pad(self.absent, ((0, 0), (0, 1)))

    @cached_property
    def has_blanks(self) -> bool:
        """Whether some columns have blanks that are to be estimated."""
        return bool(np.isnan(self.columns).any())


def design_of(survey: Survey, *, always: Sequence[str] = (), blanks: bool = False) -> Design:
    """Lay out the usable rows of a survey.

    Parameters
    ----------
    survey
        Its drivers become columns.
    always
        Columns of the survey that are in every model: numbers, or categories.
    blanks
        Whether rows with blank drivers are used, as NaN; otherwise they are left out.

    Raises
    ------
    SurveyError
        When a check found something that must be mended first.
    FitError
        When the rows, or the effective rows, are no more than the columns, or clusters, strata or
        replicate weights cannot be used.
    """
    name = (tuple(always), blanks)
    return kept(survey, name, lambda: _laid_out(survey, always=always, blanks=blanks))


def _laid_out(survey: Survey, *, always: Sequence[str], blanks: bool) -> Design:
    for finding in survey.found:
        if finding.severity == "stop":
            raise SurveyError("unsound", meaning=finding.meaning, next_step=finding.next_step)
    base = replace(_base(survey, always), keeps_blanks=blanks)
    used = base.used
    if not used.any():
        raise FitError("too_few_rows", n=0, columns=len(survey.drivers), lost=base.lost)
    weights = None if survey.weights is None else survey.weights[used]
    away = survey.not_applicable.to_numpy()[used]
    columns: list[FloatArray] = []
    terms: list[str] = []
    groups: list[tuple[int, ...]] = []
    absent: list[BoolArray] = []
    for place, question in enumerate(survey.codebook.drivers):
        laid_out = driver_columns(
            question,
            survey.answers[question.key].of_rows(used),
            survey.scores[question.key].to_numpy()[used],
            away[:, place],
            weights,
        )
        groups.append(_next(columns, len(laid_out)))
        terms += laid_out
        columns += laid_out.values()
        absent += [away[:, place] & (term != NOT_APPLICABLE) for term in laid_out]
    controls: dict[str, tuple[int, ...]] = {}
    for name in always:
        more = control_columns(survey.respondents.loc[used, name])
        controls[name] = _next(columns, len(more))
        terms += [CONTROL] * len(more)
        columns += more
        absent += [np.zeros(base.n, dtype=bool)] * len(more)
    _check_rows(base, weights, len(columns))
    cluster = clusters_of(survey, used)
    return Design(
        drivers=survey.drivers,
        terms=tuple(terms),
        groups=tuple(groups),
        needs=tuple(
            tuple(survey.drivers.index(key) for key in question.interaction)
            for question in survey.codebook.drivers
        ),
        controls=controls,
        columns=np.column_stack(columns) if columns else np.empty((base.n, 0)),
        outcome=survey.outcome[used],
        weights=weights,
        cluster=cluster,
        n_rated=survey.scores[used].notna().sum().to_numpy(),
        base=base,
        absent=np.column_stack(absent) if absent and away.any() else None,
        strata=strata_of(survey, used, cluster),
        replicate_weights=replicate_weights_of(survey, used),
        replicate_scale=survey.codebook.replicate_scale,
    )


def _base(survey: Survey, always: Sequence[str]) -> Base:
    """Return the rows to use, without those in which a control is blank."""
    taken = {item for question in survey.codebook.questions for item in question.items}
    for name in always:
        if name not in survey.respondents:
            columns = list(survey.respondents.columns)
            near = nearest(name, columns)
            raise FitError("control_unknown", column=name, near=near, columns=columns)
        if name in taken:
            raise FitError("control_is_an_item", column=name)
    blank: BoolArray = survey.respondents[[*always]].map(is_blank).any(axis=1).to_numpy(bool)
    return replace(survey.base, no_control=blank)


def _next(columns: Sequence[FloatArray], count: int) -> tuple[int, ...]:
    return tuple(range(len(columns), len(columns) + count))


def _check_rows(base: Base, weights: FloatArray | None, columns: int) -> None:
    if base.n <= columns + 1:
        raise FitError("too_few_rows", n=base.n, columns=columns, lost=base.lost)
    if weights is not None and effective_n(weights) <= columns + 1:
        effective = round(effective_n(weights), 1)
        raise FitError("weights_too_unequal", n=base.n, effective=effective, columns=columns)
