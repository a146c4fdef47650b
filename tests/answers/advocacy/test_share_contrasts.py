"""Tests of `answers.advocacy.share_contrasts`."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from cxdrivers.answers.advocacy.advocacy_rows import advocacy_rows
from cxdrivers.answers.advocacy.share_contrasts import Estimate, contrast_of, share_of
from cxdrivers.answers.draws import Draws
from tests.answers.advocacy.scored_surveys import scored, scored_survey

DRAWS = Draws(400, 0.95, 1)


def contrast(frame, draws=DRAWS, **fields):
    rows = advocacy_rows(scored_survey(frame, **fields))
    return contrast_of(rows, rows.top.astype(float), rows.mention == 1, draws)


def test_rows_that_count_once_have_the_intervals_of_formulas():
    frame = scored(500)
    found = contrast(frame)
    table = [
        number
        for flag in (1, 0)
        for number in (
            int(((frame["grade"] >= 8) & (frame["named"] == flag)).sum()),
            int((frame["named"] == flag).sum()),
        )
    ]
    assert (found.first_n, found.second_n) == (table[1], table[3])
    for measure, compare, method in (
        (found.difference, "diff", "newcomb"),
        (found.ratio, "ratio", "log"),
        (found.odds_ratio, "odds-ratio", "logit"),
    ):
        twin = confint_proportions_2indep(
            *table, compare=compare, method=method, correction=method == "newcomb"
        )
        np.testing.assert_allclose((measure.low, measure.high), twin, rtol=1e-6)
    assert found.difference.estimate == pytest.approx(found.first.estimate - found.second.estimate)


def test_weights_are_used_and_their_intervals_resampled():
    frame = scored(400)
    found, again = contrast(frame, weight="weight"), contrast(frame, weight="weight")
    assert astuple(found) == astuple(again)
    named = frame[frame["named"] == 1]
    assert found.first.estimate == pytest.approx(
        np.average(named["grade"] >= 8, weights=named["weight"])
    )
    formula = contrast(frame, Draws(0, 0.95, 1), weight="weight")
    assert formula.difference.estimate == found.difference.estimate
    assert formula.difference.low != found.difference.low
    assert formula.difference.low == pytest.approx(found.difference.low, abs=0.04)
    assert formula.ratio.high == pytest.approx(found.ratio.high, rel=0.1)


@pytest.mark.parametrize("draws", [DRAWS, Draws(0, 0.95, 1)])
def test_clusters_whose_members_are_alike_widen_the_interval(draws):
    frame = scored(400)
    copies = frame.loc[np.repeat(np.arange(100), 4)].reset_index(drop=True)
    copies["team"] = np.repeat(np.arange(100), 4)
    alone, together = contrast(copies, draws), contrast(copies, draws, cluster="team")
    widths = [found.difference.high - found.difference.low for found in (together, alone)]
    assert widths[0] / widths[1] == pytest.approx(2, rel=0.15)


def test_an_empty_cell_is_mended_and_said_also_with_weights():
    frame = scored(200)
    frame["named"] = (frame["grade"] >= 8).astype(float)
    found = contrast(frame, weight="weight")
    assert found.mended
    assert found.difference.estimate == 1
    assert 0.9 < found.difference.low < 1
    assert np.isfinite(found.ratio.high)


def test_a_tidy_row_a_measure_holds_both_shares():
    rows = list(contrast(scored(200)).rows("here"))
    assert [row["measure"] for row in rows] == ["difference", "ratio", "odds_ratio"]
    assert {row["comparison"] for row in rows} == {"here"}
    assert rows[1]["estimate"] == pytest.approx(rows[1]["first"] / rows[1]["second"])


def test_one_share_has_the_interval_of_as_many_as_it_counts_for():
    frame = scored(100)
    rows = advocacy_rows(scored_survey(frame, weight="weight"))
    found = share_of(rows, rows.mention, 0.95)
    assert found.estimate == pytest.approx(np.average(frame["named"], weights=frame["weight"]))
    assert 0 < found.low < found.estimate < found.high < 1


@pytest.mark.parametrize(
    ("ends", "clear"), [((0.1, 0.2), 1), ((-0.2, -0.1), -1), ((-0.1, 0.1), 0), ((np.nan,) * 2, 0)]
)
def test_an_interval_is_clear_of_zero_or_holds_it_or_is_not_there(ends, clear):
    assert Estimate(0.0, *ends).clear_of == clear
