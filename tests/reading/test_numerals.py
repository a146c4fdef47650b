"""Numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.reading.numerals import number


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("7", ".", 7.0),
        ("-7", ",", -7.0),
        ("7,5", ",", 7.5),
        ("7.5", ".", 7.5),
        (",5", ",", 0.5),
        (".5", ".", 0.5),
        ("0,123", ",", 0.123),
        ("1.234", ",", 1234.0),
        ("1.234", ".", 1.234),
        ("1,234,567.25", ".", 1234567.25),
        ("1.234.567,25", ",", 1234567.25),
        ("1e3", ".", 1000.0),
        ("2,5E-05", ",", 2.5e-5),
    ],
)
def test_a_number_is_read_in_the_style_of_its_file(text, mark, value):
    assert number(text, mark) == value


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("7,5", "."),
        ("7.5", ","),
        ("1.234,5", "."),
        ("1,23,456", "."),
        ("0.123", ","),
        ("12.34.567", ","),
        ("1234,567.8", "."),
        ("7.", "."),
        ("", "."),
        ("7 uur", "."),
        ("85%", "."),
        ("01-02-2020", "."),
        ("nan", "."),
        ("inf", "."),
        ("1e999", "."),
        ("١٢", "."),
        ("1_000", "."),
    ],
)
def test_what_is_no_number_in_that_style_is_not_read_as_one(text, mark):
    assert number(text, mark) is None


@pytest.mark.parametrize("text", ["0031", "00", "-05", "1234567890123456", "01,5"])
def test_a_needless_zero_or_too_many_digits_make_an_identifier(text):
    assert number(text, ",") is None


@given(st.floats(min_value=-1e15, max_value=1e15, exclude_min=True, exclude_max=True))
def test_every_number_comes_back_to_the_last_bit(value):
    written = repr(value)
    assert number(written, ".") == value
    assert number(written.replace(".", ","), ",") == value
