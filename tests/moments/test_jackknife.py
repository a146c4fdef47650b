"""Tests of `cxdrivers.moments.jackknife`."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.moments import resampling
from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.jackknife import jackknife_covariances, jackknife_influence, jackknife_masses
from cxdrivers.moments.sums import moments_from_sums, row_products
from tests.samples import answers, survey_of


@pytest.mark.parametrize("fields", [{}, {"cluster": "team"}], ids=["respondents", "clusters"])
def test_what_remains_has_the_covariance_of_the_rows_that_remain(fields: dict[str, str]):
    frame, design = _weighted(**fields)
    units = np.arange(60) if design.cluster is None else design.cluster
    values = frame.iloc[:, :4].to_numpy()
    found = _all(design)
    assert len(found) == units.max() + 1
    for unit, covariance in enumerate(found):
        stays = units != unit
        expected = np.cov(values[stays], rowvar=False, aweights=frame["w"][stays], ddof=0)
        np.testing.assert_allclose(covariance, expected, atol=1e-11)


@pytest.mark.parametrize("fields", [{}, {"cluster": "team"}], ids=["respondents", "clusters"])
def test_within_a_stratum_the_others_take_over(fields: dict[str, str]):
    frame, design = _weighted(strata="region", **fields)
    units = np.arange(60) if design.cluster is None else design.cluster
    assert design.strata is not None
    values = frame.iloc[:, :4].to_numpy()
    for unit, covariance in enumerate(_all(design)):
        home = design.strata == design.strata[units == unit][0]
        size = len(np.unique(units[home]))
        masses = frame["w"].to_numpy().copy()
        if size > 1:
            masses[home] *= size / (size - 1)
            masses[units == unit] = 0
        expected = np.cov(values, rowvar=False, aweights=masses, ddof=0)
        np.testing.assert_allclose(covariance, expected, atol=1e-11)


def test_parts_that_fit_in_memory_join_up(monkeypatch):
    _, design = _weighted()
    whole = _all(design)
    monkeypatch.setattr(resampling, "COUNTS_AT_ONCE", 15 * 7)
    parts = list(jackknife_covariances(design))
    assert [len(part) for part in parts] == [7] * 8 + [4]
    np.testing.assert_array_equal(np.concatenate(parts), whole)


def test_the_influence_on_a_mean_is_each_row_s_distance_from_it():
    rows = np.random.default_rng(1).normal(size=(30, 2))
    influence = jackknife_influence((rows.sum(axis=0) - rows) / 29)
    np.testing.assert_allclose(influence, (rows - rows.mean(axis=0)) / 30, atol=1e-14)


def test_in_strata_influence_is_measured_within_them_and_a_unit_alone_has_none():
    rows, strata = np.arange(8.0) ** 2, np.array([0, 1, 0, 1, 1, 2, 0, 1])
    left_out = np.array(
        [
            sum(
                np.delete(rows[strata == stratum], np.flatnonzero(inside[strata == stratum])).mean()
                if inside[strata == stratum].any() and stratum != 2
                else rows[strata == stratum].mean()
                for stratum in range(3)
            )
            for inside in np.eye(8, dtype=bool)
        ]
    )
    influence = jackknife_influence(left_out, strata)
    for row in range(8):
        home = rows[strata == strata[row]]
        assert influence[row] == pytest.approx((rows[row] - home.mean()) / len(home))


def test_an_estimate_that_is_not_told_has_no_influence_and_does_no_harm():
    estimates = np.array([1.0, np.nan, 3.0, 5.0])
    np.testing.assert_allclose(jackknife_influence(estimates), [1.5, np.nan, 0.0, -1.5])


def _weighted(**fields: str) -> tuple:
    frame = answers(n=60).assign(w=np.arange(60) % 3 + 0.5, team=np.arange(60) // 6)
    regions = np.repeat(["north", "south", "east"], [4, 5, 1])
    frame = frame.assign(region=frame["team"].map(lambda team: regions[team]))
    frame = frame.sample(frac=1, random_state=2, ignore_index=True)
    return frame, design_of(survey_of(frame, weight="w", **fields))


def _all(design: Design) -> np.ndarray:
    return np.concatenate(list(jackknife_covariances(design)))


@pytest.mark.parametrize("fields", [{}, {"weight": "w"}, {"cluster": "team"}, {"strata": "region"}])
def test_rows_count_without_each_unit_as_the_covariances_say(fields: dict[str, str]):
    frame = answers(n=40).assign(
        w=np.linspace(0.5, 2, 40), team=np.arange(40) // 4, region=np.r_[[9], np.arange(39) // 13]
    )
    design = design_of(survey_of(frame, **fields))
    values = np.column_stack([design.columns, design.outcome])
    values -= values.mean(axis=0)
    masses = np.concatenate(list(jackknife_masses(design)))
    found = moments_from_sums(masses @ row_products(values))[1]
    expected = np.concatenate(list(jackknife_covariances(design)))
    np.testing.assert_allclose(found, expected, atol=1e-12)
