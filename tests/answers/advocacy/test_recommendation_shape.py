"""Tests of `answers.advocacy.recommendation_shape`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from cxdrivers.answers.advocacy.recommendation_shape import (
    HighestScore,
    highest_score,
    straightness,
)
from cxdrivers.models.proportions import wilson_interval
from cxdrivers.models.score_line import LineTest

SCORES = np.arange(1.0, 11)


def table(shares: np.ndarray, size: float = 200.0) -> pd.DataFrame:
    sizes = np.full(len(shares), size)
    low, high = wilson_interval(shares, sizes, 0.95)
    return pd.DataFrame(
        {
            "score": SCORES,
            "n": sizes.astype(int),
            "yes": np.round(shares * sizes).astype(int),
            "estimate": shares,
            "conf_low": low,
            "conf_high": high,
            "n_effective": sizes,
        }
    )


def on_a_line(jump: float = 0.0) -> np.ndarray:
    shares = expit(-4 + 0.3 * SCORES)
    shares[-1] += jump
    return shares


def test_a_ten_on_the_line_does_not_stand_apart_and_the_line_fits():
    found, line = highest_score(table(on_a_line()), 0.95), straightness(table(on_a_line()))
    assert isinstance(found, HighestScore)
    assert (found.score, found.first, found.last) == (10, 1, 9)
    assert found.difference.estimate == pytest.approx(0, abs=1e-6)
    assert found.difference.low < 0 < found.difference.high
    assert isinstance(line, LineTest)
    assert line.p_value > 0.99


@pytest.mark.parametrize("jump", [0.3, -0.2])
def test_a_ten_off_the_line_stands_apart_by_as_much_as_it_was_moved(jump):
    found = highest_score(table(on_a_line(jump)), 0.95)
    assert found.difference.estimate == pytest.approx(jump, abs=1e-6)
    assert np.sign(found.difference.low) == np.sign(found.difference.high) == np.sign(jump)
    assert straightness(table(on_a_line(jump))).p_value < 0.001


def test_scores_that_nobody_gave_are_no_part_of_the_line():
    scores = table(on_a_line())
    scores.loc[[0, 4], ["n", "yes", "n_effective"]] = 0
    scores.loc[[0, 4], ["estimate", "conf_low", "conf_high"]] = np.nan
    found = highest_score(scores, 0.95)
    assert (found.first, found.last) == (2, 9)
    assert straightness(scores).freedom == 6


@pytest.mark.parametrize(
    ("shares", "size", "english", "dutch"),
    [
        (np.repeat([0.0, 0.04], [9, 1]), 200, "Only 8 of the 2", "Maar 8 van de 2"),
        (np.repeat([1.0, 0.96], [9, 1]), 200, "Only 8 of the 2", "Maar 8 van de 2"),
        (np.repeat([0.0, 1.0], 5), 200, "do not overlap on the scores", "overlappen niet"),
    ],
)
def test_why_there_is_no_shape_is_a_sentence(shares, size, english, dutch):
    scores = table(shares, size)
    for found in (straightness(scores), highest_score(scores, 0.95)):
        assert english in found.say()
        assert dutch in found.say("nl")


def test_without_anybody_at_the_end_it_cannot_stand_apart():
    scores = table(on_a_line())
    scores.loc[9, ["n", "yes"]] = 0
    assert highest_score(scores, 0.95).say() == "Nobody gave a 10."
    assert isinstance(straightness(scores), LineTest)


def test_two_scores_have_no_shape():
    scores = table(on_a_line()).iloc[8:]
    assert "at least 3 different scores, and there are only 2" in straightness(scores).say()
    assert "at least 2 different scores, and there is only 1" in highest_score(scores, 0.95).say()
    assert "minstens 3 verschillende cijfers" in straightness(scores).say("nl")
