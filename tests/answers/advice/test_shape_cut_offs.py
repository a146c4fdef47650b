"""Tests of `answers.advice.shape_cut_offs`: what is low, what is high, and what cannot be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cxdrivers.answers.advice.shape_cut_offs import cut_offs_of, usual_cut_off
from cxdrivers.answers.advice.shape_drivers import ShapeDriver
from cxdrivers.errors import FitError


def driver(scale: tuple[float, float] | None = (1, 10), *, sign: float = 1.0) -> ShapeDriver:
    given = sign * np.arange(1.0, 101)
    return ShapeDriver(
        key="wait", place=0, column=0, scale=scale, sign=sign, centre=0.0, given=given,
        used=np.ones(100, dtype=bool), masses=np.ones(100),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("scale", "first", "second"),
    [
        ((1, 10), (5, 9), (6, 8)),
        ((0, 10), (4, 9), (5, 8)),
        ((1, 7), (3, 7), (4, 6)),
        ((1, 5), (2, 5), (3, 5)),
        ((0, 100), (44, 89), (55, 78)),
    ],
)
def test_low_and_high_follow_from_the_ends_of_the_scale(scale, first, second):
    assert usual_cut_off(driver(scale), 0) == first
    assert usual_cut_off(driver(scale), 1) == second


def test_without_a_scale_they_follow_from_the_respondents():
    assert usual_cut_off(driver(None), 0) == (20, 80)
    assert usual_cut_off(driver(None), 1) == (30, 70)


def test_where_less_is_better_the_pair_begins_at_the_worst_end():
    assert usual_cut_off(driver(None, sign=-1.0), 0) == (81, 21)
    assert cut_offs_of([driver(None, sign=-1.0)], [(60, 20)], ["wait"]) == ({"wait": (60, 20)},)


def test_a_pair_is_for_all_drivers_and_a_mapping_for_some():
    settings = cut_offs_of([driver()], [(4, 7), {"wait": (3, 8)}, {}], ["wait", "other"])
    assert settings == ({"wait": (4, 7)}, {"wait": (3, 8)}, {"wait": (6, 8)})


def test_a_driver_without_a_shape_may_be_named():
    assert cut_offs_of([driver()], [{"channel": (1, 2)}], ["wait", "channel"])[0] == {
        "wait": (5, 9)
    }


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("5, 9", r"^cut_offs is '5, 9', which is no list of settings\. Give a list of pairs"),
        ([], r"^cut_offs is \[\], which is no list of settings"),
        ([{"wiat": (5, 9)}], r"^cut_offs names the driver 'wiat', .* Did you mean 'wait'\? It has"),
        ([(5,)], r"^The cut-off of 'wait' is \(5,\)\. Give two numbers: the highest rating"),
        ([5], r"^The cut-off of 'wait' is 5\. Give two numbers"),
        ([(5, np.inf)], r"^The cut-off of 'wait' is \(5, inf\)\. Give two numbers"),
        ([(9, 5)], r"^The cut-off of 'wait' calls 9 and lower low, and 5 and higher high\. Give"),
    ],
)
def test_what_cannot_be_a_cut_off_is_refused(asked: Any, sentence: str):
    with pytest.raises(FitError, match=sentence):
        cut_offs_of([driver()], asked, ["wait"])


def test_seconds_in_the_wrong_order_are_refused_with_the_reason():
    with pytest.raises(
        FitError, match="calls 20 and higher bad, and 60 and lower good, for less of"
    ):
        cut_offs_of([driver(None, sign=-1.0)], [(20, 60)], ["wait"])
