"""Tests of `answers.weights.feature_columns`: which columns of X are which driver."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cxdrivers.answers.weights.feature_columns import feature_columns, outcome_of
from cxdrivers.errors import FitError

FRAME = pd.DataFrame({"warm": [1, 2], "quick": [3, 4], "menu": [5, 6], 7: [7, 8]})


def test_every_column_is_a_driver_unless_told_otherwise():
    columns = feature_columns(FRAME)
    assert columns.positions == {"warm": (0,), "quick": (1,), "menu": (2,), "7": (3,)}
    assert columns.of_subset(0b0101).columns.tolist() == ["warm", "menu"]


def test_a_driver_may_have_several_columns_and_others_are_left_out():
    columns = feature_columns(FRAME, {"speed": ("quick", 7), "warmth": "warm"})
    assert columns.positions == {"speed": (1, 3), "warmth": (0,)}
    assert columns.of_subset(0b01).columns.tolist() == ["quick", 7]
    assert columns.of_subset(0b11).columns.tolist() == ["warm", "quick", 7]


def test_columns_may_come_as_an_index():
    columns = feature_columns(FRAME, {"all": FRAME.columns[:2]})
    assert columns.positions == {"all": (0, 1)}


def test_the_columns_of_an_array_go_by_position_or_by_number():
    array = FRAME.to_numpy()
    assert list(feature_columns(array).positions) == ["x0", "x1", "x2", "x3"]
    columns = feature_columns(array, {"speed": [1, "x3"], "warmth": 0})
    assert columns.positions == {"speed": (1, 3), "warmth": (0,)}
    np.testing.assert_array_equal(columns.of_subset(0b10), [[1], [2]])


@pytest.mark.parametrize(
    ("groups", "sentence"),
    [
        ({}, r"^groups names no driver\. Name the columns of each, from 'warm', 'quick'"),
        ({"a": []}, r"^Driver 'a' in groups has no columns\. Name at least one of 'warm'"),
        (
            {"a": ["quik"]},
            r"^Driver 'a' in groups names the column 'quik', .* Did you mean 'quick'\? It has",
        ),
        ({"a": 3}, r"names the column '?3'?, which X does not have\."),
        (
            {"a": ["warm"], "b": ["menu", "warm"]},
            r"^Column 'warm' is named twice in groups, for 'a' and for 'b'\. Name it for one",
        ),
        ({"a": ["warm", "warm"]}, r"^Column 'warm' is named twice in groups, for 'a' and for 'a'"),
    ],
)
def test_groups_that_cannot_be_are_told(groups: dict[str, object], sentence: str):
    with pytest.raises(FitError, match=sentence):
        feature_columns(FRAME, groups)


@pytest.mark.parametrize(
    ("table", "shape"), [([1.0, 2.0], "2"), (7, "0"), (FRAME[[]], "2 × 0"), (FRAME["warm"], "2")]
)
def test_what_is_no_table_is_told_by_its_shape(table: object, shape: str):
    with pytest.raises(
        FitError, match=rf"^X has the shape {shape}\. It must be a data frame or an array of rows"
    ):
        feature_columns(table)


def test_two_columns_of_one_name_are_refused():
    twice = pd.DataFrame([[1, 2]], columns=["warm", "warm"])
    with pytest.raises(FitError, match=r"^X has two columns called 'warm'\. Rename one of them"):
        feature_columns(twice)


def test_an_outcome_may_stand_in_one_column():
    np.testing.assert_array_equal(outcome_of(pd.DataFrame({"y": ["a", "b"]}), 2), ["a", "b"])


@pytest.mark.parametrize(("y", "shape"), [([1, 2, 3], "3"), ([[1, 2], [3, 4]], "2 × 2")])
def test_an_outcome_of_another_shape_is_refused(y: object, shape: str):
    with pytest.raises(
        FitError,
        match=rf"^X has 2 rows, and y has the shape {shape}\. Give one outcome for every row of X",
    ):
        outcome_of(y, 2)
