"""Tests of `cxdrivers.moments.incomplete`: maximum likelihood with blanks, beside slow twins."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import multivariate_normal

from cxdrivers.errors import FitError
from cxdrivers.moments import incomplete
from cxdrivers.moments.incomplete import (
    IncompleteRows,
    Likeliest,
    covariances_with_blanks,
    expected_columns,
    incomplete_rows,
    likeliest_moments,
)
from cxdrivers.moments.sums import FloatArray


def rows_of(n: int = 60, columns: int = 3, *, blank: float = 0.2, seed: int = 3) -> FloatArray:
    """Return correlated answers of which all but the last column have blanks."""
    rng = np.random.default_rng(seed)
    values = 7 + rng.normal(size=(n, 1)) + rng.normal(size=(n, columns))
    values[:, :-1][rng.random((n, columns - 1)) < blank] = np.nan
    return values


def moments_of(values: FloatArray, masses: FloatArray | None = None) -> tuple[FloatArray, ...]:
    counted = np.ones(len(values)) if masses is None else masses
    mean, covariance = likeliest_moments(incomplete_rows(values), counted[np.newaxis])
    return mean[0], covariance[0]


def started_at(rows: IncompleteRows, mean: FloatArray, covariance: FloatArray) -> Likeliest:
    """Return a distribution to start from, of means and covariances in the columns' own units."""
    return Likeliest(
        ((mean - rows.centre) / rows.scale)[np.newaxis],
        (covariance / np.outer(rows.scale, rows.scale))[np.newaxis],
    )


def score(values: FloatArray, mean: FloatArray, covariance: FloatArray) -> tuple[FloatArray, ...]:
    """Return the gradient of the likelihood of what was answered, row by row."""
    by_mean, by_covariance = np.zeros_like(mean), np.zeros_like(covariance)
    for row in values:
        seen = np.flatnonzero(~np.isnan(row))
        inverse = np.linalg.inv(covariance[np.ix_(seen, seen)])
        pull = inverse @ (row[seen] - mean[seen])
        by_mean[seen] += pull
        by_covariance[np.ix_(seen, seen)] += (np.outer(pull, pull) - inverse) / 2
    return by_mean, by_covariance


def log_likelihood(values: FloatArray, mean: FloatArray, covariance: FloatArray) -> float:
    """Return the log-likelihood of what was answered, row by row."""
    total = 0.0
    for row in values:
        seen = np.flatnonzero(~np.isnan(row))
        normal = multivariate_normal(mean[seen], covariance[np.ix_(seen, seen)])
        total += float(normal.logpdf(row[seen]))
    return total


def climbed(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the top of the likelihood, by climbing along the Cholesky factor."""
    columns = values.shape[1]
    below = np.tril_indices(columns)

    def unpacked(point: FloatArray) -> tuple[FloatArray, FloatArray]:
        root = np.zeros((columns, columns))
        root[below] = point[columns:]
        return point[:columns], root

    def downhill(point: FloatArray) -> tuple[float, FloatArray]:
        mean, root = unpacked(point)
        by_mean, by_covariance = score(values, mean, root @ root.T)
        slope = np.append(by_mean, (2 * by_covariance @ root)[below])
        return -log_likelihood(values, mean, root @ root.T), -slope

    start = np.append(np.nanmean(values, axis=0), np.diag(np.nanstd(values, axis=0))[below])
    found = minimize(downhill, start, jac=True, method="BFGS", options={"gtol": 1e-8})
    mean, root = unpacked(found.x)
    return mean, root @ root.T


def step_by_step(values: FloatArray, steps: int = 500) -> tuple[FloatArray, FloatArray]:
    """Return EM as the book has it: each row is completed, then the moments are taken."""
    mean, covariance = np.nanmean(values, axis=0), np.diag(np.nanvar(values, axis=0))
    for _ in range(steps):
        completed = values.copy()
        doubt = np.zeros_like(covariance)
        for place, row in enumerate(values):
            blank = np.isnan(row)
            seen, unseen = np.flatnonzero(~blank), np.flatnonzero(blank)
            slopes = np.linalg.solve(
                covariance[np.ix_(seen, seen)], covariance[np.ix_(seen, unseen)]
            ).T
            completed[place, unseen] = mean[unseen] + slopes @ (row[seen] - mean[seen])
            left = covariance[np.ix_(unseen, unseen)] - slopes @ covariance[np.ix_(seen, unseen)]
            doubt[np.ix_(unseen, unseen)] += left
        mean = completed.mean(axis=0)
        covariance = np.cov(completed, rowvar=False, bias=True) + doubt / len(values)
    return mean, covariance


def test_without_blanks_the_likeliest_moments_are_the_ordinary_ones():
    values = rows_of(blank=0.0)
    mean, covariance = moments_of(values)
    np.testing.assert_allclose(mean, values.mean(axis=0), rtol=1e-13)
    np.testing.assert_allclose(covariance, np.cov(values, rowvar=False, bias=True), rtol=1e-12)


def test_they_are_where_em_row_by_row_ends():
    values = rows_of()
    for found, expected in zip(moments_of(values), step_by_step(values), strict=True):
        np.testing.assert_allclose(found, expected, atol=2e-7)


def test_they_are_at_the_top_of_the_likelihood_of_what_was_answered():
    values = rows_of(80, 4)
    for found, expected in zip(moments_of(values), climbed(values), strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-6)


def test_half_of_the_answers_may_be_blank():
    values = rows_of(200, 4, blank=0.5)
    for part in score(values, *moments_of(values)):
        assert np.abs(part).max() < 1e-3


def test_one_driver_with_blanks_has_the_answer_that_can_be_written_down():
    """Anderson 1957: the regression on what everybody answered, carried over to everybody."""
    values = rows_of(60, 2, blank=0.4)
    seen = ~np.isnan(values[:, 0])
    rating, grade = values[seen].T
    slope = np.cov(rating, grade, bias=True)[0, 1] / grade.var()
    everybody = values[:, 1]
    mean, covariance = moments_of(values)
    assert mean[0] == pytest.approx(rating.mean() + slope * (everybody.mean() - grade.mean()))
    assert covariance[0, 1] == pytest.approx(slope * everybody.var(), rel=1e-6)
    spread = rating.var() + slope**2 * (everybody.var() - grade.var())
    assert covariance[0, 0] == pytest.approx(spread, rel=1e-6)


def test_what_everybody_answered_keeps_its_mean_and_spread():
    values = rows_of()
    mean, covariance = moments_of(values)
    assert mean[-1] == pytest.approx(values[:, -1].mean(), rel=1e-12)
    assert covariance[-1, -1] == pytest.approx(values[:, -1].var(), rel=1e-12)


@given(st.integers(0, 10_000))
def test_a_row_that_counts_twice_is_two_rows(seed: int):
    values = rows_of(seed=seed)
    counts = np.random.default_rng(seed).integers(0, 4, len(values))
    counts[:20] = 1
    repeated = moments_of(np.repeat(values, counts, axis=0))
    for found, expected in zip(moments_of(values, counts.astype(float)), repeated, strict=True):
        np.testing.assert_allclose(found, expected, atol=3e-6)


def test_resamples_at_once_are_resamples_one_by_one():
    values = rows_of()
    masses = np.random.default_rng(1).multinomial(60, np.full(60, 1 / 60), size=7).astype(float)
    rows = incomplete_rows(values)
    together = likeliest_moments(rows, masses)
    for place in range(7):
        alone = likeliest_moments(rows, masses[[place]])
        for found, expected in zip(together, alone, strict=True):
            np.testing.assert_allclose(found[place], expected[0], atol=1e-12)


def test_only_the_proportions_of_masses_count():
    values = rows_of()
    masses = np.random.default_rng(1).uniform(0.2, 3, 60)
    for found, expected in zip(
        moments_of(values, masses), moments_of(values, 7 * masses), strict=True
    ):
        np.testing.assert_allclose(found, expected, rtol=1e-10)


@given(
    st.lists(st.sampled_from([1e-4, -3.0, 1.0, 250.0]), min_size=3, max_size=3),
    st.lists(st.sampled_from([-1e4, 0.0, 12.0]), min_size=3, max_size=3),
)
def test_units_and_zero_points_do_not_matter(scales: list[float], shifts: list[float]):
    values, scale, shift = rows_of(), np.array(scales), np.array(shifts)
    mean, covariance = moments_of(values)
    found = moments_of(values * scale + shift)
    size = np.abs(scale)
    assert np.abs((found[0] - mean * scale - shift) / size).max() < 1e-7
    assert np.abs((found[1] / np.outer(scale, scale)) - covariance).max() < 1e-7


@given(st.permutations(range(4)), st.integers(0, 1000))
def test_the_order_of_columns_and_rows_does_not_matter(order: list[int], seed: int):
    values = rows_of(40, 4)
    mean, covariance = moments_of(values)
    mixed = np.random.default_rng(seed).permutation(values)[:, order]
    found = moments_of(mixed)
    np.testing.assert_allclose(found[0], mean[order], atol=1e-9)
    np.testing.assert_allclose(found[1], covariance[np.ix_(order, order)], atol=1e-9)


@given(st.integers(0, 1000))
def test_it_does_not_matter_where_it_starts(seed: int):
    values = rows_of(80)
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(3, 3)) + 2 * np.eye(3)
    rows = incomplete_rows(values)
    start = started_at(rows, rng.normal(7, 2, 3), root @ root.T)
    for found, expected in zip(
        likeliest_moments(rows, np.ones((1, 80)), start), moments_of(values), strict=True
    ):
        np.testing.assert_allclose(found[0], expected, atol=1e-6)


@given(st.integers(0, 1000), st.sampled_from([0.1, 0.3, 0.5]))
def test_a_covariance_is_symmetric_and_has_no_negative_direction(seed: int, blank: float):
    _, covariance = moments_of(rows_of(100, 4, blank=blank, seed=seed))
    np.testing.assert_allclose(covariance, covariance.T, atol=1e-12)
    assert np.linalg.eigvalsh(covariance).min() > 0


def test_a_combination_of_blanks_that_one_row_has_is_used_as_well():
    values = rows_of(30, 4, blank=0.0)
    values[0, [0, 2]] = np.nan
    for found, expected in zip(moments_of(values), step_by_step(values), strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-7)
    without = np.cov(values[1:], rowvar=False, bias=True)
    assert np.abs(moments_of(values)[1] - without).max() > 1e-4


def test_blanks_that_follow_from_what_was_answered_do_no_harm():
    """Low grades skip the question: those who answered are too happy, the likeliest mean is not."""
    values = rows_of(20_000, 3, blank=0.0)
    truth = values.mean(axis=0), np.cov(values, rowvar=False, bias=True)
    values[values[:, 2] < 6.5, 0] = np.nan
    assert np.nanmean(values[:, 0]) - truth[0][0] > 0.4
    mean, covariance = moments_of(values)
    np.testing.assert_allclose(mean, truth[0], atol=0.05)
    np.testing.assert_allclose(covariance, truth[1], atol=0.08)


def test_blanks_by_chance_do_no_harm():
    values = rows_of(20_000, 4, blank=0.0)
    truth = np.cov(values, rowvar=False, bias=True)
    values[:, :3][np.random.default_rng(1).random((20_000, 3)) < 0.4] = np.nan
    np.testing.assert_allclose(moments_of(values)[1], truth, atol=0.06)


def test_a_resample_in_which_nobody_answered_a_question_still_has_moments():
    values = rows_of()
    unanswered = np.isnan(values[:, 0]).astype(float)[np.newaxis]
    [covariance] = covariances_with_blanks(incomplete_rows(values), [unanswered])
    assert np.isfinite(covariance).all()
    assert np.linalg.eigvalsh(covariance[0]).min() > 0


def test_covariances_of_parts_are_those_of_each_resample():
    values = rows_of()
    masses = np.random.default_rng(1).multinomial(60, np.full(60, 1 / 60), size=5).astype(float)
    parts = covariances_with_blanks(incomplete_rows(values), [masses[:2], masses[2:]])
    found = np.concatenate(list(parts))
    for covariance, counts in zip(found, masses, strict=True):
        np.testing.assert_allclose(covariance, moments_of(values, counts)[1], atol=2e-6)


def test_what_is_expected_of_a_blank_is_a_regression_on_what_is_given():
    values = rows_of(50, 4, blank=0.0)
    holes = values.copy()
    holes[0, [1, 3]] = np.nan
    rows = incomplete_rows(holes)
    whole = started_at(rows, values.mean(axis=0), np.cov(values, rowvar=False, bias=True))
    told = expected_columns(rows, whole)
    [pattern] = np.flatnonzero(~rows.given.all(axis=1))
    assert rows.rows_of(pattern).tolist() == [0]
    standard = np.where(rows.given[pattern], (values[0] - rows.centre) / rows.scale, 0.0)
    expected = told.constant[0, pattern] + told.slopes[0, pattern] @ standard
    regressors = np.column_stack([np.ones(50), values[:, [0, 2]]])
    fitted = np.linalg.lstsq(regressors, values[:, [1, 3]], rcond=None)[0]
    found = expected * rows.scale + rows.centre
    np.testing.assert_allclose(found[[1, 3]], regressors[0] @ fitted, atol=1e-6)
    np.testing.assert_allclose(found[[0, 2]], values[0, [0, 2]], atol=1e-12)
    residuals = (values[:, [1, 3]] - regressors @ fitted) / rows.scale[[1, 3]]
    left = told.left[0, pattern]
    np.testing.assert_allclose(
        left[np.ix_([1, 3], [1, 3])], residuals.T @ residuals / 50, atol=1e-7
    )
    np.testing.assert_array_equal(left[[0, 2]], 0)


def test_without_blanks_what_did_not_apply_is_the_zero_that_it_is_in_the_model():
    values = rows_of(60, 3, blank=0.0)
    absent = np.zeros(values.shape, dtype=bool)
    absent[:25, 0] = True
    values[absent] = 0.0
    rows = incomplete_rows(values, absent)
    [mean], [covariance] = likeliest_moments(rows, np.ones((1, 60)))
    np.testing.assert_allclose(mean, values.mean(axis=0), atol=1e-12)
    np.testing.assert_allclose(covariance, np.cov(values, rowvar=False, bias=True), atol=1e-12)


def test_what_did_not_apply_teaches_nothing_about_what_is_blank():
    """With one driver that did not apply to some, its blanks follow from those who answered it."""
    values = rows_of(90, 2, blank=0.0)
    absent = np.zeros(values.shape, dtype=bool)
    absent[:30, 0] = True
    values[:30, 0], values[30:50, 0] = 0.0, np.nan
    rating, grade = values[50:].T
    slope, constant = np.polyfit(grade, rating, 1)
    completed = values.copy()
    completed[30:50, 0] = constant + slope * values[30:50, 1]
    left = ((rating - constant - slope * grade) ** 2).mean()
    [mean], [covariance] = likeliest_moments(incomplete_rows(values, absent), np.ones((1, 90)))
    np.testing.assert_allclose(mean, completed.mean(axis=0), atol=1e-6)
    expected = np.cov(completed, rowvar=False, bias=True)
    expected[0, 0] += left * 20 / 90
    np.testing.assert_allclose(covariance, expected, atol=1e-6)


def test_the_values_that_were_given_stay_as_they_were():
    values = rows_of()
    before = values.copy()
    moments_of(values)
    np.testing.assert_array_equal(values, before)


def test_an_estimate_that_finds_no_end_says_so_in_both_languages(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(incomplete, "MOST_STEPS", 2)
    with pytest.raises(FitError) as caught:
        moments_of(rows_of())
    assert str(caught.value).startswith(
        "The blank answers of 1 resample could not be estimated in 2 steps: too few"
    )
    assert "van 1 hertrekking konden in 2 stappen niet" in caught.value.say("nl")
