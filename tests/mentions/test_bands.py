"""Bands of scores."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cxdrivers.errors import FitError
from cxdrivers.mentions.bands import score_bands


def test_the_bands_are_those_of_grades_from_one_to_ten():
    bands = score_bands(range(1, 11), 10)
    assert bands.names == ("1–5", "6–7", "8–9", "10")
    assert bands.place.tolist() == [0] * 5 + [1, 1, 2, 2, 3]


def test_a_scale_from_zero_begins_at_zero():
    assert score_bands([0, 10], 2).names == ("0–5", "10")


def test_other_scales_have_their_own_bands():
    assert score_bands(range(1, 6), 5, starts=(3, 4, 5)).names == ("1–2", "3", "4", "5")


def test_a_text_without_a_score_is_in_a_band_of_its_own():
    bands = score_bands(pd.Series([7, None, np.nan]), 3)
    assert bands.names == ("6–7", "no_score")
    assert bands.place.tolist() == [0, 1, 1]


def test_without_scores_there_is_one_band():
    assert score_bands(None, 3).names == ("all",)


def test_scores_of_other_texts_are_refused():
    with pytest.raises(
        FitError, match=r"There are 2 scores for 3 texts\. Give one score for every"
    ):
        score_bands([1, 2], 3)


def test_scores_that_are_no_numbers_are_refused():
    with pytest.raises(FitError, match=r"2 scores are no numbers: 'good', 'bad'\. Give a number"):
        score_bands(["good", 7, "bad"], 3)
    with pytest.raises(FitError, match=r"1 score is no number: 'inf'"):
        score_bands([float("inf")], 1)


def test_bands_must_rise():
    with pytest.raises(FitError, match=r"starts is \(8, 6\)\. Give the scores at which"):
        score_bands([1], 1, starts=(8, 6))
