"""Sums can be moved to another centre, as if the rows had been there again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.moments.sums import row_products
from cxdrivers.moments.warehouse.plan_making import plan_of
from cxdrivers.moments.warehouse.recentring import chosen_columns, rated_of, take_off

WAIT = Question("wait", ("wait",), not_applicable=(99.0,))
CARE = Question("care", ("care",))
PLAN = plan_of(Codebook(Question("grade", ("grade",)), (WAIT, CARE)))


def rows(away: float = 0.3, *, seed: int = 1):
    """Return ratings, where a driver was away, and the columns of `PLAN`."""
    rng = np.random.default_rng(seed)
    rating, other = rng.normal(3, 1, 200), rng.normal(size=(2, 200))
    gone = rng.random(200) < away
    return rating, gone, np.column_stack([np.where(gone, 0, rating), gone, *other])


@given(st.floats(-5, 5), st.integers(0, 50))
def test_taking_a_centre_off_the_sums_is_taking_it_off_the_rows(centre, seed):
    rating, gone, values = rows(seed=seed)
    sums = row_products(values).sum(axis=0)
    take_off(sums, 0, 1, centre)
    values[:, 0] = np.where(gone, 0, rating - centre)
    np.testing.assert_allclose(sums, row_products(values).sum(axis=0), atol=1e-9)


def test_means_and_spreads_are_of_those_who_answered():
    rating, gone, values = rows()
    found = rated_of(PLAN, row_products(values).sum(axis=0))
    assert found.mark.tolist() == [1, 1, -1, -1]
    assert found.mean[0] == pytest.approx(rating[~gone].mean())
    assert found.variance[0] == pytest.approx(rating[~gone].var())
    assert np.isnan(found.mean[1])
    assert found.varies.all()


@pytest.mark.parametrize(("away", "varies"), [(0.0, [True, False]), (1.0, [False, False])])
def test_a_mark_that_is_the_same_for_everybody_does_not_vary(away, varies):
    values = rows(away)[2]
    found = rated_of(PLAN, row_products(values).sum(axis=0))
    assert found.varies[:2].tolist() == varies


def test_a_column_that_is_the_same_for_all_who_answered_does_not_vary():
    gone, values = rows()[1:]
    values[:, 0] = np.where(gone, 0, 2.4)
    assert not rated_of(PLAN, row_products(values).sum(axis=0)).varies[0]


def test_a_column_ten_spreads_from_its_centre_is_far():
    values = rows()[2]
    near, far = (values + np.array([0, 0, away, 0]) for away in (9.0, 12.0))
    assert not rated_of(PLAN, row_products(near).sum(axis=0)).far.any()
    found = rated_of(PLAN, row_products(far).sum(axis=0)).far
    assert found.tolist() == [False, False, True, False]


def test_sums_of_some_columns_are_those_of_the_same_rows():
    values = rows()[2]
    sums = row_products(values).sum(axis=0)
    kept = np.array([0, 2, 3])
    expected = row_products(values[:, kept]).sum(axis=0)
    np.testing.assert_allclose(chosen_columns(sums, kept), expected)
    assert chosen_columns(sums, np.arange(4)) is sums
