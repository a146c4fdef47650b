"""Measure whether predicted chances tell respondents apart, and whether they are right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit, logit
from scipy.stats import norm

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.cumulative_fit import fit_cumulative
from cxdrivers.models.folds import BoolArray, IntArray, Predictions
from cxdrivers.models.separation import separating_direction
from cxdrivers.survey.base import effective_n

CONSTANT = 1e-9
"""Log odds that lie within this of each other do not tell respondents apart."""
MOST_GROUPS = 10
LEAST_A_GROUP = 20


@dataclass(frozen=True)
class PredictionQuality:
    """Measures of predicted chances against what happened.

    Attributes
    ----------
    auc
        How often the higher chance goes with the respondent who reached the threshold, among pairs
        of one who did and one who did not. Pairs are those with chances from the same model.
    brier
        Mean squared difference between the chance and what happened, 0 or 1 (Brier 1950).
    brier_skill
        By which part it is smaller than when everybody gets the same chance: the share of all.
    calibration_slope
        Slope of a logistic regression on the predicted log odds (Cox 1958): 1 when chances differ
        as much as they should, below 1 when they differ too much. NaN when they do not differ, or
        tell everybody apart.
    calibration_intercept
        What must be added to all log odds to predict as many as there were: 0 when the chances are
        right on average, below 0 when they are too high.
    """

    auc: float
    brier: float
    brier_skill: float
    calibration_slope: float
    calibration_intercept: float


def quality_of(
    predictions: Predictions, reached: BoolArray, masses: FloatArray
) -> PredictionQuality:
    """Return every measure of predicted chances.

    Parameters
    ----------
    predictions
        For n respondents.
    reached
        Shape ``(n,)``: who reached the threshold.
    masses
        Shape ``(n,)``: how much each respondent counts.
    """
    log_odds, happened = predictions.log_odds, reached.astype(np.float64)
    brier = float(np.average((predictions.chances - happened) ** 2, weights=masses))
    share = float(np.average(happened, weights=masses))
    return PredictionQuality(
        auc=concordance(log_odds, reached, masses, predictions.fold),
        brier=brier,
        brier_skill=1 - brier / (share * (1 - share)),
        calibration_slope=_slope(predictions, happened, masses),
        calibration_intercept=_intercept(log_odds, happened, masses),
    )


def concordance(
    log_odds: FloatArray, reached: BoolArray, masses: FloatArray, fold: IntArray
) -> float:
    """Return how often the higher chance is that of the one who reached it; ties count half.

    Chances from different models are not held against each other: that would make an order of
    models count as an order of respondents, and the area comes out too small.

    Parameters
    ----------
    log_odds, reached, masses, fold
        Shape ``(n,)``.
    """
    right = pairs = 0.0
    for place in np.unique(fold):
        yes, no = (fold == place) & reached, (fold == place) & ~reached
        order = np.argsort(log_odds[no], kind="stable")
        below = np.concatenate([[0.0], np.cumsum(masses[no][order])])
        others = log_odds[no][order]
        lower = np.searchsorted(others, log_odds[yes], side="left")
        upper = np.searchsorted(others, log_odds[yes], side="right")
        right += float(masses[yes] @ (below[lower] + below[upper]) / 2)
        pairs += float(masses[yes].sum() * below[-1])
    return right / pairs


def calibration_curve(
    predictions: Predictions, reached: BoolArray, masses: FloatArray, *, level: float
) -> pd.DataFrame:
    """Return groups of respondents by predicted chance, and the share of each that reached it.

    Parameters
    ----------
    predictions, reached, masses
        As for `quality_of`.
    level
        Of Wilson's interval (1927), with Kish's effective number of respondents.

    Returns
    -------
    DataFrame
        `predicted` (mean chance), `observed`, `conf_low`, `conf_high` and `n`. Ten groups that
        count equally, fewer when they would hold fewer than twenty respondents.
    """
    rows = []
    chances = predictions.chances
    group = _groups(predictions, masses)
    for place in np.unique(group):
        inside = group == place
        mass = masses[inside]
        observed = float(np.average(reached[inside], weights=mass))
        low, high = _wilson(observed, effective_n(mass), level)
        rows.append(
            {
                "predicted": float(np.average(chances[inside], weights=mass)),
                "observed": observed,
                "conf_low": low,
                "conf_high": high,
                "n": int(inside.sum()),
            }
        )
    return pd.DataFrame(rows)


def _groups(predictions: Predictions, masses: FloatArray) -> NDArray[np.intp]:
    """Return the group of each respondent; equal chances stay together."""
    most = min(MOST_GROUPS, int(effective_n(masses)) // LEAST_A_GROUP)
    if most < 2 or not _differ(predictions):
        return np.zeros(len(masses), dtype=np.intp)
    _, value = np.unique(predictions.log_odds, return_inverse=True)
    mass = np.bincount(value, weights=masses)
    middle = (np.cumsum(mass) - mass / 2) / mass.sum()
    return np.asarray((middle * most).astype(np.intp)[value])


def _differ(predictions: Predictions) -> bool:
    """Say whether any model gives its respondents different chances."""
    folds = np.unique(predictions.fold)
    return any(
        np.ptp(predictions.log_odds[predictions.fold == place]) > CONSTANT for place in folds
    )


def _slope(predictions: Predictions, happened: FloatArray, masses: FloatArray) -> float:
    columns = predictions.log_odds[:, np.newaxis]
    if not _differ(predictions) or separating_direction(columns, happened) is not None:
        return np.nan
    return float(fit_cumulative(columns, happened, masses).slopes[0])


def _intercept(log_odds: FloatArray, happened: FloatArray, masses: FloatArray) -> float:
    share = np.average(happened, weights=masses)
    furthest = np.abs(log_odds).max() + abs(logit(share)) + 1

    def excess(shift: float) -> float:
        return float(np.average(expit(log_odds + shift), weights=masses) - share)

    return float(brentq(excess, -furthest, furthest, xtol=1e-12))


def _wilson(share: float, n: float, level: float) -> tuple[float, float]:
    z = norm.ppf((1 + level) / 2)
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return float(max(centre - reach, 0.0)), float(min(centre + reach, 1.0))
