"""Tests of `answers.draws`."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.answers.advocacy.advocacy_rows import advocacy_rows
from cxdrivers.answers.draws import Draws, is_simple
from cxdrivers.errors import FitError
from cxdrivers.moments.intervals import replicate_interval
from tests.answers.advocacy.scored_surveys import scored, scored_survey


def mean_of(frame, **fields):
    rows = advocacy_rows(scored_survey(frame, **fields))
    return rows.rows, lambda masses: masses @ rows.mention / masses.sum(axis=1), rows


def test_the_interval_of_a_mean_is_about_that_of_its_standard_error():
    frame = scored(400)
    rows, mean, _ = mean_of(frame)
    draws = Draws(2000, 0.95, 1)
    low, high = draws.interval(rows, np.array(0.0), draws.replicates(rows, mean))
    share = frame["named"].mean()
    reach = 1.96 * np.sqrt(share * (1 - share) / 400)
    assert float(low) == pytest.approx(share - reach, abs=0.004)
    assert float(high) == pytest.approx(share + reach, abs=0.004)


def test_without_resamples_there_are_none():
    rows, mean, _ = mean_of(scored(40))
    assert Draws(0, 0.95, 1).replicates(rows, mean) is None


def test_replicate_weights_need_no_resamples_and_have_their_own_interval():
    frame = scored(60)
    rng = np.random.default_rng(2)
    names = [f"r{place}" for place in range(8)]
    more = {name: frame["weight"] * rng.uniform(0.5, 1.5, 60) for name in names}
    rows, mean, all_rows = mean_of(
        frame.assign(**more), weight="weight", replicate_weights=tuple(names)
    )
    draws = Draws(0, 0.95, 1)
    replicates = draws.replicates(rows, mean)
    assert len(replicates) == 8
    estimate = np.array(np.average(all_rows.mention, weights=all_rows.masses))
    np.testing.assert_allclose(
        draws.interval(rows, estimate, replicates),
        replicate_interval(estimate, replicates, 0.95, degrees=7),
    )


def test_rows_are_simple_when_each_counts_once_and_by_itself():
    frame = scored(60).assign(region=np.arange(60) % 3)
    assert is_simple(mean_of(frame)[0])
    for field, column in {"weight": "weight", "cluster": "team", "strata": "region"}.items():
        assert not is_simple(mean_of(frame, **{field: column})[0])


@pytest.mark.parametrize("settings", [(1, 0.95, 0), (10, 95.0, 0), (10, 0.95, -1), (10.0, 0.9, 0)])
def test_settings_that_cannot_be_are_refused(settings):
    with pytest.raises(FitError):
        Draws(*settings).check()
