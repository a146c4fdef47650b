"""Logistic and ordinal dominance against R; `tests/reference/README.md` has the recipe.

The rows stay outside the project, so these tests need the folder of CXDRIVERS_SHARED.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from cxdrivers.importance.dominance import complete_dominance, conditional_dominance
from cxdrivers.importance.graded_rows import GradedRows, graded_rows
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.likelihood_lattice import LikelihoodLattice, null_log_likelihood
from cxdrivers.importance.shapley import shapley

LOGIT = "i_mobi_logit_sat8"
ORDINAL = "l_univer_ordinal_poisson"


@pytest.fixture
def logit(reference, shared_file) -> tuple[dict[str, Any], LikelihoodLattice]:
    facts = reference(LOGIT)
    frame = pd.read_csv(shared_file("data/mobi_composites.csv"))
    outcome = (frame[facts["outcome"]] >= facts["threshold"]).to_numpy(dtype=float)
    assert (len(outcome), outcome.sum()) == (facts["n"], facts["events"])
    return facts, _lattice(frame[facts["drivers"]].to_numpy(dtype=float), outcome)


@pytest.fixture
def ordinal(reference, shared_file) -> tuple[dict[str, Any], LikelihoodLattice]:
    facts = reference(ORDINAL)
    frame = pd.read_csv(shared_file("data/CUB_univer.csv"))
    outcome = frame[facts["outcome"]].to_numpy(dtype=float)
    assert len(outcome) == facts["n"]
    return facts, _lattice(frame[facts["drivers"]].to_numpy(dtype=float), outcome)


def test_logistic_regression_is_that_of_glm(logit):
    facts, lattice = logit
    thresholds, slopes = _in_the_units_of_the_columns(lattice)
    _same(thresholds, [-facts["glm"]["intercept"]])
    _same(slopes, facts["glm"]["coef"])
    heights = lattice.log_likelihoods(lattice.rows.masses)
    assert heights[-1] == pytest.approx(facts["glm"]["log_likelihood"], abs=1e-6)
    assert heights[0] == pytest.approx(facts["glm"]["log_likelihood_null"], abs=1e-6)
    assert _nothing(lattice.rows) == pytest.approx(heights[0], abs=1e-9)


@pytest.mark.parametrize("index", ["mcfadden", "nagelkerke", "estrella", "cox_snell", "tjur"])
def test_dominance_over_every_index_of_logistic_regression_is_that_of_domir(index: str, logit):
    facts, lattice = logit
    values = lattice.values(lattice.rows.masses, index=index)
    others = facts["domir_other_indices"]
    expected = others[index]["general"] if index in others else facts["domir"]["general"]
    assert values[-1] == pytest.approx(facts["glm"]["pseudo_r2"][index], abs=1e-6)
    _same(shapley(values), expected)
    if index in facts["dominanceanalysis"]:
        _same(shapley(values), facts["dominanceanalysis"][index])


def test_conditional_and_complete_dominance_of_logistic_regression_are_those_of_domir(logit):
    facts, lattice = logit
    _same_dominance(lattice.values(lattice.rows.masses), facts["domir"])


@pytest.mark.parametrize("program", ["clm", "polr"])
def test_proportional_odds_are_those_of_two_programs(program: str, ordinal):
    facts, lattice = ordinal
    thresholds, slopes = _in_the_units_of_the_columns(lattice)
    _same(thresholds, facts[program]["thresholds"])
    _same(slopes, facts[program]["coef"])
    heights = lattice.log_likelihoods(lattice.rows.masses)
    assert heights[-1] == pytest.approx(facts[program]["log_likelihood"], abs=1e-6)
    assert heights[0] == pytest.approx(facts["polr"]["log_likelihood_null"], abs=1e-6)
    assert _nothing(lattice.rows) == pytest.approx(heights[0], abs=1e-9)


def test_dominance_of_proportional_odds_is_that_of_domir(ordinal):
    facts, lattice = ordinal
    values = lattice.values(lattice.rows.masses)
    assert values[-1] == pytest.approx(facts["domir"]["value"], abs=1e-6)
    _same_dominance(values, facts["domir"])


def _lattice(columns: FloatArray, outcome: FloatArray) -> LikelihoodLattice:
    singles = [(driver,) for driver in range(columns.shape[1])]
    return LikelihoodLattice(graded_rows(columns, outcome), singles)


def _in_the_units_of_the_columns(lattice: LikelihoodLattice) -> tuple[FloatArray, FloatArray]:
    count = lattice.rows.levels - 1
    top = lattice.tops[-1][0]
    thresholds, slopes = top[:count], top[count:] / lattice.rows.scales
    return thresholds + lattice.rows.centres @ slopes, slopes


def _nothing(rows: GradedRows) -> float:
    return float(null_log_likelihood(rows.grade_masses(rows.masses[np.newaxis]))[0])


def _same_dominance(values: FloatArray, expected: dict[str, Any]) -> None:
    _same(shapley(values), expected["general"])
    _same(conditional_dominance(values), expected["conditional"])
    _same(complete_dominance(values), np.array(expected["complete"], dtype=float))


def _same(found: FloatArray, expected: Any) -> None:
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6)
