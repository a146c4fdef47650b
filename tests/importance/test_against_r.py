"""Every measure against R's packages; `tests/reference/README.md` has the recipe."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cxdrivers.importance.average_coefficients import average_coefficients, full_coefficients
from cxdrivers.importance.commonality import commonality_coefficients
from cxdrivers.importance.dominance import (
    complete_dominance,
    completely_dominates,
    conditional_dominance,
    conditionally_dominates,
    generally_dominates,
)
from cxdrivers.importance.lattice import FloatArray, r_squared_values
from cxdrivers.importance.metrics import metric
from cxdrivers.importance.shapley import shapley

MEASURES = {
    "lmg": "lmg",
    "first": "first",
    "last": "last",
    "betasq": "betasq",
    "pratt": "pratt",
    "johnson": "genizi",
    "car": "car",
}
SMALL = ["a_mobi_composites", "c_swiss", "d_mobi_weighted", "g_univer"]
WITH_DOMINANCE = ["a_mobi_composites", "c_swiss", "g_univer"]
STATEMENTS = {
    "complete": completely_dominates,
    "conditional": conditionally_dominates,
    "general": generally_dominates,
}


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_is_that_of_relaimpo(name: str, measure: str, reference):
    facts = reference(name)
    shares = metric(measure).shares(_covariance(facts), _singles(facts))
    _same(shares, facts[MEASURES[measure]])


@pytest.mark.parametrize("measure", [measure for measure in MEASURES if measure != "lmg"])
def test_every_measure_of_22_drivers_is_that_of_relaimpo(measure: str, reference):
    facts = reference("t_SQ_p22")
    shares = metric(measure).shares(_covariance(facts), _singles(facts))
    _same(shares, facts[MEASURES[measure]])


@pytest.mark.parametrize("name", [*WITH_DOMINANCE, "t_SQ_p22"])
def test_the_raw_weights_of_rwa_are_johnson_s(name: str, reference):
    facts = reference(name)
    _same(metric("johnson").shares(_covariance(facts), _singles(facts)), facts["rwa_raw"])


@pytest.mark.parametrize("name", SMALL)
def test_the_average_coefficients_are_those_of_relaimpo(name: str, reference):
    facts = reference(name)
    _same(average_coefficients(_covariance(facts), _singles(facts)), facts["ave_coeffs"])


@pytest.mark.slow
def test_the_average_coefficients_of_22_drivers_are_those_of_relaimpo(reference):
    facts = reference("t_SQ_p22")
    _same(average_coefficients(_covariance(facts), _singles(facts)), facts["ave_coeffs"])


@pytest.mark.parametrize("name", WITH_DOMINANCE)
def test_the_three_kinds_of_dominance_are_those_of_domir(name: str, reference):
    facts = reference(name)
    _same_dominance(r_squared_values(_covariance(facts), _singles(facts)), facts["domir"])


@pytest.mark.parametrize("name", WITH_DOMINANCE)
@pytest.mark.parametrize("kind", STATEMENTS)
def test_the_statements_are_those_of_dominanceanalysis(name: str, kind: str, reference):
    """It writes 1 for dominance, 0 for being dominated and ½ for neither."""
    facts = reference(name)
    values = r_squared_values(_covariance(facts), _singles(facts))
    np.testing.assert_array_equal(
        _as_halves(STATEMENTS[kind](values)), facts["dominanceanalysis"][kind]
    )


@pytest.mark.parametrize("name", WITH_DOMINANCE)
def test_the_commonality_coefficients_are_those_of_yhat(name: str, reference):
    facts = reference(name)
    found = commonality_coefficients(r_squared_values(_covariance(facts), _singles(facts)))
    assert len(facts["commonality"]) == len(found) - 1
    for subset, expected in facts["commonality"].items():
        assert found[_number(subset, facts["drivers"])] == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize("weighted", [False, True])
def test_groups_of_columns_are_weighed_as_relaimpo_and_domir_do(weighted: bool, reference):
    facts = reference("e1_mobi_groups")
    expected = facts["weighted"] if weighted else facts
    whole = reference(expected["of"])
    covariance = _covariance(whole)
    groups = [[whole["drivers"].index(column) for column in group] for group in facts["groups"]]
    for measure in ("lmg", "first", "last"):
        _same(metric(measure).shares(covariance, groups), expected[measure])
    _same(average_coefficients(covariance, groups), expected["ave_coeffs"])
    values = r_squared_values(covariance, groups)
    assert values[-1] == pytest.approx(expected["r_squared"], abs=1e-10)
    if not weighted:
        _same_dominance(values, facts["domir"])


@pytest.mark.parametrize("which", [0, 1])
def test_controls_are_always_in_as_in_relaimpo(which: int, reference):
    facts = reference("e2_mobi_always")
    covariance, groups, always, expected = _with_controls(facts, reference(facts["of"]), which)
    for measure in ("lmg", "first", "last", "betasq", "pratt"):
        found = metric(measure).shares(covariance, groups, always=always)
        _same(found, expected[measure])
        if metric(measure).adds_up:
            assert found.sum() == pytest.approx(expected["r_squared_decomposed"], abs=1e-10)
    _same(average_coefficients(covariance, groups, always=always), expected["ave_coeffs"])


def test_controls_are_always_in_as_in_domir_and_dominanceanalysis(reference):
    facts = reference("e2_mobi_always")
    covariance, groups, always, expected = _with_controls(facts, reference(facts["of"]), 0)
    values = r_squared_values(covariance, groups, always=always)
    assert values[0] == pytest.approx(expected["domir"]["r_squared_always"], abs=1e-10)
    assert values[-1] == pytest.approx(expected["r_squared"], abs=1e-10)
    _same_dominance(values, expected["domir"])
    _same(shapley(values), expected["dominanceanalysis_average"])


def test_the_table_of_predictors_of_yhat_is_reproduced(reference):
    """Its numbers are rounded to 15 decimals."""
    facts = reference("s_yhat_mobi")
    expected, whole = facts["predictor_metrics"], reference(facts["of"])
    covariance, groups = _covariance(whole), _singles(whole)
    values = r_squared_values(covariance, groups)
    unique, first = (metric(measure).shares(covariance, groups) for measure in ("last", "first"))
    slopes = full_coefficients(covariance, range(len(groups)))
    r = np.array(whole["correlation"])[:-1, -1]
    _same(slopes, expected["b"])
    _same(slopes * np.array(whole["sd"][:-1]) / whole["sd"][-1], expected["Beta"])
    _same(first, np.array(expected["r"]) ** 2)
    _same(r / np.sqrt(values[-1]), expected["rs"])
    _same(first / values[-1], expected["rs2"])
    _same(unique, expected["Unique"])
    _same(first - unique, expected["Common"])
    for others, added in enumerate(conditional_dominance(values).T):
        _same(added, expected[f"CD:{others}"])
    _same(shapley(values), expected["GenDom"])
    _same(metric("pratt").shares(covariance, groups), expected["Pratt"])
    _same(metric("johnson").shares(covariance, groups), expected["RLW"])


def test_the_paired_dominance_of_yhat_is_reproduced(reference):
    facts = reference("s_yhat_mobi")
    whole = reference(facts["of"])
    values = r_squared_values(_covariance(whole), _singles(whole))
    halves = [_as_halves(statement(values)) for statement in STATEMENTS.values()]
    assert len(facts["paired_dominance"]) == 15
    for pair, expected in facts["paired_dominance"].items():
        one, other = (facts["drivers"].index(driver) for driver in pair.split(">"))
        assert [kind[one, other] for kind in halves] == expected


def test_all_possible_subsets_of_yhat_are_reproduced(reference):
    """Its numbers are rounded to 15 decimals."""
    facts = reference("s_yhat_mobi")
    whole = reference(facts["of"])
    values = r_squared_values(_covariance(whole), _singles(whole))
    common = commonality_coefficients(values)
    assert len(facts["subsets"]) == 63
    for subset, expected in facts["subsets"].items():
        number = _number(subset, facts["drivers"])
        assert common[number] == pytest.approx(expected["commonality"], abs=1e-10)
        assert values[number] == pytest.approx(expected["r_squared"], abs=1e-10)
        for driver, increment in enumerate(expected["increments"]):
            if increment is not None:
                added = values[number | 1 << driver] - values[number]
                assert added == pytest.approx(increment, abs=1e-10)


def _same(found: FloatArray, expected: Any) -> None:
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-10)


def _same_dominance(values: FloatArray, expected: dict[str, Any]) -> None:
    _same(shapley(values), expected["general"])
    _same(conditional_dominance(values), expected["conditional"])
    _same(complete_dominance(values), np.array(expected["complete"], dtype=float))


def _as_halves(dominates: Any) -> FloatArray:
    return 0.5 + 0.5 * dominates - 0.5 * dominates.T


def _singles(facts: dict[str, Any]) -> list[tuple[int]]:
    return [(driver,) for driver in range(len(facts["drivers"]))]


def _covariance(facts: dict[str, Any]) -> FloatArray:
    return np.array(facts["correlation"]) * np.outer(facts["sd"], facts["sd"])


def _number(subset: str, drivers: list[str]) -> int:
    return sum(1 << drivers.index(driver) for driver in subset.split(","))


def _with_controls(
    facts: dict[str, Any], whole: dict[str, Any], which: int
) -> tuple[FloatArray, list[tuple[int]], list[int], dict[str, Any]]:
    expected = facts["controls"][which]
    groups = [(whole["drivers"].index(driver),) for driver in expected["drivers"]]
    always = [whole["drivers"].index(control) for control in expected["always"]]
    return _covariance(whole), groups, always, expected
