"""Hold how important respondents say drivers are beside how much the drivers count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxdrivers.answers.advice.priority_draws import drawn_masses
from cxdrivers.answers.weights.weights_columns import of_total, rank_columns
from cxdrivers.answers.weights.weights_intervals import (
    by_replicate_weights,
    fitting_interval,
    percentile_level,
)
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.codebook.codebook import Question
from cxdrivers.errors import FitError
from cxdrivers.importance.ranking import ranks
from cxdrivers.survey.coding import FloatArray
from cxdrivers.survey.survey import Survey

BASIC, IMPORTANT, UNIMPORTANT, EXCITEMENT = ("basic", "important", "unimportant", "excitement")
NEARLY_ALL, HALF = 0.9, 0.5
"""Rows that hold 1, 2, 3 … make ranks when they are nearly all, and ratings when they are few."""


@dataclass(frozen=True, eq=False)
class StatedImportance:
    """Stated and derived importance of q drivers, side by side and never mixed.

    Attributes
    ----------
    comparison
        See `Priorities.stated`.
    ranked
        Whether respondents gave ranks, 1 for the most important, and not ratings.
    """

    comparison: pd.DataFrame
    ranked: bool


def stated_importance(
    survey: Survey, weights: DriverWeights, drivers: Sequence[str]
) -> StatedImportance | None:
    """Return both importances of the drivers that have a stated one, None when fewer than two do.

    Whether the answers are ranks is seen from all columns of stated importance, those of drivers
    without a place included: without these the ranks of the others have gaps.

    Parameters
    ----------
    survey, weights
        What was read, and the derived importance with its resamples.
    drivers
        Those that have a place.

    Raises
    ------
    FitError
        When the columns look neither like ratings nor like ranks, or one holds no answer.
    """
    named = [question for question in survey.codebook.drivers if question.stated is not None]
    asked = [question for question in named if question.key in drivers]
    if len(asked) < 2:
        return None
    design = weights.model.design
    answers = np.column_stack([_answers(survey, question) for question in named])
    answers = answers[design.base.used]
    empty = [
        question.stated
        for question, column in zip(named, answers.T, strict=True)
        if not np.isfinite(column).any()
    ]
    if empty:
        raise FitError("stated_blank", columns=empty, n=len(answers))
    ranked = are_ranks(answers, [str(question.stated) for question in named])
    kept = [question in asked for question in named]
    values = (completed_ranks(answers) if ranked else answers)[:, kept]
    given = np.isfinite(values)
    filled = np.where(given, values, 0.0)
    own = np.ones(len(values)) if design.weights is None else design.weights
    mean = _means(own[np.newaxis], filled, given)[0]
    parts = [_means(masses, filled, given) for _, masses in drawn_masses(weights)]
    drawn = np.concatenate([np.empty((0, len(asked))), *parts])
    places = [design.drivers.index(question.key) for question in asked]
    table = weights.tidy().iloc[places].reset_index(drop=True)
    shares = of_total(weights.replicates)[:, places]
    sign = -1.0 if ranked else 1.0
    low, high = fitting_interval(mean, drawn, weights.settings, design)
    stated_high = sign * (mean - mean.mean()) >= 0
    derived_high = table["share"] >= table["share"].mean()
    comparison = pd.DataFrame(
        {
            "driver": table["driver"],
            "stated": mean,
            "stated_low": low,
            "stated_high": high,
            **_ranked("stated_rank", sign * mean, sign * drawn, weights),
            **{name: table[name] for name in ("share", "share_low", "share_high")},
            **_ranked("share_rank", table["share"].to_numpy(), shares, weights),
            "grid": [
                grid_name(stated=bool(stated), derived=bool(derived))
                for stated, derived in zip(stated_high, derived_high, strict=True)
            ],
            "n": np.isfinite(answers[:, kept]).sum(axis=0),
        }
    )
    return StatedImportance(comparison, ranked)


def are_ranks(answers: FloatArray, columns: Sequence[str]) -> bool:
    """Say whether respondents put drivers in an order: each has 1, 2, 3 … once, as far as it goes.

    Parameters
    ----------
    answers
        Shape ``(n, q)``, NaN for a blank.
    columns
        What the columns are called, for an error.

    Raises
    ------
    FitError
        When more than half of the rows look like ranks, but fewer than nine in ten.
    """
    given = np.isfinite(answers)
    several = given.sum(axis=1) > 1
    rows = several if several.any() else given.any(axis=1)
    ordered = np.sort(np.where(given, answers, np.inf), axis=1)[rows]
    expected = np.arange(1.0, answers.shape[1] + 1)
    whole = ((ordered == expected) | ~np.isfinite(ordered)).all(axis=1)
    part = float(whole.mean())
    if HALF < part < NEARLY_ALL:
        facts = {"like": int(whole.sum()), "n": len(whole)}
        raise FitError("stated_unclear", columns=[*columns], **facts)
    return part >= NEARLY_ALL


def completed_ranks(answers: FloatArray) -> FloatArray:
    """Return ranks in which the drivers that a respondent did not rank share the ranks left.

    Examples
    --------
    >>> completed_ranks(np.array([[1.0, np.nan, np.nan], [np.nan, np.nan, np.nan]]))
    array([[1. , 2.5, 2.5],
           [nan, nan, nan]])
    """
    given = np.isfinite(answers)
    count = given.sum(axis=1, keepdims=True)
    left = (count + 1 + answers.shape[1]) / 2
    completed: FloatArray = np.where(given, answers, np.where(count > 0, left, np.nan))
    return completed


def grid_name(*, stated: bool, derived: bool) -> str:
    """Return what Vavra's grid calls a driver that is high or low on both.

    Vavra (1997), *Improving Your Measurement of Customer Satisfaction*. Its names were found not to
    agree with penalties and rewards (Matzler & Sauerwein 2002, *International Journal of Service
    Industry Management* 13(4), 314–332): `driver_shapes` tests those.
    """
    if stated:
        return IMPORTANT if derived else BASIC
    return EXCITEMENT if derived else UNIMPORTANT


def _answers(survey: Survey, question: Question) -> FloatArray:
    asked = Question(
        question.key,
        (str(question.stated),),
        not_applicable=question.not_applicable,
        dont_know=question.dont_know,
    )
    return survey.answers_to(asked).values[:, 0]


def _means(masses: FloatArray, filled: FloatArray, given: FloatArray) -> FloatArray:
    total = masses @ given
    means = np.full(total.shape, np.nan)
    np.divide(masses @ filled, total, out=means, where=total > 0)
    return means


def _ranked(
    name: str, importance: FloatArray, drawn: FloatArray, weights: DriverWeights
) -> dict[str, object]:
    design, settings = weights.model.design, weights.settings
    again = drawn[:0] if by_replicate_weights(settings, design) else drawn
    found = rank_columns(again, len(importance), percentile_level(settings, design))
    return {
        name: ranks(importance),
        f"{name}_low": found["rank_low"],
        f"{name}_high": found["rank_high"],
    }
