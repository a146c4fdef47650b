"""Shares of mentions, corrected for errors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.errors import FitError
from cxdrivers.mentions.correction import correct_shares, error_rates, rogan_gladen
from cxdrivers.mentions.evaluation import evaluate_mentions
from cxdrivers.mentions.evaluation_result import MentionEvaluation
from cxdrivers.mentions.labelling import mention_sample
from tests.mentions.labelled_texts import filled_in, mentions_of, simulated

MENTIONS, TRUTH, SCORES = simulated(4000, 5, sensitivity=0.7, specificity=0.9)
LABELS = filled_in(mention_sample(MENTIONS, scores=SCORES, n=600, seed=2), TRUTH)
EVALUATION = evaluate_mentions(LABELS, MENTIONS, SCORES)
RATE = st.floats(0.05, 0.95)


@given(RATE, RATE, RATE)
def test_the_correction_undoes_the_errors(share: float, sensitivity: float, specificity: float):
    if sensitivity + specificity - 1 > 0.05:
        found = share * sensitivity + (1 - share) * (1 - specificity)
        corrected = rogan_gladen(*(np.array(v) for v in (found, sensitivity, specificity)))
        assert corrected == pytest.approx(share)


@given(RATE, RATE, RATE)
def test_for_the_labelled_texts_it_is_the_mean_of_precision_and_omission(q, precise, omitted):
    if precise > omitted + 0.05:
        texts = np.array([[1000 * (1 - q)], [1000 * q]])
        rates = error_rates(texts, np.array([precise]), np.array([omitted]))
        assert rogan_gladen(np.array([q]), *rates).item() == pytest.approx(
            q * precise + (1 - q) * omitted
        )


def test_a_detector_that_tells_nothing_gives_no_share():
    assert np.isnan(rogan_gladen(np.array(0.5), np.array(0.4), np.array(0.6)))


def test_corrected_shares_are_the_true_ones_by_band():
    table = correct_shares(EVALUATION, seed=1).tidy().set_index("band")
    for band, inside in (
        ("all", SCORES > 0),
        ("1–5", SCORES <= 5),
        ("6–7", (SCORES == 6) | (SCORES == 7)),
        ("8–9", (SCORES == 8) | (SCORES == 9)),
        ("10", SCORES == 10),
    ):
        row, true = table.loc[band], TRUTH[inside].mean()
        assert row["conf_low"] <= true <= row["conf_high"]
        assert row["share"] == pytest.approx(MENTIONS.mention[inside].mean())
        assert row["n"] == inside.sum()
    assert abs(table.loc["all", "estimate"] - TRUTH.mean()) < abs(
        table.loc["all", "share"] - TRUTH.mean()
    )


def test_the_next_wave_is_corrected_with_the_errors_of_this_one():
    wave, truth, scores = simulated(4000, 77, sensitivity=0.7, specificity=0.9)
    row = correct_shares(EVALUATION, mentions=wave, scores=scores, seed=1).tidy().iloc[0]
    assert row["conf_low"] <= truth.mean() <= row["conf_high"]
    own = correct_shares(EVALUATION, seed=1).tidy().iloc[0]
    assert row["conf_high"] - row["conf_low"] > own["conf_high"] - own["conf_low"]


def test_a_correction_beyond_zero_is_set_to_zero_and_said():
    nobody = mentions_of([False] * 50)
    corrected = correct_shares(EVALUATION, mentions=nobody, scores=[10] * 50, seed=1)
    row = corrected.tidy().set_index("band").loc["10"]
    assert row["estimate"] == 0
    assert row["clipped"]
    assert "At score 10 the correction went beyond 0 % or 100 %, and is set to it" in (
        corrected.summary()
    )
    assert "Bij score 10 kwam de correctie onder 0 % of boven 100 % uit" in corrected.summary("nl")


def _useless() -> MentionEvaluation:
    cells = replace(EVALUATION.cells, share=np.full((2, 4), 0.5))
    return replace(EVALUATION, cells=cells)


def test_bands_where_the_detector_tells_nothing_have_no_share_and_are_named():
    corrected = correct_shares(_useless(), mentions=MENTIONS, scores=SCORES, seed=1)
    assert corrected.tidy()["estimate"].isna().all()
    assert "the share cannot be corrected as a whole" in corrected.summary()
    assert "At scores 1–5, 6–7, 8–9 and 10 finding mentions does no better" in corrected.summary()
    assert "–" in corrected.table().iloc[1, 2]


def test_the_same_seed_gives_the_same_interval_and_another_a_different_one():
    low = [correct_shares(EVALUATION, seed=seed).conf_low[0] for seed in (1, 1, 2)]
    assert low[0] == low[1] != low[2]


def test_without_resamples_there_are_no_intervals():
    corrected = correct_shares(EVALUATION, n_boot=0)
    assert corrected.tidy()["conf_low"].isna().all()
    assert corrected.summary().endswith("No resamples.")
    assert corrected.tidy()["estimate"].notna().all()


def test_labels_without_an_error_do_not_make_the_share_certain():
    perfect, truth, scores = simulated(2000, 3, sensitivity=1.0, specificity=1.0)
    labels = filled_in(mention_sample(perfect, scores=scores, n=100, seed=1), truth)
    row = correct_shares(evaluate_mentions(labels, perfect), seed=1).tidy().iloc[0]
    assert row["estimate"] == truth.mean()
    sampling = 1.96 * np.sqrt(truth.mean() * (1 - truth.mean()) / 2000)
    assert row["conf_high"] - row["conf_low"] > 2 * sampling


def test_a_reader_sees_the_share_as_found_and_as_corrected():
    corrected = correct_shares(EVALUATION, seed=1)
    assert list(corrected.table("nl")) == ["score", "gevonden", "gecorrigeerd (95\u00a0%)", "n"]
    assert corrected.table()["score"].tolist() == ["all texts", "1–5", "6–7", "8–9", "10"]
    assert "corrected for what is missed and what is none, the share is" in corrected.summary()
    assert "95\u00a0% intervals from 1\u00a0000 resamples of texts and labels, seed 1." in (
        corrected.summary()
    )
    assert "<table" in corrected._repr_html_()
    assert "all texts" in repr(corrected)


def test_without_scores_there_is_one_row():
    evaluation = evaluate_mentions(LABELS, MENTIONS)
    assert correct_shares(evaluation, seed=1).tidy()["band"].tolist() == ["all"]


def test_other_texts_with_scores_that_are_not_labelled_are_refused():
    with pytest.raises(FitError, match=r"texts at scores 'no_score', and the labels are of"):
        correct_shares(EVALUATION, mentions=mentions_of([True]), scores=[None])


def test_settings_that_cannot_be_are_refused():
    with pytest.raises(FitError, match=r"n_boot is 1"):
        correct_shares(EVALUATION, n_boot=1)
    with pytest.raises(FitError, match=r"seed is -2"):
        correct_shares(EVALUATION, seed=-2)


@pytest.mark.slow
@pytest.mark.parametrize("own", [True, False])
def test_intervals_cover_the_true_share_as_often_as_they_say(own):
    share, covered = (0.2 + 0.06 * np.arange(1, 11)).mean(), []
    for seed in range(400):
        mentions, truth, scores = simulated(3000, seed)
        labels = filled_in(mention_sample(mentions, scores=scores, n=300, seed=seed), truth)
        evaluation = evaluate_mentions(labels, mentions, scores)
        other, _, other_scores = simulated(3000, seed + 1000)
        given_texts = {} if own else {"mentions": other, "scores": other_scores}
        row = correct_shares(evaluation, n_boot=400, seed=seed, **given_texts).tidy().iloc[0]
        covered.append(row["conf_low"] <= share <= row["conf_high"])
    assert 0.92 <= np.mean(covered) <= 0.985


def test_a_share_that_was_set_to_its_end_lies_in_its_interval():
    everything = mentions_of([True, False] * 30)
    labels = pd.DataFrame({"row": range(60), "label": [1] * 60})
    row = correct_shares(evaluate_mentions(labels, everything), seed=1).tidy().iloc[0]
    assert row["conf_low"] < row["estimate"] == row["conf_high"] == 1
