"""Tests of `answers.blanks.missing_words`: every sentence is read once, in both languages."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.blanks.missing import compare_missing
from cxdrivers.answers.blanks.missing_words import policy_table, sentences_of
from cxdrivers.answers.weights.weights_blanks import missing_sentence
from cxdrivers.wording import sentence
from tests.samples import answers, survey_of

LABELS = {"a": "Empathy", "b": "Wait time", "c": "IVR menu"}
FIRST, LAST = (0.5, 0.3, 0.2), (0.25, 0.5, 0.25)


def tidy(**shares: tuple[float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "driver": driver,
            "policy": policy,
            "estimate": share / 2,
            "conf_low": share / 2 - 0.05,
            "conf_high": share / 2 + 0.05,
            "share": share,
            "share_low": share - 0.1,
            "share_high": share + 0.1,
            "rank": 1 + sum(other > share for other in found),
        }
        for policy, found in shares.items()
        for driver, share in zip("abc", found, strict=True)
    )


def said(
    table: pd.DataFrame,
    language: str = "en",
    *,
    blank: int = 30,
    unresampled: tuple[str, ...] = (),
    **reasons: str,
) -> str:
    counts = pd.DataFrame(
        {
            "driver": list("abc"),
            "answered": [100 - blank, 100, 100],
            "not_applicable": 0,
            "blank": [blank, 0, 0],
            "estimated": [blank, 0, 0],
        }
    )
    rows = pd.DataFrame({"policy": ["em", "listwise"], "n": [100, 100 - blank], "lost": [0, blank]})
    left_out = {policy: sentence(key) for policy, key in reasons.items()}
    return " ".join(
        sentences_of(
            table,
            counts,
            rows,
            left_out=left_out,
            unresampled=unresampled,
            labels=LABELS,
            language=language,
        )
    )


def test_how_many_rows_and_answers_are_at_stake():
    text = said(tidy(em=FIRST, listwise=FIRST))
    assert text.startswith(
        "Of 100 respondents who could be used, 70 left nothing blank; where blanks are estimated "
        "100 are used. 30 blank answers are estimated, 10.0\xa0% of all questions that applied; "
        "most, 30, are about Empathy."
    )
    dutch = said(tidy(em=FIRST, listwise=FIRST), "nl")
    assert "lieten er 70 niets leeg" in dutch
    assert "30 lege antwoorden zijn geschat, 10,0\xa0%" in dutch


def test_one_blank_is_one():
    table = tidy(em=FIRST, listwise=FIRST)
    assert "1 blank answer is estimated, 0.3\xa0%" in said(table, blank=1)
    assert "1 leeg antwoord is geschat, 0,3\xa0%" in said(table, "nl", blank=1)


def test_policies_that_agree_on_the_order_are_said_to():
    table = tidy(em=FIRST, listwise=(0.6, 0.25, 0.15))
    assert "The order of the drivers is the same by EM and complete rows." in said(table)
    assert "dezelfde volgens EM en volledige rijen." in said(table, "nl")


def test_policies_that_agree_on_the_first_only_are_said_to():
    table = tidy(em=FIRST, listwise=(0.5, 0.2, 0.3))
    assert "By EM and complete rows Empathy comes first; further down" in said(table)
    assert "Volgens EM en volledige rijen staat Empathy bovenaan; verder" in said(table, "nl")


def test_policies_that_put_another_driver_first_are_named_with_it():
    table = tidy(em=FIRST, imputation=FIRST, listwise=LAST)
    assert "done with blanks: Empathy by EM and imputation; Wait time by complete rows." in said(
        table
    )
    assert "Empathy volgens EM en imputatie; Wait time volgens volledige rijen." in said(
        table, "nl"
    )


def test_the_driver_they_differ_most_about_is_named_with_both_ends():
    text = said(tidy(em=FIRST, listwise=LAST))
    assert "differ most about Empathy: 25\xa0% by complete rows, 50\xa0% by EM." in text
    assert "Each of these lies" not in text
    dutch = said(tidy(em=FIRST, listwise=LAST), "nl")
    assert "Het meest verschilt Empathy: 25\xa0% volgens volledige rijen" in dutch


def test_a_difference_within_both_intervals_is_said_to_be_so():
    table = tidy(em=FIRST, listwise=(0.45, 0.33, 0.22))
    assert "Each of these lies within the interval of the other." in said(table)
    assert "binnen het interval van de ander" in said(table, "nl")


def test_without_intervals_nothing_is_said_of_them():
    table = tidy(em=FIRST, listwise=FIRST).assign(share_low=np.nan, share_high=np.nan)
    assert "Each of these" not in said(table)


def test_what_is_supposed_is_always_said():
    table = tidy(em=FIRST, listwise=FIRST)
    assert said(table).endswith("suppose that who answered everything is like the others.")
    assert "veronderstellen dat het alleen van de gegeven antwoorden afhangt" in said(table, "nl")


def test_without_blanks_there_is_nothing_to_compare():
    comparison = compare_missing(survey_of(answers()), n_boot=0)
    assert comparison.summary() == (
        "No answer about a driver is blank, so every policy uses the same answers."
    )
    assert comparison.summary("nl").startswith("Geen enkel antwoord over een driver is leeg")


def test_one_policy_alone_is_not_compared():
    text = said(tidy(em=FIRST), listwise="errors.needs_rows")
    assert "There are no weights by complete rows. This needs the rows of a survey" in text
    assert "order" not in text
    assert "differ" not in text


def test_a_reader_sees_dashes_where_nothing_can_be_counted():
    table = policy_table(tidy(em=FIRST), pd.Series({"a": 3, "b": 0}), LABELS, 0.9, "nl")
    assert table["leeg"].tolist() == ["3", "0", "–"]
    assert table.iloc[0, 2] == "50\xa0% (40–60\xa0%)"
    assert table.columns[2] == "aandeel volgens EM (90\xa0%)"


@pytest.fixture(scope="module")
def survey() -> cx.Survey:
    frame = answers(n=100)
    frame.loc[:9, "empathy"] = np.nan
    frame.loc[5:9, "reliability"] = np.nan
    frame.loc[20, ["reliability", "empathy", "customer_focus"]] = np.nan
    frame.loc[30, ["empathy", "satisfaction"]] = np.nan
    return survey_of(frame)


@pytest.mark.parametrize(
    ("policy", "english", "dutch"),
    [
        (
            "em",
            "15 blank answers estimated from what was answered (EM; respondents with any: 10)",
            "15 lege antwoorden geschat uit wat is beantwoord (EM; respondenten met minstens",
        ),
        (
            "imputation",
            "15 blank answers filled in several times (respondents with any: 10)",
            "15 lege antwoorden enkele keren ingevuld (respondenten met minstens één: 10)",
        ),
        (
            "listwise",
            "18 blank answers not estimated (respondents left out: 11)",
            "18 lege antwoorden niet geschat (weggelaten respondenten: 11)",
        ),
    ],
)
def test_the_line_under_weights_counts_what_a_policy_touched(
    survey: cx.Survey, policy: str, english: str, dutch: str
):
    base = cx.driver_weights(survey, missing=policy, n_boot=0).model.design.base
    assert missing_sentence(base, policy, "en") == english
    assert str(missing_sentence(base, policy, "nl")).startswith(dutch)


@pytest.mark.parametrize(
    ("policy", "english", "dutch"),
    [
        ("em", "1 blank answer estimated from what was answered (EM)", "1 leeg antwoord geschat"),
        ("imputation", "1 blank answer filled in several times", "1 leeg antwoord enkele keren"),
        ("listwise", "one respondent left out for 1 blank answer", "één respondent weggelaten"),
    ],
)
def test_the_line_knows_one_from_many(policy: str, english: str, dutch: str):
    frame = answers(n=50)
    frame.loc[3, "empathy"] = np.nan
    base = survey_of(frame).base
    assert missing_sentence(base, policy, "en") == english
    assert str(missing_sentence(base, policy, "nl")).startswith(dutch)


@pytest.mark.parametrize("policy", ["em", "imputation", "listwise"])
def test_where_nothing_was_blank_there_is_no_line(policy: str):
    frame = answers(n=50)
    frame.loc[3, ["empathy", "satisfaction"]] = np.nan
    frame.loc[4:9, "reliability"] = -1
    base = survey_of(frame, not_applicable=[-1]).base
    assert missing_sentence(base, policy, "en") is None


def test_a_policy_without_intervals_beside_others_with_them_says_why():
    told = "There are no intervals by EM: the blanks lie in too many patterns to estimate"
    assert told in said(tidy(em=FIRST, listwise=FIRST), unresampled=("em",))
    assert "intervals" not in said(tidy(em=FIRST, listwise=FIRST))
