"""Keep so much of a client that no answer of one of its customers shows in it.

Exact sums of two versions of a file, before and after one more customer answered, would give that
customer's answers to the last point. So each number is rounded to steps of about its standard
error, and a mean to no smaller ones than a customer can move it by: that adds at most a twelfth to
its variance.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from cxdrivers.answers.groups.benchmark_clients import BenchmarkClient
from cxdrivers.answers.groups.benchmark_reading import SMALLEST_MINIMUM
from cxdrivers.answers.groups.group_estimates import EFFECT, MEAN, WEIGHT
from cxdrivers.moments.sampling import IntArray
from cxdrivers.moments.sums import FloatArray

UNKNOWN = {MEAN: 1.0, WEIGHT: 0.01, EFFECT: 0.01}
"""The step of a number without a standard error."""
FEWEST_TOGETHER = 5
"""Respondents are counted in steps of at least so many."""
SLACK = 1e-9


def kept_of(client: BenchmarkClient, *, minimum: int) -> BenchmarkClient:
    """Return what a benchmark keeps of a client: rounded, and of no driver that few rated.

    Parameters
    ----------
    client
        As it was measured.
    minimum
        Respondents that it has at least; it is not counted lower.
    """
    few = client.rated < SMALLEST_MINIMUM
    n = max(int(_in_steps(np.array(client.n))), minimum)
    rated = np.where(few, client.rated // FEWEST_TOGETHER * FEWEST_TOGETHER, client.rated)
    rated = np.where(few, rated, np.minimum(_in_steps(client.rated), n))
    rated = np.where(client.rated == client.n, n, rated)
    alike = client.n_effective >= client.n
    effective = n if alike else min(int(_in_steps(np.array(round(client.n_effective)))), n)
    degrees = int(client.degrees // _step(client.degrees) * _step(client.degrees))
    numbers: dict[str, Any] = {}
    for name, other in UNKNOWN.items():
        estimate, variance = getattr(client, name), _two_digits(getattr(client, f"{name}_variance"))
        unit = _mean_unit(variance, n) if name == MEAN else _unit(variance, other)
        hidden = np.append(few, False)[: len(estimate)]
        numbers[name] = np.where(hidden, np.nan, np.round(estimate / unit) * unit)
        numbers[f"{name}_variance"] = np.where(hidden, np.nan, variance)
    numbers[MEAN] = np.clip(numbers[MEAN], 0, 100)
    told = np.append(~few, True)
    covariance = _rounded_covariance(client.covariance, max(effective, 1))
    return replace(
        client,
        n=n,
        n_effective=float(max(effective, 1)),
        degrees=max(degrees, 1),
        rated=rated.astype(np.intp),
        covariance=np.where(np.outer(told, told), covariance, np.nan),
        **numbers,
    )


def is_kept_of(kept: BenchmarkClient, client: BenchmarkClient) -> bool:
    """Return whether a benchmark's client may be the one that was measured.

    Their counts, means and covariances are then the same but for rounding. Covariances count for
    drivers without blanks: what a blank is expected to be depends on who else is asked.
    """
    if abs(kept.n - client.n) > _step(client.n):
        return False
    few = client.rated < SMALLEST_MINIMUM
    if (np.abs(kept.rated - client.rated) > np.maximum(_step(client.rated), 1)).any():
        return False
    told = np.append(~few, True)
    if (np.isfinite(kept.mean) != (told & np.isfinite(client.mean))).any():
        return False
    unit = _mean_unit(kept.mean_variance, kept.n)
    apart = np.abs(kept.mean - client.mean) > unit / 2 + SLACK
    if (apart & np.isfinite(kept.mean)).any():
        return False
    whole = np.append(client.rated == client.n, True) & np.isfinite(kept.mean)
    block = np.ix_(whole, whole)
    (deviations, correlations), (others, other_correlations) = (
        _standardised(each.covariance[block]) for each in (kept, client)
    )
    spread, between = _covariance_units(others, kept.n_effective)
    return bool(
        (np.abs(deviations - others) <= spread + SLACK).all()
        and (np.abs(correlations - other_correlations) <= between + SLACK).all()
    )


def _rounded_covariance(covariance: FloatArray, n: float) -> FloatArray:
    """Return a covariance with rounded deviations and correlations, that answers can have."""
    deviations, correlations = _standardised(np.where(np.isfinite(covariance), covariance, 0.0))
    spread, between = _covariance_units(deviations, n)
    deviations = np.round(deviations / spread) * spread
    rounded = np.round(correlations / between) * between
    np.fill_diagonal(rounded, 1.0)
    least = float(np.linalg.eigvalsh(rounded).min())
    if least < between:
        rounded = (rounded + (between - least) * np.eye(len(rounded))) / (1 + between - least)
    found = np.outer(deviations, deviations) * rounded
    np.fill_diagonal(found, deviations**2)
    return np.where(np.isfinite(covariance), found, np.nan)


def _standardised(covariance: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return standard deviations and correlations, 0 for what never varies."""
    deviations = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    scale = np.where(deviations > 0, deviations, np.inf)
    return deviations, covariance / np.outer(scale, scale)


def _covariance_units(deviations: FloatArray, n: float) -> tuple[FloatArray, float]:
    """Return the steps of deviations and of correlations."""
    return _unit(deviations**2 / (2 * n), 1.0), float(_unit(np.array(1 / n), 1.0))


def _mean_unit(variance: FloatArray, n: int) -> FloatArray:
    """Return the steps of means: one customer hardly moves them by more than one."""
    return np.maximum(_unit(variance, UNKNOWN[MEAN]), _round_down(np.array(200 / n)))


def _unit(variance: FloatArray, unknown: float) -> FloatArray:
    """Return the step that a number is rounded to: 1, 2 or 5 times a power of ten."""
    known = np.isfinite(variance) & (variance > 0)
    return np.where(known, _round_down(np.sqrt(np.where(known, variance, 1.0))), unknown)


def _round_down(numbers: FloatArray) -> FloatArray:
    """Return the highest of 1, 2 and 5 times a power of ten that is not above a number."""
    power = 10.0 ** np.floor(np.log10(numbers) + SLACK)
    digit = numbers / power * (1 + SLACK)
    found: FloatArray = power * np.select([digit >= 5, digit >= 2], [5.0, 2.0], 1.0)
    return found


def _step(count: int | IntArray) -> IntArray:
    step = _round_down(np.maximum(np.asarray(count, np.float64) / 10, FEWEST_TOGETHER))
    return step.astype(np.intp)


def _in_steps(count: IntArray) -> IntArray:
    step = _step(count)
    return ((count + step // 2) // step * step).astype(np.intp)


def _two_digits(variance: FloatArray) -> FloatArray:
    """Return variances with two significant digits."""
    known = np.isfinite(variance) & (variance > 0)
    power = 10.0 ** (np.floor(np.log10(np.where(known, variance, 1.0))) - 1)
    return np.where(known, np.round(variance / power) * power, variance)
