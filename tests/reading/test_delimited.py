"""Text with separators, in the dialects that programs write."""

import codecs

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.errors import SurveyError
from cxdrivers.reading.delimited import decoded, read_delimited, separator_of


def read(text, encoding="utf-8", decimal=None):
    return read_delimited(text.encode(encoding), "client.csv", decimal=decimal)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_separator_is_found(separator, line_end):
    rows = [["grade", "empathy", "why"], ["8", "7", "snel"], ["6", "", "traag"]]
    frame = read(line_end.join(separator.join(row) for row in rows))
    assert frame["grade"].tolist() == [8, 6]
    assert frame["why"].tolist() == ["snel", "traag"]
    assert np.isnan(frame["empathy"][1])


def test_commas_in_questions_and_decimals_do_not_hide_the_semicolons():
    text = "id;Cijfer, totaal;gewicht\n1;8,5;1,05\n2;7,0;0,95\n"
    frame = read(text)
    assert list(frame) == ["id", "Cijfer, totaal", "gewicht"]
    assert frame["gewicht"].tolist() == [1.05, 0.95]


def test_one_row_out_of_order_does_not_change_the_separator():
    rows = ["1;8,5;1,05\n"] * 50
    assert separator_of("id;Cijfer, totaal;gewicht\n" + "".join(rows) + "2;7\n") == ";"


def test_a_single_column_needs_no_separator():
    assert read("grade\n7,5\n8\n")["grade"].tolist() == [7.5, 8]


@pytest.mark.parametrize("line", ["sep=;\r\n", '"sep=;"\n', "SEP=;\n"])
def test_the_line_of_excel_that_names_the_separator_is_obeyed(line):
    frame = read(line + "a,b;c\n1;2\n")
    assert list(frame) == ["a,b", "c"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_accents_survive_every_encoding(encoding):
    frame = read("reden;cijfer\ncoördinatie €;7,5\n", encoding)
    assert frame["reden"].tolist() == ["coördinatie €"]
    assert frame["cijfer"].tolist() == [7.5]


def test_utf16_of_a_big_endian_program_is_read():
    content = codecs.BOM_UTF16_BE + "é\n1\n".encode("utf-16-be")
    assert list(read_delimited(content, "client.csv")) == ["é"]


def test_dutch_numbers_have_decimal_commas_and_thousands_dots():
    frame = read("omzet;cijfer\n1.234,5;7\n987,25;8\n")
    assert frame["omzet"].tolist() == [1234.5, 987.25]


def test_english_numbers_have_decimal_points_and_thousands_commas():
    frame = read('turnover,grade\n"1,234.5",7\n987.25,8\n')
    assert frame["turnover"].tolist() == [1234.5, 987.25]


def test_a_decimal_comma_is_seen_between_commas_too():
    assert read('a,b\n"7,5",8\n')["a"].tolist() == [7.5]


@pytest.mark.parametrize(("separator", "value"), [(";", 1.234), ("\t", 1234.0), ("|", 1234.0)])
def test_where_nothing_tells_semicolons_mean_a_decimal_comma(separator, value):
    assert read(f"a{separator}b\n1,234{separator}7\n")["a"].tolist() == [value]


def test_a_mark_that_was_said_is_used():
    assert read("a;b\n1,234;7\n", decimal=".")["a"].tolist() == [1234]


def test_texts_may_hold_separators_line_breaks_and_quotation_marks():
    frame = read('id;why\n1;"snel; en\r\n""goed"""\n2;kort\n')
    assert frame["why"].tolist() == ['snel; en\r\n"goed"', "kort"]


def test_blank_lines_and_blank_ends_are_left_out():
    frame = read("\na,b\n\n1,2,,\n,\n3,4\n   \n")
    assert frame.to_dict("list") == {"a": [1, 3], "b": [2, 4]}


@pytest.mark.parametrize(
    ("row", "fields"), [("1;2;3", 3), ("1", 1), ("afgebroken", 1), ("1;;;x", 4)]
)
def test_a_row_of_another_length_is_refused_with_its_line(row, fields):
    message = (
        f"Line 5 of 'client.csv' has {fields} fields, but there are 2 column names (separator:"
        " semicolon). Look at that line: a text that holds the separator or a line break must"
        " stand between double quotation marks."
    )
    with pytest.raises(SurveyError) as caught:
        read(f'sep=;\na;b\n1;"x\ny"\n{row}\n')
    assert str(caught.value) == message


def test_an_unusual_separator_is_shown_as_it_is():
    with pytest.raises(SurveyError, match=r"separator: '\^'"):
        read("sep=^\na^b\n1^2^3\n")


@pytest.mark.parametrize("row", ['"open;1', '"een "mooi" woord";1'])
def test_quotation_marks_out_of_order_are_refused_with_their_line(row):
    message = "in the row that begins on line 3 of 'client.csv' are not in order. Close every"
    with pytest.raises(SurveyError, match=message):
        read(f"a;b\nx;1\n{row}\ny;2\n")


@pytest.mark.parametrize("content", [b"a;b\n\x81\x8d;1\n", b"\xff\xfea\x00;"])
def test_bytes_in_no_known_encoding_are_refused(content):
    message = r"byte \d+ belongs neither to UTF-8 nor to Windows-1252. Export it again, as CSV"
    with pytest.raises(SurveyError, match=message):
        decoded(content, "client.csv")


def test_utf8_that_was_cut_off_inside_a_letter_is_not_taken_for_windows_1252():
    with pytest.raises(SurveyError, match="byte 9 belongs neither to UTF-8 nor"):
        decoded("né;b\n1;é".encode()[:-1], "client.csv")


@given(st.lists(st.floats(-1e14, 1e14), min_size=1))
def test_a_file_gives_back_every_number_to_the_last_bit(values):
    shown = "\n".join(f"{value!r};x".replace(".", ",") for value in values)
    frame = read(f"a;b\n{shown}\n", decimal=",")
    np.testing.assert_array_equal(frame["a"].to_numpy(), values)
