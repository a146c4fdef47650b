"""Ask of recommendation what two scores differ by, and what moving customers up would go with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cxdrivers.answers.advocacy.advocacy_rows import AdvocacyRows
from cxdrivers.answers.advocacy.score_points import ScorePoints, is_ten_point
from cxdrivers.answers.advocacy.share_contrasts import (
    Estimate,
    ShareContrast,
    contrast_of,
    share_of,
)
from cxdrivers.answers.draws import Draws
from cxdrivers.models.sensitivity import e_value, e_value_of_interval
from cxdrivers.survey.coding import BoolArray, FloatArray
from cxdrivers.wording import Sentence, sentence

CUSTOMERS = 1000
"""Extra recommenders are counted among so many customers."""
PUBLISHED_LOW, PUBLISHED_UP = 7.0, 9.0
"""On a scale up to ten: the score to move up from, and the lowest to move up to."""


@dataclass(frozen=True)
class ScorePair:
    """Which scores are held side by side.

    Attributes
    ----------
    low, high
        7 and 10 on a scale up to ten; else the last point below the top box and the end.
    up
        From which score on a customer has moved up: 9 on a scale up to ten, else the end.
    """

    low: float
    high: float
    up: float


@dataclass(frozen=True)
class HighAgainstLow:
    """Recommendation at the highest score beside that at a lower one.

    Attributes
    ----------
    contrast
        The two shares.
    e_value, e_value_low
        How strong something unseen must be to explain the ratio away, and the end of its interval
        that is nearest 1; 1 when the interval holds 1.
    """

    contrast: ShareContrast
    e_value: float
    e_value_low: float


@dataclass(frozen=True)
class Move:
    """What it would go with if some customers gave a higher score.

    Attributes
    ----------
    part
        The part of the customers with the lower score that is moved.
    share
        The share of all customers that gives the lower score.
    low, up
        The share that recommended at the lower score, and among those it is moved to.
    extra
        Extra recommenders among 1,000 customers.
    """

    part: float
    share: float
    low: float
    up: float
    extra: Estimate


@dataclass(frozen=True)
class Intention:
    """Who would recommend against who really did.

    Attributes
    ----------
    counts
        Respondents by (would, did): ``(1, 1)``, ``(1, 0)``, ``(0, 1)`` and ``(0, 0)``.
    did
        The share that did, of those who would and of those who would not; None when nobody is.
    """

    counts: dict[tuple[int, int], int]
    did: tuple[Estimate | None, Estimate | None]


def pair_of(rows: AdvocacyRows, points: ScorePoints) -> ScorePair | None:
    """Return the scores to hold side by side, or None when there is nothing below the top box."""
    question = rows.survey.codebook.outcome
    high = float(points.values[-1]) if question.scale is None else question.scale[1]
    if is_ten_point(question):
        return ScorePair(PUBLISHED_LOW, high, PUBLISHED_UP)
    below = points.values[(points.values < rows.threshold) & (points.values < high)]
    return ScorePair(float(below[-1]), high, high) if len(below) else None


def high_against_low(
    rows: AdvocacyRows, scores: FloatArray, pair: ScorePair, draws: Draws
) -> HighAgainstLow | Sentence:
    """Return recommendation at the highest score beside that at the lower one, or why not.

    Parameters
    ----------
    rows
        Respondents of whom it is known whether they recommended.
    scores
        Shape ``(n,)``: the point of the scale of each.
    pair, draws
        Which scores; and how often respondents are drawn again.
    """
    recommended = rows.recommended
    kept: BoolArray = np.isin(scores, (pair.low, pair.high))
    reason = _nothing_to_compare(rows, scores, pair.low, scores == pair.high, pair.high)
    if reason is not None or recommended is None:
        return reason or sentence("recommendation.nobody", n=0)
    contrast = contrast_of(rows.among(kept), recommended[kept], scores[kept] == pair.high, draws)
    ratio = contrast.ratio
    middle, low, high = ratio.ends
    return HighAgainstLow(
        contrast=contrast,
        e_value=float(e_value(middle)),
        e_value_low=float(e_value_of_interval(low, high)),
    )


def move_of(
    rows: AdvocacyRows, scores: FloatArray, pair: ScorePair, *, part: float, draws: Draws
) -> Move | Sentence:
    """Return what moving customers up would go with, or why that cannot be told.

    Parameters
    ----------
    rows
        All respondents with a score: of some it may not be known whether they recommended.
    scores
        Shape ``(n,)``.
    pair, part, draws
        Which scores; which part of the customers moves; how often respondents are drawn again.
    """
    recommended = rows.recommended
    if recommended is None:
        return sentence("recommendation.nobody", n=0)
    known = np.isfinite(recommended)
    reason = _nothing_to_compare(
        rows.among(known), scores[known], pair.low, scores[known] >= pair.up, pair.up
    )
    if reason is not None:
        return reason
    did = np.where(known, recommended, 0.0)
    low, up = scores == pair.low, scores >= pair.up

    def numbers(masses: FloatArray) -> FloatArray:
        sums = [masses[:, who] @ did[who] for who in (low & known, up & known)]
        totals = [masses[:, who].sum(axis=1) for who in (low & known, up & known)]
        share = masses[:, low].sum(axis=1) / masses.sum(axis=1)
        rates = [
            np.divide(found, total, out=np.full(len(total), np.nan), where=total > 0)
            for found, total in zip(sums, totals, strict=True)
        ]
        extra = CUSTOMERS * part * share * (rates[1] - rates[0])
        return np.stack([share, *rates, extra], axis=1)

    here = numbers(rows.masses[np.newaxis])[0]
    ends = (np.nan, np.nan)
    replicates = draws.replicates(rows.rows, lambda masses: numbers(masses)[:, 3])
    if replicates is not None:
        below, above = draws.interval(rows.rows, here[3], replicates)
        ends = (float(below), float(above))
    share, at_low, at_up, extra = (float(value) for value in here)
    return Move(part, share, at_low, at_up, Estimate(extra, *ends))


def intention_of(rows: AdvocacyRows, level: float) -> Intention | Sentence | None:
    """Return who would recommend against who did; None when the survey does not ask both."""
    would, did = rows.would_recommend, rows.recommended
    if would is None or did is None:
        return None
    known = np.isfinite(would) & np.isfinite(did)
    if not known.any():
        return sentence("recommendation.never_both")
    counts = {
        (wish, deed): int(((would == wish) & (did == deed)).sum())
        for wish in (1, 0)
        for deed in (1, 0)
    }
    groups = [known & (would == wish) for wish in (1, 0)]
    who_did = [
        share_of(rows.among(group), did[group], level) if group.any() else None for group in groups
    ]
    return Intention(counts, (who_did[0], who_did[1]))


def _nothing_to_compare(
    rows: AdvocacyRows, scores: FloatArray, low: float, at_top: BoolArray, top: float
) -> Sentence | None:
    recommended = rows.recommended
    if recommended is None or not recommended.any():
        return sentence("recommendation.nobody", n=len(scores))
    if recommended.all():
        return sentence("recommendation.everybody", n=len(scores))
    for score, there in ((low, (scores == low).any()), (top, at_top.any())):
        if not there:
            return sentence("recommendation.no_score", score=score)
    return None
