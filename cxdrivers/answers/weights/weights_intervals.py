"""Choose the interval that fits how weights were resampled, or the kind that is asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from cxdrivers.answers.settings import Settings
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
    estimate: FloatArray, replicates: FloatArray, settings: Settings, design: Design | None
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
    design
        The rows, or None when there were only moments.
    """
    if by_replicate_weights(settings, design) and design is not None:
        return replicate_interval(
            estimate,
            replicates,
            settings.level,
            scale=design.replicate_scale,
            degrees=replicate_degrees(design),
        )
    return percentile_interval(replicates, percentile_level(settings, design))


def percentile_level(settings: Settings, design: Design | None) -> float:
    """Return the level to take percentiles at.

    That promised, and for adjusted weights a little wider, for what few units cannot know of
    their own spread.
    """
    if design is None or not settings.adjusted:
        return settings.level
    clustered = scheme_of(design, settings.scheme) == CLUSTERS
    drawn = design if clustered else replace(design, cluster=None)
    return expanded_level_of(drawn, settings.level)


def by_replicate_weights(settings: Settings, design: Design | None) -> bool:
    """Say whether the replicates are those of a survey's replicate weights."""
    return design is not None and scheme_of(design, settings.scheme) == REPLICATE_WEIGHTS


def interval_table(
    kind: str,
    valuation: Valuation,
    design: Design,
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
        parts = [valuation.shares(part, n=None, adjust=0) for part in valuation.left_out(design)]
        influence = jackknife_influence(np.concatenate(parts), unit_strata(design))
        low, high = bca_interval(estimate, replicates, influence, level)
    else:
        low, high = fitting_interval(estimate, replicates, settings, design)
    return pd.DataFrame(
        {"driver": design.drivers, "estimate": estimate, "conf_low": low, "conf_high": high}
    )
