"""Scale intervals, differences and the smallest effects that are found to another survey size.

An error falls with the root of the number of respondents, and of clusters of the same size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import t

from cxdrivers.answers.weights.weights_intervals import (
    by_replicate_weights,
    fitting_interval,
    percentile_level,
)
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.logistic import LogisticFit
from cxdrivers.moments.design import Design
from cxdrivers.survey.base import effective_n

FEWEST = 50
"""A segment with fewer respondents is not shown."""


def sizes_table(weights: DriverWeights, times: Sequence[int], power: float) -> pd.DataFrame:
    """Return one row a driver and size, as `Precision.tidy` describes."""
    found, design = weights.tidy(), weights.model.design
    parts = []
    for size in times:
        shrink = _reach(weights, multiplied(design, size)) / _reach(weights, design)
        shrink /= np.sqrt(size)
        columns: dict[str, Any] = {"driver": found["driver"], "times": size, "n": size * weights.n}
        for middle, ends in (("share", "share"), ("estimate", "conf")):
            low, high = f"{ends}_low", f"{ends}_high"
            columns[middle] = found[middle]
            columns[low] = found[middle] + shrink * (found[low] - found[middle])
            columns[high] = found[middle] + shrink * (found[high] - found[middle])
            columns["share_width" if middle == "share" else "width"] = columns[high] - columns[low]
        columns["effect"] = found["effect"]
        columns["smallest_effect"] = smallest_effects(weights, size, power)
        parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True)


def neighbours_table(weights: DriverWeights, times: Sequence[int], power: float) -> pd.DataFrame:
    """Return one row a pair of neighbours in rank and size, as `Precision.neighbours` describes."""
    design, settings = weights.model.design, weights.settings
    order = np.argsort(-weights.estimate, kind="stable")
    names = np.array(weights.drivers, dtype=object)[order]
    gap = -np.diff(weights.estimate[order])
    gaps = -np.diff(weights.replicates[:, order])
    low, high = fitting_interval(gap, gaps, settings, design)
    error = (high - low) / 2 / _reach(weights, design)
    beyond = ndtri((1 + settings.level) / 2) + ndtri(power)
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = weights.n * (beyond * error / gap) ** 2
        parts = []
        for size in times:
            reach = _reach(weights, multiplied(design, size))
            far = np.sqrt(size) * gap / error
            parts.append(
                pd.DataFrame(
                    {
                        "driver": names[:-1],
                        "other": names[1:],
                        "times": size,
                        "n": size * weights.n,
                        "estimate": gap,
                        "std_error": error / np.sqrt(size),
                        "apart": (low > 0) | (high < 0) if size == 1 else far > reach,
                        "power": ndtr(far - reach),
                        "n_needed": needed,
                    }
                )
            )
    return pd.concat(parts, ignore_index=True)


def segments_table(
    weights: DriverWeights, segments: Mapping[str, NDArray[np.bool_]], power: float
) -> pd.DataFrame:
    """Return one row a segment, as `Precision.segments_table` describes."""
    design, found = weights.model.design, weights.tidy()
    width = (found["share_high"] - found["share_low"]).median()
    if np.isnan(width):
        width = (found["conf_high"] - found["conf_low"]).median()
    rows = []
    for name, inside in segments.items():
        shown = int(inside.sum()) >= FEWEST
        margin = smallest = np.nan
        if shown:
            part = _rows_of(design, np.flatnonzero(inside))
            size = _effective(part) / _effective(design)
            margin = width * _reach(weights, part) / _reach(weights, design) / np.sqrt(size)
            smallest = float(np.nanmedian(smallest_effects(weights, size, power)))
        rows.append(
            {
                "segment": name,
                "n": int(inside.sum()),
                "shown": shown,
                "share_width": margin,
                "smallest_effect": smallest,
            }
        )
    columns = ["segment", "n", "shown", "share_width", "smallest_effect"]
    return pd.DataFrame(rows, columns=columns)


def smallest_effects(weights: DriverWeights, times: float, power: float) -> FloatArray:
    """Return for each driver the smallest own effect found with a chance, at `times` the size.

    NaN for a driver whose own effect has no interval.
    """
    fit, level, effects = weights.model.fit, weights.settings.level, weights.effects
    clustered = fit.errors == "cluster"
    now = fit.freedom
    then = (now + 1) * times - 1 if clustered else now + weights.n * (times - 1)
    error = (effects.high - effects.low) / 2 / t.ppf((1 + level) / 2, now)
    freedom = max(then, 1.0)
    reach = t.ppf((1 + level) / 2, freedom) + t.ppf(power, freedom)
    smallest: FloatArray = reach * error / np.sqrt(times)
    return smallest


def is_in_chances(weights: DriverWeights) -> bool:
    """Say whether own effects are effects on a chance."""
    return isinstance(weights.model.fit, LogisticFit)


def multiplied(design: Design, times: int) -> Design:
    """Return a design of so many times the rows, with clusters and strata in proportion."""
    rows = len(design.outcome)
    more = _rows_of(design, np.tile(np.arange(rows), times))
    if more.cluster is None:
        return more
    copies = np.repeat(np.arange(times), rows)
    return replace(more, cluster=more.cluster + copies * (more.cluster.max() + 1))


def _rows_of(design: Design, rows: NDArray[np.intp]) -> Design:
    return replace(
        design,
        columns=design.columns[rows],
        outcome=design.outcome[rows],
        weights=None if design.weights is None else design.weights[rows],
        cluster=None if design.cluster is None else design.cluster[rows],
        strata=None if design.strata is None else design.strata[rows],
    )


def _effective(design: Design) -> float:
    return float(len(design.outcome)) if design.weights is None else effective_n(design.weights)


def _reach(weights: DriverWeights, design: Design) -> float:
    """Return how many standard errors of the resamples an interval of such rows reaches."""
    level = weights.settings.level
    if not by_replicate_weights(weights.settings, weights.model.design):
        level = percentile_level(weights.settings, design)
    return float(ndtri((1 + level) / 2))
