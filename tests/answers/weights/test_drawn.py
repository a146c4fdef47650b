"""Tests of `answers.weights.drawn`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cxdrivers.answers.weights import drawn
from cxdrivers.answers.weights.drawn import DrawnParts, scheme_drawn
from cxdrivers.models.part_slopes import FEWEST_PARTS
from cxdrivers.moments import resampling
from cxdrivers.moments.expanded import expanded_level
from cxdrivers.moments.sums import moments_from_sums
from tests.answers.weights.part_twins import parted


def test_however_memory_cuts_them_the_resamples_are_the_same(monkeypatch: pytest.MonkeyPatch):
    parts = DrawnParts(parted())
    whole = list(parts.covariances(n_boot=23, seed=1))
    monkeypatch.setattr(resampling, "COUNTS_AT_ONCE", 100)
    cut = list(parts.covariances(n_boot=23, seed=1))
    assert [len(each) for each in whole] == [23]
    assert [len(each) for each in cut] == [5, 5, 5, 5, 3]
    np.testing.assert_allclose(np.concatenate(cut), whole[0], atol=1e-12)


def test_what_is_left_without_each_part_is_the_sum_of_the_others():
    moments = parted(parts=12)
    found = np.concatenate(list(DrawnParts(moments).left_out()))
    assert len(found) == 12
    others = moments.sums[0, [place for place in range(12) if place != 4]].sum(axis=0)
    np.testing.assert_allclose(found[4], moments_from_sums(others)[1], atol=1e-12)


def test_few_parts_take_a_wider_level_and_few_respondents_no_narrower_one():
    twenty = DrawnParts(parted())
    assert twenty.expanded(0.9) == pytest.approx(expanded_level(0.9, units=20, freedom=19))
    assert DrawnParts(parted(parts=10)).expanded(0.9) > twenty.expanded(0.9)
    small = DrawnParts(parted(24))
    assert small.expanded(0.9) == pytest.approx(expanded_level(0.9, units=20, freedom=19))
    tiny = DrawnParts(parted(22))
    assert tiny.expanded(0.9) == pytest.approx(expanded_level(0.9, units=20, freedom=18))


def test_parts_are_enough_from_eight_on():
    assert not DrawnParts(parted(parts=FEWEST_PARTS - 1)).enough
    assert DrawnParts(parted(parts=FEWEST_PARTS)).enough


def test_parts_are_drawn_as_what_they_hold():
    moments = parted()
    assert scheme_drawn(DrawnParts(moments)) == drawn.RESPONDENTS
    clustered = replace(moments, whole_clusters=np.array([True]))
    assert scheme_drawn(DrawnParts(clustered)) == drawn.CLUSTERS
