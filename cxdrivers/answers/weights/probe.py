"""Hold every driver against noise: a second opinion on "nothing there"."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.linear_shares import linear_shares
from cxdrivers.moments.design import Design
from cxdrivers.moments.sums import moments_from_sums, row_products

PROBES = 500


def probe_table(design: Design, *, n_probes: int, level: float, seed: int) -> pd.DataFrame:
    """Return how often a random driver weighs as much as each real one.

    A probe is a column of random numbers that knows nothing of the outcome, weighed among the
    drivers (compare Kursa & Rudnicki 2010, *Journal of Statistical Software* 36(11)). A driver
    that a probe often matches shows no more than chance. Weights here are the classic ones, not
    adjusted: it is their excess over chance that is looked at.

    Parameters
    ----------
    design
        The rows.
    n_probes
        How many probes, each weighed by itself.
    level
        Of the bound: 0.95 gives the weight that one probe in twenty passes.
    seed
        Where the random numbers start.

    Returns
    -------
    DataFrame
        `driver`, `estimate` (mean classic weight beside a probe), `probe` (the bound) and
        `p_probe` (part of the probes that weigh at least as much).
    """
    drivers = len(design.groups)
    outcome_last = np.column_stack([design.columns, design.outcome])
    values = outcome_last - outcome_last.mean(axis=0)
    covariances = _with_probes(values, design.weights, n_probes, np.random.default_rng(seed))
    places = design.columns.shape[1]
    shares = linear_shares(covariances, [*design.groups, (places,)])
    real, chance = shares[:, :drivers], shares[:, drivers]
    return pd.DataFrame(
        {
            "driver": design.drivers,
            "estimate": real.mean(axis=0),
            "probe": np.quantile(chance, level),
            "p_probe": (chance[:, np.newaxis] >= real).mean(axis=0),
        }
    )


def _with_probes(
    values: FloatArray, weights: FloatArray | None, n_probes: int, rng: np.random.Generator
) -> FloatArray:
    """Return covariances with one probe each, shape ``(n_probes, k + 2, k + 2)``, outcome last."""
    covariance = moments_from_sums(row_products(values, weights).sum(axis=0))[1]
    size = len(covariance) + 1
    found = np.empty((n_probes, size, size))
    keep = [*range(size - 2), size - 1]
    mass = np.ones(len(values)) if weights is None else weights
    mean = mass @ values / mass.sum()
    for number in range(n_probes):
        probe = rng.standard_normal(len(values))
        probe -= mass @ probe / mass.sum()
        with_others = (mass * probe) @ (values - mean) / mass.sum()
        found[number][np.ix_(keep, keep)] = covariance
        found[number, size - 2, keep] = found[number, keep, size - 2] = with_others
        found[number, size - 2, size - 2] = mass @ probe**2 / mass.sum()
    return found
