"""Pool what groups have in common, say how much they differ, and draw small ones to the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import stdtrit

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.between_mixtures import NODES, between_mixture, possible_levels
from cxdrivers.models.between_variance import heterogeneity, reml_variance, variances_at
from cxdrivers.models.effect_rows import EffectRows, effect_rows
from cxdrivers.models.effective_sizes import IntArray

MOST_NUMBERS = 200_000
"""What an array of a few rows may hold and still be near the processor."""

BLOCKS = ("mean", "low", "high", "prediction_low", "prediction_high")
GROUPS = ("shrunk", "shrunk_low", "shrunk_high")


@dataclass(frozen=True, eq=False)
class RandomEffects:
    """What groups have in common, how much they differ, and each drawn to the whole.

    NaN where nothing tells a number: all but `mean`, `shrunk`, `df` and `count` when there are no
    more groups than blocks.

    Attributes
    ----------
    mean, low, high
        Shape ``(...)``, or ``(..., B)`` with blocks: the pooled mean of the groups.
    tau, tau_low, tau_high
        Shape ``(...)``: standard deviation of the true values of groups, within their blocks.
    i_squared
        Shape ``(...)``: its part in how much estimates differ, from 0 to 1.
    statistic, df, p_value
        Shape ``(...)``: Cochran's Q, groups less blocks, and the test that none differs.
    prediction_low, prediction_high
        The shape of `mean`: where the true value of a group that was not seen would lie.
    shrunk, shrunk_low, shrunk_high
        Shape ``(..., K)``: each group's value in the light of the others.
    count
        Shape ``(...)``: groups with an estimate.
    """

    mean: FloatArray
    low: FloatArray
    high: FloatArray
    tau: FloatArray
    tau_low: FloatArray
    tau_high: FloatArray
    i_squared: FloatArray
    statistic: FloatArray
    df: IntArray
    p_value: FloatArray
    prediction_low: FloatArray
    prediction_high: FloatArray
    shrunk: FloatArray
    shrunk_low: FloatArray
    shrunk_high: FloatArray
    count: IntArray


def random_effects(
    estimates: FloatArray,
    variances: FloatArray,
    *,
    blocks: IntArray | None = None,
    level: float = 0.95,
    degrees: FloatArray | None = None,
) -> RandomEffects:
    """Return what estimates of groups say together.

    The variance between groups τ² is that of restricted maximum likelihood. Everything else
    allows for how little a few groups tell of it: intervals are averaged over the confidence
    distribution of τ² that Cochran's Q gives (Viechtbauer 2007, *Statistics in Medicine* 26,
    37–52; Nagashima, Noma & Furukawa 2019, *Statistical Methods in Medical Research* 28,
    1689–1702), so that four groups need no prior. Simulated with 4 to 30 groups that differ, the
    95 % interval of a new group held 93–97 %, that of the mean 94–98 % and that of a group in the
    light of the others 92–95 %; where groups do not differ at all, all three held 97–99.9 %.

    Parameters
    ----------
    estimates
        Shape ``(..., K)``; NaN for a group without one.
    variances
        Shape ``(..., K)``: of each estimate. A group whose variance, or its degrees of freedom,
        is not above 0 has nothing to go by: it keeps its own estimate and counts in nothing.
    blocks
        Shape ``(K,)``: the block of each group (the organisation of a team), numbered from 0.
        Each block has a mean of its own; τ² is the same in all.
    level
        Of all intervals.
    degrees
        Shape ``(..., K)``: degrees of freedom behind each variance, as `moderated_variances`
        gives them; without them variances are taken to be known.

    Returns
    -------
    RandomEffects

    Raises
    ------
    ValueError
        When degrees of freedom are not given for each estimate.

    Examples
    --------
    >>> found = random_effects(np.array([0.2, 0.4, 0.3, 0.7]), np.full(4, 0.01))
    >>> round(float(found.mean), 2), round(float(found.tau), 3), round(float(found.p_value), 4)
    (0.4, 0.191, 0.0029)
    >>> found.shrunk.round(2).tolist()
    [0.24, 0.4, 0.32, 0.64]
    """
    values, spread = np.broadcast_arrays(
        np.asarray(estimates, np.float64), np.asarray(variances, np.float64)
    )
    freedom = np.full(values.shape, np.inf) if degrees is None else np.asarray(degrees, np.float64)
    if freedom.shape != values.shape:
        raise ValueError("degrees of freedom are given for each estimate")
    lead, width = values.shape[:-1], values.shape[-1]
    members = np.zeros(width, np.intp) if blocks is None else np.asarray(blocks, np.intp)
    order = np.argsort(members, kind="stable")
    used, places = np.unique(members[order], return_inverse=True)
    given = [each.reshape(-1, width)[:, order] for each in (values, spread, freedom)]
    rows = effect_rows(given[0], given[1], places, given[2])
    step = max(1, MOST_NUMBERS // (width * (NODES + 1)))
    parts = [
        _effects_of(rows.rows(slice(start, start + step)), (1 - level) / 2)
        for start in range(0, len(given[0]), step)
    ]
    found = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    alone = _alone(given, (1 - level) / 2)
    back = np.argsort(order)
    for name in GROUPS:
        told = np.where(rows.there & (rows.freedom > 0)[:, np.newaxis], found[name], alone[name])
        found[name] = told[:, back]
    for name in BLOCKS:
        if blocks is None:
            found[name] = found[name][:, 0]
        else:
            of_blocks = np.full((len(given[0]), members.max(initial=-1) + 1), np.nan)
            of_blocks[:, used] = found[name]
            found[name] = of_blocks
    shaped = {name: array.reshape((*lead, *array.shape[1:])) for name, array in found.items()}
    return RandomEffects(**shaped)


def _effects_of(rows: EffectRows, tail: float) -> dict[str, Any]:
    """Return the fields of the result for some rows, groups and blocks as they stand there."""
    none = np.zeros((1, len(rows.estimates)))
    tau_squared = reml_variance(rows)
    statistic, p_value = heterogeneity(rows, none)
    levels, counts = possible_levels(p_value[0])
    ends = np.broadcast_to([[tail], [1 - tail]], (2, len(tau_squared)))
    possible = variances_at(rows, np.concatenate([ends, levels]))
    mixture = between_mixture(
        rows, np.concatenate([none, possible[2:]]), np.concatenate([p_value, counts]), tail
    )
    several = rows.freedom > 0
    _, _, means = rows.weighted(np.where(several, tau_squared, 0.0)[np.newaxis])
    (low, high), (unseen_low, unseen_high) = mixture.pooled(), mixture.unseen()
    shrunk, shrunk_low, shrunk_high = mixture.shrunk()
    of_groups = rows.centres[:, rows.members]
    return {
        "mean": means[0] + rows.centres,
        "low": low + rows.centres,
        "high": high + rows.centres,
        "tau": np.sqrt(tau_squared),
        "tau_low": np.sqrt(possible[0]),
        "tau_high": np.sqrt(possible[1]),
        "i_squared": tau_squared / (tau_squared + rows.typical),
        "statistic": np.where(several, statistic[0], np.nan),
        "df": rows.freedom,
        "p_value": p_value[0],
        "prediction_low": unseen_low + rows.centres,
        "prediction_high": unseen_high + rows.centres,
        "shrunk": shrunk + of_groups,
        "shrunk_low": shrunk_low + of_groups,
        "shrunk_high": shrunk_high + of_groups,
        "count": rows.count,
    }


def _alone(given: Sequence[FloatArray], tail: float) -> dict[str, FloatArray]:
    """Return each group's value by itself, for where nothing tells how groups differ."""
    estimates, variances, degrees = given
    there = np.isfinite(variances) & (variances > 0)
    reach = stdtrit(degrees, 1 - tail) * np.sqrt(np.where(there, variances, np.nan))
    return {
        "shrunk": np.where(np.isfinite(estimates), estimates, np.nan),
        "shrunk_low": estimates - reach,
        "shrunk_high": estimates + reach,
    }
