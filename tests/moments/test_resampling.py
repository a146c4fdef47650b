"""Tests of `cxdrivers.moments.resampling`."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from cxdrivers.moments import resampling
from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.resampling import resample_counts, resampled_covariances
from tests.samples import answers, survey_of


def test_every_resample_has_as_many_units_as_there_are():
    counts = resample_counts(np.random.default_rng(1), 50, 200)
    assert counts.shape == (200, 50)
    np.testing.assert_array_equal(counts.sum(axis=1), np.full(200, 50.0))


def test_a_unit_is_drawn_as_often_as_drawing_with_replacement_says():
    counts = resample_counts(np.random.default_rng(2), 40, 5000).ravel()
    expected = 200_000 * stats.binom.pmf(np.arange(6), 40, 1 / 40)
    observed = np.bincount(np.minimum(counts, 6).astype(int), minlength=7)[:6]
    assert np.abs(observed - expected).max() < 5 * np.sqrt(expected.max())


@pytest.mark.parametrize("weighted", [False, True])
def test_a_resample_has_the_covariance_of_the_rows_it_repeats(weighted: bool):
    frame = answers(n=80).assign(w=np.arange(80) % 3 + 0.5)
    design = design_of(survey_of(frame, **({"weight": "w"} if weighted else {})))
    covariances = _all(design, n_boot=20, seed=5)
    counts = resample_counts(np.random.default_rng(5), 80, 20).astype(int)
    for times, covariance in zip(counts, covariances, strict=True):
        rows = frame.loc[frame.index.repeat(times)]
        weights = rows["w"] if weighted else None
        expected = np.cov(rows.drop(columns="w"), rowvar=False, aweights=weights, ddof=0)
        np.testing.assert_allclose(covariance, expected, atol=1e-11)


def test_clusters_are_drawn_whole():
    frame = answers(n=90).assign(team=np.random.default_rng(4).permutation(np.arange(90) % 12))
    design = design_of(survey_of(frame, cluster="team"))
    assert design.cluster is not None
    covariances = _all(design, n_boot=20, seed=6)
    counts = resample_counts(np.random.default_rng(6), 12, 20).astype(int)
    values = frame.drop(columns="team").to_numpy()
    for times, covariance in zip(counts, covariances, strict=True):
        rows = np.concatenate(
            [np.repeat(values[design.cluster == team], times[team], axis=0) for team in range(12)]
        )
        np.testing.assert_allclose(covariance, np.cov(rows, rowvar=False, ddof=0), atol=1e-11)


def test_the_same_seed_gives_the_same_resamples_and_another_seed_others():
    design = design_of(survey_of(answers(n=60)))
    first, again, other = (_all(design, n_boot=5, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).all(axis=(1, 2)).all()


def test_parts_that_fit_in_memory_are_the_same_resamples(monkeypatch):
    design = design_of(survey_of(answers(n=60)))
    whole = _all(design, n_boot=11, seed=1)
    monkeypatch.setattr(resampling, "COUNTS_AT_ONCE", 60 * 4)
    parts = list(resampled_covariances(design, n_boot=11, seed=1))
    assert [len(part) for part in parts] == [4, 4, 3]
    np.testing.assert_allclose(np.concatenate(parts), whole, atol=1e-14)


def test_no_resamples_are_none():
    assert list(resampled_covariances(design_of(survey_of(answers())), n_boot=0, seed=1)) == []


def test_the_random_numbers_of_the_program_around_are_left_alone():
    np.random.seed(3)  # noqa: NPY002  (the global generator is what must stay as it was)
    expected = np.random.get_state()[1].copy()  # noqa: NPY002
    _all(design_of(survey_of(answers(n=60))), n_boot=5, seed=1)
    np.testing.assert_array_equal(np.random.get_state()[1], expected)  # noqa: NPY002


def _all(design: Design, *, n_boot: int, seed: int) -> np.ndarray:
    return np.concatenate(list(resampled_covariances(design, n_boot=n_boot, seed=seed)))
