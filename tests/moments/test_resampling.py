"""Tests of `cxdrivers.moments.resampling`."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from cxdrivers.moments import resampling
from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.resampling import (
    part_sizes,
    resample_counts,
    resampled_covariances,
    stratified_counts,
)
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


def test_every_resample_leaves_every_stratum_its_size():
    strata = np.random.default_rng(1).permutation(np.repeat([0, 1, 2, 3], [40, 9, 2, 1]))
    counts = stratified_counts(np.random.default_rng(2), strata, 100)
    sizes = np.array([counts[:, strata == stratum].sum(axis=1) for stratum in range(4)])
    np.testing.assert_allclose(sizes, np.outer([40, 9, 2, 1], np.ones(100)), rtol=1e-12)
    np.testing.assert_array_equal(np.unique(counts[:, strata == 2]), [0, 2])
    np.testing.assert_array_equal(counts[:, strata == 3], np.ones((100, 1)))


def test_within_a_stratum_means_vary_as_much_as_means_of_samples_do():
    """Drawing as many units as there are would give (m − 1)/m of this: a half for two."""
    values, strata = np.arange(7.0) ** 2, np.repeat([0, 1], [2, 5])
    counts = stratified_counts(np.random.default_rng(3), strata, 200_000)
    for stratum, size in enumerate([2, 5]):
        inside = strata == stratum
        means = counts[:, inside] @ values[inside] / size
        assert means.mean() == pytest.approx(values[inside].mean(), rel=0.01)
        assert means.var() == pytest.approx(values[inside].var(ddof=1) / size, rel=0.02)


@pytest.mark.parametrize("clustered", [False, True])
def test_within_strata_a_resample_has_the_covariance_of_what_was_drawn_there(clustered: bool):
    frame = answers(n=90).assign(w=np.arange(90) % 3 + 0.5, team=np.arange(90) // 6)
    frame = frame.assign(region=frame["team"].map(lambda team: "north" if team < 4 else "south"))
    frame = frame.sample(frac=1, random_state=1, ignore_index=True)
    fields = {"cluster": "team"} if clustered else {}
    design = design_of(survey_of(frame, weight="w", strata="region", **fields))
    units = design.cluster if clustered else np.arange(90)
    assert units is not None
    assert design.strata is not None
    where = np.array([design.strata[units == unit][0] for unit in range(units.max() + 1)])
    counts = stratified_counts(np.random.default_rng(7), where, 20)
    values = frame.drop(columns=["w", "team", "region"]).to_numpy()
    for times, covariance in zip(counts, _all(design, n_boot=20, seed=7), strict=True):
        masses = times[units] * frame["w"].to_numpy()
        expected = np.cov(values, rowvar=False, aweights=masses, ddof=0)
        np.testing.assert_allclose(covariance, expected, atol=1e-11)


def test_parts_are_as_long_as_memory_allows_and_add_up(monkeypatch):
    monkeypatch.setattr(resampling, "COUNTS_AT_ONCE", 100)
    assert list(part_sizes(25, 9)) == [11, 11, 3]
    assert list(part_sizes(3, 1000)) == [1, 1, 1]
    assert list(part_sizes(0, 9)) == []


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


def test_with_strata_too_the_same_seed_gives_the_same_resamples():
    frame = answers(n=60).assign(region=np.arange(60) % 4)
    design = design_of(survey_of(frame, strata="region"))
    first, again, other = (_all(design, n_boot=5, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).all(axis=(1, 2)).all()


def test_no_resamples_are_none():
    assert list(resampled_covariances(design_of(survey_of(answers())), n_boot=0, seed=1)) == []


def test_the_random_numbers_of_the_program_around_are_left_alone():
    np.random.seed(3)  # noqa: NPY002  (the global generator is what must stay as it was)
    expected = np.random.get_state()[1].copy()  # noqa: NPY002
    _all(design_of(survey_of(answers(n=60))), n_boot=5, seed=1)
    np.testing.assert_array_equal(np.random.get_state()[1], expected)  # noqa: NPY002


def _all(design: Design, *, n_boot: int, seed: int) -> np.ndarray:
    return np.concatenate(list(resampled_covariances(design, n_boot=n_boot, seed=seed)))
