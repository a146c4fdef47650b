"""Whole numbers are hashed alike everywhere, and parts follow from them."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare

from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.moments.warehouse.hashing import (
    MODULUS,
    MULTIPLIER,
    hashed,
    one_in,
    part_count,
    parts_of,
    shift,
)
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.plan_making import plan_of

WHOLE = st.integers(-(2**63), 2**63 - 1)


def plan(**settings) -> SumsPlan:
    codebook = Codebook(Question("y", ("y",)), (Question("x", ("x",)),), cluster=None)
    return plan_of(codebook, **settings)


@given(st.lists(WHOLE, min_size=1), st.integers(0, 10**9))
def test_numpy_and_numbers_without_limits_agree_so_nothing_overflows(ids, seed):
    expected = [
        ((number % MODULUS + MODULUS) * MULTIPLIER + shift(seed)) % MODULUS for number in ids
    ]
    expected = [number**2 % MODULUS for number in expected]
    assert hashed(np.array(ids, dtype=np.int64), seed).tolist() == expected


@given(st.lists(WHOLE, min_size=1, max_size=20))
def test_an_engine_whose_remainders_are_negative_agrees(ids):
    frame = pd.DataFrame({"id": np.array(ids, dtype=np.int64)})
    turned = f"((id % {MODULUS} + {MODULUS}) * {MULTIPLIER} + {shift(3)}) % {MODULUS}"
    with duckdb.connect() as connection:
        connection.register("frame", frame)
        rows = (
            connection.table("frame").project(f"{turned} AS r").project(f"r * r % {MODULUS} AS h")
        )
        found = rows.df()["h"].tolist()
    assert found == hashed(frame["id"].to_numpy(), 3).tolist()


@pytest.mark.parametrize("stride", [1, 2, 8, 10, 1000, 2**33, 987])
@pytest.mark.parametrize("every", [1, 16])
def test_rows_that_follow_each_other_are_spread_evenly_over_the_parts(stride, every):
    found = hashed(np.arange(60_000) * stride, 0)
    told = found[found * every < MODULUS]
    assert len(told) == pytest.approx(60_000 / every, rel=0.05)
    assert chisquare(np.bincount(parts_of(told, 200, 0), minlength=200)).pvalue > 1e-4


@pytest.mark.parametrize("stride", [1, 3, 10, 1000])
def test_hardly_any_part_of_thirty_has_fewer_than_ten(stride):
    few = 0
    for start in range(200):
        found = hashed(np.arange(6000) * stride + start * 6000 * stride, 0)
        few += (np.bincount(parts_of(found, 200, 0), minlength=200) < 10).sum()
    assert few <= 3


def test_a_seed_puts_rows_in_other_parts():
    ids = np.arange(1000)
    same = parts_of(hashed(ids, 1), 200, 1) == parts_of(hashed(ids, 2), 200, 2)
    assert same.mean() < 0.03


def test_a_part_has_at_least_thirty_respondents_on_average_and_three_times_the_minimum():
    n = np.arange(60, 20_000)
    for minimum, least in ((10, 30), (50, 150)):
        cut = part_count(plan(minimum=minimum), n)
        assert (n[cut > 1] / cut[cut > 1]).min() >= least
        assert set(cut) <= {200, 100, 50, 40, 25, 20, 10, 8, 5, 4, 2, 1}


def test_never_more_parts_than_asked_for_and_none_at_all_for_none():
    assert part_count(plan(parts=90), np.array([10**6, 100])).tolist() == [50, 2]
    assert part_count(plan(parts=0), np.array([10**6])).tolist() == [0]


def test_large_groups_have_no_more_than_twice_six_thousand_rows_in_their_parts():
    n = np.array([5_999, 6_000, 11_999, 12_000, 10**6, 10**9])
    assert one_in(plan(), n).tolist() == [1, 1, 1, 2, 166, 166_666]
    assert (n / one_in(plan(), n)).max() < 12_000


def test_all_clusters_are_in_the_parts():
    codebook = Codebook(Question("y", ("y",)), (Question("x", ("x",)),), cluster="team")
    assert one_in(plan_of(codebook), np.array([10**9])).tolist() == [1]
