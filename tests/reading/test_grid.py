"""Rows of cells become a frame."""

import pytest

from cxdrivers.errors import SurveyError
from cxdrivers.reading.grid import frame_of_rows


def frame_of(*rows):
    return frame_of_rows(rows, "client.csv", decimal=None)


def test_white_space_around_names_goes():
    assert list(frame_of([" NETPRO  ", "id"], ["9", "1"])) == ["NETPRO", "id"]


def test_a_number_above_a_column_is_its_name():
    assert list(frame_of([2024.0, "b"], [7.0, 8.0])) == ["2024", "b"]


def test_rows_and_columns_that_a_spreadsheet_left_behind_are_none():
    frame = frame_of(["", ""], ["a", ""], ["7", " "], ["", ""], ["8", ""], [None, ""])
    assert frame.to_dict("list") == {"a": [7.0, 8.0]}


def test_two_columns_of_one_name_are_refused_with_both_positions():
    message = (
        "Columns 1 and 3 of 'client.csv' are both called 'a'. Rename one of them in a copy of the"
        " file: a name must mean one thing."
    )
    with pytest.raises(SurveyError) as caught:
        frame_of(["a", "b", "a "], ["1", "2", "3"])
    assert str(caught.value) == message


def test_values_without_a_name_are_refused():
    message = "Column 2 of 'client.csv' holds values but has no name. Write a name above it"
    with pytest.raises(SurveyError, match=message):
        frame_of(["a", " "], ["1", ""], ["2", "x"])


def test_names_without_rows_are_refused():
    message = r"'client.csv' has column names \('a', 'b'\), but no rows below them. Check that"
    with pytest.raises(SurveyError, match=message):
        frame_of(["a", "b"], ["", " "])


def test_nothing_at_all_is_refused():
    with pytest.raises(SurveyError, match=r"'client.csv' is empty. Export the answers again"):
        frame_of([" "], [""])
