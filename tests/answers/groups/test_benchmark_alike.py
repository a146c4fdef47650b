"""Tests of `answers.groups.benchmark_alike`: a few who rate otherwise than all are hidden."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.answers.groups.benchmark import Benchmark
from cxdrivers.answers.groups.benchmark_alike import nearly_alike
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.grouped_rows import grouped_moments
from tests.answers.groups.benchmark_samples import (
    client_survey,
    client_surveys,
    graded,
    stacked,
)

FIELD = stacked(client_surveys(n=600))


def in_parts(masses: np.ndarray, sums: np.ndarray) -> GroupedMoments:
    """Return the moments of one client with ratings of one driver in parts."""
    one = grouped_moments(stacked(client_surveys(n=60)), "client").of_groups([0])
    return replace(
        one,
        rating_masses=masses[np.newaxis, :, np.newaxis],
        rating_sums=sums[np.newaxis, :, np.newaxis],
    )


def cut(others: int, *, rows: int, parts: int, sampled: float = 1.0) -> GroupedMoments:
    """Return a client of whom so many rate 1 and all others 9, added up as a warehouse does."""
    rng = np.random.default_rng(others)
    weights = rng.uniform(0.5, 2, rows)
    ratings = np.where(np.arange(rows) < others, 1.0, 9.0) - 5.5
    part = rng.integers(parts, size=rows)
    inside = rng.random(rows) < sampled
    both = [
        np.bincount(part[inside], values[inside], minlength=parts)
        for values in (weights, weights * ratings)
    ]
    if sampled < 1:
        for place, values in enumerate((weights, weights * ratings)):
            spread = (both[place] - both[place].mean()) / np.sqrt(sampled)
            both[place] = values.sum() / parts + spread
    return in_parts(*both)


@pytest.mark.parametrize(("others", "hidden"), [(0, False), (1, True), (9, True), (40, False)])
def test_fewer_than_ten_are_hidden_when_parts_hold_many_respondents(others: int, hidden: bool):
    assert nearly_alike(cut(others, rows=900, parts=25))[0, 0] == hidden


@pytest.mark.parametrize(("others", "hidden"), [(1, True), (9, True), (900, False)])
def test_fewer_than_ten_are_hidden_when_parts_hold_only_some_of_the_rows(others: int, hidden: bool):
    assert nearly_alike(cut(others, rows=9000, parts=50, sampled=0.3))[0, 0] == hidden


def test_those_of_a_client_with_few_clusters_are_counted_one_by_one():
    frame = graded(n=120, seed=3).assign(empathy=10.0, team=np.arange(120) % 6)
    for others, told in ((9, False), (12, True)):
        frame.loc[frame.index[:others], "empathy"] = 1.0
        surveys = client_surveys() | {"Client A": client_survey(frame, cluster="team")}
        found = Benchmark.of(surveys, named=True).tidy().set_index(["client", "driver"])
        assert np.isfinite(found.loc[("Client A", "empathy"), "estimate"]) == told
        assert np.isfinite(found.loc[("Client A", "reliability"), "estimate"])


def test_a_client_in_few_parts_is_refused_with_the_minimum_that_leaves_it_out():
    groups = grouped_moments(FIELD, "client")
    sums = {
        name: getattr(groups, name).copy()
        for name in ("sums", "squares", "rating_masses", "rating_sums")
    }
    for numbers in sums.values():
        whole = numbers[0].copy()
        numbers[0] = 0
        numbers[0, :19] = [whole[place::19].sum(axis=0) for place in range(19)]
    few = replace(groups, **sums)
    with pytest.raises(cx.CxError, match=r"The sums of 'Client A' come in fewer than 20 ra") as e:
        Benchmark.of(few)
    assert "minimum=601): it has 600 respondents." in str(e.value)
    assert "Laat deze organisatie weg met Benchmark.of(moments, minimum=601)" in e.value.say("nl")
    assert len(Benchmark.of(few, minimum=601).clients) == 4


def test_when_all_clients_come_in_few_parts_the_rows_are_asked_for():
    few = grouped_moments(FIELD, "client", parts=10)
    with pytest.raises(cx.CxError, match=r"all 5 clients that are large enough \(at most 640") as e:
        Benchmark.of(few)
    assert str(e.value).endswith('Benchmark.of(survey, by="COLUMN").')
    assert "Maak de benchmark van de rijen, waarin zij te tellen zijn" in e.value.say("nl")
    assert len(Benchmark.of(grouped_moments(FIELD, "client", parts=20)).clients) == 5
