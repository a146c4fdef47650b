"""Lay out the points of the outcome's scale, and the share of respondents at each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.answers.advocacy.advocacy_rows import AdvocacyRows
from cxdrivers.codebook.codebook import Question
from cxdrivers.errors import FitError
from cxdrivers.models.effective_sizes import effective_sizes
from cxdrivers.models.proportions import wilson_interval
from cxdrivers.survey.coding import FloatArray
from cxdrivers.wording import Sentence, sentence

TEN_POINT = ((0.0, 10.0), (1.0, 10.0))
"""The scales on which published figures were found: others have no 7, 8 and 10 to speak of."""
MOST_POINTS = 21
PUBLISHED_TOP = 8.0
"""Where the top box of the published figures begins."""


@dataclass(frozen=True, eq=False)
class ScorePoints:
    """The points that scores are counted at.

    Attributes
    ----------
    values
        Shape ``(K,)``: the whole points of the scale, and of scores beside it; without a scale
        those that occur.
    place
        Shape ``(n,)``: at which of them each respondent is. A score between two points, as a mean
        of items can be, is at the lower one.
    """

    values: FloatArray
    place: NDArray[np.intp]


def score_points(rows: AdvocacyRows) -> ScorePoints:
    """Return the points of the scale with everybody at one of them.

    Raises
    ------
    FitError
        When there would be more than 21.
    """
    question = rows.survey.codebook.outcome
    whole = np.floor(rows.score)
    values = np.unique(whole)
    if question.scale is not None and question.scale[1] - question.scale[0] < MOST_POINTS:
        low, high = question.scale
        values = np.union1d(values, np.arange(np.ceil(low), high + 1))
    if len(values) > MOST_POINTS:
        facts = {"outcome": question.key, "most": MOST_POINTS}
        raise FitError("too_many_points", count=len(values), **facts)
    return ScorePoints(values, np.searchsorted(values, whole))


def share_table(
    rows: AdvocacyRows, points: ScorePoints, outcome: FloatArray, level: float
) -> pd.DataFrame:
    """Return the share with an outcome of 1 at every point, with Wilson's interval.

    Parameters
    ----------
    rows, points
        Who gave which score.
    outcome
        Shape ``(n,)``: 1, 0, or NaN for who is not counted.
    level
        Of the intervals, for the effective number of respondents.

    Returns
    -------
    DataFrame
        `score`, `top` (whether it is in the top box), `n`, `yes` (respondents with an outcome of
        1), `estimate`, `conf_low`, `conf_high` and `n_effective`. A point without respondents has
        an `n` of 0 and no share.
    """
    known = np.isfinite(outcome)
    place, given, masses = points.place[known], outcome[known], rows.masses[known]
    cluster = rows.rows.cluster
    count = len(points.values)
    yes, no = (np.bincount(place, masses * part, count) for part in (given, 1 - given))
    share = np.divide(yes, yes + no, out=np.full(count, np.nan), where=yes + no > 0)
    of_cluster = None if cluster is None else cluster[known]
    sizes = effective_sizes(given, place, masses, of_cluster, groups=count)
    low, high = wilson_interval(share, sizes, level)
    return pd.DataFrame(
        {
            "score": points.values,
            "top": points.values >= rows.threshold,
            "n": np.bincount(place, minlength=count),
            "yes": np.bincount(place, given, count).astype(np.int64),
            "estimate": share,
            "conf_low": low,
            "conf_high": high,
            "n_effective": sizes,
        }
    )


def is_ten_point(question: Question) -> bool:
    """Say whether published figures of grades up to ten can be held beside it."""
    return question.scale in TEN_POINT


def top_words(question: Question, threshold: float) -> Sentence:
    """Return what the top box is called: "8–10" on a scale up to ten, else "4 or higher"."""
    if is_ten_point(question) and question.scale is not None:
        high = question.scale[1]
        if threshold < high:
            return sentence("score_points.range", low=threshold, high=high)
        if threshold == high:
            return sentence("score_points.only", high=high)
    return sentence("score_points.from", threshold=threshold)
