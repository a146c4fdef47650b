"""Tests of `answers.weights.part_weights`: weights of sums, with intervals from random parts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.codebook.codebook import Codebook
from cxdrivers.importance.linear_shares import linear_shares
from cxdrivers.moments.expanded import expanded_level
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.grouped_rows import grouped_moments
from cxdrivers.moments.intervals import percentile_interval
from cxdrivers.moments.part_resampling import part_counts
from cxdrivers.moments.sums import moments_from_sums
from tests.answers.weights.part_twins import one_group, parted, row_by_row
from tests.samples import answers, survey_of

DRAWN = ["conf_low", "conf_high", "share_low", "share_high", "rank_low", "rank_high"]
DRAWN += ["p_first", "p_top_two"]


def weighed(moments: GroupedMoments, **asked: object) -> DriverWeights:
    """Return the weights of a single group."""
    found = cx.driver_weights(moments, **asked)
    assert isinstance(found, DriverWeights)
    return found


def test_with_a_part_for_every_row_the_intervals_are_those_of_respondents():
    frame = answers(n=150)
    rows = cx.driver_weights(survey_of(frame), n_boot=60, seed=5)
    parts = weighed(row_by_row(frame), n_boot=60, seed=5)
    np.testing.assert_allclose(parts.estimate, rows.estimate, atol=1e-12)
    np.testing.assert_allclose(parts.replicates, rows.replicates, atol=1e-12)
    columns = ["estimate", "share", "rank", "own", *DRAWN]
    pd.testing.assert_frame_equal(parts.tidy()[columns], rows.tidy()[columns])
    assert parts.r_squared_interval == pytest.approx(rows.r_squared_interval)
    pd.testing.assert_frame_equal(parts.differences(), rows.differences())
    assert parts.letters().equals(rows.letters())
    pd.testing.assert_frame_equal(parts.dominance(), rows.dominance())


def test_so_are_the_classic_ones_and_their_other_kinds_of_interval():
    frame = answers(n=80)
    rows = cx.driver_weights(survey_of(frame), n_boot=60, seed=5, adjusted=False)
    parts = weighed(row_by_row(frame), n_boot=60, seed=5, adjusted=False)
    for kind in ("percentile", "basic", "normal", "bca"):
        pd.testing.assert_frame_equal(parts.intervals(kind), rows.intervals(kind))


def test_resamples_are_parts_drawn_again_and_percentiles_a_little_wider():
    moments = parted()
    weights = weighed(moments, n_boot=200, seed=3)
    assert len(moments.labels) == 1
    counts = part_counts(moments, n_boot=200, seed=3)
    covariances = [
        moments_from_sums(
            sum(times * part for times, part in zip(row, moments.sums[0], strict=True))
        )[1]
        for row in counts
    ]
    expected = linear_shares(np.array(covariances), moments.groups, n=400, adjust=1)
    np.testing.assert_allclose(weights.replicates, expected, atol=1e-12)
    level = expanded_level(0.95, units=20, freedom=19)
    low, high = percentile_interval(expected, level)
    np.testing.assert_allclose(weights.tidy()[["conf_low", "conf_high"]].T, [low, high])


def test_the_estimate_and_the_slopes_are_those_of_the_rows():
    survey = survey_of(answers())
    rows = cx.driver_weights(survey, n_boot=0)
    for moments in (one_group(survey), one_group(survey, parts=1)):
        table, expected = weighed(moments, n_boot=0).tidy(), rows.tidy()
        for column in ("estimate", "share", "rank", "own", "effect"):
            np.testing.assert_allclose(table[column], expected[column], atol=1e-12)
        assert table["n"].tolist() == expected["n"].tolist()
        assert table[DRAWN].isna().all(axis=None)


def test_the_interval_of_a_slope_is_about_that_of_robust_errors():
    survey = survey_of(answers(n=2000))
    rows, parts = (cx.driver_weights(data, n_boot=0) for data in (survey, one_group(survey)))
    ours, theirs = (each.effects.high - each.effects.low for each in (parts, rows))
    np.testing.assert_allclose(ours, theirs, rtol=0.15)


@pytest.mark.parametrize("method", ["first", "last", "betasq", "pratt", "johnson", "car"])
def test_every_method_has_its_own_numbers(method: str):
    frame = answers(n=150)
    rows = cx.driver_weights(survey_of(frame), method=method, n_boot=120, seed=5)
    parts = weighed(row_by_row(frame), method=method, n_boot=120, seed=5)
    np.testing.assert_allclose(parts.replicates, rows.replicates, atol=1e-12)
    np.testing.assert_allclose(parts.estimate, rows.estimate, atol=1e-12)
    assert parts.r_squared == pytest.approx(rows.r_squared)


def test_parts_of_whole_clusters_measure_the_noise_as_clusters_do():
    frame = answers(n=400).assign(team=np.arange(400) // 10)
    survey = survey_of(frame, cluster="team")
    moments = one_group(survey, parts=40)
    weights = weighed(moments, n_boot=400, seed=1)
    rows = cx.driver_weights(survey, n_boot=400, seed=1)
    np.testing.assert_allclose(weights.estimate, rows.estimate, atol=0.01)
    plain = linear_shares(moments.covariance[0], moments.groups)
    noise = weights.replicates.mean(axis=0) - weights.estimate
    np.testing.assert_allclose(weights.estimate, plain - noise, atol=1e-12)
    assert "40 random parts of 400 respondents (whole clusters)" in weights.footer()


def test_blank_ratings_that_were_expected_widen_the_intervals():
    moments = parted()
    blank = replace(moments, blank=moments.rated // 4)
    plain, wider = (weighed(each, n_boot=200, adjusted=False) for each in (moments, blank))
    distances = [each.replicates - each.estimate for each in (plain, wider)]
    np.testing.assert_allclose(distances[1], 1.25 * distances[0], atol=1e-12)
    assert wider.footer().endswith(", 300 blank answers expected from what was answered")
    assert "300 lege antwoorden verwacht uit wat is beantwoord" in wider.footer("nl")


def test_the_footer_says_what_was_drawn_again():
    weights = weighed(parted(), n_boot=50, seed=8)
    expected = "50 resamples of 20 random parts of 400 respondents, seed 8, adjusted for noise"
    assert expected in repr(weights)
    assert "50 hertrekkingen van 20 willekeurige delen van 400 respondenten" in weights.footer("nl")
    assert weights.plot().get_xlabel() == "share of what the drivers explain together"
    assert "it came first in" in weights.summary()


def test_few_parts_have_no_intervals_and_it_is_said():
    few, whole = weighed(parted(parts=7)), weighed(parted(parts=1))
    for weights in (few, whole):
        assert weights.tidy()[DRAWN].isna().all(axis=None)
        assert np.isfinite(weights.effects.low).all()
    assert few.footer().endswith("no intervals: the sums come in 7 random parts, and 8 are needed")
    assert "geen intervallen: de sommen komen in 7 willekeurige delen" in few.footer("nl")
    assert whole.footer().endswith("no intervals: the sums do not come in random parts")
    assert "no intervals" not in weighed(parted(parts=7), n_boot=0).footer()
    with pytest.raises(cx.FitError, match="needs the rows"):
        few.intervals()
    assert list(few.dominance()) == ["driver", "other", "complete", "conditional", "general"]


def test_a_seed_gives_the_same_numbers_again():
    moments = parted()
    one, two, other = (weighed(moments, n_boot=30, seed=seed).replicates for seed in (4, 4, 5))
    np.testing.assert_array_equal(one, two)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize(
    "asked", [{"always": ["w"]}, {"kind": "top_box"}, {"missing": "listwise"}, {"kind": "ordinal"}]
)
def test_what_needs_rows_says_so(asked: dict[str, object]):
    with pytest.raises(cx.FitError, match=r"This needs the rows of a survey.* Pass the survey"):
        cx.driver_weights(parted(), **asked)
    with pytest.raises(cx.FitError, match="This needs the rows"):
        weighed(parted(), n_boot=0).resampled("respondents")


def test_a_driver_that_never_varies_has_no_weight_and_costs_the_others_nothing():
    frame = answers().assign(empathy=7.0)
    constant, without = (
        weighed(one_group(survey_of(each), parts=20), n_boot=30, seed=2)
        for each in (frame, frame.drop(columns="empathy"))
    )
    kept = [0, 2]
    np.testing.assert_allclose(constant.estimate[kept], without.estimate, atol=1e-12)
    assert constant.tidy()["remark"].tolist()[1] == "constant"
    assert constant.estimate[1] == 0


def test_a_driver_whose_column_stands_still_in_one_group_is_constant_there():
    frame = answers().assign(region=np.repeat(["a", "b"], 150))
    frame.loc[frame["region"] == "a", "empathy"] = 7.0
    moments = grouped_moments(survey_of(frame), "region", parts=10)
    weights = weighed(moments.of("a"), n_boot=30)
    assert weights.tidy()["remark"].tolist()[1] == "constant"
    assert weights.tidy()["own_p_value"].isna().tolist() == [False, True, False]


def test_drivers_that_are_tied_are_refused_by_name():
    moments = parted()
    sums = moments.sums.copy()
    sums[..., 2] = sums[..., 1]
    first, second = np.triu_indices(4)
    place = {
        pair: 5 + number
        for number, pair in enumerate(zip(first.tolist(), second.tolist(), strict=True))
    }
    for column in (1, 2, 3):
        sums[..., place[1, column]] = sums[..., place[0, column]]
    sums[..., place[0, 1]] = sums[..., place[1, 1]] = sums[..., place[0, 0]]
    with pytest.raises(cx.FitError, match="'reliability', 'empathy' are tied together"):
        cx.driver_weights(replace(moments, sums=sums))


def test_labels_are_those_of_the_codebook():
    moments = parted()
    assert isinstance(moments.codebook, Codebook)
    questions = tuple(
        replace(question, label={"en": "Speed", "nl": "Tempo"}) if place == 0 else question
        for place, question in enumerate(moments.codebook.drivers)
    )
    named = replace(moments, codebook=replace(moments.codebook, drivers=questions))
    assert "Tempo" in weighed(named, n_boot=0).table("nl").to_string()
    unnamed = weighed(replace(moments, codebook=None), n_boot=0)
    assert "Betrouwbaarheid" in unnamed.table("nl").to_string()
