"""Tests of `cxdrivers.moments.group_labels`."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.moments.group_labels import distinct_labels, group_codes, label_of, natural_order


@given(st.lists(st.one_of(st.integers(), st.floats(allow_nan=False), st.text()), min_size=2))
def test_anything_can_be_put_in_order_and_named(values: list[object]):
    keys = [natural_order(value) for value in sorted(values, key=natural_order)]
    assert all(low <= high for low, high in pairwise(keys))
    assert all(isinstance(label_of(value), str) for value in values)


@pytest.mark.parametrize(
    "value", [7, 7.0, np.int8(7), np.float32(7), Decimal("7.00"), Decimal(7), "7"]
)
def test_a_number_is_called_the_same_in_every_type_that_holds_it(value: object):
    assert label_of(value) == "7"


@pytest.mark.parametrize(
    "value",
    [date(2025, 3, 1), datetime(2025, 3, 1), pd.Timestamp(2025, 3, 1), np.datetime64("2025-03-01")],  # noqa: DTZ001  (a day of a file has no zone)
)
def test_a_day_is_called_the_same_in_every_type_that_holds_it(value: object):
    assert label_of(value) == "2025-03-01"


def test_numbers_of_all_types_come_by_size_before_texts():
    values = ["10", np.float32(2.5), Decimal("2.25"), 10**30, 3]
    assert sorted(values, key=natural_order) == [Decimal("2.25"), 2.5, 3, 10**30, "10"]


def test_a_number_and_a_text_that_look_the_same_stay_two_groups():
    assert distinct_labels([np.int64(1), "1", 2.0]) == ("1", "'1'", "2")


def test_a_row_without_a_group_has_no_place():
    codes, labels = group_codes(pd.Series(["b", None, " ", "a", np.nan, "b"]))
    assert codes.tolist() == [1, -1, -1, 0, -1, 1]
    assert labels == ("a", "b")


def test_categories_keep_their_order_and_unused_ones_are_no_group():
    codes, labels = group_codes(pd.Series(pd.Categorical(["x", "a"], ["x", "m", "a"])))
    assert (codes.tolist(), labels) == ([0, 1], ("x", "a"))
