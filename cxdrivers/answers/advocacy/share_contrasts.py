"""Hold a share in one group of respondents against that in another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cxdrivers.answers.advocacy.advocacy_rows import AdvocacyRows
from cxdrivers.answers.draws import Draws, is_simple
from cxdrivers.models.effective_sizes import effective_sizes
from cxdrivers.models.proportions import (
    newcombe_interval,
    odds_ratio,
    risk_ratio,
    wilson_interval,
)
from cxdrivers.moments.intervals import Interval
from cxdrivers.survey.coding import BoolArray, FloatArray

DIFFERENCE, RATIO, ODDS_RATIO = MEASURES = ("difference", "ratio", "odds_ratio")


@dataclass(frozen=True)
class Estimate:
    """A number with its interval; NaN for an interval that cannot be told."""

    estimate: float
    low: float
    high: float

    @property
    def ends(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """The three as arrays, for kernels."""
        return np.array(self.estimate), np.array(self.low), np.array(self.high)

    @property
    def clear_of(self) -> float:
        """1 when the interval lies above zero, −1 when below, else 0."""
        return float(self.low > 0) - float(self.high < 0)


@dataclass(frozen=True)
class ShareContrast:
    """A share in two groups.

    Attributes
    ----------
    first, second
        The share in each, with Wilson's interval.
    first_n, second_n
        Respondents in each.
    difference, ratio, odds_ratio
        Of first and second.
    mended
        Whether a ratio has half a respondent added to each cell, since one was empty.
    """

    first: Estimate
    second: Estimate
    first_n: int
    second_n: int
    difference: Estimate
    ratio: Estimate
    odds_ratio: Estimate
    mended: bool

    def rows(self, name: str) -> Iterator[dict[str, object]]:
        """Yield a row of a tidy table for each measure.

        Parameters
        ----------
        name
            What is compared.
        """
        for measure in MEASURES:
            found: Estimate = getattr(self, measure)
            yield {
                "comparison": name,
                "measure": measure,
                "estimate": found.estimate,
                "conf_low": found.low,
                "conf_high": found.high,
                "first": self.first.estimate,
                "second": self.second.estimate,
                "first_n": self.first_n,
                "second_n": self.second_n,
            }


def share_of(rows: AdvocacyRows, outcome: FloatArray, level: float) -> Estimate:
    """Return the share of some rows with an outcome of 1, with Wilson's interval.

    Parameters
    ----------
    rows
        At least one.
    outcome
        Shape ``(n,)``: 0 or 1.
    level
        Of the interval, for the effective number of respondents.
    """
    everybody = np.zeros(len(outcome), np.intp)
    size = effective_sizes(outcome, everybody, rows.masses, rows.rows.cluster, groups=1)
    share = _share(rows.masses[np.newaxis], outcome)
    low, high = wilson_interval(share, size, level)
    return Estimate(float(share[0]), float(low[0]), float(high[0]))


def contrast_of(
    rows: AdvocacyRows, outcome: FloatArray, group: BoolArray, draws: Draws
) -> ShareContrast:
    """Hold the share with an outcome of 1 in a group against that among all others.

    Parameters
    ----------
    rows
        Whom to compare.
    outcome
        Shape ``(n,)``: 0 or 1.
    group
        Shape ``(n,)``: who is in the first group; neither is empty.
    draws
        Of the intervals. Where rows count once and independently these are Newcombe's and, of
        ratios, normal in the logarithm; with weights, clusters or strata they are resampled,
        unless there are no resamples or a cell is empty: then they are those formulas for the
        effective number of respondents.

    Returns
    -------
    ShareContrast
    """
    place = (~group).astype(np.intp)
    masses, level = rows.masses, draws.level
    sizes = effective_sizes(outcome, place, masses, rows.rows.cluster, groups=2)
    shares = _shares(masses[np.newaxis], outcome, group)[0]
    low, high = wilson_interval(shares, sizes, level)
    of_both = (shares[0], sizes[0], shares[1], sizes[1])
    ratios = (risk_ratio(*of_both, level), odds_ratio(*of_both, level))
    ends = [newcombe_interval(*of_both, level), *((found.low, found.high) for found in ratios)]
    mended = any(bool(found.mended) for found in ratios)
    if not is_simple(rows.rows) and not mended:
        ends = _resampled(rows, outcome, group, draws) or ends
    middles = (shares[0] - shares[1], *(found.estimate for found in ratios))
    difference, ratio, odds = (
        Estimate(float(middle), float(below), float(above))
        for middle, (below, above) in zip(middles, ends, strict=True)
    )
    return ShareContrast(
        first=Estimate(float(shares[0]), float(low[0]), float(high[0])),
        second=Estimate(float(shares[1]), float(low[1]), float(high[1])),
        first_n=int(group.sum()),
        second_n=int((~group).sum()),
        difference=difference,
        ratio=ratio,
        odds_ratio=odds,
        mended=mended,
    )


def _resampled(
    rows: AdvocacyRows, outcome: FloatArray, group: BoolArray, draws: Draws
) -> list[Interval] | None:
    """Return the intervals of difference, ratio and odds ratio, or None without resamples.

    Ratios are resampled as logarithms, which matters for replicate weights only. A resample with
    an empty cell tells none of them.
    """

    def statistic(masses: FloatArray) -> FloatArray:
        shares = _shares(masses, outcome, group)
        inside = np.where((shares > 0) & (shares < 1), shares, np.nan)
        logs = np.log(inside)
        odds = logs - np.log1p(-inside)
        differences = [numbers[:, 0] - numbers[:, 1] for numbers in (shares, logs, odds)]
        return np.stack(differences, axis=1)

    replicates = draws.replicates(rows.rows, statistic)
    if replicates is None:
        return None
    estimate = statistic(rows.masses[np.newaxis])[0]
    low, high = draws.interval(rows.rows, estimate, replicates)
    return [(low[0], high[0]), *((np.exp(low[at]), np.exp(high[at])) for at in (1, 2))]


def _shares(masses: FloatArray, outcome: FloatArray, group: BoolArray) -> FloatArray:
    """Return the share in both groups, shape ``(b, 2)``; NaN where nobody is drawn."""
    return np.stack([_share(masses[:, who], outcome[who]) for who in (group, ~group)], axis=1)


def _share(masses: FloatArray, outcome: FloatArray) -> FloatArray:
    """Return the share with an outcome of 1, shape ``(b,)``: exactly 1 where everybody has it."""
    yes, no = masses @ outcome, masses @ (1 - outcome)
    nothing = np.full(len(yes), np.nan)
    share: FloatArray = np.divide(yes, yes + no, out=nothing, where=yes + no > 0)
    return share
