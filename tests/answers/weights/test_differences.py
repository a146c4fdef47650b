"""Tests of `answers.weights.differences`."""

from __future__ import annotations

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.moments.expanded import expanded_level
from tests.samples import answers, survey_of


@pytest.fixture(scope="module")
def weights() -> cx.DriverWeights:
    frame = answers((0.8, 0.3, 0.3, 0.02), n=600, seed=5)
    return cx.driver_weights(survey_of(frame), n_boot=400, seed=5)


def test_every_pair_is_there_once_the_larger_first(weights: cx.DriverWeights):
    table = weights.differences()
    assert len(table) == 6
    assert (table["estimate"] >= 0).all()
    assert len({frozenset(pair) for pair in zip(table["driver"], table["other"], strict=True)}) == 6


def test_a_difference_and_its_interval_are_those_of_the_resamples(weights: cx.DriverWeights):
    row = weights.differences().iloc[0]
    first, other = (weights.drivers.index(row[name]) for name in ("driver", "other"))
    gaps = weights.replicates[:, first] - weights.replicates[:, other]
    assert row["estimate"] == pytest.approx(weights.estimate[first] - weights.estimate[other])
    tail = (1 - expanded_level(0.95, units=600, freedom=600 - 1 - 4)) / 2
    assert row["conf_low"] == pytest.approx(np.quantile(gaps, tail))
    assert row["conf_high"] == pytest.approx(np.quantile(gaps, 1 - tail))
    assert row["p_larger"] == (gaps > 0).mean()


def test_drivers_share_a_letter_exactly_when_their_interval_holds_zero(weights: cx.DriverWeights):
    letters = weights.letters()
    for row in weights.differences().itertuples():
        same = set(letters[row.driver]) & set(letters[row.other])
        assert bool(same) == (row.conf_low <= 0 <= row.conf_high)
    assert letters["reliability"] == "a"


def test_without_resamples_there_are_no_intervals_and_no_letters():
    weights = cx.driver_weights(survey_of(answers()), n_boot=0)
    assert weights.differences()["conf_low"].isna().all()
    assert weights.letters().tolist() == [""] * 3
