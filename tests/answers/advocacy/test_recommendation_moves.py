"""Tests of `answers.advocacy.recommendation_moves`."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.answers.advocacy.advocacy_rows import advocacy_rows
from cxdrivers.answers.advocacy.recommendation_moves import (
    Move,
    ScorePair,
    high_against_low,
    move_of,
    pair_of,
)
from cxdrivers.answers.advocacy.score_points import score_points
from cxdrivers.answers.draws import Draws
from tests.answers.advocacy.scored_surveys import scored, scored_survey

TENS = ScorePair(7.0, 10.0, 9.0)


ALONE = Draws(0, 0.95, 1)
"""Without resamples."""


def moved(frame, part=0.1, draws=ALONE, **fields):
    rows = advocacy_rows(scored_survey(frame, **fields))
    return move_of(rows, rows.score, TENS, part=part, draws=draws)


def test_extra_recommenders_are_counted_by_hand():
    frame = scored(10).assign(
        grade=[7, 7, 7, 7, 7, 9, 10, 9, 10, 3], did=[1, 0, 0, 0, 0, 1, 1, 0, 0, 0]
    )
    found = moved(frame, part=0.2)
    assert (found.share, found.low, found.up) == pytest.approx((0.5, 0.2, 0.5))
    assert found.extra.estimate == pytest.approx(1000 * 0.2 * 0.5 * 0.3)
    assert np.isnan(found.extra.low)


def test_sevens_of_whom_nothing_is_known_are_still_customers_who_could_move():
    frame = scored(400)
    frame.loc[frame["grade"].isin((7,)) & (frame.index % 2 == 0), "did"] = np.nan
    found = moved(frame)
    assert found.share == pytest.approx((frame["grade"] == 7).mean())
    known = frame.dropna(subset="did")
    assert found.low == pytest.approx(known["did"][known["grade"] == 7].mean())


def test_twice_as_many_moved_bring_twice_as_many_and_so_do_the_ends_of_the_interval():
    frame, draws = scored(300), Draws(200, 0.95, 3)
    one, two = (moved(frame, part, draws, weight="weight").extra for part in (0.1, 0.2))
    for end in ("estimate", "low", "high"):
        assert getattr(two, end) == pytest.approx(2 * getattr(one, end))
    assert one.low < one.estimate < one.high


def test_the_interval_has_about_the_width_of_the_delta_method():
    frame = scored(900)
    found = moved(frame, 0.1, Draws(1500, 0.95, 3))
    seven, high = (frame["did"][who] for who in (frame["grade"] == 7, frame["grade"] >= 9))
    share, gap = found.share, found.up - found.low
    variance = share * (1 - share) / 900 * gap**2
    variance += share**2 * (seven.var(ddof=0) / len(seven) + high.var(ddof=0) / len(high))
    assert found.extra.high - found.extra.low == pytest.approx(
        2 * 1.96 * 100 * np.sqrt(variance), rel=0.08
    )


def test_too_few_to_draw_leave_the_number_without_an_interval():
    frame = scored(200)
    frame.loc[frame["grade"] == 7, "did"] = np.nan
    frame.loc[frame.index[frame["grade"] == 7][0], "did"] = 0.0
    found = moved(frame, draws=Draws(200, 0.95, 1))
    assert isinstance(found, Move)
    assert np.isfinite(found.extra.estimate)
    assert np.isnan(found.extra.low)


@pytest.mark.parametrize(
    ("scale", "threshold", "pair"),
    [
        ((1, 10), None, (7, 10, 9)),
        ((0, 10), 9, (7, 10, 9)),
        ((1, 5), None, (3, 5, 5)),
        ((1, 7), None, (5, 7, 7)),
        ((1, 7), 7, (6, 7, 7)),
        (None, 4, (3, 5, 5)),
    ],
)
def test_which_scores_stand_side_by_side_follows_from_the_scale(scale, threshold, pair):
    frame = scored(200)
    frame["grade"] = 1 + np.arange(200) % 5
    rows = advocacy_rows(scored_survey(frame, scale=scale), threshold=threshold)
    found = pair_of(rows, score_points(rows))
    assert (found.low, found.high, found.up) == pair


def test_an_interval_that_holds_one_has_nothing_to_explain_away():
    frame = scored(300).assign(did=np.arange(300) % 2)
    rows = advocacy_rows(scored_survey(frame))
    found = high_against_low(rows, rows.score, TENS, Draws(0, 0.95, 1))
    assert found.contrast.ratio.low < 1 < found.contrast.ratio.high
    assert found.e_value_low == 1
    assert found.e_value >= 1
