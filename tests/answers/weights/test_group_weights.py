"""Tests of `answers.weights.group_weights`: many groups at once are each group by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.weights.group_weights_result import GroupWeights
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.grouped_rows import grouped_moments
from tests.answers.weights.part_twins import one_group
from tests.moments.group_twins import grouped_frame, grouped_survey
from tests.samples import OUTCOME, answers, survey_of

NAMES = ("big", "constant", "few", "flat", "pair", "tied", "unequal")


def awkward_frame() -> pd.DataFrame:
    """Return groups of which some cannot be weighed, and some only in part."""
    sizes = dict.fromkeys(NAMES, 60) | {"big": 120, "few": 4}
    frame = answers(n=sum(sizes.values()), seed=5)
    frame["client"] = np.repeat(list(sizes), list(sizes.values()))
    frame["w"] = 1.0
    inside = {name: frame["client"] == name for name in sizes}
    frame.loc[inside["constant"], "empathy"] = 8.0
    frame.loc[inside["flat"], OUTCOME] = 7.0
    frame.loc[inside["tied"], "customer_focus"] = frame.loc[inside["tied"], "empathy"] / 2 + 3
    frame.loc[frame.index[inside["unequal"]][0], "w"] = 100.0
    return frame


@pytest.fixture(scope="module")
def moments() -> GroupedMoments:
    return grouped_moments(survey_of(awkward_frame(), weight="w"), "client", parts=12)


def of_groups(moments: GroupedMoments, **asked: object) -> GroupWeights:
    """Return the weights of several groups."""
    found = cx.driver_weights(moments, **asked)
    assert isinstance(found, GroupWeights)
    return found


@pytest.mark.parametrize(
    "asked",
    [
        {"n_boot": 0},
        {"n_boot": 20, "seed": 3},
        {"n_boot": 0, "adjusted": False},
        {"n_boot": 0, "method": "first"},
        {"n_boot": 0, "method": "pratt"},
        {"n_boot": 120, "method": "johnson"},
    ],
)
def test_a_group_has_the_numbers_that_it_has_by_itself(
    moments: GroupedMoments, asked: dict[str, object]
):
    weights = of_groups(moments, **asked)
    table = weights.tidy()
    assert table.columns[0] == "client"
    assert weights.groups == NAMES
    for label in ("big", "constant", "pair"):
        alone = cx.driver_weights(moments.of(label), **asked)
        own = table[table["client"] == label].drop(columns="client").reset_index(drop=True)
        pd.testing.assert_frame_equal(own, alone.tidy(), check_dtype=False)
        pd.testing.assert_frame_equal(weights.of(label).tidy(), alone.tidy())
        assert weights.r_squared[label] == pytest.approx(alone.r_squared)


def test_a_group_has_the_weights_of_its_rows_alone(moments: GroupedMoments):
    frame = awkward_frame()
    weights = of_groups(moments, n_boot=0)
    for label in ("big", "constant", "pair"):
        rows = cx.driver_weights(survey_of(frame[frame["client"] == label]), n_boot=0)
        own = weights.tidy().query("client == @label")
        np.testing.assert_allclose(own["estimate"], rows.estimate, atol=1e-12)
        np.testing.assert_allclose(own["effect"], rows.effects.effect, atol=1e-9)


def test_what_cannot_be_weighed_says_why_and_leaves_the_others_alone(moments: GroupedMoments):
    table = of_groups(moments, n_boot=20).tidy()
    reasons = table.groupby("client")["remark"].first()
    assert reasons["few"] == "too_few_rows"
    assert reasons["flat"] == "moments_of_constant"
    assert reasons["tied"] == "collinear_drivers"
    assert reasons["unequal"] == "weights_too_unequal"
    untold = table["client"].isin(["few", "flat", "tied", "unequal"])
    numbers = table.drop(columns=["client", "driver", "remark", "n"])
    assert numbers[untold].isna().all(axis=None)
    assert len(table.loc[untold, ["client", "remark"]].drop_duplicates()) == 4
    assert table["n"].tolist() == np.repeat(moments.n, 3).tolist()
    assert np.isfinite(table.loc[~untold, ["estimate", "conf_low", "share"]]).all(axis=None)
    assert table.query("client == 'constant'")["remark"].tolist()[1] == "constant"
    for label, sentence in {
        "few": "usable rows are too few",
        "flat": "everybody gives 'satisfaction' the same answer, 7",
        "tied": "'empathy', 'customer_focus' are tied together",
    }.items():
        with pytest.raises(cx.FitError, match=sentence):
            of_groups(moments, n_boot=0).of(label)


def test_a_group_has_the_same_numbers_among_fewer_others(moments: GroupedMoments):
    all_of_them = of_groups(moments, n_boot=20).tidy()
    some = of_groups(moments.of_groups([4, 0]), n_boot=20).tidy()
    expected = pd.concat([all_of_them.query(f"client == '{label}'") for label in ("pair", "big")])
    pd.testing.assert_frame_equal(
        some, expected.reset_index(drop=True), check_dtype=False, check_exact=False
    )


def test_ranks_and_respondents_are_whole_numbers_where_all_groups_have_them():
    moments = grouped_moments(grouped_survey(), "region", parts=10)
    for n_boot in (0, 20):
        table = of_groups(moments, n_boot=n_boot).tidy()
        assert (table[["rank", "n"]].dtypes == np.int64).all()
        single = cx.driver_weights(moments.of("north"), n_boot=n_boot).tidy()
        assert [*table.columns] == ["region", *single.columns]


@pytest.mark.parametrize("by", ["driver", "n", "remark", "share"])
def test_a_column_that_is_called_as_a_column_of_the_table_becomes_group(by: str):
    moments = replace(grouped_moments(grouped_survey(), "region", parts=10), by=by)
    weights = of_groups(moments, n_boot=0)
    assert weights.tidy().columns[0] == weights.column == "group"
    assert f"of '{by}'" in weights.footer()


def test_nothing_has_shares_of_nothing():
    frame = grouped_frame()
    rng = np.random.default_rng(1)
    north = frame["region"] == "north"
    frame.loc[north, OUTCOME] = 7 + rng.normal(size=north.sum())
    weights = of_groups(grouped_moments(grouped_survey(frame), "region", parts=20), n_boot=100)
    table = weights.tidy()
    assert table.query("region == 'north'")["share"].isna().all()
    assert table.query("region != 'north'")["share"].notna().all()
    assert "In 1 group what the drivers explain cannot be told from nothing" in weights.summary()
    assert "In 1 groep is wat de drivers verklaren niet van niets" in weights.summary("nl")
    assert "–" in weights.table().query("region == 'north'").to_string()


def test_a_method_that_is_not_there_is_an_error_and_not_a_remark(moments: GroupedMoments):
    with pytest.raises(cx.FitError, match="method is 'lgm'"):
        cx.driver_weights(moments, method="lgm")
    with pytest.raises(cx.FitError, match="This needs the rows"):
        cx.driver_weights(moments, always=["w"])


def test_the_weights_of_one_group_that_has_a_name_are_those_of_a_group():
    moments = replace(one_group(survey_of(answers()), parts=10), by="client", labels=("a",))
    weights = of_groups(moments, n_boot=20)
    assert weights.groups == ("a",)
    assert weights.tidy()["client"].tolist() == ["a"] * 3
