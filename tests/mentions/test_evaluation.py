"""How well mentions are found, from labelled texts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cxdrivers.errors import FitError
from cxdrivers.mentions.evaluation import evaluate_mentions
from cxdrivers.mentions.labelling import mention_sample
from tests.mentions.labelled_texts import filled_in, mentions_of, simulated

MENTIONS, TRUTH, SCORES = simulated(4000, 5, sensitivity=0.8, specificity=0.9)
LABELS = filled_in(mention_sample(MENTIONS, scores=SCORES, n=600, seed=2), TRUTH)


def _row(table: pd.DataFrame, measure: str, band: str = "all") -> pd.Series:
    return table[(table["measure"] == measure) & (table["band"] == band)].iloc[0]


def test_precision_and_recall_are_those_of_all_texts():
    table = evaluate_mentions(LABELS, MENTIONS, SCORES).tidy()
    hits = (MENTIONS.mention & TRUTH).sum()
    for measure, true in (
        ("precision", hits / MENTIONS.mention.sum()),
        ("recall", hits / TRUTH.sum()),
        ("omission", (TRUTH & ~MENTIONS.mention).sum() / (~MENTIONS.mention).sum()),
    ):
        row = _row(table, measure)
        assert row["conf_low"] <= true <= row["conf_high"]
        assert row["estimate"] == pytest.approx(true, abs=0.05)


def test_recall_is_not_the_recall_of_the_sample():
    """Half of the sample has a found mention, so missed ones are rarer in it than they are."""
    row = _row(evaluate_mentions(LABELS, MENTIONS, SCORES).tidy(), "recall")
    rows = LABELS["row"].to_numpy()
    assert row["estimate"] == pytest.approx(0.8, abs=0.06)
    whole = np.ones(4000, bool)
    everything = filled_in(pd.DataFrame({"row": np.flatnonzero(whole)}), TRUTH)
    exact = _row(evaluate_mentions(everything, MENTIONS).tidy(), "recall")["estimate"]
    assert exact == (MENTIONS.mention & TRUTH).sum() / TRUTH.sum()
    assert MENTIONS.mention[rows][TRUTH[rows]].mean() != pytest.approx(exact, abs=1e-3)


def test_every_band_of_scores_has_its_own_figures():
    table = evaluate_mentions(LABELS, MENTIONS, SCORES).tidy()
    bands = ["all", "1–5", "6–7", "8–9", "10"]
    assert table["band"].tolist() == [band for band in bands for _ in range(3)]
    tens = LABELS[SCORES[LABELS["row"]] == 10]
    assert _row(table, "recall", "10")["n"] == tens["label"].sum()
    assert _row(table, "precision", "10")["n"] == MENTIONS.mention[tens["row"]].sum()


def test_without_scores_there_are_no_bands():
    table = evaluate_mentions(LABELS, MENTIONS).tidy()
    assert table["band"].tolist() == ["all"] * 3


def test_labels_also_tell_about_another_way_to_find_mentions():
    other, _, _ = simulated(4000, 5, sensitivity=0.5, specificity=0.99)
    row = _row(evaluate_mentions(LABELS, other, SCORES).tidy(), "recall")
    true = (other.mention & TRUTH).sum() / TRUTH.sum()
    assert row["conf_low"] <= true <= row["conf_high"]


def test_two_coders_are_compared_and_their_disagreements_shown():
    second = LABELS["label"].copy()
    second.iloc[:30] = 1 - second.iloc[:30]
    second.iloc[300:] = np.nan
    evaluation = evaluate_mentions(LABELS.assign(second_label=second), MENTIONS, SCORES)
    assert len(evaluation.disagreements()) == 30
    assert evaluation.agreement[0] == pytest.approx(0.8, abs=0.02)
    assert "Two coders labelled 300 texts and differ on 30: κ = 0.80 [" in evaluation.summary()
    assert "Twee codeurs labelden 300 teksten en verschillen over 30" in evaluation.summary("nl")


def test_mistakes_are_the_labelled_texts_where_label_and_finding_differ():
    mistakes = evaluate_mentions(LABELS, MENTIONS, SCORES).mistakes()
    rows = LABELS["row"].to_numpy()
    assert sorted(mistakes["row"]) == sorted(rows[MENTIONS.mention[rows] != TRUTH[rows]])
    assert mistakes["text"].tolist() == [MENTIONS.texts[row] for row in mistakes["row"]]


def test_rows_without_a_label_are_left_out_and_said():
    labels = LABELS.assign(label=LABELS["label"].astype(object))
    labels.loc[:1, "label"] = None
    evaluation = evaluate_mentions(labels, MENTIONS, SCORES)
    assert "rests on 598 labelled texts" in evaluation.summary()
    assert "2 rows without a label are left out" in evaluation.summary()


def test_a_reader_sees_precision_recall_and_where_least_is_found():
    evaluation = evaluate_mentions(LABELS, MENTIONS, SCORES)
    assert list(evaluation.table("nl")) == [
        "score",
        "precisie (95\u00a0%)",
        "gelabeld, gevonden",
        "vangst (95\u00a0%)",
        "gelabeld, vermelding",
    ]
    assert evaluation.table("nl").iloc[0, 0] == "alle teksten"
    assert "(precision). Of all mentions that the customers wrote," in evaluation.summary()
    assert "Least is found at score" in evaluation.summary()
    assert "Het minst wordt gevonden bij score" in evaluation.summary("nl")
    assert "<table" in evaluation._repr_html_()
    assert "precision" in repr(evaluation)


def test_where_least_is_found_is_not_said_when_all_is_found_everywhere():
    perfect, truth, scores = simulated(500, 4, sensitivity=1.0, specificity=1.0)
    labels = filled_in(mention_sample(perfect, scores=scores, n=80, seed=2), truth)
    assert "Least is found" not in evaluate_mentions(labels, perfect, scores).summary()


def test_when_nothing_was_found_that_is_said():
    nothing = mentions_of([False, False])
    labels = pd.DataFrame({"row": [0, 1], "label": [0, 0], "second_label": [0, 0]})
    said = evaluate_mentions(labels, nothing).summary()
    assert "No mention was found, so precision cannot be told." in said
    assert "No text has a mention by the labels, so recall cannot be told." in said
    assert "both gave every one of them the same label" in said


def test_a_band_without_labels_is_refused():
    tens = SCORES[LABELS["row"]] == 10
    with pytest.raises(FitError, match=r"At score 10 no mention was found in \d+ texts, and none"):
        evaluate_mentions(LABELS[~tens], MENTIONS, SCORES)
    found = MENTIONS.mention[LABELS["row"]]
    with pytest.raises(FitError, match=r"At score 10 a mention was found in \d+ texts, and none"):
        evaluate_mentions(LABELS[~(tens & found)], MENTIONS, SCORES)


def test_a_label_of_an_empty_text_is_refused():
    mentions = mentions_of([True, False, False], ["a", "b", None])
    labels = pd.DataFrame({"row": [0, 1, 2], "label": [1, 0, 0]})
    with pytest.raises(FitError, match=r"1 label is of a row in which nothing is written: '2'"):
        evaluate_mentions(labels, mentions)


def test_a_level_that_cannot_be_is_refused():
    with pytest.raises(FitError, match=r"level is 95"):
        evaluate_mentions(LABELS, MENTIONS, level=95)


@pytest.mark.slow
@pytest.mark.parametrize(("sensitivity", "specificity"), [(0.6, 0.95), (0.8, 0.9), (0.95, 0.97)])
def test_intervals_cover_the_truth_as_often_as_they_say(sensitivity: float, specificity: float):
    chance = (0.2 + 0.06 * np.arange(1, 11)).mean()
    found = chance * sensitivity + (1 - chance) * (1 - specificity)
    truths = {"precision": chance * sensitivity / found, "recall": sensitivity}
    covered: dict[str, list[bool]] = {measure: [] for measure in truths}
    for seed in range(400):
        mentions, truth, scores = simulated(
            3000, seed, sensitivity=sensitivity, specificity=specificity
        )
        labels = filled_in(mention_sample(mentions, scores=scores, n=300, seed=seed), truth)
        table = evaluate_mentions(labels, mentions, scores).tidy()
        for measure, true in truths.items():
            row = _row(table, measure)
            covered[measure].append(row["conf_low"] <= true <= row["conf_high"])
    assert all(0.92 <= np.mean(hits) <= 0.995 for hits in covered.values())


def test_labels_of_other_texts_are_refused_and_a_few_changed_texts_are_not():
    texts = [f"Text {row}: café “top”" for row in range(6)]
    mentions = mentions_of([True, False] * 3, texts)
    labels = pd.DataFrame({"row": range(6), "text": texts, "label": [1, 0] * 3})
    same = evaluate_mentions(labels, mentions).tidy()
    respelt = [text.replace("é", "?").replace("“", "'").upper() for text in texts]
    hidden = [*respelt[:3], "Text 3: [name]", None, " "]
    pd.testing.assert_frame_equal(
        evaluate_mentions(labels.assign(text=hidden), mentions).tidy(), same
    )
    turned = labels.assign(text=[texts[0], *texts[:0:-1]])
    with pytest.raises(FitError) as caught:
        evaluate_mentions(turned, mentions)
    assert str(caught.value) == (
        "4 of the 6 labelled texts are other texts than the survey has in those rows, first in "
        "row '1'. Give the survey file from which the labels were drawn, with its rows in the "
        "same order."
    )
    assert caught.value.say("nl").startswith("4 van de 6 gelabelde teksten zijn andere teksten")
