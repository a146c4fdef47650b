"""Lay out what is compared between groups as tidy tables of raw numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cxdrivers.answers.groups.group_contrasts import (
    IntArray,
    contrast_rows,
    contrasts_of_pairs,
    contrasts_with_rest,
)
from cxdrivers.answers.groups.group_estimates import EFFECT, MEAN, WEIGHT
from cxdrivers.answers.groups.group_measures import GroupMeasure
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.many_tests import benjamini_hochberg
from cxdrivers.models.random_effects import RandomEffects
from cxdrivers.moments.grouped import GroupedMoments

BELOW_ZERO = ("pratt",)
"""Ways to share R² by which a true weight can be below zero."""

Measures = Mapping[str, GroupMeasure]
"""Measure → the numbers of all drivers in all groups."""


def group_table(
    moments: GroupedMoments, measures: Measures, share: FloatArray, level: float
) -> pd.DataFrame:
    """Return one row a group and driver, with its own numbers and those drawn to the whole."""
    weight = measures[WEIGHT]
    columns = {
        "estimate": weight.estimate,
        "std_error": np.sqrt(weight.variance),
        **_ends("conf", weight.interval(level)),
        "share": share,
        **_shrunk("shrunk", weight),
    }
    for name in (EFFECT, MEAN):
        measure = measures[name]
        columns[name] = measure.estimate
        columns |= _ends(name, measure.interval(level)) | _shrunk(f"{name}_shrunk", measure)
    names = _names(moments.labels, moments.drivers)
    rows = {name: values.ravel() for name, values in columns.items()}
    return pd.DataFrame({**names, **rows, "n": moments.rated.ravel()})


def spread_table(
    measures: Measures, drivers: Sequence[str], *, method: str, level: float
) -> pd.DataFrame:
    """Return one row a measure and driver: what groups have in common and how much they differ.

    A true weight is not below zero, whatever is drawn of it, unless it is a product of Pratt.
    """
    tables = [_spread(measure.spread, drivers, level) for measure in measures.values()]
    if method not in BELOW_ZERO:
        further = ["prediction_low", "prediction_high"]
        weights = tables[list(measures).index(WEIGHT)]
        weights[further] = weights[further].clip(lower=0.0)
    named = zip(measures, tables, strict=True)
    return pd.concat(
        [table.assign(measure=name)[["measure", *table.columns]] for name, table in named],
        ignore_index=True,
    )


def rest_table(
    moments: GroupedMoments,
    measures: Measures,
    *,
    compared: int,
    blocks: IntArray | None,
    level: float,
) -> pd.DataFrame:
    """Return one row a measure, group and driver: the group less the mean of the others."""
    own = slice(None, compared)
    rated = moments.rated[own]
    mass = moments.sums[own, :, 0].sum(axis=1) / moments.n[own]
    names = _names(moments.labels[own], moments.drivers)
    tables = [
        contrast_rows(
            contrasts_with_rest(
                measure.estimate[own],
                measure.variance[own],
                measure.degrees[own],
                rated * mass[:, np.newaxis],
                blocks,
            ),
            names | {"measure": name},
            level=level,
        ).assign(n=rated.ravel())
        for name, measure in measures.items()
    ]
    return _named_clear(tables, "stands_out")


def change_table(
    moments: GroupedMoments,
    measures: Measures,
    *,
    compared: int,
    blocks: IntArray | None,
    level: float,
) -> pd.DataFrame:
    """Return one row a measure, group and driver: each group less the one before it.

    With blocks, the one before it in its own block.
    """
    places = np.arange(compared)
    pairs = np.column_stack([places[:-1], places[1:]])
    if blocks is not None:
        pairs = pairs[blocks[pairs[:, 0]] == blocks[pairs[:, 1]]]
    labels = np.array(moments.labels, dtype=object)
    width = len(moments.drivers)
    names = {
        "before": np.repeat(labels[pairs[:, 0]], width),
        **_names(labels[pairs[:, 1]].tolist(), moments.drivers),
    }
    tables = [
        contrast_rows(
            contrasts_of_pairs(measure.estimate, measure.variance, measure.degrees, pairs),
            names | {"measure": name},
            level=level,
        ).assign(n=moments.rated[pairs[:, 1]].ravel())
        for name, measure in measures.items()
    ]
    return _named_clear(tables, "changed")


def _spread(spread: RandomEffects, drivers: Sequence[str], level: float) -> pd.DataFrame:
    adjusted = benjamini_hochberg(spread.p_value)
    within = spread.mean.ndim > 1
    middle = _middle(spread) if within else spread.mean
    unknown = np.full(len(drivers), np.nan)
    return pd.DataFrame(
        {
            "driver": drivers,
            "estimate": middle,
            "conf_low": unknown if within else spread.low,
            "conf_high": unknown if within else spread.high,
            "tau": spread.tau,
            "tau_low": spread.tau_low,
            "tau_high": spread.tau_high,
            "i_squared": spread.i_squared,
            "prediction_low": unknown if within else spread.prediction_low,
            "prediction_high": unknown if within else spread.prediction_high,
            "statistic": spread.statistic,
            "df": spread.df,
            "p_value": spread.p_value,
            "p_adjusted": adjusted,
            "differs": adjusted < 1 - level,
            "n": spread.count,
        }
    )


def _middle(spread: RandomEffects) -> FloatArray:
    """Return the mean of the outer groups' own means."""
    told = np.isfinite(spread.mean)
    with np.errstate(invalid="ignore"):
        found: FloatArray = np.where(told, spread.mean, 0.0).sum(axis=-1) / told.sum(axis=-1)
    return found


def _named_clear(tables: Sequence[pd.DataFrame], name: str) -> pd.DataFrame:
    """Return tables below each other, and call what is clear by a name of its own."""
    whole = pd.concat(tables, ignore_index=True).rename(columns={"clear": name})
    return whole[[*(column for column in whole if column not in (name, "n")), name, "n"]]


def _names(labels: Sequence[str], drivers: Sequence[str]) -> dict[str, object]:
    return {
        "group": np.repeat(np.array(labels, dtype=object), len(drivers)),
        "driver": np.tile(np.array(drivers, dtype=object), len(labels)),
    }


def _ends(name: str, ends: tuple[FloatArray, FloatArray]) -> dict[str, FloatArray]:
    return {f"{name}_low": ends[0], f"{name}_high": ends[1]}


def _shrunk(name: str, measure: GroupMeasure) -> dict[str, FloatArray]:
    middle, low, high = measure.shrunk()
    return {name: middle, f"{name}_low": low, f"{name}_high": high}
