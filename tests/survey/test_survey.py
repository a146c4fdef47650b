"""Tests of `cxdrivers.survey.survey`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from tests.samples import answers, survey_of


@pytest.fixture
def items() -> pd.DataFrame:
    nan = np.nan
    return pd.DataFrame(
        {
            "grade": [8.0, 6.0, 9.0, nan],
            "kind": [8, 6, 99, 9],
            "listens": [6, 8, 99, nan],
            "fast": [7.0, nan, 9.0, 5.0],
            "w": [1.0, 2.0, 1.0, 1.0],
        },
        index=[10, 20, 30, 40],
    )


@pytest.fixture
def survey(items: pd.DataFrame) -> cx.Survey:
    drivers = {"empathy": ["kind", "listens"], "wait_time": ["fast"]}
    return cx.Survey.from_frame(
        items, outcome="grade", drivers=drivers, not_applicable=[99], weight="w"
    )


def test_a_driver_with_items_is_scored_by_their_mean(survey: cx.Survey):
    assert survey.drivers == ("empathy", "wait_time")
    expected = pd.DataFrame(
        {"empathy": [7.0, 7.0, np.nan, 9.0], "wait_time": [7.0, np.nan, 9.0, 5.0]},
        index=[10, 20, 30, 40],
    )
    pd.testing.assert_frame_equal(survey.scores, expected)
    assert survey.not_applicable["empathy"].tolist() == [False, False, True, False]
    assert not survey.not_applicable["wait_time"].any()
    np.testing.assert_array_equal(survey.outcome, [8, 6, 9, np.nan])


def test_the_tidy_table_describes_every_question_with_counted_bases(survey: cx.Survey):
    table = survey.tidy().set_index("driver")
    assert table.columns.tolist() == [
        "items", "alpha", "mean", "std", "n", "not_applicable", "missing",
    ]  # fmt: skip
    assert table.index.tolist() == ["grade", "empathy", "wait_time"]
    assert table["n"].tolist() == [3, 3, 3]
    assert table["not_applicable"].tolist() == [0, 1, 0]
    assert table["missing"].tolist() == [1, 0, 1]
    assert table["items"].tolist() == [1, 2, 1]
    assert np.isnan(table.loc["grade", "alpha"])


def test_means_and_spreads_are_weighted(survey: cx.Survey):
    table = survey.tidy().set_index("driver")
    assert table.loc["grade", "mean"] == pytest.approx((8 + 12 + 9) / 4)
    assert table.loc["empathy", "mean"] == pytest.approx((7 + 14 + 9) / 4)
    rows = np.array([8, 6, 6, 9])
    assert table.loc["grade", "std"] == pytest.approx(rows.std())


def test_alpha_is_of_the_items():
    frame = answers((0.5, 0.4, 0.3))
    drivers = {"all": ["reliability", "empathy", "customer_focus"]}
    survey = cx.Survey.from_frame(frame, outcome="satisfaction", drivers=drivers)
    scores = frame.iloc[:, :3]
    alpha = 3 / 2 * (1 - scores.var().sum() / scores.sum(axis=1).var())
    assert survey.tidy().loc[1, "alpha"] == pytest.approx(alpha)


def test_an_outcome_may_be_several_columns():
    frame = answers().assign(again=lambda table: table["satisfaction"] + 1)
    survey = cx.Survey.from_frame(frame, outcome=["satisfaction", "again"], drivers=["empathy"])
    assert survey.codebook.outcome.key == "outcome"
    np.testing.assert_allclose(survey.outcome, frame["satisfaction"] + 0.5)


def test_labels_are_those_that_were_given_and_else_those_of_the_seven():
    survey = survey_of(answers(), labels={"empathy": "Warmth"})
    assert survey.codebook.labels("nl") == {
        "satisfaction": survey.codebook.outcome.label_in("nl"),
        "reliability": "Betrouwbaarheid",
        "empathy": "Warmth",
        "customer_focus": "Klantfocus",
    }


def test_the_frame_stays_as_it_was(items: pd.DataFrame):
    before = items.copy(deep=True)
    drivers = {"empathy": ["kind", "listens"]}
    survey = cx.Survey.from_frame(
        items, outcome="grade", drivers=drivers, not_applicable=[99], scale=(1, 10)
    )
    survey.tidy()
    survey.findings()
    survey.scores.iloc[:] = 0.0
    pd.testing.assert_frame_equal(items, before)


def test_rows_in_which_a_required_column_is_blank_are_left_out_everywhere(items: pd.DataFrame):
    frame = items.assign(user=["a", None, "b", "c"])
    survey = cx.Survey.from_frame(
        frame, outcome="grade", drivers=["fast"], weight="w", required=("user",)
    )
    assert survey.frame is frame
    assert survey.respondents.index.tolist() == [10, 30, 40]
    assert survey.scores.index.tolist() == survey.not_applicable.index.tolist() == [10, 30, 40]
    np.testing.assert_array_equal(survey.outcome, [8, 9, np.nan])
    np.testing.assert_array_equal(survey.weights, [1, 1, 1])
    assert repr(survey).startswith("Survey of data frame: 3 respondents")


def test_a_weight_that_is_missing_where_a_row_is_left_out_anyway_is_no_trouble(items):
    frame = items.assign(w=[1.0, np.nan, 1.0, 1.0])
    survey = cx.Survey.from_frame(
        frame, outcome="grade", drivers=["fast"], weight="w", required=("w",)
    )
    np.testing.assert_array_equal(survey.weights, [1, 1, 1])


def test_a_required_column_that_is_blank_everywhere_is_said(items: pd.DataFrame):
    message = r"No row is left: in all 4 rows one of the required columns 'user' is blank"
    with pytest.raises(cx.SurveyError, match=message):
        cx.Survey.from_frame(
            items.assign(user=None), outcome="grade", drivers=["fast"], required=("user",)
        )


@pytest.mark.parametrize("head", ["", '[file]\ndecimal = ","\n'], ids=["found", "declared"])
def test_three_decimals_beside_a_code_in_words_are_no_thousands(tmp_path: Path, head: str):
    """The grade shows that the file writes decimal commas, so 7,333 is a little over seven."""
    rows = ["7,333;7,5", "n.v.t.;8,5", "6,667;6,5"]
    (tmp_path / "client.csv").write_text("\n".join(["friendly;grade", *rows, ""]), "utf-8")
    codebook = tmp_path / "client.toml"
    codebook.write_text(
        f'{head}[outcome]\nitems = ["grade"]\n'
        '[drivers.empathy]\nitems = ["friendly"]\nnot_applicable = ["n.v.t."]\n',
        "utf-8",
    )
    survey = cx.read_survey(tmp_path / "client.csv", codebook=codebook)
    np.testing.assert_array_equal(survey.scores["empathy"], [7.333, np.nan, 6.667])


def test_without_drivers_every_other_column_is_one(items: pd.DataFrame):
    frame = items.assign(w=1.0)
    found = cx.Survey.from_frame(frame, outcome="grade", weight="w")
    assert set(found.drivers) == {*items.columns} - {"grade", "w"}


def test_it_says_what_it_is(survey: cx.Survey):
    found = len(survey.found)
    assert repr(survey) == f"Survey of data frame: 4 respondents, 2 drivers, {found} findings"
    html = survey._repr_html_()
    assert html.startswith("<p>Survey of data frame")
    assert html.count("<tr") == 4
    assert survey.headline("nl").endswith(f"4 respondenten, 2 drivers, {found} bevindingen")


def test_it_is_frozen(survey: cx.Survey):
    with pytest.raises(AttributeError):
        survey.frame = survey.frame.head(2)  # type: ignore[misc]


def test_a_name_that_is_no_driver_s_column_may_stand_twice():
    """Two columns called 'remarks' are no trouble as long as nobody asks for one."""
    frame = pd.concat([answers(), answers()[[]].assign(x=1), answers()[[]].assign(x=2)], axis=1)
    assert survey_of(frame).drivers == ("reliability", "empathy", "customer_focus")


def test_one_driver_given_as_text_is_that_driver():
    survey = cx.Survey.from_frame(answers(), outcome="satisfaction", drivers="empathy")
    assert survey.drivers == ("empathy",)


def test_one_item_given_as_text_is_that_item():
    survey = cx.Survey.from_frame(answers(), outcome="satisfaction", drivers={"warm": "empathy"})
    assert survey.codebook.drivers[0].items == ("empathy",)


def test_findings_in_a_language_that_is_not_there_are_refused():
    with pytest.raises(
        cx.CxError, match=r"Language 'de' is not available\. Choose one of 'en', 'nl'"
    ):
        survey_of(answers().assign(empathy=7.0)).findings("de")


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1, np.nan, 1, 1], r"The weight 'w' is missing in 1 row"),
        ([1, -1, 1, 1], r"The weight 'w' is negative in 1 row"),
        ([0, 0, 0, 0], r"The weight 'w' is zero in every row"),
        ([1, np.inf, 1, 1], r"The weight 'w' is infinite in 1 row"),
        ([1, 1e300, 1, 1], r"The weight 'w' is larger than 10\^100 or closer to zero than 10\^-1"),
        ([1, 1, 1e-300, 1], r"closer to zero than 10\^-100 in 1 row"),
    ],
)
def test_weights_that_cannot_be_are_refused(items: pd.DataFrame, weights, message: str):
    survey = cx.Survey.from_frame(
        items.assign(w=weights), outcome="grade", drivers=["fast"], weight="w"
    )
    with pytest.raises(cx.SurveyError, match=message):
        _ = survey.weights


def test_a_survey_of_some_rows_has_their_answers_and_leaves_the_whole_as_it_was(survey, items):
    met = survey.of_rows(~survey.not_applicable["empathy"].to_numpy())
    assert list(met.frame.index) == [10, 20, 40]
    assert met.weights.tolist() == [1.0, 2.0, 1.0]
    assert met.codebook is survey.codebook
    assert len(survey.frame) == len(items)


def test_a_survey_of_no_rows_is_refused(survey):
    with pytest.raises(cx.SurveyError, match="has no rows"):
        survey.of_rows(np.zeros(4, bool))
