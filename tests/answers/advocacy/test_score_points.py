"""Tests of `answers.advocacy.score_points`."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from cxdrivers.answers.advocacy.advocacy_rows import advocacy_rows
from cxdrivers.answers.advocacy.score_points import (
    is_ten_point,
    score_points,
    share_table,
    top_words,
)
from cxdrivers.codebook.codebook import Question
from cxdrivers.errors import FitError
from tests.answers.advocacy.scored_surveys import scored, scored_survey


def test_every_point_of_the_scale_has_a_place_also_one_that_nobody_gave():
    frame = scored(200).query("grade not in (7, 10)")
    points = score_points(advocacy_rows(scored_survey(frame)))
    assert points.values.tolist() == list(range(1, 11))
    np.testing.assert_array_equal(points.values[points.place], frame["grade"])


def test_without_a_scale_the_points_are_those_that_occur():
    frame = scored(200).query("grade > 5")
    points = score_points(advocacy_rows(scored_survey(frame, scale=None), threshold=8))
    assert points.values.tolist() == [6, 7, 8, 9, 10]


def test_a_score_between_two_points_counts_at_the_lower_one():
    frame = scored(3).assign(grade=[7.0, 7.67, 8.0])
    points = score_points(advocacy_rows(scored_survey(frame)))
    assert points.values[points.place].tolist() == [7, 7, 8]


def test_shares_have_wilsons_interval_and_their_base():
    frame = scored(300)
    rows = advocacy_rows(scored_survey(frame))
    table = share_table(rows, score_points(rows), rows.mention, 0.9).set_index("score")
    for score, group in frame.groupby("grade"):
        row = table.loc[score]
        yes, n = int(group["named"].sum()), len(group)
        assert (row["yes"], row["n"], row["n_effective"]) == (yes, n, n)
        assert row["estimate"] == pytest.approx(yes / n)
        np.testing.assert_allclose(
            row[["conf_low", "conf_high"]].astype(float),
            proportion_confint(yes, n, alpha=0.1, method="wilson"),
            atol=1e-12,
        )
        assert row["top"] == (score >= 8)
    assert table.loc[1, "n"] == 0
    assert np.isnan(table.loc[1, "estimate"])


def test_weights_change_shares_and_widen_intervals_and_blanks_are_not_counted():
    frame = scored(300)
    frame.loc[::4, "named"] = np.nan
    rows = advocacy_rows(scored_survey(frame, weight="weight"))
    table = share_table(rows, score_points(rows), rows.mention, 0.95).set_index("score")
    known = frame.dropna(subset="named").query("grade == 7")
    row = table.loc[7]
    assert row["n"] == len(known)
    assert row["estimate"] == pytest.approx(np.average(known["named"], weights=known["weight"]))
    kish = known["weight"].sum() ** 2 / (known["weight"] ** 2).sum()
    assert row["n_effective"] == pytest.approx(kish)


def test_more_points_than_a_chart_can_show_are_refused_with_what_to_do():
    frame = scored(300).assign(grade=np.arange(300) % 101)
    with pytest.raises(FitError) as caught:
        score_points(advocacy_rows(scored_survey(frame, scale=(0, 100))))
    assert "'grade' has 101 different whole scores" in str(caught.value)
    assert "at most 21" in str(caught.value)
    assert "101 verschillende hele cijfers" in caught.value.say("nl")


@pytest.mark.parametrize(
    ("scale", "threshold", "dutch"),
    [
        ((1, 10), 8.0, "8–10"),
        ((0, 10), 9.0, "9–10"),
        ((1, 10), 10.0, "10"),
        ((1, 5), 4.0, "4 of hoger"),
        (None, 6.5, "6,5 of hoger"),
    ],
)
def test_the_top_box_is_called_eight_to_ten_only_on_a_scale_up_to_ten(scale, threshold, dutch):
    question = Question("grade", ("grade",), scale=scale)
    assert top_words(question, threshold).say("nl") == dutch
    assert is_ten_point(question) is (scale is not None and scale[1] == 10)


def test_a_share_of_everybody_is_exactly_one_whatever_the_weights():
    frame = scored(300).assign(named=1)
    rows = advocacy_rows(scored_survey(frame, weight="weight"))
    table = share_table(rows, score_points(rows), rows.mention, 0.95)
    assert set(table["estimate"].dropna()) == {1.0}
