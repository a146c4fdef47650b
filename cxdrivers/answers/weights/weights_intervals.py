"""Choose the interval that fits how weights were resampled, or the kind that is asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.drawn import Drawn, DrawnParts, without_each
from cxdrivers.answers.weights.valuation import Valuation
from cxdrivers.errors import FitError, nearest
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.moments.design import Design
from cxdrivers.moments.expanded import expanded_level_of
from cxdrivers.moments.intervals import (
    basic_interval,
    bca_interval,
    normal_interval,
    percentile_interval,
    replicate_interval,
)
from cxdrivers.moments.jackknife import jackknife_influence
from cxdrivers.moments.replicate_weights import replicate_degrees
from cxdrivers.moments.schemes import CLUSTERS, REPLICATE_WEIGHTS, scheme_of
from cxdrivers.moments.units import unit_strata

KINDS = ("percentile", "basic", "normal", "bca")


def fitting_interval(
    estimate: FloatArray, replicates: FloatArray, settings: Settings, drawn: Drawn | None
) -> tuple[FloatArray, FloatArray]:
    """Return the interval of the replicates: percentiles, or that of a design's own weights.

    Parameters
    ----------
    estimate
        Shape ``(...)``.
    replicates
        Shape ``(B, ...)``.
    settings
        For the level and what was drawn again.
    drawn
        The rows or parts, or None when there were only moments.
    """
    if isinstance(drawn, Design) and by_replicate_weights(settings, drawn):
        return replicate_interval(
            estimate,
            replicates,
            settings.level,
            scale=drawn.replicate_scale,
            degrees=replicate_degrees(drawn),
        )
    return percentile_interval(replicates, percentile_level(settings, drawn))


def percentile_level(settings: Settings, drawn: Drawn | None) -> float:
    """Return the level to take percentiles at.

    That promised, and for adjusted weights a little wider, for what few units cannot know of
    their own spread.
    """
    if drawn is None or not settings.adjusted:
        return settings.level
    if isinstance(drawn, DrawnParts):
        return drawn.expanded(settings.level)
    clustered = scheme_of(drawn, settings.scheme) == CLUSTERS
    rows = drawn if clustered else replace(drawn, cluster=None)
    return expanded_level_of(rows, settings.level)


def by_replicate_weights(settings: Settings, drawn: Drawn | None) -> bool:
    """Say whether the replicates are those of a survey's replicate weights."""
    if drawn is None or isinstance(drawn, DrawnParts):
        return False
    return scheme_of(drawn, settings.scheme) == REPLICATE_WEIGHTS


def interval_table(
    kind: str,
    valuation: Valuation,
    drawn: Drawn,
    settings: Settings,
    weights: tuple[FloatArray, FloatArray],
) -> pd.DataFrame:
    """Return the interval of every driver by a kind: `driver`, `estimate`, `conf_low`, `conf_high`.

    Raises
    ------
    FitError
        For an unknown kind, or another than percentile for adjusted weights: the others are of
        the classic ones, whose resamples they were made for.
    """
    estimate, replicates = weights
    if kind not in KINDS:
        raise FitError("interval_unknown", kind=kind, near=nearest(kind, KINDS), known=KINDS)
    if kind != "percentile" and settings.adjusted:
        raise FitError("interval_of_classic", kind=kind)
    level = settings.level
    if kind == "basic":
        low, high = basic_interval(estimate, replicates, level)
    elif kind == "normal":
        low, high = normal_interval(estimate, replicates, level)
    elif kind == "bca":
        left_out = without_each(drawn, valuation)
        parts = [valuation.shares(part, n=None, adjust=0) for part in left_out]
        strata = unit_strata(drawn) if isinstance(drawn, Design) else None
        influence = jackknife_influence(np.concatenate(parts), strata)
        low, high = bca_interval(estimate, replicates, influence, level)
    else:
        low, high = fitting_interval(estimate, replicates, settings, drawn)
    return pd.DataFrame(
        {"driver": drawn.drivers, "estimate": estimate, "conf_low": low, "conf_high": high}
    )
