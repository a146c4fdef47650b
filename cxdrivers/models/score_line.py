"""Hold a straight line in log odds over scores against a proportion of its own for every score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.special import expit, ndtri, xlogy

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.cumulative_fit import fit_cumulative


@dataclass(frozen=True, eq=False)
class ScoreLine:
    """Log odds a + b·score, fitted to proportions at K scores.

    Attributes
    ----------
    intercept, slope
        a and b.
    covariance
        Shape ``(2, 2)``: of both.
    log_likelihood
        At its highest.
    """

    intercept: float
    slope: float
    covariance: FloatArray
    log_likelihood: float

    def expected(self, score: float, level: float) -> tuple[float, float, float]:
        """Return the proportion that the line gives a score, with its interval."""
        place = np.array([1.0, score])
        middle = float(place @ [self.intercept, self.slope])
        reach = float(ndtri((1 + level) / 2) * np.sqrt(place @ self.covariance @ place))
        low, mid, high = (float(expit(end)) for end in (middle - reach, middle, middle + reach))
        return mid, low, high


@dataclass(frozen=True)
class LineTest:
    """A likelihood-ratio test of the line against a proportion of its own for every score.

    Attributes
    ----------
    statistic, freedom, p_value
        χ², its degrees of freedom and its p-value.
    odds_ratio
        By which the line multiplies the odds for one point more.
    """

    statistic: float
    freedom: int
    p_value: float
    odds_ratio: float


def has_line(scores: FloatArray, shares: FloatArray) -> bool:
    """Say whether a line has a highest likelihood: yes and no must overlap on the scores."""
    yes, no = scores[shares > 0], scores[shares < 1]
    if not len(yes) or not len(no):
        return False
    return bool(no.max() > yes.min() and yes.max() > no.min())


def fit_score_line(scores: FloatArray, shares: FloatArray, sizes: FloatArray) -> ScoreLine:
    """Fit logistic regression to proportions.

    Parameters
    ----------
    scores
        Shape ``(K,)``.
    shares, sizes
        Shape ``(K,)``: the proportion at each score and the (effective) respondents behind it.
        `has_line` holds for them.

    Raises
    ------
    FitError
        When the top of the likelihood is not reached.
    """
    columns = np.tile(scores, 2)[:, np.newaxis]
    outcome = np.repeat([1.0, 0.0], len(scores))
    masses = np.concatenate([shares * sizes, (1 - shares) * sizes])
    held = masses > 0
    fit = fit_cumulative(columns[held], outcome[held], masses[held])
    per_row = float(masses[held].mean())
    turn = np.diag([-1.0, 1.0])
    return ScoreLine(
        intercept=-float(fit.thresholds[0]),
        slope=float(fit.slopes[0]),
        covariance=turn @ fit.covariance(robust=False) @ turn / per_row,
        log_likelihood=fit.log_likelihood * per_row,
    )


def line_test(scores: FloatArray, shares: FloatArray, sizes: FloatArray) -> LineTest:
    """Test whether proportions follow a straight line in log odds.

    With effective sizes it is the test of Rao & Scott (1992, *Biometrics* 48, 577–585).

    Parameters
    ----------
    scores, shares, sizes
        As `fit_score_line`, of at least three scores.
    """
    line = fit_score_line(scores, shares, sizes)
    free = (sizes * (xlogy(shares, shares) + xlogy(1 - shares, 1 - shares))).sum()
    statistic = max(2 * float(free - line.log_likelihood), 0.0)
    freedom = len(scores) - 2
    return LineTest(
        statistic, freedom, float(stats.chi2.sf(statistic, freedom)), float(np.exp(line.slope))
    )
