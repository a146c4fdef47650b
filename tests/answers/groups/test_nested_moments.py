"""Tests of `answers.groups.nested_moments`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cxdrivers.answers.groups.nested_moments import nested_moments
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.grouped_rows import grouped_moments
from tests.answers.groups.grouped_surveys import teams
from tests.samples import survey_of

FRAME = teams(2, 3, 40)


def paired(frame=FRAME, **changes) -> GroupedMoments:
    pairs = frame.assign(pair=frame["organisation"] + " · " + frame["team"])
    return replace(
        grouped_moments(survey_of(pairs), "pair"), **{"by": "organisation · team", **changes}
    )


def test_outer_groups_have_the_moments_of_their_rows():
    found = nested_moments(paired(), seed=0)
    outer = grouped_moments(survey_of(FRAME), "organisation")
    assert found.outer.labels == outer.labels
    assert found.outer.by == "organisation"
    np.testing.assert_allclose(found.outer.covariance, outer.covariance, atol=1e-12)
    np.testing.assert_allclose(found.outer.rating_mean, outer.rating_mean, atol=1e-12)
    np.testing.assert_allclose(found.outer.n_effective, outer.n_effective)
    np.testing.assert_array_equal(found.outer.rated, outer.rated)


def test_the_parts_of_an_outer_group_are_its_inner_groups():
    given = paired()
    found = nested_moments(given, seed=0)
    for place in range(2):
        parts = found.outer.sums[place, found.outer.filled[place]]
        inner = given.sums[found.within == place].sum(axis=1)
        np.testing.assert_allclose(parts[np.lexsort(parts.T)], inner[np.lexsort(inner.T)])


def test_names_that_stand_in_several_keep_their_outer_name():
    found = nested_moments(paired(), seed=0)
    assert found.repeated == ("Team 1", "Team 2", "Team 3")
    assert found.inner.labels[0] == "Org 1 · Team 1"
    assert found.within.tolist() == [0, 0, 0, 1, 1, 1]
    own = FRAME.assign(team=FRAME["organisation"].str[-1] + FRAME["team"].str[-1])
    found = nested_moments(paired(own), seed=0)
    assert (found.repeated, found.inner.labels[3:]) == ((), ("21", "22", "23"))
    assert found.inner.by == "team"


def test_empty_groups_stay_with_the_column_that_they_are_of():
    found = nested_moments(paired(empty=("Org 1 · Team 9", "Org 7 · Team 1")), seed=0)
    assert found.outer.empty == ("Org 7",)
    assert found.inner.empty == ("Org 1 · Team 9", "Org 7 · Team 1")


def test_one_column_or_names_that_cannot_be_taken_apart_are_not_nested():
    assert nested_moments(paired(by="team"), seed=0) is None
    assert nested_moments(paired(labels=("a",) * 6), seed=0) is None
    assert nested_moments(paired(labels=("a · b · c",) * 6), seed=0) is None


def test_the_rows_of_groups_add_up_and_the_given_moments_stay():
    given = paired(rows=np.arange(40, 46))
    before = given.sums.copy()
    assert nested_moments(given, seed=0).outer.rows.tolist() == [123, 132]
    np.testing.assert_array_equal(given.sums, before)
