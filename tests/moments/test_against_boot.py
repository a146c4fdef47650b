"""Every kind of interval against those of R's boot through relaimpo, from its own resamples."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cxdrivers.importance.linear_shares import linear_shares
from cxdrivers.moments.intervals import (
    basic_interval,
    bca_interval,
    normal_interval,
    percentile_interval,
)
from cxdrivers.moments.jackknife import jackknife_influence
from cxdrivers.moments.quantiles import normal_quantiles
from cxdrivers.moments.sums import moments_from_sums, row_products

LEVELS = [0.8, 0.95]
GROUPS = [(driver,) for driver in range(6)]


@dataclass(frozen=True, eq=False)
class Booted:
    """What boot.relimp gave, and the counts of its 499 resamples."""

    estimate: np.ndarray
    replicates: np.ndarray
    counts: np.ndarray
    sums: np.ndarray
    ends: dict

    def interval(self, kind: str, level: float) -> tuple[list[float], list[float]]:
        place = self.ends[kind]["level"].index(level)
        return self.ends[kind]["lmg.lower"][place], self.ends[kind]["lmg.upper"][place]


@pytest.fixture
def booted(shared_file: Callable[[str], Path], reference) -> Booted:
    facts = json.loads(shared_file("reference/m_boot_mobi.json").read_text("utf-8"))
    named = reference("a_mobi_composites")
    rows = pd.read_csv(shared_file("data/mobi_composites.csv"))
    values = rows[[*named["drivers"], named["outcome"]]].to_numpy()
    drawn = np.loadtxt(shared_file("reference/m_boot_indices_mobi_B499.csv"), delimiter=",")
    replicates = shared_file("reference/m_boot_lmg_replicates_mobi_B499.csv")
    return Booted(
        estimate=np.array(facts["t0_lmg"]),
        replicates=np.loadtxt(replicates, delimiter=","),
        counts=np.stack([np.bincount(row, minlength=250) for row in drawn.astype(int) - 1]),
        sums=row_products(values - values.mean(axis=0)),
        ends=facts["ci"],
    )


@pytest.mark.parametrize("level", LEVELS)
def test_the_percentile_interval_is_that_of_boot(booted: Booted, level: float):
    found = percentile_interval(booted.replicates, level, quantiles=normal_quantiles)
    np.testing.assert_allclose(found, booted.interval("perc", level), rtol=0, atol=1e-10)


@pytest.mark.parametrize("level", LEVELS)
def test_the_basic_interval_is_that_of_boot(booted: Booted, level: float):
    found = basic_interval(booted.estimate, booted.replicates, level, quantiles=normal_quantiles)
    np.testing.assert_allclose(found, booted.interval("basic", level), rtol=0, atol=1e-10)


@pytest.mark.parametrize("level", LEVELS)
def test_the_normal_interval_is_that_of_boot(booted: Booted, level: float):
    found = normal_interval(booted.estimate, booted.replicates, level)
    np.testing.assert_allclose(found, booted.interval("norm", level), rtol=0, atol=1e-10)


@pytest.mark.parametrize("level", LEVELS)
def test_with_influence_from_a_regression_the_bca_interval_is_that_of_boot(
    booted: Booted, level: float
):
    """Boot regresses the replicates on the shares of the rows, which asks for more than n."""
    found = bca_interval(
        booted.estimate, booted.replicates, _regressed(booted), level, quantiles=normal_quantiles
    )
    np.testing.assert_allclose(found, booted.interval("bca", level), rtol=0, atol=1e-10)


@pytest.mark.parametrize("level", LEVELS)
def test_with_influence_from_the_jackknife_it_lies_within_a_thousandth_and_a_half_of_it(
    booted: Booted, level: float
):
    left_out = moments_from_sums(booted.sums.sum(axis=0) - booted.sums)[1]
    influence = jackknife_influence(linear_shares(left_out, GROUPS))
    found = bca_interval(
        booted.estimate, booted.replicates, influence, level, quantiles=normal_quantiles
    )
    gap = np.abs(np.array(found) - booted.interval("bca", level)).max()
    assert 0.0005 < gap < 0.0015


@pytest.mark.parametrize("level", LEVELS)
def test_quantiles_on_a_straight_line_lie_within_two_thousandths_of_those_of_boot(
    booted: Booted, level: float
):
    found = percentile_interval(booted.replicates, level)
    gap = np.abs(np.array(found) - booted.interval("perc", level)).max()
    assert 0 < gap < 0.002


def _regressed(booted: Booted) -> np.ndarray:
    """Return the influence of each row by a regression of the replicates on its share of them."""
    shares = booted.counts[:, 1:] / 250
    regressors = np.column_stack([np.ones(len(shares)), shares])
    slopes = np.linalg.lstsq(regressors, booted.replicates, rcond=None)[0][1:]
    influence = np.vstack([np.zeros(6), slopes])
    centred: np.ndarray = influence - influence.mean(axis=0)
    return centred
