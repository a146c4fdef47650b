"""Hold one client against a field of others: its place, and its weights beside theirs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from cxdrivers.answers.groups.benchmark_clients import BenchmarkClient, Field
from cxdrivers.answers.groups.group_estimates import EFFECT, MEAN, WEIGHT
from cxdrivers.answers.groups.steady_variances import steady_variances
from cxdrivers.models.many_tests import benjamini_hochberg
from cxdrivers.models.random_effects import RandomEffects, random_effects
from cxdrivers.moments.sums import FloatArray

LEAST = 1e-4
"""A smaller part of the spread is as good as none."""


@dataclass(frozen=True, eq=False)
class Standing:
    """One measure of a client beside the same of a field.

    Attributes
    ----------
    estimate, low, high
        Shape ``(p,)``: of the client by itself.
    field
        What the others have in common, without the client; the last axis is theirs.
    shrunk, shrunk_low, shrunk_high
        Shape ``(p,)``: the client in the light of the others.
    """

    estimate: FloatArray
    low: FloatArray
    high: FloatArray
    field: RandomEffects
    shrunk: FloatArray
    shrunk_low: FloatArray
    shrunk_high: FloatArray


def standing_of(client: BenchmarkClient, field: Field, measure: str, level: float) -> Standing:
    """Return a measure of a client beside that of the others.

    The client's own interval has its own variance; the field is pooled, and the client drawn to
    it, by steady ones (`steady_variances`).
    """
    everybody = Field((*field.clients, client))
    estimates, own = everybody.estimates(measure), everybody.variances(measure)
    steady = steady_variances(measure, own, everybody.sizes(measure), everybody.degrees)
    pooled, behind = steady.pooled, steady.pooled_degrees
    whole = random_effects(estimates, pooled, level=level, degrees=behind)
    others = random_effects(estimates[:, :-1], pooled[:, :-1], level=level, degrees=behind[:, :-1])
    reach = stdtrit(client.degrees, (1 + level) / 2) * np.sqrt(own[:, -1])
    return Standing(
        estimate=estimates[:, -1],
        low=estimates[:, -1] - reach,
        high=estimates[:, -1] + reach,
        field=others,
        shrunk=whole.shrunk[:, -1],
        shrunk_low=whole.shrunk_low[:, -1],
        shrunk_high=whole.shrunk_high[:, -1],
    )


def part_below(values: FloatArray, field: RandomEffects, level: float) -> FloatArray:
    """Return which part of the field's clients lies below a value.

    Each client counts with the chance that its true value is lower, given its own estimate and
    those of the others: noisy estimates lie further apart than the truth, and would place a good
    client too near the middle.

    Parameters
    ----------
    values
        Shape ``(p,)``.
    field
        With `shrunk` of shape ``(p, K)``; NaN does not count.
    level
        Of the intervals in it.
    """
    spread = (field.shrunk_high - field.shrunk_low) / (2 * ndtri((1 + level) / 2))
    least = np.finfo(np.float64).tiny
    chances = ndtr((values[:, np.newaxis] - field.shrunk) / np.maximum(spread, least))
    told = np.isfinite(chances)
    count = told.sum(axis=-1)
    below = np.where(told, chances, 0.0).sum(axis=-1)
    found: FloatArray = np.divide(below, count, out=np.full(len(values), np.nan), where=count > 0)
    return found


def chance_of_another(
    standing: Standing, variances: FloatArray, degrees: int, level: float
) -> FloatArray:
    """Return the p-value that the client is one of the field, shape ``(p,)``.

    The question is not whether it differs from their average, for clients do differ, but whether
    it lies further from it than they do. The prediction interval of the field is widened by the
    client's own uncertainty; a client that is known exactly has a p-value below 1 − `level` where
    it lies outside that interval. Degrees of freedom are those of the client's variance, more the
    less of the spread is its own (Satterthwaite).
    """
    reach = (standing.field.prediction_high - standing.field.prediction_low) / 2
    together = (reach / ndtri((1 + level) / 2)) ** 2 + variances
    spread = np.sqrt(together)
    distance = np.abs(standing.estimate - standing.field.mean)
    away = np.divide(distance, spread, out=np.full_like(spread, np.nan), where=spread > 0)
    own = np.divide(variances, together, out=np.zeros_like(spread), where=together > 0)
    p_values: FloatArray = 2 * stdtr(degrees / np.maximum(own, LEAST) ** 2, -away)
    return p_values


def standing_tables(
    client: BenchmarkClient, field: Field, drivers: tuple[str, ...], outcome: str, level: float
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return one row a driver, and one of the outcome: a client among the others."""
    mean, weight, effect = (
        standing_of(client, field, measure, level) for measure in (MEAN, WEIGHT, EFFECT)
    )
    performance = _performance(mean, level)
    p_values = chance_of_another(weight, client.weight_variance, client.degrees, level)
    adjusted = benjamini_hochberg(p_values)
    columns: dict[str, object] = {
        "driver": drivers,
        **{name: values[:-1] for name, values in performance.items()},
        "estimate": weight.estimate,
        "conf_low": weight.low,
        "conf_high": weight.high,
        "field_estimate": weight.field.mean,
        "prediction_low": weight.field.prediction_low,
        "prediction_high": weight.field.prediction_high,
        "shrunk": weight.shrunk,
        "shrunk_low": weight.shrunk_low,
        "shrunk_high": weight.shrunk_high,
        "effect": effect.estimate,
        "effect_low": effect.low,
        "effect_high": effect.high,
        "effect_shrunk": effect.shrunk,
        "field_effect": effect.field.mean,
        "stands_out": adjusted < 1 - level,
        "p_value": p_values,
        "p_adjusted": adjusted,
        "n": client.rated,
        "clients": weight.field.count,
    }
    overall: dict[str, object] = {
        "outcome": [outcome],
        **{name: values[-1:] for name, values in performance.items()},
        "n": [client.n],
        "clients": [len(field.clients)],
    }
    return pd.DataFrame(columns), pd.DataFrame(overall)


def _performance(mean: Standing, level: float) -> dict[str, FloatArray]:
    places = {"mean": mean.estimate, "mean_low": mean.low, "mean_high": mean.high}
    names = ("percentile", "percentile_low", "percentile_high")
    below = [100 * part_below(values, mean.field, level) for values in places.values()]
    return places | dict(zip(names, below, strict=True))
