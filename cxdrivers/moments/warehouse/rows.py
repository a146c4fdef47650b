"""Turn rows in memory into the columns of a plan, as a survey reads them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.codebook.codebook import Question
from cxdrivers.moments.product_sums import product_sums
from cxdrivers.moments.sums import FloatArray
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.survey.coding import BoolArray, coded_answers
from cxdrivers.survey.scoring import score

IntArray = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Rows:
    """Some rows, as the columns of a plan.

    Attributes
    ----------
    values
        Shape ``(n, k)``: less their centres, 0 where a driver was away; NaN for what is unknown.
    away
        Shape ``(n, a)``: where the drivers with a mark did not apply.
    weights
        Shape ``(n,)``.
    off
        Shape ``(n,)``: rows with an answer off its scale.
    usable
        Shape ``(n,)``.
    """

    values: FloatArray
    away: BoolArray
    weights: FloatArray
    off: BoolArray
    usable: BoolArray


def rows_of(plan: SumsPlan, frame: pd.DataFrame, weights: FloatArray) -> Rows:
    """Return rows as the columns of a plan.

    Parameters
    ----------
    plan
        What was asked for.
    frame
        The columns of its items, as they stand in the table.
    weights
        Shape ``(n,)``, none of them negative or missing.

    Raises
    ------
    SurveyError
        When a column holds text that is no number and no declared code.
    """
    values = np.full((len(frame), len(plan.columns)), np.nan)
    known = np.zeros((len(frame), len(plan.questions)), dtype=bool)
    away = np.zeros_like(known)
    off = np.zeros(len(frame), dtype=bool)
    for place, (asked, question) in enumerate(zip(plan.questions, asked_of(plan), strict=True)):
        answers = coded_answers(frame, question, plan.codebook.decimal or ".")
        scored = score(answers, every_item=asked.every_item)
        off |= answers.off_scale.any(axis=1)
        away[:, place] = scored.not_applicable & asked.marked
        known[:, place] = ~np.isnan(scored.values) | away[:, place]
        here = [each for each, column in enumerate(plan.columns) if column.question == place]
        for each in here:
            column = plan.columns[each]
            if column.is_mark:
                found = away[:, place].astype(np.float64)
            else:
                own = asked.every_item
                cells = answers.values[:, here.index(each)] if own else scored.values
                found = np.where(away[:, place], 0.0, cells - column.centre)
            values[:, each] = np.where(known[:, place], found, np.nan)
    enough = known.all(axis=1)
    if plan.is_pairwise:
        enough = known[:, -1] & known[:, :-1].any(axis=1)
    usable = enough & ~off & (weights > 0)
    return Rows(values, away[:, list(plan.marked)], weights, off, usable)


def asked_of(plan: SumsPlan) -> tuple[Question, ...]:
    """Return the questions of a plan in its order: the drivers, and the outcome last."""
    return (*plan.codebook.drivers, plan.codebook.outcome)


def amounts_of(plan: SumsPlan, rows: Rows, place: IntArray, places: int) -> FloatArray:
    """Return the columns `SumsPlan.amounts` over the usable rows of each place.

    Parameters
    ----------
    plan
        What was asked for.
    rows
        The rows.
    place
        Shape ``(n,)``: where each row belongs, -1 for nowhere.
    places
        How many places there are.

    Returns
    -------
    ndarray, shape ``(places, m)``
    """
    inside = rows.usable & (place >= 0)
    values, here, weights = rows.values[inside], place[inside], rows.weights[inside]
    if plan.is_pairwise:
        return _pair_amounts(plan, values, here, places, weights)
    squares = np.bincount(here, weights=weights**2, minlength=places)
    return np.column_stack([squares, product_sums(values, here, places, weights=weights)])


def _pair_amounts(
    plan: SumsPlan, values: FloatArray, place: IntArray, places: int, weights: FloatArray
) -> FloatArray:
    found: dict[str, FloatArray] = {}
    for i, j in plan.pairs:
        both = np.isfinite(values[:, i]) & np.isfinite(values[:, j])
        here, mass, first, second = place[both], weights[both], values[both, i], values[both, j]
        for name, amount in (
            (f"n_{i}_{j}", np.ones_like(mass)),
            (f"w_{i}_{j}", mass),
            (f"q_{i}_{j}", mass**2),
            (f"s_{i}_{j}", mass * first),
            (f"s_{j}_{i}", mass * second),
            (f"p_{i}_{j}", mass * first * second),
        ):
            added = np.bincount(here, weights=amount, minlength=places)
            found[name] = added.astype(np.float64)
    return np.column_stack([found[name] for name in plan.amounts])
