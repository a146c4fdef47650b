"""Tests of `answers.advice.priority_making`: priorities of moments beside those of their rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.answers.advice.priority_making import priorities_of_parts
from cxdrivers.errors import FitError
from cxdrivers.moments.grouped_rows import grouped_moments
from tests.answers.advice.part_surveys import part_frame, part_survey, whole

FRAME = part_frame()
SURVEY = part_survey(FRAME)
MOMENTS = whole(SURVEY)
NUMBERS = ["mean", "performance", "target", "room", "effect", "estimate", "gain_users", "met", "n"]


def test_estimates_are_those_of_the_rows():
    found = cx.priorities(MOMENTS, n_boot=0, target=9).tidy()
    rows = cx.priorities(SURVEY, n_boot=0, target=9).tidy()
    assert found.columns.tolist() == rows.columns.tolist()
    for name in (*NUMBERS, "share", "share_room"):
        np.testing.assert_allclose(found[name], rows[name], rtol=1e-9)
    assert found["quadrant"].tolist() == rows["quadrant"].tolist()
    assert found["rank"].tolist() == rows["rank"].tolist()


def test_intervals_and_chances_come_from_the_parts_that_the_weights_were_drawn_from():
    found, rows = cx.priorities(MOMENTS, seed=1), cx.priorities(SURVEY, seed=1)
    weights = cx.driver_weights(MOMENTS, seed=1)
    np.testing.assert_array_equal(found.weights.replicates, weights.replicates)
    for name in ("conf", "share", "mean", "effect"):
        width = rows.tidy()[f"{name}_high"] - rows.tidy()[f"{name}_low"]
        ours = found.tidy()[f"{name}_high"] - found.tidy()[f"{name}_low"]
        np.testing.assert_allclose(ours, width, rtol=0.3)
    chances = found.tidy()["p_fix_first"], rows.tidy()["p_fix_first"]
    np.testing.assert_allclose(*chances, atol=0.1)


def test_one_of_many_groups_is_asked_as_its_own_survey():
    frame = FRAME.assign(team=np.where(np.arange(len(FRAME)) % 3, "a", "b"))
    grouped = grouped_moments(part_survey(frame), "team")
    found = cx.priorities(grouped.of("a"), n_boot=0).tidy()
    alone = cx.priorities(part_survey(frame[frame["team"] == "a"]), n_boot=0).tidy()
    for name in NUMBERS:
        np.testing.assert_allclose(found[name], alone[name], rtol=1e-9)
    with pytest.raises(FitError, match="hold 2 groups of 'team', and this is asked of one group"):
        cx.priorities(grouped)


def test_drivers_without_a_place_are_named_with_the_reason():
    survey = part_survey(FRAME.assign(customer_focus=7.0))
    plain = replace(survey.codebook.drivers[1], scale=None)
    drivers = (survey.codebook.drivers[0], plain, survey.codebook.drivers[2])
    codebook = replace(survey.codebook, drivers=drivers)
    found = cx.priorities(replace(whole(survey), codebook=codebook), n_boot=0)
    assert found.drivers == ("reliability",)
    assert "Not placed: Empathy. Without a scale in the codebook it has" in found.summary()
    assert "Not placed: Customer focus. It never varies" in found.summary()
    with pytest.raises(FitError, match="'reliability', 'empathy', 'customer_focus'"):
        cx.priorities(replace(MOMENTS, codebook=None), n_boot=0)


def test_targets_are_checked_as_everywhere():
    with pytest.raises(FitError, match="Did you mean 'empathy'"):
        cx.priorities(MOMENTS, target={"empaty": 9}, n_boot=0)
    found = cx.priorities(MOMENTS, target={"empathy": 12}, n_boot=0).tidy()
    assert found["target"].tolist()[1] == 12


@pytest.mark.parametrize(("name", "value"), [("kind", "top_box"), ("always", ["agent"])])
def test_what_needs_rows_is_refused_by_name(name: str, value: object):
    with pytest.raises(FitError, match=f"'{name}' needs the rows of a survey, and these are mom"):
        cx.priorities(MOMENTS, **{name: value})


def test_the_footer_says_what_was_drawn_again_and_what_was_not():
    found = cx.priorities(MOMENTS, n_boot=40)
    assert "40 resamples of 200 random parts of 260 respondents, seed 0" in found.footer()
    assert "40 hertrekkingen van 200 willekeurige delen van 260 respondenten" in found.footer("nl")
    few = cx.priorities(whole(SURVEY, parts=4), n_boot=40)
    assert "There are no intervals: the sums come in 4 random parts, and 8 are" in few.footer()
    assert np.isnan(few.tidy()[["conf_low", "p_fix_first"]]).all(axis=None)


def test_charts_and_sentences_are_those_of_any_priorities():
    found = cx.priorities(MOMENTS, n_boot=40)
    assert found.plot(language="nl").get_xlabel()
    assert "headroom" in found.headline()
    assert found.n == 260


def test_stated_importance_needs_rows():
    with pytest.raises(FitError, match="This needs the rows of a survey, and only moments"):
        cx.priorities(MOMENTS, n_boot=0).stated()


def test_weights_of_anything_else_have_no_parts_to_draw():
    with pytest.raises(FitError, match="This needs the rows of a survey"):
        priorities_of_parts(cx.driver_weights(MOMENTS.moments(0)))
