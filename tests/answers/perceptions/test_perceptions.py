"""Gaps between groups: from answers and from shares, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from cxdrivers.answers.perceptions.perceptions import perception_gaps
from cxdrivers.answers.perceptions.published_table import published_figures
from cxdrivers.errors import CxError, FitError, SurveyError
from tests.answers.perceptions.perception_tables import SHARES, answers, shares

ASKED = {"question": "good", "group": "role"}
THREE = answers(customers=(20, 80), executives=(12, 8), employees=(30, 30))


def test_groups_are_counted_and_every_two_compared_with_the_leaders_first():
    gaps = perception_gaps(THREE, **ASKED)
    counted = gaps.shares()
    assert counted["group"].tolist() == ["executives", "employees", "customers"]
    assert counted["share"].tolist() == pytest.approx([0.6, 0.5, 0.2])
    assert counted["n"].tolist() == [20, 60, 100]
    low, high = proportion_confint(12, 20, method="wilson")
    assert counted.loc[0, ["share_low", "share_high"]].tolist() == pytest.approx([low, high])
    assert gaps.tidy()["estimate"].tolist() == pytest.approx([0.1, 0.4, 0.3])


def test_shares_that_were_counted_before_give_the_same_gaps_as_the_answers():
    told = shares(("good", "customers", 0.2, 100), ("good", "executives", 0.6, 20))
    both = THREE[THREE["role"] != "employees"]
    pd.testing.assert_frame_equal(
        perception_gaps(both, **ASKED).tidy(), perception_gaps(told, **SHARES).tidy()
    )


@pytest.mark.parametrize(
    "told",
    [[0.4, 0.1], [40, 10], [40.0, 10.0], ["40%", "10 %"], ["40", "10"], ["0.4", "0.1"], [1, 0.4]],
)
def test_proportions_and_percentages_are_told_apart(told):
    frame = shares(("q", "a", told[0], 50), ("q", "b", told[1], 50))
    expected = [1.0, 0.4] if told == [1, 0.4] else [0.4, 0.1]
    assert perception_gaps(frame, **SHARES).shares()["share"].tolist() == pytest.approx(expected)


@pytest.mark.parametrize(
    "written",
    [["ja", "Nee", "JA "], ["yes", "no", "y"], [1, 0, 1], [True, False, True], ["1", "0", "1"]],
)
def test_yes_and_no_are_read_as_people_write_them(written):
    frame = pd.DataFrame({"role": ["a", "a", "b"], "good": written})
    assert perception_gaps(frame, **ASKED).shares()["share"].tolist() == [0.5, 1.0]


def test_ratings_are_cut_at_the_threshold_and_it_is_said():
    frame = pd.DataFrame({"role": ["a", "a", "b", "b"], "good": [8, 7.5, 3, np.nan]})
    gaps = perception_gaps(frame, threshold=8, **ASKED)
    assert gaps.shares()[["share", "n"]].to_numpy().tolist() == [[0.5, 2], [0, 1]]
    assert "Counted as yes: 8 or higher, on ratings that run from 3 to 8." in gaps.summary()


def test_several_questions_are_compared_each_by_itself_and_adjusted_together():
    frame = THREE.assign(other=[1, 0] * 90)
    gaps = perception_gaps(frame, question=["good", "other"], group="role")
    assert gaps.questions == ("good", "other")
    tidy = gaps.tidy()
    assert len(tidy) == 6
    assert (tidy["p_adjusted"] >= tidy["p_value"]).all()
    assert (tidy["p_adjusted"] > tidy["p_value"]).any()


def test_the_callers_table_is_not_changed():
    frame = THREE.copy()
    perception_gaps(frame, **ASKED)
    pd.testing.assert_frame_equal(frame, THREE)


def test_groups_come_in_the_order_of_their_categories():
    frame = THREE.assign(
        role=pd.Categorical(
            THREE["role"].map({"customers": "b", "executives": "a", "employees": "c"}),
            categories=["c", "a", "b", "never"],
        )
    )
    assert perception_gaps(frame, **ASKED).shares()["group"].tolist() == ["c", "a", "b"]


def test_the_published_gap_with_numbers_of_respondents_has_an_interval():
    figures = published_figures()
    asked = figures[figures["gap"].str.startswith("P")]
    gaps = perception_gaps(asked, question="statistic", group="group", share="number", n="n")
    tidy = gaps.tidy()
    assert len(tidy) == 6
    assert tidy[["conf_low", "p_adjusted"]].notna().all(axis=None)
    top = tidy.iloc[1]
    assert (top["group"], top["other"], top["estimate"]) == (
        "decision makers",
        "consumers",
        pytest.approx(0.30),
    )
    assert (tidy["p_adjusted"] < 0.001).all()
    assert "may be half a point off by rounding" in gaps.summary()


def test_the_published_gap_without_numbers_has_no_interval_and_says_so():
    figures = published_figures("nl")
    asked = figures[figures["gap"].str.startswith("G")]
    gaps = perception_gaps(asked, question="statistic", group="group", share="number", n="n")
    tidy = gaps.tidy()
    assert len(tidy) == 7
    assert tidy[["conf_low", "conf_high", "p_value", "p_adjusted"]].isna().all(axis=None)
    assert "18 procentpunten" not in gaps.headline("nl")
    assert "16 procentpunten, zonder interval" in gaps.headline("nl")
    assert "Bij 7 van 7 verschillen is het aantal respondenten" in gaps.summary("nl")


def test_a_number_of_respondents_in_words_is_not_known():
    frame = shares(("q", "a", 10, "subset"), ("q", "b", 5, "n/s"), ("q", "c", 5, " 300 "))
    gaps = perception_gaps(frame, **SHARES)
    assert gaps.shares()["n"].isna().tolist() == [True, True, False]
    assert "words ('subset', 'n/s') and were taken as not known" in gaps.summary()


@pytest.mark.parametrize("n", ["7.000", " 7,000", "7 000", "7\xa0000", "12.345.678"])
def test_a_number_of_respondents_with_marks_for_thousands_is_not_taken_for_seven(n: str):
    frame = shares(("q", "a", "40%", n), ("q", "b", "10%", 300))
    with pytest.raises(SurveyError, match=r"no number of respondents\. Write whole"):
        perception_gaps(frame, **SHARES)


def test_columns_may_have_numbers_for_names():
    numbered = THREE.rename(columns={"role": 0, "good": 1})
    found = perception_gaps(numbered, question=1, group=0)  # type: ignore[arg-type]
    assert found.tidy()["estimate"].tolist() == pytest.approx([0.1, 0.4, 0.3])


@pytest.mark.parametrize(
    "kind", ["category", "string", "boolean", "Int64", "Float64", "bool", "float32", "object"]
)
def test_answers_of_every_kind_of_column_are_counted_the_same(kind: str):
    yes = THREE["good"] == "yes"
    cells = THREE["good"] if kind in ("category", "string") else yes
    if kind == "Float64":
        cells = yes.astype("float64")
    typed = THREE.assign(good=cells.astype(kind), role=THREE["role"].astype("category"))
    pd.testing.assert_frame_equal(
        perception_gaps(typed, **ASKED).tidy(), perception_gaps(THREE, **ASKED).tidy()
    )


def test_what_could_not_be_used_is_said():
    frame = shares(
        ("q", "a", 10, 20), ("q", "b", 5, 20), ("q", "c", None, None),
        ("r", "a", 10, 20), ("s", "b", 10, 20), ("q", None, 3, 20),
    )  # fmt: skip
    said = perception_gaps(frame, **SHARES).summary()
    assert "1 row without a share was left out." in said
    assert "1 row without a name in column 'question, group' was left out." in said
    assert "'r', 's' were each answered by one group only" in said


def test_a_group_that_did_not_answer_is_said():
    frame = pd.DataFrame(
        {"role": ["a", "b", "c", None], "good": [1, 0, None, 1], "none": [None] * 4}
    )
    gaps = perception_gaps(frame, question=["good", "none"], group="role")
    assert gaps.questions == ("good",)
    assert "Nobody in 'c' answered 'good'" in gaps.summary()
    assert "Nobody in 'a', 'b', 'c' answered 'none'" in gaps.summary()
    assert "1 row without a name in column 'role'" in gaps.summary()


def refused(match: str, frame: object = THREE, **how: object) -> None:
    with pytest.raises(CxError, match=match) as caught:
        perception_gaps(frame, **(ASKED | how))  # type: ignore[arg-type]
    assert isinstance(caught.value, SurveyError | FitError)
    assert "{" not in caught.value.say("nl")


def test_what_is_no_table_or_has_no_rows_is_refused():
    refused(r"needs a table .* given a list\.", [1])
    refused(r"has no rows\. Check", THREE[:0])


def test_columns_that_are_not_there_or_there_twice_are_refused():
    refused(
        r"no column 'rol' \(group\)\. Did you mean 'role'\? It has 'role', 'good'\.", group="rol"
    )
    twice = pd.concat([THREE, THREE[["good"]]], axis=1)
    refused("two columns called 'good'", twice)
    refused("'role' was given both as group and as question", question=["good", "role"])
    refused("No question was given", question=[])
    refused(r"no column 'None' \(question\)", question=None)
    refused(r"'role' names nothing in any of the 180 rows", THREE.assign(role=None))


def test_one_group_in_two_spellings_is_refused_and_white_space_is_not():
    spelt = THREE.replace({"role": {"employees": "Customers"}})
    refused(r"more than one way: 'Customers', 'customers'\. Write it the same", spelt)
    spaced = THREE.replace({"role": {"employees": " customers "}})
    assert perception_gaps(spaced, **ASKED).shares()["n"].tolist() == [20, 160]


def test_answers_that_are_neither_yes_nor_no_are_refused():
    refused(
        r"holds numbers from 1 to 9, not only 1 and 0.*threshold=8", THREE.assign(good=[1, 9] * 90)
    )
    refused(r"holds 98, with a threshold of 8", THREE.assign(good=[1, 98] * 90), threshold=8)
    refused(r"only 1 and 0, and the threshold is 8", THREE.assign(good=[1, 0] * 90), threshold=8)
    refused(
        r"neither yes or no nor a number \(for example 'good', 'bad'\)",
        THREE.assign(good=["good", "bad"] * 90),
    )
    refused(
        r"in 1 row it holds something else \(for example 'maybe'\)",
        THREE.assign(good=["maybe", *["yes"] * 179]),
    )
    refused(r"in 2 rows it holds something else", THREE.assign(good=["maybe"] * 2 + ["yes"] * 178))
    refused(r"nobody in a group answered 'good'", THREE.assign(good=np.nan))
    refused(r"must be a number, and is 'eight'", threshold="eight")


def test_one_group_only_is_refused():
    refused(
        r"No question was answered by two groups: column 'role' holds 'x'", THREE.assign(role="x")
    )


def test_arguments_that_do_not_go_together_are_refused():
    refused(r"n = 'good' was given without share", n="good")
    refused(r"A threshold \(8\) was given with the shares in 'good'", share="good", threshold=8)
    refused(
        r"one column names the question, and 'a', 'b' were given", question=["a", "b"], share="good"
    )
    refused(r"level", level=95)


def test_shares_that_cannot_be_are_refused():
    def told(match: str, *values: object, n: object = 50) -> None:
        frame = shares(*(("q", "abc"[place], value, n) for place, value in enumerate(values)))
        refused(match, frame, **SHARES)

    told(r"holds text \(for example 'many'\)", "many", "40")
    told(r"2 of 3 shares have a percent sign", "40%", "10%", "20")
    told(r"shares from -3 to 40, outside 0 to 100", -3, 40)
    told(r"shares from 0 to 140, outside 0 to 100", 140, 40)
    told(r"holds both 0\.4 and 40", 0.4, 40)
    told(r"None of the 2 rows has a share", None, None)
    told(r"'a' has a share at 'q' and 0 respondents", 10, 20, n=0)
    told(r"holds 1\.9, which is no number of respondents", 10, 20, n="1.9")
    told(r"holds inf, which is no number of respondents", 10, 20, n=np.inf)
    twice = shares(("q", "a", 10, 50), ("q", "a", 20, 50), ("q", "b", 20, 50))
    refused(r"'a' has more than one share at 'q'", twice, **SHARES)
