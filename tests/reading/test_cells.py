"""Which columns hold numbers and which hold texts."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np
import pytest

from cxdrivers.reading.cells import quantity, texts, typed_columns


def typed(column, decimal=None, otherwise="."):
    return typed_columns([column], decimal=decimal, otherwise=otherwise)[0]


def test_a_column_of_numbers_and_blanks_is_numeric():
    column = typed(["7", " 8 ", "", "  ", None])
    assert column.dtype == np.float64
    np.testing.assert_array_equal(column, [7, 8, np.nan, np.nan, np.nan])


def test_one_text_keeps_the_whole_column_as_it_was_written():
    column = typed(["7", " 8 ", "n.v.t.", ""])
    assert column.dtype == object
    assert column.tolist() == ["7", " 8 ", "n.v.t.", None]


@pytest.mark.parametrize("mark", ["NA", "NaN", "#NULL!"])
def test_what_programs_write_for_a_blank_is_a_blank_among_numbers_only(mark):
    np.testing.assert_array_equal(typed(["7", mark]), [7, np.nan])
    assert typed(["yes", mark]).tolist() == ["yes", mark]
    assert typed([mark, mark, ""]).tolist() == [mark, mark, None]


@pytest.mark.parametrize("word", ["BLANK", "na", "n/a", "null", "None", "-", "#N/A"])
def test_no_other_word_is_taken_for_a_blank(word):
    assert typed(["7", word]).tolist() == ["7", word]


def test_an_identifier_with_needless_zeros_stays_text():
    assert typed(["0031", "12"]).tolist() == ["0031", "12"]


def test_identifiers_that_a_float_would_merge_stay_apart():
    assert typed(["12345678901234567", "12345678901234568"]).nunique() == 2


def test_a_column_without_any_value_is_numeric():
    assert typed(["", " "]).isna().all()
    assert typed(["", " "]).dtype == np.float64


def test_the_mark_is_decided_once_for_all_columns():
    ambiguous, telling = ["1,234", "2,500"], ["7,5", "8"]
    first, second = typed_columns([ambiguous, telling], decimal=None, otherwise=".")
    assert first.tolist() == [1.234, 2.5]
    assert second.tolist() == [7.5, 8]


def test_more_columns_outvote_fewer_and_the_others_stay_text():
    columns = [["7,5"], ["6,25"], ["1.2"]]
    commas, _, version = typed_columns(columns, decimal=None, otherwise=".")
    assert commas.tolist() == [7.5]
    assert version.tolist() == ["1.2"]


@pytest.mark.parametrize(("otherwise", "value"), [(".", 1234.0), (",", 1.234)])
def test_where_nothing_tells_the_separator_of_the_file_decides(otherwise, value):
    assert typed(["1,234"], otherwise=otherwise).tolist() == [value]


def test_a_mark_that_was_said_overrules_what_the_columns_tell():
    columns = [["1,234"], ["7,5"]]
    thousand, text = typed_columns(columns, decimal=".", otherwise=",")
    assert thousand.tolist() == [1234]
    assert text.tolist() == ["7,5"]


def test_numbers_typed_as_text_join_the_numbers_of_a_workbook():
    assert typed([7.0, "8", "7,5", True]).tolist() == [7, 8, 7.5, 1]
    assert typed([7.0, 7.5, True, "n.v.t."]).tolist() == ["7", "7.5", "1", "n.v.t."]


def test_quantities_are_numbers_and_names_are_not():
    assert quantity(True) == 1
    assert quantity(Decimal("0.1")) == 0.1
    assert quantity(time(0, 3, 25)) == 205
    assert quantity(timedelta(hours=30)) == 108000
    assert quantity(2**53) == 2.0**53
    assert quantity(2**53 + 1) is None
    assert quantity("7") is None
    assert quantity(date(2020, 1, 2)) is None


def test_dates_become_iso_texts_with_a_time_only_where_one_has_it():
    at_night = [datetime(2020, 1, 2), None]  # noqa: DTZ001  (files have no time zone)
    by_day = [datetime(2020, 1, 2), datetime(2020, 1, 2, 9, 30)]  # noqa: DTZ001
    assert texts(at_night).tolist() == ["2020-01-02", None]
    assert texts(by_day).tolist() == ["2020-01-02T00:00:00", "2020-01-02T09:30:00"]
    assert texts([date(2020, 1, 2)]).tolist() == ["2020-01-02"]
