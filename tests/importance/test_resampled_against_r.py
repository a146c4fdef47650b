"""Resampled figures of rwa and dominanceanalysis, from the resamples that their seed gives in R.

The rows stay outside the project, so these tests need the folder of CXDRIVERS_SHARED.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from cxdrivers.importance.dominance import (
    completely_dominates,
    conditionally_dominates,
    generally_dominates,
)
from cxdrivers.importance.johnson import johnson_shares
from cxdrivers.importance.lattice import FloatArray, r_squared_values
from cxdrivers.importance.shapley import shapley
from tests.r_bootstrap import Rows, RStream, bca_interval

SINGLES = [(driver,) for driver in range(6)]
QUALITY = 2


@pytest.fixture
def rows(reference, shared_file) -> FloatArray:
    facts = reference("a_mobi_composites")
    frame = pd.read_csv(shared_file("data/mobi_composites.csv"))
    return frame[[*facts["drivers"], facts["outcome"]]].to_numpy()


def test_the_seed_gives_the_resamples_that_boot_relimp_saved(shared_file):
    saved = np.loadtxt(shared_file("reference/m_boot_indices_mobi_B499.csv"), delimiter=",")
    np.testing.assert_array_equal(RStream(20240601).resamples(250, 499), saved.astype(int) - 1)


@pytest.mark.parametrize(
    ("name", "streams_before"), [("raw", 0), ("rescaled", 1), ("minus_quality", 2)]
)
def test_the_intervals_of_rwa_are_reproduced(
    name: str, streams_before: int, reference, rows: FloatArray
):
    """For each kind of interval rwa resamples anew, one after another from one seed."""
    facts = reference("n_rwa_boot_mobi")
    stream = RStream(facts["seed"])
    for _ in range(streams_before):
        stream.resamples(len(rows), facts["n_boot"])
    drawn = stream.resamples(len(rows), facts["n_boot"])
    kinds: dict[str, Callable[[FloatArray], FloatArray]] = {
        "raw": lambda weights: weights,
        "rescaled": lambda weights: 100 * weights / weights.sum(axis=-1, keepdims=True),
        "minus_quality": lambda weights: (
            np.delete(weights, QUALITY, axis=-1) - weights[..., [QUALITY]]
        ),
    }
    estimate = kinds[name](johnson_shares(_covariances(rows[np.newaxis]), SINGLES)[0])
    replicates = kinds[name](johnson_shares(_covariances(rows[drawn]), SINGLES))
    if name in facts:
        np.testing.assert_allclose(estimate, facts[name], rtol=0, atol=1e-10)
    _same_intervals(estimate, replicates, drawn, facts["intervals"][name])


def test_the_intervals_of_rwa_against_a_random_column_are_reproduced(reference, rows: FloatArray):
    """After the indices every call of the statistic draws a column, first that of the sample."""
    facts = reference("n_rwa_boot_mobi")
    stream = RStream(facts["seed"])
    for _ in range(2):
        stream.resamples(len(rows), facts["n_boot"])
    drawn = stream.resamples(len(rows), facts["n_boot"])
    random = stream.normals((1 + len(drawn)) * len(rows)).reshape(-1, len(rows), 1)
    samples = np.concatenate([rows[np.newaxis], rows[drawn]])
    samples = np.concatenate([samples[..., :-1], random, samples[..., -1:]], axis=-1)
    weights = johnson_shares(_covariances(samples), [*SINGLES, (6,)])
    beyond = weights[:, :-1] - weights[:, -1:]
    _same_intervals(beyond[0], beyond[1:], drawn, facts["intervals"]["minus_random"])


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        ("complete", completely_dominates),
        ("conditional", conditionally_dominates),
        ("general", generally_dominates),
    ],
)
def test_the_reproducibility_of_dominance_is_reproduced(
    kind: str, statement: Callable, reference, rows: FloatArray
):
    facts = reference("o_dominanceanalysis_boot")
    expected = facts[kind]
    drawn = RStream(facts["seed"]).resamples(len(rows), facts["n_boot"])
    samples = np.concatenate([rows[np.newaxis], rows[drawn]])
    dominates = statement(r_squared_values(_covariances(samples), SINGLES))
    pairs = [[facts["drivers"].index(one) for one in pair.split(">")] for pair in expected["pairs"]]
    assert len(pairs) == 15
    first, second = np.transpose(pairs)
    over, under = dominates[:, first, second], dominates[:, second, first]
    scores = 0.5 + 0.5 * over - 0.5 * under
    found = {
        "Dij": scores[0],
        "mDij": scores[1:].mean(axis=0),
        "SE.Dij": scores[1:].std(axis=0, ddof=1),
        "Pij": over[1:].mean(axis=0),
        "Pji": under[1:].mean(axis=0),
        "Pnoij": 1 - (over | under)[1:].mean(axis=0),
        "Rep": (scores[1:] == scores[0]).mean(axis=0),
    }
    assert found.keys() == expected.keys() - {"pairs"}
    for figure, value in found.items():
        np.testing.assert_allclose(value, expected[figure], rtol=0, atol=1e-10)


def test_the_resampled_general_dominance_is_reproduced(reference, rows: FloatArray):
    facts = reference("o_dominanceanalysis_boot")
    expected = facts["average"]
    drawn = RStream(facts["seed"]).resamples(len(rows), facts["n_boot"])
    samples = np.concatenate([rows[np.newaxis], rows[drawn]])
    shares = shapley(r_squared_values(_covariances(samples), SINGLES))
    mean = shares[1:].mean(axis=0)
    np.testing.assert_allclose(shares[0], expected["original"], rtol=0, atol=1e-10)
    np.testing.assert_allclose(mean, expected["bs.E"], rtol=0, atol=1e-10)
    np.testing.assert_allclose(mean - shares[0], expected["bias"], rtol=0, atol=1e-10)
    error = shares[1:].std(axis=0, ddof=1)
    np.testing.assert_allclose(error, expected["bs.SE"], rtol=0, atol=1e-10)


def _covariances(samples: FloatArray) -> FloatArray:
    centred = samples - samples.mean(axis=-2, keepdims=True)
    return np.einsum("...ni,...nj->...ij", centred, centred) / samples.shape[-2]


def _same_intervals(
    estimate: FloatArray, replicates: FloatArray, drawn: Rows, expected: dict[str, Any]
) -> None:
    found = [
        bca_interval(value, column, drawn, 0.95)
        for value, column in zip(estimate, replicates.T, strict=True)
    ]
    low, high = np.transpose(found)
    np.testing.assert_allclose(low, expected["low"], rtol=0, atol=1e-10)
    np.testing.assert_allclose(high, expected["high"], rtol=0, atol=1e-10)
