"""Ask whether recommendation is a straight line over the scores, and the highest one special."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxdrivers.answers.advocacy.share_contrasts import Estimate
from cxdrivers.errors import FitError
from cxdrivers.models.proportions import difference_interval
from cxdrivers.models.score_line import LineTest, fit_score_line, has_line, line_test
from cxdrivers.wording import Sentence, sentence

FEWEST = 10
"""Fewer who recommended, or who did not, leave the shape of a curve untold."""


@dataclass(frozen=True)
class HighestScore:
    """What was seen at the highest score, beside what the line through the others expects there.

    Attributes
    ----------
    score
        The highest.
    first, last
        The lowest and the highest of the other scores.
    observed, expected
        The share that recommended, and what a straight line in log odds through the other scores
        gives that score.
    difference
        The first minus the second. Its interval combines both (`difference_interval`).
    """

    score: float
    first: float
    last: float
    observed: Estimate
    expected: Estimate
    difference: Estimate


def straightness(scores: pd.DataFrame) -> LineTest | Sentence:
    """Hold a straight line in log odds against a share of its own for every score, or say why not.

    Parameters
    ----------
    scores
        From `share_table`.
    """
    given = scores[scores["n"] > 0]
    reason = few_reason(given) or _line_reason(given, fewest=3)
    if reason is not None:
        return reason
    columns = (given[name].to_numpy(np.float64) for name in ("score", "estimate", "n_effective"))
    try:
        return line_test(*columns)
    except FitError as error:
        return error.sentence


def highest_score(scores: pd.DataFrame, level: float) -> HighestScore | Sentence:
    """Hold the highest score against the line through the others, or say why not.

    Parameters
    ----------
    scores
        From `share_table`.
    level
        Of the intervals.
    """
    given = scores[scores["n"] > 0]
    reason = few_reason(given)
    if reason is not None:
        return reason
    if given["score"].iloc[-1] < scores["score"].iloc[-1]:
        return sentence("recommendation.nobody_highest", score=float(scores["score"].iloc[-1]))
    others, end = given.iloc[:-1], given.iloc[-1]
    reason = _line_reason(others, fewest=2)
    if reason is not None:
        return reason
    score, shares, sizes = (
        others[name].to_numpy(np.float64) for name in ("score", "estimate", "n_effective")
    )
    try:
        line = fit_score_line(score, shares, sizes)
    except FitError as error:
        return error.sentence
    expected = line.expected(float(end["score"]), level)
    observed = Estimate(*(float(end[name]) for name in ("estimate", "conf_low", "conf_high")))
    low, high = difference_interval(observed.ends, Estimate(*expected).ends)
    return HighestScore(
        score=float(end["score"]),
        first=float(score[0]),
        last=float(score[-1]),
        observed=observed,
        expected=Estimate(*expected),
        difference=Estimate(observed.estimate - expected[0], float(low), float(high)),
    )


def few_reason(given: pd.DataFrame) -> Sentence | None:
    """Return that too few recommended, or too few did not, to tell the shape of a curve."""
    yes, n = int(given["yes"].sum()), int(given["n"].sum())
    if yes < FEWEST:
        return sentence("recommendation.few_yes", count=yes, n=n, fewest=FEWEST)
    if n - yes < FEWEST:
        return sentence("recommendation.few_no", count=n - yes, n=n, fewest=FEWEST)
    return None


def _line_reason(given: pd.DataFrame, *, fewest: int) -> Sentence | None:
    if len(given) < fewest:
        return sentence("recommendation.few_scores", count=len(given), fewest=fewest)
    if not has_line(given["score"].to_numpy(np.float64), given["estimate"].to_numpy(np.float64)):
        return sentence("recommendation.no_line")
    return None
