"""Tests of `cxdrivers.moments.expected_products`: beside maximum likelihood, and row by row."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.moments import expected_products as module
from cxdrivers.moments.expected_products import expected_rows
from cxdrivers.moments.incomplete import ROUGH, incomplete_rows, likeliest, likeliest_moments
from cxdrivers.moments.product_sums import product_sums
from cxdrivers.moments.sums import FloatArray, moments_from_sums, row_products

ONE = np.zeros(200, dtype=np.intp)


def rows_of(*, blank: float = 0.2, seed: int = 3, n: int = 200) -> FloatArray:
    """Return correlated answers of which all but the last column have blanks."""
    rng = np.random.default_rng(seed)
    values = 7 + rng.normal(size=(n, 1)) + rng.normal(size=(n, 4))
    values[:, :-1][rng.random((n, 3)) < blank] = np.nan
    return values


def expected_moments(values: FloatArray, group: np.ndarray, **fields) -> tuple[FloatArray, ...]:
    groups = int(group.max()) + 1
    rows = expected_rows(values, group, groups, **fields)
    shift = rows.values.mean(axis=0)
    sums = product_sums(
        rows.values - shift, group, groups, weights=fields.get("weights"), doubt=rows.doubt
    )
    mean, covariance = moments_from_sums(sums)
    return mean + shift, covariance


def test_without_blanks_rows_are_as_they_were():
    values = rows_of(blank=0.0)
    found = expected_rows(values, ONE, 1)
    assert found.values is values
    assert found.doubt is None


@pytest.mark.parametrize("weighted", [False, True])
def test_one_group_has_the_likeliest_moments(*, weighted: bool):
    values = rows_of()
    weights = np.random.default_rng(1).uniform(0.5, 2, 200) if weighted else np.ones(200)
    found = expected_moments(values, ONE, weights=weights)
    likely = likeliest_moments(incomplete_rows(values), weights[np.newaxis])
    for ours, theirs in zip(found, likely, strict=True):
        np.testing.assert_allclose(ours[0], theirs[0], atol=1e-8)


@pytest.mark.parametrize("away", [0.02, 0.3], ids=["blanks are many", "blanks are few"])
def test_what_did_not_apply_stays_nothing_as_in_the_likeliest_moments(away: float):
    """With few blanks 0 counts as an answer, with many the column is left open."""
    values = rows_of(blank=0.15 if away < 0.1 else 0.05)
    absent = np.zeros(values.shape, dtype=bool)
    absent[:, 0] = np.random.default_rng(2).random(200) < away
    values[:, 0] -= np.nanmean(values[:, 0])
    values[absent] = 0.0
    found = expected_moments(values, ONE, absent=absent)
    likely = likeliest_moments(incomplete_rows(values, absent), np.ones((1, 200)))
    for ours, theirs in zip(found, likely, strict=True):
        np.testing.assert_allclose(ours[0], theirs[0], atol=1e-8)
    assert not expected_rows(values, ONE, 1, absent=absent).values[absent].any()


def test_blanks_are_expected_from_what_everybody_says_around_the_means_of_the_group():
    """A twin: one distribution around the means of groups, then row by row."""
    group = np.arange(200) % 3
    values = rows_of() + np.array([0.0, 2.0, -5.0])[group][:, np.newaxis]
    means = np.array([np.nanmean(values[group == one], axis=0) for one in range(3)])
    rows = incomplete_rows(values - means[group])
    found = likeliest(rows, np.ones((1, 200)), close=ROUGH)
    mean = found.mean[0] * rows.scale + rows.centre
    covariance = found.covariance[0] * np.outer(rows.scale, rows.scale)
    products = row_products(values)
    for place, (row, centre) in enumerate(zip(values, means[group] + mean, strict=True)):
        seen, unseen = np.flatnonzero(~np.isnan(row)), np.flatnonzero(np.isnan(row))
        slopes = covariance[np.ix_(unseen, seen)] @ np.linalg.inv(covariance[np.ix_(seen, seen)])
        filled = row.copy()
        filled[unseen] = centre[unseen] + slopes @ (row - centre)[seen]
        second = np.outer(filled, filled)
        left = covariance[np.ix_(unseen, unseen)] - slopes @ covariance[np.ix_(seen, unseen)]
        second[np.ix_(unseen, unseen)] += left
        products[place] = [1, *filled, *second[np.triu_indices(4)]]
    told = expected_rows(values, group, 3)
    sums = product_sums(told.values, group, 3, doubt=told.doubt)
    by_hand = [products[group == one].sum(axis=0) for one in range(3)]
    np.testing.assert_allclose(sums, by_hand, rtol=1e-7)


def test_a_group_that_nobody_filled_in_gets_what_everybody_says():
    group = np.arange(200) % 4
    values = rows_of(blank=0.0)
    values[group == 2, 0] = np.nan
    mean, covariance = expected_moments(values, group)
    others = values[group != 2]
    slopes = np.linalg.lstsq(
        np.column_stack([np.ones(150), others[:, 1:]]), others[:, 0], rcond=None
    )[0][1:]
    assert mean[2, 0] == pytest.approx(np.nanmean(values[:, 0]), abs=0.3)
    beside = np.linalg.solve(covariance[2, 1:, 1:], covariance[2, 1:, 0])
    np.testing.assert_allclose(beside, slopes, atol=0.05)


def test_patterns_that_are_taken_in_turns_expect_the_same(monkeypatch):
    values = rows_of()
    whole = expected_rows(values, ONE, 1)
    monkeypatch.setattr(module, "NUMBERS_AT_ONCE", 16 * 2)
    found = expected_rows(values, ONE, 1)
    np.testing.assert_array_equal(found.values, whole.values)
    np.testing.assert_array_equal(found.doubt.products, whole.doubt.products)


def test_more_columns_than_a_number_has_room_for_are_told_apart(monkeypatch):
    values = rows_of()
    whole = expected_rows(values, ONE, 1)
    monkeypatch.setattr(module, "KINDS_AT_MOST", 4)
    np.testing.assert_allclose(expected_rows(values, ONE, 1).values, whole.values, atol=1e-9)


def test_the_rows_that_were_given_are_not_changed():
    values = rows_of()
    before = values.copy()
    expected_rows(values, ONE, 1)
    np.testing.assert_array_equal(values, before)
