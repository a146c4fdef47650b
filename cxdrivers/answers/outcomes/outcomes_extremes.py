"""Say which drivers count at the bottom of an outcome and which at its top.

That a weight is shown at one end and not at the other is no difference between the ends (Gelman &
Stern 2006, *The American Statistician* 60(4), 328–331). So the difference itself is tested, with
resamples: the same customers are drawn for both.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import ndtri
from scipy.stats import norm

from cxdrivers.answers.weights.weights_columns import of_total
from cxdrivers.answers.weights.weights_intervals import (
    by_replicate_weights,
    fitting_interval,
    percentile_level,
)
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.many_tests import holm_adjusted

BOTTOM, MORE_BOTTOM, TOP, MORE_TOP, BOTH, NEITHER, UNCLEAR = PLACES = (
    "bottom",
    "more_bottom",
    "top",
    "more_top",
    "both",
    "neither",
    "unclear",
)
"""Where a driver counts."""


def extremes_table(bottom: DriverWeights, top: DriverWeights, *, thin: bool) -> pd.DataFrame:
    """Return one row a driver: its share at both ends, their difference, and where it counts.

    Shares are compared and not the weights, since how much can be explained differs between boxes
    of different size. With equal slopes at both ends, as in proportional odds, the shares are
    nearly equal too.

    Parameters
    ----------
    bottom, top
        Weights of the same drivers among the same resampled respondents.
    thin
        Whether few respondents are at one of the ends. Then no difference is called clear: with 12
        to 30 of 600 respondents at the bottom, equal slopes and five drivers, a false one was
        found in one survey of eight, and with 60 or more in one of twenty.
    """
    ends = (bottom.tidy(), top.tidy())
    shares = [table["share"].to_numpy(np.float64) for table in ends]
    difference = shares[0] - shares[1]
    resampled = of_total(bottom.replicates) - of_total(top.replicates)
    resampled[:, np.isnan(difference)] = np.nan
    level = bottom.settings.level
    interval = fitting_interval(difference, resampled, bottom.settings, bottom.model.design)
    std_error = standard_error(resampled, interval, bottom)
    statistic = np.divide(
        np.abs(difference), std_error, out=np.full_like(difference, np.nan), where=std_error > 0
    )
    p_value = holm_adjusted(np.asarray(2 * norm.sf(statistic), np.float64))
    shown = [_is_shown(table) for table in ends]
    return pd.DataFrame(
        {
            "driver": bottom.drivers,
            "share_bottom": shares[0],
            "share_top": shares[1],
            "difference": difference,
            "difference_low": interval[0],
            "difference_high": interval[1],
            "p_value": p_value,
            "where": [
                place_of(*facts, clear=not thin and bool(adjusted < 1 - level))
                for *facts, adjusted in zip(*shown, difference, p_value, strict=True)
            ],
        }
    )


def place_of(at_bottom: bool, at_top: bool, difference: float, *, clear: bool) -> str:  # noqa: FBT001  (one row of a table)
    """Return where a driver counts, as a word of `PLACES`.

    Parameters
    ----------
    at_bottom, at_top
        Whether it is shown there.
    difference
        Its share at the bottom minus that at the top.
    clear
        Whether the difference is.
    """
    if not (at_bottom or at_top):
        return NEITHER
    if clear and difference > 0 and at_bottom:
        return MORE_BOTTOM if at_top else BOTTOM
    if clear and difference < 0 and at_top:
        return MORE_TOP if at_bottom else TOP
    return BOTH if at_bottom and at_top else UNCLEAR


def standard_error(
    replicates: FloatArray, interval: tuple[FloatArray, FloatArray], weights: DriverWeights
) -> FloatArray:
    """Return the standard error of resampled numbers, NaN where their interval is.

    It is their standard deviation, larger as the interval is for what few respondents or clusters
    cannot know of their own spread. With replicate weights it is what the interval implies.

    Parameters
    ----------
    replicates
        Shape ``(B, p)``.
    interval
        Their ends, shape ``(p,)``.
    weights
        For how they were resampled.
    """
    low, high = interval
    settings, design = weights.settings, weights.model.design
    usual = float(ndtri((1 + settings.level) / 2))
    if by_replicate_weights(settings, design):
        return (high - low) / (2 * usual)
    told = np.isfinite(low)
    widened = float(ndtri((1 + percentile_level(settings, design)) / 2)) / usual
    found = np.full(low.shape, np.nan)
    found[told] = widened * np.nanstd(replicates[:, told], axis=0, ddof=1)
    return found


def _is_shown(table: pd.DataFrame) -> list[bool]:
    """Say of each driver whether a weight is shown, and an effect of its own: no passenger."""
    weight = (table["estimate"] > 0) & (table["conf_low"] > 0)
    return (weight & (table["remark"] != "passenger")).tolist()
