"""Tests of `cxdrivers.moments.grouped`: beside loops over groups and parts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cxdrivers.moments.design import design_of
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.grouped_rows import grouped_moments
from cxdrivers.moments.moments import moments_of
from cxdrivers.moments.random_parts import random_parts
from cxdrivers.moments.sums import moments_from_sums
from cxdrivers.survey.base import effective_n
from tests.moments.group_twins import SIZES, grouped_frame, grouped_survey, moments_by_hand

FRAME = grouped_frame()
GROUP = FRAME["region"].map({name: code for code, name in enumerate(sorted(SIZES))})
PARTS = random_parts(GROUP.to_numpy(), 3, count=20, seed=4).part


@pytest.fixture(scope="module")
def grouped() -> GroupedMoments:
    return grouped_moments(grouped_survey(FRAME), "region", parts=20, seed=4)


def test_each_group_has_the_moments_of_its_rows(grouped: GroupedMoments):
    assert set(grouped.labels) == set(SIZES)
    for place, label in enumerate(grouped.labels):
        mean, covariance = moments_by_hand(FRAME[FRAME["region"] == label])
        np.testing.assert_allclose(grouped.mean[place], mean, atol=1e-12)
        np.testing.assert_allclose(grouped.covariance[place], covariance, atol=1e-12)
        assert grouped.n[place] == SIZES[label]


def test_so_has_each_group_less_each_part(grouped: GroupedMoments):
    for place, label in enumerate(grouped.labels):
        for part in range(20):
            left = FRAME[(FRAME["region"] == label) & (part != PARTS)]
            mean, covariance = moments_by_hand(left)
            np.testing.assert_allclose(grouped.mean_without()[place, part], mean, atol=1e-12)
            found = moments_from_sums(grouped.sums_without([place]))[1][0, part]
            np.testing.assert_allclose(found, covariance, atol=1e-12)
            effective = grouped.n_effective_without()[place, part]
            assert effective == pytest.approx(effective_n(left["w"].to_numpy()))
            ratings = grouped.rating_mean_without()[place, part]
            np.testing.assert_allclose(ratings, mean[:3], atol=1e-12)


def test_all_groups_together_have_the_moments_of_the_survey(grouped: GroupedMoments):
    whole = grouped.together([0, 1, 2], "everybody")
    assert whole.labels == ("everybody",)
    expected, found = moments_of(design_of(grouped_survey(FRAME))), whole.moments(0)
    np.testing.assert_allclose(found.covariance, expected.covariance, atol=1e-12)
    np.testing.assert_allclose(found.mean, expected.mean, atol=1e-12)
    assert found.n == expected.n
    assert found.n_effective == pytest.approx(expected.n_effective)
    assert (found.drivers, found.groups, found.terms) == (
        expected.drivers,
        expected.groups,
        expected.terms,
    )


def test_groups_taken_together_come_last_and_the_others_stay(grouped: GroupedMoments):
    found = grouped.together([0, 2], "others")
    assert found.labels == (grouped.labels[1], "others")
    np.testing.assert_array_equal(found.sums[0], grouped.sums[1])
    inside = FRAME["region"].isin([grouped.labels[0], grouped.labels[2]])
    np.testing.assert_allclose(found.covariance[1], moments_by_hand(FRAME[inside])[1], atol=1e-12)
    left = FRAME[inside & (PARTS != 7)]
    np.testing.assert_allclose(
        moments_from_sums(found.sums_without([1]))[1][0, 7], moments_by_hand(left)[1], atol=1e-12
    )
    assert found.rated[1].tolist() == [inside.sum()] * 3


def test_taking_no_groups_together_changes_nothing(grouped: GroupedMoments):
    assert grouped.together([], "others") is grouped


def test_some_groups_can_be_asked_for_in_another_order(grouped: GroupedMoments):
    found = grouped.of_groups([2, 0])
    assert found.labels == (grouped.labels[2], grouped.labels[0])
    np.testing.assert_array_equal(found.covariance, grouped.covariance[[2, 0]])
    np.testing.assert_array_equal(found.rated, grouped.rated[[2, 0]])
    np.testing.assert_array_equal(
        grouped.of_groups(slice(1, None)).sums_without(), grouped.sums_without([1, 2])
    )


def test_a_part_nobody_is_in_cannot_be_left_out():
    frame = FRAME.drop(FRAME.index[FRAME["region"] == "east"][6:])
    found = grouped_moments(grouped_survey(frame), "region", parts=30)
    place = found.labels.index("east")
    assert found.parts[place] == 6
    told = ~np.isnan(found.sums_without()[place, :, 0])
    assert told.sum() == 6
    np.testing.assert_array_equal(~np.isnan(found.n_effective_without()[place]), told)
    np.testing.assert_array_equal(~np.isnan(found.rating_mean_without()[place, :, 0]), told)


def test_a_group_of_one_part_cannot_lose_it(grouped: GroupedMoments):
    one = replace(
        grouped,
        sums=grouped.sums.sum(axis=1, keepdims=True),
        squares=grouped.squares.sum(axis=1, keepdims=True),
        rating_masses=grouped.rating_masses.sum(axis=1, keepdims=True),
        rating_sums=grouped.rating_sums.sum(axis=1, keepdims=True),
    )
    np.testing.assert_allclose(one.covariance, grouped.covariance, atol=1e-13)
    assert np.isnan(one.sums_without()).all()
    assert np.isnan(one.rating_mean_without()).all()


def test_who_is_in_each_group_is_a_table_and_a_line(grouped: GroupedMoments):
    table = grouped.tidy().set_index("group")
    assert table["n"].to_dict() == SIZES
    assert table["rows"].isna().all()
    for label, rows in FRAME.groupby("region"):
        assert table.loc[label, "n_effective"] == pytest.approx(effective_n(rows["w"].to_numpy()))
        mean = np.average(rows[grouped.outcome], weights=rows["w"])
        assert table.loc[label, "mean"] == pytest.approx(mean)
    n = sum(SIZES.values())
    facts = f"3 groups by region, 3 drivers of {grouped.outcome}, n={n}, up to 20 parts"
    assert repr(grouped) == f"<GroupedMoments: {facts}>"


def test_one_group_by_itself_knows_nothing_of_the_others(grouped: GroupedMoments):
    among = replace(grouped, withheld=3, withheld_n=12, unplaced=4, empty=("west",), pairwise=True)
    one = among.of("east")
    assert (one.by, one.labels, one.n.tolist()) == ("", ("east",), [SIZES["east"]])
    assert (one.withheld, one.withheld_n, one.unplaced, one.empty) == (0, 0, 0, ())
    assert one.pairwise
