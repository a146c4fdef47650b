"""Weigh drivers by the sums of one group, with intervals from its random parts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.drawn import DrawnParts
from cxdrivers.answers.weights.estimation import estimate_and_replicates
from cxdrivers.answers.weights.linear_valuation import linear_valuation
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.models.diagnostics import refuse_collinear, tied_columns
from cxdrivers.models.own_effects import OwnEffects, effects_of_groups, effects_of_moments
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.moments import Moments
from cxdrivers.moments.one_group import labels_of_moments, only_group
from cxdrivers.vocabulary import labels_of


def weights_of_moments(moments: Moments, settings: Settings) -> DriverWeights:
    """Return the weights that moments imply, without intervals.

    Raises
    ------
    FitError
        When drivers are tied together exactly, or as `linear_valuation`.
    """
    refuse_tied(moments)
    valuation = linear_valuation(moments, settings.method)
    adjust = int(settings.adjusted and valuation.adjustable)
    return DriverWeights(
        moments=moments,
        valuation=valuation,
        settings=replace(settings, n_boot=0),
        estimate=valuation.shares(valuation.sample, n=moments.n_effective, adjust=adjust),
        replicates=np.empty((0, len(moments.drivers))),
        own=valuation.own(),
        effects=effects_of_moments(moments, settings.level),
        n_rated=np.full(len(moments.drivers), moments.n),
        regression=None,
        labels=labels_of((*moments.drivers, moments.outcome)),
    )


def weights_of_group(grouped: GroupedMoments, settings: Settings) -> DriverWeights:
    """Return the weights of a single group, with intervals where it is in enough parts.

    Raises
    ------
    FitError
        As `usable_group` and `linear_valuation`.
    """
    kept = usable_group(grouped)
    return weights_of_usable(kept, settings, effects_of_groups(kept, settings.level).of(0))


def usable_group(grouped: GroupedMoments) -> GroupedMoments:
    """Return a single group without columns that never vary in it.

    Raises
    ------
    FitError
        As `only_group`, and when drivers are tied together exactly.
    """
    kept = only_group(grouped)
    refuse_tied(kept.moments(0))
    return kept


def weights_of_usable(
    kept: GroupedMoments, settings: Settings, effects: OwnEffects
) -> DriverWeights:
    """Return the weights of a single group that has been looked at, with its own effects."""
    moments, parts = kept.moments(0), DrawnParts(kept)
    valuation = linear_valuation(moments, settings.method)
    drawing = settings if parts.enough else replace(settings, n_boot=0)
    estimate, replicates = estimate_and_replicates(parts, moments, valuation, drawing)
    return DriverWeights(
        moments=moments,
        valuation=valuation,
        settings=settings,
        estimate=estimate,
        replicates=replicates,
        own=valuation.own(),
        effects=effects,
        n_rated=kept.rated[0].astype(np.int64),
        regression=None,
        labels=labels_of_moments(kept),
        parts=parts,
    )


def refuse_tied(moments: Moments) -> None:
    """Raise when drivers are tied together exactly."""
    tied = tied_columns(moments.covariance[:-1, :-1])
    refuse_collinear(tied, moments.terms, moments.groups, moments.drivers)
