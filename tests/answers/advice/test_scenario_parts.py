"""Tests of `answers.advice.scenario_parts`: what changes go with, from moments alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cxdrivers as cx
from cxdrivers.codebook.codebook import Question
from cxdrivers.errors import FitError
from cxdrivers.moments.grouped_rows import grouped_moments
from tests.answers.advice.part_surveys import part_frame, part_survey, whole
from tests.samples import OUTCOME

FRAME = part_frame()
SURVEY = part_survey(FRAME)
MOMENTS = whole(SURVEY)
PLANS: dict[str, Any] = {"one": {"reliability": 0.5}, "two": {"empathy": -1, "customer_focus": 0.2}}


def refusal(changes: Any, **fields: Any) -> FitError:
    with pytest.raises(FitError) as caught:
        cx.what_if(MOMENTS, changes, **fields)
    return caught.value


def test_the_mean_is_that_of_the_rows_when_nobody_reaches_the_ends():
    found = cx.what_if(MOMENTS, PLANS, n_boot=0).tidy()
    rows = cx.what_if(SURVEY, PLANS, n_boot=0).tidy()
    assert found.columns.tolist() == rows.columns.tolist()
    assert set(found["quantity"]) == {"mean"} == set(rows["quantity"])
    for name in ("observed", "today", "changed", "estimate", "n"):
        np.testing.assert_allclose(found[name], rows[name], rtol=1e-9)


def test_whom_a_change_reaches_is_counted_as_from_the_rows():
    found = cx.what_if(MOMENTS, PLANS, n_boot=0).reach()
    rows = cx.what_if(SURVEY, PLANS, n_boot=0).reach()
    pd.testing.assert_frame_equal(found, rows, check_dtype=False)


def test_intervals_are_about_those_of_the_rows():
    found = cx.what_if(MOMENTS, PLANS, seed=1).tidy()
    rows = cx.what_if(SURVEY, PLANS, seed=1).tidy()
    width = rows["conf_high"] - rows["conf_low"]
    np.testing.assert_allclose(found["conf_high"] - found["conf_low"], width, rtol=0.2)
    assert (found["conf_low"] < found["estimate"]).all()
    assert (found["estimate"] < found["conf_high"]).all()


def test_the_seed_decides_everything():
    one, same, other = (cx.what_if(MOMENTS, PLANS, n_boot=50, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one.tidy(), same.tidy())
    assert not one.tidy()["conf_low"].equals(other.tidy()["conf_low"])


def test_one_of_many_groups_is_asked_as_its_own_survey():
    frame = FRAME.assign(team=np.where(np.arange(len(FRAME)) % 3, "a", "b"))
    grouped = grouped_moments(part_survey(frame), "team")
    found = cx.what_if(grouped.of("a"), PLANS, n_boot=0).tidy()
    alone = cx.what_if(part_survey(frame[frame["team"] == "a"]), PLANS, n_boot=0).tidy()
    np.testing.assert_allclose(found["changed"], alone["changed"], rtol=1e-9)
    with pytest.raises(FitError, match=r"hold 2 groups of 'team'"):
        cx.what_if(grouped, PLANS)


def test_what_moments_cannot_tell_is_said_in_both_languages():
    plan = cx.what_if(MOMENTS, PLANS, costs={"one": 100}, n_boot=50)
    english, dutch = plan.summary("en"), plan.summary("nl")
    assert "Only the mean is told, from least squares: the share of high grades and re" in english
    assert "moments do not tell who stands at the end of its scale" in english
    assert "they would move by at least this much on average: 0.4" in english
    assert "momenten zeggen niet wie er aan het eind van de schaal zit" in dutch
    assert "zij gemiddeld ten minste zo ver opschuiven: 0,4" in dutch
    assert "50 resamples of 200 random parts of 260 respondents" in plan.footer()
    assert plan.cost_table().shape == (1, 3)
    assert plan.quantities == ("mean",)
    assert "<table" in plan._repr_html_()


def test_a_driver_without_a_scale_has_ends_that_nobody_knows():
    plan = cx.what_if(whole(part_survey(FRAME, scale=None)), {"reliability": 0.5}, n_boot=0)
    assert "By how much less Reliability would move if the end of the scale" in plan.summary()
    assert "Betrouwbaarheid zou opschuiven als het eind van de schaal" in plan.summary("nl")


@given(
    st.lists(st.integers(1, 10), min_size=3, max_size=40).filter(lambda x: len(set(x)) > 1),
    st.floats(0.1, 3.0),
    st.sampled_from([1, -1]),
)
def test_held_by_their_scale_ratings_move_at_least_as_far_as_is_said(
    ratings: list[int], size: float, sign: int
):
    values = np.repeat(np.array(ratings, dtype=float), 4)
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"reliability": values, OUTCOME: values + rng.normal(size=len(values))})
    moments = whole(cx.Survey.from_frame(frame, outcome=OUTCOME, drivers=["reliability"]), parts=1)
    scaled = Question("reliability", ("reliability",), scale=(1, 10))
    codebook = replace(moments.codebook, drivers=(scaled,))
    moved = np.clip(values + sign * size, 1, 10) - values
    room = 10 - values.mean() if sign > 0 else values.mean() - 1
    if size > room:
        with pytest.raises(FitError, match="beyond its scale from 1 to 10"):
            cx.what_if(replace(moments, codebook=codebook), {"reliability": sign * size})
        return
    plan = cx.what_if(replace(moments, codebook=codebook), {"reliability": sign * size}, n_boot=0)
    [unheld] = plan.unheld
    assert 0 <= sign * unheld.least <= sign * moved.mean() + 1e-9


def test_a_mean_cannot_be_moved_beyond_its_scale():
    error = refusal({"reliability": 9})
    assert str(error).startswith("9 points for everybody would bring the mean of 'reliability' fro")
    assert "beyond its scale from 0 to 15. Give a change of at most 8.21 points." in str(error)
    assert "voorbij de schaal van 0 tot 15" in error.say("nl")
    assert "at most -6.7" in str(refusal({"reliability": -8}))


def test_a_floor_or_ceiling_needs_rows():
    error = refusal({"reliability": ("at_least", 7)})
    assert 'is ("at_least", 7), which moves those beyond 7 only, and these are' in str(error)
    assert "momenten, die niet zeggen wie dat zijn" in error.say("nl")


@pytest.mark.parametrize(("name", "value"), [("threshold", 8), ("always", ["agent"])])
def test_what_needs_rows_is_refused_by_name(name: str, value: Any):
    error = refusal({"reliability": 0.5}, **{name: value})
    assert str(error) == (
        f"'{name}' needs the rows of a survey, and these are moments: the sums of the drivers and "
        f"the outcome, and of nothing else. Leave '{name}' out, or give the survey."
    )
    assert f"Laat '{name}' weg, of geef het onderzoek." in error.say("nl")


def test_unknown_drivers_and_settings_are_refused_as_everywhere():
    assert "'empaty', which is no driver. Did you mean 'empathy'?" in str(refusal({"empaty": 1}))
    assert "There is a cost for 'x'" in str(refusal({"empathy": 1}, costs={"x": 5}))
    assert "level is 95" in str(refusal({"empathy": 1}, level=95))


def test_a_driver_that_never_varies_or_is_part_of_a_product_cannot_be_moved():
    constant = whole(part_survey(FRAME.assign(empathy=7.0)))
    with pytest.raises(FitError, match=r"'empathy' is the same for all 260 respondents"):
        cx.what_if(constant, {"empathy": 0.5})
    product = Question("both", (), interaction=("reliability", "customer_focus"))
    codebook = replace(SURVEY.codebook, drivers=(*SURVEY.codebook.drivers, product))
    moments = whole(cx.Survey(FRAME, codebook))
    with pytest.raises(FitError, match="part of the interaction 'both', which would move") as at:
        cx.what_if(moments, {"reliability": 0.5})
    assert "en momenten zeggen niet hoeveel" in at.value.say("nl")
    assert cx.what_if(moments, {"empathy": 0.5}, n_boot=0).n == 260


def test_few_parts_and_rows_that_were_lost_are_said():
    few = replace(whole(SURVEY, parts=5), rows=np.array([263]))
    plan = cx.what_if(few, {"reliability": 0.5})
    said = plan.summary()
    assert "There are no intervals: the sums come in 5 random parts, and 8 are needed." in said
    assert "3 of the 263 respondents are in none of these numbers" in said
    assert "de sommen komen in 5 willekeurige delen, en er zijn er 8 nodig" in plan.summary("nl")
    assert np.isnan(plan.tidy()["conf_low"]).all()
    assert plan.footer() == "If the association is causal. 260 respondents, no resamples."


def test_what_asks_for_the_rows_of_scenarios_says_so():
    plan = cx.what_if(MOMENTS, {"reliability": 0.5}, n_boot=0)
    with pytest.raises(FitError, match="needs the rows of a survey, and only moments"):
        _ = plan.design
    with pytest.raises(FitError, match="only its mean could be told"):
        plan.distribution()


def test_whole_clusters_are_drawn_again_and_blanks_are_said():
    frame = FRAME.copy()
    frame.loc[:3, "reliability"] = np.nan
    plan = cx.what_if(whole(part_survey(frame, cluster="agent")), {"reliability": 0.5}, n_boot=20)
    assert "30 random parts of 260 respondents (whole clusters)" in plan.footer()
    assert "4 blank answers are expected from what was answered." in plan.summary()
    assert plan.reach()["blank"].tolist() == [4]


def test_nobody_is_moved_twice_where_pairs_were_counted_over_their_own_rows():
    paired = replace(MOMENTS, rated=MOMENTS.rated + np.array([[9, -5, -20]]))
    changes = {"reliability": 0.5, "empathy": 0.5, "customer_focus": 0.5}
    reach = cx.what_if(paired, changes, n_boot=0).reach()
    assert (reach[["moved", "blank", "not_met"]].sum(axis=1) == 260).all()
    assert reach["blank"].tolist() == [0, 0, 20]
