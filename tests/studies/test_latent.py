"""Tests of `tests.studies.latent`."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.importance.graded_rows import graded_rows
from cxdrivers.importance.likelihood_lattice import LikelihoodLattice
from tests.studies.latent import THRESHOLDS, frequencies, graded, true_mcfadden
from tests.studies.populations import SLOPES, Cell, blank_design, draw, true_weights
from tests.twins import fits_of_covariance

STRONGEST, OTHERS = (0,), (1, 2, 6)


@pytest.mark.parametrize("kind", ["top_box", "ordinal", "top_box_weights", "top_box_clusters"])
@pytest.mark.parametrize("correlation", [0.0, 0.6])
def test_a_very_large_sample_explains_what_the_integral_says(kind: str, correlation: float):
    cell = Cell(kind, 60_000, correlation)
    design = draw(cell, 1, blank_design())
    rows = graded_rows(design.columns, design.outcome, design.weights)
    found = LikelihoodLattice(rows, [STRONGEST, OTHERS]).values(rows.masses)
    explained = {frozenset(subset): _explained(subset, correlation) for subset in _subsets()}
    truth = true_mcfadden(cell.model, explained)
    expected = [truth[frozenset(subset)] for subset in _subsets()]
    np.testing.assert_allclose(found, expected, atol=0.01)


def test_the_weights_add_up_to_what_all_drivers_explain():
    everything = true_mcfadden("top_box", {frozenset(range(7)): 1.0})
    for correlation in (0.0, 0.6):
        weights = true_weights(Cell("top_box", 300, correlation))
        assert weights.sum() == pytest.approx(everything[frozenset(range(7))], abs=1e-9)


def test_what_explains_nothing_is_worth_nothing():
    assert true_mcfadden("ordinal", {frozenset(): 0.0}) == {frozenset(): 0.0}


def test_two_fifths_reach_the_top_box_and_one_grade_is_eight_times_as_frequent_as_another():
    assert frequencies("top_box")[1] == pytest.approx(0.4, abs=0.001)
    parts = frequencies("ordinal")
    assert parts.sum() == pytest.approx(1)
    assert len(parts) == 8
    assert (parts.min(), parts.max()) == pytest.approx((0.033, 0.258), abs=0.001)


def test_noise_is_logistic_with_variance_one():
    rng = np.random.default_rng(1)
    normal = rng.normal(size=200_000)
    thresholds = np.array(THRESHOLDS["ordinal"])
    reached = graded("ordinal", np.zeros(len(normal)), normal)
    above = [(reached > place).mean() for place in range(len(thresholds))]
    expected = 1 / (1 + np.exp(thresholds * np.pi / np.sqrt(3)))
    np.testing.assert_allclose(above, expected, atol=0.004)


def _subsets() -> list[tuple[int, ...]]:
    return [(), STRONGEST, OTHERS, STRONGEST + OTHERS]


def _explained(subset: tuple[int, ...], correlation: float) -> float:
    """Return the part of the drivers' variance that some of them explain, by least squares."""
    drivers = len(SLOPES)
    among = np.full((drivers, drivers), correlation) + (1 - correlation) * np.eye(drivers)
    covariance = np.block(
        [
            [among, (among @ SLOPES)[:, np.newaxis]],
            [SLOPES @ among, np.array([[SLOPES @ among @ SLOPES]])],
        ]
    )
    return fits_of_covariance(covariance, drivers)[frozenset(subset)]
