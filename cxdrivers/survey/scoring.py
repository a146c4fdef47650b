"""Score a driver from its items, and say how well the items hang together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cxdrivers.survey.coding import Answers, BoolArray, FloatArray


@dataclass(frozen=True, eq=False)
class Score:
    """One score a respondent for one driver or outcome, shape ``(rows,)``.

    Attributes
    ----------
    values
        Mean of the answered items where at least half were answered, else NaN.
    not_applicable
        Where there is no score because at least half of the items did not apply.
    """

    values: FloatArray
    not_applicable: BoolArray


def score(answers: Answers, *, every_item: bool = False) -> Score:
    """Return the mean of at least half the items, or of all of them when every one is needed.

    A respondent who answered fewer than half has no score: "not applicable" when at least half of
    the items did not apply to them, missing otherwise.

    Examples
    --------
    >>> none = np.zeros((2, 2), dtype=bool)
    >>> items = np.array([[8.0, np.nan], [np.nan, np.nan]])
    >>> score(Answers(items, none, none, none)).values
    array([ 8., nan])
    """
    items = answers.values.shape[1]
    given = np.isfinite(answers.values)
    enough = given.all(axis=1) if every_item else 2 * given.sum(axis=1) >= items
    total = np.where(given, answers.values, 0.0).sum(axis=1)
    values = np.full(len(total), np.nan)
    np.divide(total, given.sum(axis=1), out=values, where=enough)
    return Score(values, ~enough & (2 * answers.not_applicable.sum(axis=1) >= items))


def product(scores: Sequence[Score]) -> Score:
    """Return the product of scores, each centred at its mean: an interaction.

    It does not apply where one of them does not.
    """
    centred = [score.values - np.nanmean(score.values) for score in scores]
    away = np.logical_or.reduce([score.not_applicable for score in scores])
    return Score(np.prod(centred, axis=0), away)


def described(answers: Answers, scored: Score, weights: FloatArray | None) -> dict[str, float]:
    """Return reliability, weighted mean and spread, and the counted bases of a score.

    Categories have no mean and no spread.
    """
    given = np.isfinite(scored.values)
    mass = np.ones(len(given)) if weights is None else weights
    mean = std = np.nan
    if mass[given].any() and not answers.categories:
        mean = float(np.average(scored.values[given], weights=mass[given]))
        std = float(np.sqrt(np.average((scored.values[given] - mean) ** 2, weights=mass[given])))
    return {
        "alpha": cronbach_alpha(answers.values, weights),
        "mean": mean,
        "std": std,
        "n": int(given.sum()),
        "not_applicable": int(scored.not_applicable.sum()),
        "missing": int((~given & ~scored.not_applicable).sum()),
    }


def cronbach_alpha(values: FloatArray, weights: FloatArray | None = None) -> float:
    """Return Cronbach's alpha of the items over the respondents who answered all of them.

    With two items this is the Spearman–Brown reliability of their standardised sum (Eisinga, te
    Grotenhuis & Pelzer 2013, *International Journal of Public Health* 58, 637–642), which does not
    punish a difference in spread. NaN for one item, or when an item does not vary.

    Parameters
    ----------
    values
        Shape ``(rows, items)``, NaN for a missing answer.
    weights
        One a row; None counts every row once.

    Examples
    --------
    >>> round(cronbach_alpha(np.array([[1.0, 2.0], [2.0, 2.0], [3.0, 4.0], [4.0, 4.0]])), 3)
    0.944
    """
    mass = np.ones(len(values)) if weights is None else weights
    complete = np.isfinite(values).all(axis=1) & (mass > 0)
    items = values.shape[1]
    if items < 2 or complete.sum() < 3:
        return np.nan
    covariance = np.cov(values[complete], rowvar=False, aweights=mass[complete])
    spread = np.diag(covariance)
    if not (spread > 0).all():
        return np.nan
    if items == 2:
        correlation = covariance[0, 1] / np.sqrt(spread[0] * spread[1])
        return float(2 * correlation / (1 + correlation)) if correlation > -1 else np.nan
    return float(items / (items - 1) * (1 - spread.sum() / covariance.sum()))
