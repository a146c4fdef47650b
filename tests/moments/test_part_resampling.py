"""Tests of `cxdrivers.moments.part_resampling`."""

from __future__ import annotations

import numpy as np

from cxdrivers.moments.grouped_rows import grouped_moments
from cxdrivers.moments.part_resampling import part_counts, resampled_sums
from tests.moments.group_twins import grouped_frame, grouped_survey

GROUPED = grouped_moments(grouped_survey(grouped_frame()), "region")


def test_every_resample_draws_as_many_parts_as_somebody_is_in():
    for place in range(len(GROUPED.labels)):
        counts = part_counts(GROUPED, n_boot=50, seed=1, place=place)
        assert counts.shape == (50, GROUPED.sums.shape[1])
        assert (counts.sum(axis=1) == GROUPED.parts[place]).all()
        assert not counts[:, ~GROUPED.filled[place]].any()


def test_a_group_among_others_and_by_itself_has_the_same_resamples():
    for place, label in enumerate(GROUPED.labels):
        np.testing.assert_array_equal(
            part_counts(GROUPED, n_boot=20, seed=3, place=place),
            part_counts(GROUPED.of(label), n_boot=20, seed=3),
        )


def test_fewer_resamples_are_the_first_of_more():
    more = part_counts(GROUPED, n_boot=20, seed=3)
    np.testing.assert_array_equal(part_counts(GROUPED, n_boot=5, seed=3), more[:5])
    assert not np.array_equal(part_counts(GROUPED, n_boot=20, seed=4), more)


def test_the_sums_of_a_resample_are_those_of_the_parts_that_were_drawn():
    counts = part_counts(GROUPED, n_boot=3, seed=5, place=1)
    found = resampled_sums(GROUPED, counts, place=1)
    for row, drawn in zip(found, counts, strict=True):
        parts = [GROUPED.sums[1, part] * times for part, times in enumerate(drawn)]
        np.testing.assert_allclose(row, sum(parts), rtol=1e-12, atol=1e-9)


def test_nothing_can_be_drawn_again_of_a_single_part():
    whole = grouped_moments(grouped_survey(grouped_frame()), "region", parts=1)
    assert part_counts(whole, n_boot=9, seed=0).shape == (0, 1)
