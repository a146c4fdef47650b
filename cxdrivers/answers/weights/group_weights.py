"""Weigh the drivers in every group by itself, many groups at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from tqdm import tqdm

from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.estimation import PROGRESS_AFTER
from cxdrivers.answers.weights.group_weights_result import NUMBERS, GroupWeights
from cxdrivers.answers.weights.linear_valuation import linear_valuation
from cxdrivers.answers.weights.part_weights import usable_group, weights_of_usable
from cxdrivers.answers.weights.weights_columns import of_total
from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.linear_shares import MOST_DRIVERS
from cxdrivers.importance.many_shares import many_shares
from cxdrivers.importance.metrics import metric
from cxdrivers.importance.ranking import ranks
from cxdrivers.models.own_effects import OwnEffects, effects_of_groups
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.one_group import labels_of_moments
from cxdrivers.wording import Sentence


def weights_of_groups(grouped: GroupedMoments, settings: Settings) -> GroupWeights:
    """Return the weights of every group, each with intervals where it is in enough random parts.

    A group that cannot be weighed has NaN and the reason; the others have their numbers. Resamples
    of a group depend on the seed and its parts only, so it has the same numbers by itself.

    Parameters
    ----------
    grouped
        Sums of K groups in parts.
    settings
        How weights are made.

    Raises
    ------
    FitError
        When the method is not defined for these drivers.
    """
    linear_valuation(grouped.moments(0), settings.method)
    looked = _looked_at(grouped)
    every = len(looked.regular) == len(grouped.labels)
    alike = grouped if every else grouped.of_groups(looked.regular)
    effects = effects_of_groups(alike, settings.level)
    shape = (len(grouped.labels), len(grouped.drivers))
    table = {name: np.full(shape, np.nan) for name in NUMBERS}
    fit = np.full((len(grouped.labels), 3), np.nan)
    in_turn = looked.irregular
    if settings.n_boot or len(grouped.drivers) > MOST_DRIVERS:
        in_turn = sorted([*looked.regular, *looked.irregular])
    else:
        _put(table, looked.regular, _exact_numbers(alike, effects, settings, fit, looked.regular))
    place_of = {place: number for number, place in enumerate(looked.regular)}
    for place in tqdm(in_turn, delay=PROGRESS_AFTER, leave=False):
        kept = grouped.of_groups([place])
        if place in place_of:
            own = effects.of(place_of[place])
        else:
            kept = usable_group(kept)
            own = effects_of_groups(kept, settings.level).of(0)
        weights = weights_of_usable(kept, settings, own)
        fit[place] = (weights.r_squared, *weights.r_squared_interval)
        _put(table, [place], weights.numbers())
    table["n"] = grouped.rated.astype(np.float64)
    return GroupWeights(
        moments=grouped,
        settings=settings,
        table_of=table,
        fit=fit,
        constant=looked.constant,
        reasons=looked.reasons,
        labels=labels_of_moments(grouped),
    )


@dataclass(frozen=True, eq=False)
class _LookedAt:
    """Which groups can be weighed.

    Attributes
    ----------
    constant
        Shape ``(K, p)``: drivers that never vary in a group.
    regular, irregular
        Places of the groups in which all columns vary, and in which some do not.
    reasons
        Place → why a group cannot be weighed.
    """

    constant: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    regular: list[int] = field(default_factory=list)
    irregular: list[int] = field(default_factory=list)
    reasons: dict[int, Sentence] = field(default_factory=dict)


def _looked_at(grouped: GroupedMoments) -> _LookedAt:
    never = np.array([not group for group in grouped.groups])
    found = _LookedAt(np.tile(never, (len(grouped.labels), 1)))
    whole = _in_one_part(grouped)
    for place in range(len(grouped.labels)):
        try:
            kept = usable_group(whole.of_groups([place]))
        except FitError as error:
            found.reasons[place] = error.sentence
            continue
        found.constant[place] = [not group for group in kept.groups]
        same = len(kept.terms) == len(grouped.terms)
        (found.regular if same else found.irregular).append(place)
    return found


def _in_one_part(grouped: GroupedMoments) -> GroupedMoments:
    """Return the same sums without their parts, which are much to copy for every group."""
    names = ("sums", "squares", "rating_masses", "rating_sums")
    sums = {name: getattr(grouped, name).sum(axis=1, keepdims=True) for name in names}
    return replace(grouped, **sums)


def _exact_numbers(
    grouped: GroupedMoments,
    effects: OwnEffects,
    settings: Settings,
    fit: FloatArray,
    places: Sequence[int],
) -> dict[str, FloatArray]:
    """Return the columns of numbers without resamples, and note what the drivers explain."""
    covariance, n = grouped.covariance, grouped.n_effective
    chosen = metric(settings.method)
    estimate = many_shares(
        covariance,
        grouped.groups,
        n=n,
        method=chosen.name,
        adjusted=settings.adjusted and chosen.adjustable,
        needs=grouped.needs,
    )
    every = [tuple(range(len(grouped.terms)))]
    explained = many_shares(covariance, every, n=n, adjusted=settings.adjusted)[:, 0]
    if chosen.adds_up:
        explained = estimate.sum(axis=1)
    fit[places, 0] = explained
    return {
        "estimate": estimate,
        "share": np.where(explained[:, np.newaxis] > 0, of_total(estimate), np.nan),
        "rank": ranks(estimate).astype(np.float64),
        "effect": effects.effect,
        "effect_low": effects.low,
        "effect_high": effects.high,
        "own": many_shares(covariance, grouped.groups, n=n, method="last", adjusted=False),
        "own_p_value": effects.own_p_value,
    }


def _put(
    table: Mapping[str, FloatArray], places: Sequence[int], numbers: Mapping[str, FloatArray]
) -> None:
    for name, values in numbers.items():
        table[name][places] = values
