"""Take the chain apart the slow way: statsmodels, and a loop over customers and resamples."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import statsmodels.api as sm
from scipy.special import expit

from cxdrivers.moments.sums import FloatArray

EXACT = 1e-15


def glm(
    columns: FloatArray, outcome: FloatArray, masses: FloatArray, rate: float | None = None
) -> FloatArray:
    """Return the coefficients of statsmodels, of a constant first.

    With a `rate` every row has an answer at that rate beside its own, together as many as there are
    coefficients.
    """
    x = sm.add_constant(columns, has_constant="add")
    given = masses
    if rate is not None:
        more = x.shape[1] / len(x)
        even = masses / masses.mean()
        x, outcome = np.tile(x, (3, 1)), np.concatenate([outcome, 0 * outcome, 0 * outcome + 1])
        ends = (np.full(len(masses), more * part) for part in (1 - rate, rate))
        given = np.concatenate([even, *ends])
    kept = given > 0
    model = sm.GLM(outcome[kept], x[kept], family=sm.families.Binomial(), freq_weights=given[kept])
    return np.asarray(model.fit(maxiter=200, tol=EXACT, tol_criterion="params").params)


def chain(
    mention: FloatArray,
    top: FloatArray,
    told: FloatArray,
    covariates: FloatArray,
    masses: FloatArray,
    *,
    rates: Sequence[float | None] = (None, None),
) -> dict[str, float]:
    """Return every number of the chain, one customer after the other."""
    first = glm(np.column_stack([mention, covariates]), top, masses, rates[0])
    both = np.column_stack([mention, top, mention * top, covariates])
    second = glm(both, told, masses, rates[1])
    sums: dict[str, float] = {}
    for row, mass in zip(range(len(mention)), masses / masses.sum(), strict=True):
        c = covariates[row]
        m = [expit(first[0] + first[1] * a + c @ first[2:]) for a in (0, 1)]
        y = {
            (a, s): expit(
                second[0] + second[1] * a + second[2] * s + second[3] * a * s + c @ second[4:]
            )
            for a in (0, 1)
            for s in (0, 1)
        }
        own = int(mention[row])
        numbers = {
            "m0": m[0],
            "m1": m[1],
            **{f"y{a}{s}": chance for (a, s), chance in y.items()},
            "direct": (y[1, 1] - y[0, 1]) * m[0] + (y[1, 0] - y[0, 0]) * (1 - m[0]),
            "indirect": (y[1, 1] - y[1, 0]) * (m[1] - m[0]),
            "total": y[1, 1] * m[1] + y[1, 0] * (1 - m[1]) - y[0, 1] * m[0] - y[0, 0] * (1 - m[0]),
            "below": y[own, 0],
            "above": y[own, 1],
        }
        for name, number in numbers.items():
            sums[name] = sums.get(name, 0.0) + mass * float(number)
    return sums


def customers(
    n: int = 150, *, seed: int = 1, told: float = -1.0
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return mention, top, told and three covariates that go with all of them."""
    rng = np.random.default_rng(seed)
    c = rng.normal(size=(n, 3)) + 0.5 * rng.normal(size=(n, 1))
    mention = (rng.random(n) < expit(0.6 * c[:, 0])).astype(float)
    top = (rng.random(n) < expit(0.5 * mention + c @ [0.5, 0.4, 0.0])).astype(float)
    chance = expit(told + 0.5 * mention + 0.7 * top + 0.4 * mention * top + 0.4 * c[:, 1])
    return mention, top, (rng.random(n) < chance).astype(float), c


def resamples(n: int, count: int, *, seed: int = 2) -> FloatArray:
    """Return how often each of n customers is drawn, shape ``(count, n)``."""
    rng = np.random.default_rng(seed)
    drawn = [np.bincount(rng.integers(0, n, n), minlength=n) for _ in range(count)]
    return np.array(drawn, dtype=np.float64)
