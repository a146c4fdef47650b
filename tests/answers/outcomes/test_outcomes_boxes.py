"""Tests of `answers.outcomes.outcomes_boxes`."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.answers.outcomes.outcomes_boxes import Box, box_name, boxes_of, is_thin, members
from cxdrivers.codebook.codebook import Question
from cxdrivers.moments.design import design_of
from tests.answers.outcomes.graded_surveys import graded_survey, proportional


@pytest.mark.parametrize(
    ("scale", "keys"),
    [
        ((1, 10), ["at_most_5", "at_least_8", "at_least_9", "at_least_10"]),
        ((0, 10), ["at_most_4", "at_least_8", "at_least_9", "at_least_10"]),
        ((1, 7), ["at_most_3", "at_least_6", "at_least_7"]),
        ((1, 5), ["at_most_2", "at_least_4", "at_least_5"]),
        ((0, 100), ["at_most_49", "at_least_80", "at_least_90", "at_least_100"]),
        ((0, 1), ["at_most_0", "at_least_1"]),
    ],
)
def test_the_usual_boxes_follow_from_the_scale(scale, keys):
    boxes = boxes_of(Question("grade", ("grade",), scale=scale), None, None)
    assert [box.key for box in boxes] == keys


def test_boxes_that_were_asked_for_are_sorted_and_each_stands_once():
    question = Question("grade", ("grade",), scale=(1, 10))
    boxes = boxes_of(question, (9, 7.5, 9), 4)
    assert [box.key for box in boxes] == ["at_most_4", "at_least_7.5", "at_least_9"]


def test_a_bottom_box_has_the_model_of_the_next_answer_above_it():
    frame = proportional()
    frame.loc[frame["satisfaction"] == 6, "satisfaction"] = 6.5
    design = design_of(graded_survey(frame))
    assert Box("at_most", 5).threshold(design) == 6.5
    assert Box("at_least", 8).threshold(design) == 8
    inside = members(Box("at_most", 5), design)
    np.testing.assert_array_equal(inside, ~members(Box("at_least", 6.5), design))


def test_few_respondents_are_fewer_than_ten_a_column_inside_or_outside():
    frame = proportional(200)
    for inside, thin in ((29, True), (30, False), (170, False), (171, True)):
        frame["satisfaction"] = np.where(np.arange(200) < inside, 10.0, 4.0)
        assert is_thin(Box("at_least", 10), design_of(graded_survey(frame))) is thin


def test_a_box_with_one_answer_is_called_by_that_answer():
    ends = (1.0, 10.0)
    assert box_name(Box("at_least", 8.5), ends).say("nl") == "8,5 of hoger"
    assert box_name(Box("at_least", 10.0), ends).say() == "10"
    assert box_name(Box("at_most", 1.0), ends).say() == "1"
    assert box_name(Box("at_most", 5.0), ends).say() == "5 or lower"
