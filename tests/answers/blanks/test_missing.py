"""Tests of `answers.blanks.missing` and the result it gives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.blanks.missing import compare_missing, missing_of, policies_of
from cxdrivers.answers.blanks.missing_result import COLUMNS, MissingComparison
from tests.samples import answers, survey_of


def blank_frame(n: int = 240) -> pd.DataFrame:
    """Return answers of which 60 are blank for empathy, 20 for the others, 5 for all three."""
    frame = answers(n=n)
    frame.loc[:59, "empathy"] = np.nan
    frame.loc[50:69, "reliability"] = np.nan
    frame.loc[60:79, "customer_focus"] = np.nan
    frame.loc[100:104, ["reliability", "empathy", "customer_focus"]] = np.nan
    frame.loc[110:119, "empathy"] = -1
    frame.loc[200:202, "satisfaction"] = np.nan
    return frame


def blank_survey(**fields: Any) -> cx.Survey:
    return survey_of(blank_frame(), not_applicable=[-1], **fields)


@pytest.fixture(scope="module")
def comparison() -> MissingComparison:
    return compare_missing(blank_survey(), n_boot=60, seed=7)


def test_policies_are_those_that_fit_the_kind():
    assert policies_of("linear") == ("em", "imputation", "listwise")
    assert policies_of("top_box") == policies_of("ordinal") == ("imputation", "listwise")


def test_every_policy_has_a_row_for_every_driver(comparison: MissingComparison):
    table = comparison.tidy()
    assert list(table.columns) == list(COLUMNS)
    assert table["policy"].value_counts().to_dict() == {"em": 3, "imputation": 3, "listwise": 3}
    assert table.groupby("policy")["share"].sum().tolist() == pytest.approx([1, 1, 1])


@pytest.mark.parametrize("policy", ["em", "imputation", "listwise"])
def test_a_policy_has_the_weights_that_driver_weights_gives(comparison, policy: str):
    weights = cx.driver_weights(blank_survey(), missing=policy, n_boot=60, seed=7).tidy()
    found = comparison.tidy().query("policy == @policy").reset_index(drop=True)
    shared = [name for name in COLUMNS if name != "policy"]
    pd.testing.assert_frame_equal(found[shared], weights[shared], check_exact=True)


def test_what_became_of_every_question_is_counted(comparison: MissingComparison):
    """Of the 237 with a grade; five answered nothing and are never used."""
    table = comparison.answers().set_index("driver")
    assert table.loc["reliability"].tolist() == [212, 0, 25, 20]
    assert table.loc["empathy"].tolist() == [162, 10, 65, 60]
    assert table.loc["customer_focus"].tolist() == [212, 0, 25, 20]
    assert (table[["answered", "not_applicable", "blank"]].sum(axis=1) == 237).all()


def test_what_is_estimated_is_what_the_rows_of_the_weights_have_estimated(comparison):
    base = comparison.weights["em"].model.design.base
    assert comparison.answers().set_index("driver")["estimated"].to_dict() == base.estimated


def test_the_rows_of_every_policy_are_counted(comparison: MissingComparison):
    table = comparison.rows().set_index("policy")
    assert table["n"].to_dict() == {"em": 232, "imputation": 232, "listwise": 152}
    assert table["lost"].to_dict() == {"em": 5, "imputation": 5, "listwise": 85}
    for policy, weights in comparison.weights.items():
        assert table.loc[policy, "n"] == weights.n


def test_an_interaction_is_no_question_and_has_no_answers():
    questions = [cx.Question(name, (name,)) for name in ("reliability", "empathy")]
    codebook = cx.Codebook(
        outcome=cx.Question("satisfaction", ("satisfaction",)),
        drivers=(*questions, cx.Question("both", interaction=("reliability", "empathy"))),
    )
    frame = blank_frame().replace(-1, np.nan)
    comparison = compare_missing(cx.Survey(frame, codebook), n_boot=0)
    assert comparison.answers()["driver"].tolist() == ["reliability", "empathy"]
    assert "Reliability × Empathy" in comparison.table().iloc[:, 0].tolist()
    assert comparison.table().set_index("driver").loc["Reliability × Empathy", "blank"] == "–"


def test_a_row_without_a_voice_is_counted_nowhere():
    survey = survey_of(
        blank_frame().assign(w=np.where(np.arange(240) < 10, 0.0, 1.0)),
        not_applicable=[-1],
        weight="w",
    )
    comparison = compare_missing(survey, n_boot=0)
    assert comparison.answers().set_index("driver").loc["empathy", "blank"] == 55
    assert comparison.rows()["n"].tolist() == [222, 222, 152]


def test_the_other_kinds_have_the_policies_of_their_own():
    comparison = compare_missing(blank_survey(), kind="top_box", threshold=7, n_boot=0)
    assert list(comparison.weights) == ["imputation", "listwise"]
    assert comparison.weights["listwise"].settings.threshold == 7
    assert comparison.rows()["n"].tolist() == [232, 152]


def test_the_table_is_in_the_order_of_the_first_policy_with_intervals(comparison):
    table = comparison.table()
    assert list(table.columns) == [
        "driver", "blank", "share by EM (95\xa0%)", "share by imputation (95\xa0%)",
        "share by complete rows (95\xa0%)",
    ]  # fmt: skip
    ranked = comparison.weights["em"].table()
    assert table["driver"].tolist() == ranked["driver"].tolist()
    assert table["blank"].tolist() == ["25", "65", "25"]
    share, interval = ranked[["share", "95\xa0%"]].iloc[0]
    assert table.iloc[0, 2] == f"{share} ({interval})"
    dutch = comparison.table("nl").columns
    assert list(dutch)[1:3] == ["leeg", "aandeel volgens EM (95\xa0%)"]


def test_without_resamples_there_are_shares_and_no_intervals():
    comparison = compare_missing(blank_survey(), n_boot=0)
    assert comparison.table().iloc[0, 2].endswith("\xa0%")
    assert comparison.footer() == "no resamples"
    assert comparison.footer("nl") == "geen hertrekkingen"


def test_where_nothing_may_be_explained_parts_are_shown_in_place_of_shares():
    frame = blank_frame().assign(satisfaction=np.random.default_rng(2).normal(7, 1, 240))
    comparison = compare_missing(survey_of(frame, not_applicable=[-1]), n_boot=60)
    assert comparison.table().columns[2] == "part of all differences by EM (95\xa0%)"
    assert "differ most" not in comparison.summary()


def test_the_same_seed_gives_the_same_table(comparison: MissingComparison):
    again = compare_missing(blank_survey(), n_boot=60, seed=7)
    pd.testing.assert_frame_equal(again.tidy(), comparison.tidy(), check_exact=True)


def test_weights_that_were_made_already_are_compared_as_they_are(comparison: MissingComparison):
    weights = comparison.weights["em"]
    found = missing_of(blank_survey(), weights)
    assert found.weights["em"] is weights
    pd.testing.assert_frame_equal(found.tidy(), comparison.tidy(), check_exact=True)


def test_weights_of_other_resamples_are_compared_with_weights_of_the_same():
    survey = survey_of(
        blank_frame().assign(team=np.arange(240) // 10), not_applicable=[-1], cluster="team"
    )
    weights = cx.driver_weights(survey, n_boot=20).resampled("respondents")
    found = missing_of(survey, weights)
    footers = {one.footer().split("resamples of ")[1] for one in found.weights.values()}
    assert {footer.split(",")[0] for footer in footers} == {"respondents"}


def test_moments_have_no_rows_and_are_refused():
    moments = cx.Moments.from_covariance(np.eye(3) + 0.3, n=100)
    with pytest.raises(cx.FitError, match="needs the rows of a survey"):
        missing_of(blank_survey(), cx.driver_weights(moments))
    with pytest.raises(cx.FitError, match="asked of each respondent's answers, and these are mom"):
        compare_missing(moments)  # type: ignore[arg-type]


def test_complete_rows_that_are_too_few_are_left_out_with_the_reason():
    frame = answers(n=120)
    for place, driver in enumerate(("reliability", "empathy", "customer_focus")):
        frame.loc[place:116:3, driver] = np.nan
    comparison = compare_missing(survey_of(frame), n_boot=0)
    assert list(comparison.left_out) == ["listwise"]
    assert set(comparison.tidy()["policy"]) == {"em", "imputation"}
    assert comparison.rows().set_index("policy").loc["listwise", "n"] == 3
    said = comparison.summary()
    assert "There are no weights by complete rows. 3 usable rows are too few for 3" in said
    dutch = comparison.summary("nl")
    assert "Er zijn geen gewichten volgens volledige rijen. 3 bruikbare rijen" in dutch


def test_when_no_policy_gives_weights_the_first_error_is_raised():
    frame = answers(n=4)
    with pytest.raises(cx.FitError, match="4 usable rows are too few for 3 columns"):
        compare_missing(survey_of(frame), n_boot=0)


@pytest.mark.parametrize(
    ("fields", "message"),
    [({"n_boot": 1}, "n_boot is 1"), ({"kind": "lineer"}, "Did you mean 'linear'")],
)
def test_settings_that_cannot_be_are_refused(fields: dict[str, Any], message: str):
    with pytest.raises(cx.FitError, match=message):
        compare_missing(blank_survey(), **fields)


def test_a_survey_that_must_be_mended_first_is_refused():
    frame = blank_frame().assign(ivr_menu=lambda table: table["reliability"])
    with pytest.raises(cx.SurveyError):
        compare_missing(survey_of(frame, not_applicable=[-1]), n_boot=0)


def test_it_reads_well_in_a_notebook(comparison: MissingComparison):
    assert "<table" in comparison._repr_html_()
    assert repr(comparison).splitlines()[0].split()[:3] == ["driver", "blank", "share"]
    assert "60 resamples by each policy, seed 7" in repr(comparison)


def test_the_survey_stays_as_it_was():
    frame = blank_frame()
    before = frame.copy(deep=True)
    compare_missing(survey_of(frame, not_applicable=[-1]), n_boot=0)
    pd.testing.assert_frame_equal(frame, before)


def test_six_drivers_of_a_bank_stand_in_one_table_by_every_policy(shared_file):
    frame = pd.read_csv(shared_file("data/flip_bank.csv"))
    names = ("Overall", "Fees", "Interest", "Phone", "Branch", "Online", "ATM")
    outcome, *drivers = (cx.Question(name, (name,), scale=(1, 7)) for name in names)
    codebook = cx.Codebook(
        outcome=outcome, drivers=tuple(drivers), weight="weight", cluster="ID",
        required=("weight", "ID"),
    )  # fmt: skip
    comparison = compare_missing(cx.Survey(frame, codebook), n_boot=20)
    assert comparison.rows()["n"].tolist() == [696, 696, 244]
    counts = comparison.answers().set_index("driver")["blank"]
    assert counts.to_dict() == {
        "Fees": 33, "Interest": 41, "Phone": 32, "Branch": 384, "Online": 34, "ATM": 36
    }  # fmt: skip
    assert comparison.table().shape == (6, 5)
    assert "Branch by EM and imputation; Phone by complete rows" in comparison.summary()


def test_em_is_not_resampled_where_blanks_lie_in_many_patterns(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("cxdrivers.answers.blanks.missing.MOST_PATTERNS", 3)
    found = compare_missing(blank_survey(), n_boot=20, seed=7)
    em = found.tidy().query("policy == 'em'")
    assert em["share_low"].isna().all()
    assert em["share"].sum() == pytest.approx(1)
    assert found.tidy().query("policy != 'em'")["share_low"].notna().all()
    assert "no intervals by EM" in found.summary()
