"""Tests of `cxdrivers.formatting`."""

from __future__ import annotations

import pytest

from cxdrivers.formatting import (
    count,
    interval,
    number,
    p_value,
    percent,
    percent_range,
    rank_range,
)

NBSP, MINUS, NAN, INF = "\u00a0", "\u2212", float("nan"), float("inf")


@pytest.mark.parametrize(
    ("value", "digits", "english", "dutch"),
    [
        (0.4, 2, "0.40", "0,40"),
        (1234.5, 1, f"1{NBSP}234.5", f"1{NBSP}234,5"),
        (-1234567.891, 2, f"{MINUS}1{NBSP}234{NBSP}567.89", f"{MINUS}1{NBSP}234{NBSP}567,89"),
        (-0.001, 2, "0.00", "0,00"),
        (-0.006, 2, f"{MINUS}0.01", f"{MINUS}0,01"),
        (7, 0, "7", "7"),
        (NAN, 2, "–", "–"),
        (-INF, 2, "–", "–"),
    ],
)
def test_a_number_has_a_fixed_number_of_decimals(value, digits, english, dutch):
    assert number(value, digits=digits) == english
    assert number(value, "nl", digits=digits) == dutch


def test_a_count_has_no_decimals():
    assert count(1500) == f"1{NBSP}500"
    assert count(NAN) == "–"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.3149, f"31{NBSP}%"),
        (0.0, f"0{NBSP}%"),
        (-0.004, f"0{NBSP}%"),
        (-0.02, f"{MINUS}2{NBSP}%"),
    ],
)
def test_a_proportion_is_a_percentage(value, shown):
    assert percent(value) == shown


def test_a_percentage_may_have_decimals():
    assert percent(0.3149, "nl", digits=1) == f"31,5{NBSP}%"
    assert percent(NAN) == "–"


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (0.27, 0.35, f"27–35{NBSP}%"),
        (-0.02, 0.05, f"{MINUS}2 – 5{NBSP}%"),
        (-0.05, -0.02, f"{MINUS}5 – {MINUS}2{NBSP}%"),
        (-0.001, 0.05, f"0–5{NBSP}%"),
        (NAN, 0.5, "–"),
        (0.5, NAN, "–"),
    ],
)
def test_a_range_of_percentages_keeps_its_minus_apart_from_its_dash(low, high, shown):
    assert percent_range(low, high) == shown


def test_an_interval_stands_in_brackets_and_its_ends_are_kept_apart():
    assert interval(0.361, 0.459) == "[0.36, 0.46]"
    assert interval(-0.361, 0.459, "nl") == f"[{MINUS}0,36; 0,46]"
    assert interval(NAN, 0.459) == interval(0.3, NAN) == "–"


def test_a_range_of_ranks_is_one_rank_when_both_ends_agree():
    assert rank_range(1, 1) == "1"
    assert rank_range(6.0, 7.0) == "6–7"
    assert rank_range(NAN, 7) == "–"


@pytest.mark.parametrize(
    ("value", "english", "dutch"),
    [
        (0.0421, "0.042", "0,042"),
        (0.001, "0.001", "0,001"),
        (0.00099, f"<{NBSP}0.001", f"<{NBSP}0,001"),
        (0.0, f"<{NBSP}0.001", f"<{NBSP}0,001"),
        (NAN, "–", "–"),
    ],
)
def test_a_p_value_has_three_decimals_or_is_smaller(value, english, dutch):
    assert p_value(value) == english
    assert p_value(value, "nl") == dutch


def test_what_is_more_than_the_most_is_told_no_nearer():
    assert number(89817.5, most=1000) == ">\xa01\xa0000"
    assert interval(0.5, 2e9, "nl", most=1000) == "[0,50; >\xa01\xa0000]"
