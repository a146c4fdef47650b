"""What a person reads who brings a survey that cannot be weighed: one trouble a test."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from tests.samples import answers, survey_of


def _refusal(frame: pd.DataFrame, **fields: Any) -> cx.CxError:
    with pytest.raises(cx.CxError) as caught:
        cx.driver_weights(survey_of(frame, **fields), n_boot=10)
    return caught.value


def test_a_misspelt_column_gets_the_nearest_and_what_the_survey_has():
    with pytest.raises(cx.SurveyError) as caught:
        cx.Survey.from_frame(answers(), outcome="satisfacton", drivers=["empathy"])
    assert str(caught.value) == (
        "The codebook names the column 'satisfacton' (satisfacton), but the survey 'data frame' "
        "has no such column. Did you mean 'satisfaction'? It has 'reliability', 'empathy', "
        "'customer_focus', 'satisfaction'."
    )
    assert "Bedoelde u 'satisfaction'?" in caught.value.say("nl")


def test_an_unknown_column_with_nothing_near_gets_no_suggestion():
    with pytest.raises(cx.SurveyError) as caught:
        cx.Survey.from_frame(answers(), outcome="satisfaction", drivers=["Q17"])
    assert "'Q17' (Q17), but the survey 'data frame' has no such column. It has" in str(
        caught.value
    )


@pytest.mark.parametrize("role", ["weight", "cluster", "wave", "verbatim", "recommended"])
def test_an_unknown_column_is_named_with_what_it_was_to_be(role: str):
    with pytest.raises(cx.SurveyError, match=rf"the column 'nowhere' \({role}\), but"):
        survey_of(answers(), **{role: "nowhere"})


def test_two_columns_of_one_name():
    frame = pd.concat([answers(), answers(seed=2)[["empathy"]]], axis=1)
    with pytest.raises(cx.SurveyError) as caught:
        cx.Survey.from_frame(frame, outcome="satisfaction", drivers=["reliability", "empathy"])
    assert str(caught.value) == (
        "The survey has two columns called 'empathy'. Rename one of them: a name must mean one "
        "thing."
    )


def test_no_rows():
    with pytest.raises(cx.SurveyError, match=r"The survey 'data frame' has no rows\. Check that"):
        survey_of(answers().head(0))


def test_no_drivers():
    with pytest.raises(cx.SurveyError, match=r"Name at least one driver"):
        cx.Survey.from_frame(answers(), outcome="satisfaction", drivers=[])


def test_a_text_in_a_rating():
    frame = answers().astype(object)
    frame.loc[[4, 7], "empathy"] = "geen idee"
    frame.loc[9, "empathy"] = "?"
    error = _refusal(frame)
    assert str(error) == (
        "Column 'empathy' holds text that is no number in 3 rows (for example 'geen idee', '?'). "
        "Text that stands for no answer belongs under dont_know or not_applicable in the "
        "codebook; text that is an answer must become a number in the file. Until then nothing "
        "else can be checked."
    )
    assert error.say("nl").startswith("Kolom 'empathy' heeft in 3 rijen tekst die geen getal is")


def test_one_text_in_a_rating_is_one_row():
    frame = answers().astype(object)
    frame.loc[4, "empathy"] = "ok"
    assert "in 1 row (for example 'ok')" in str(_refusal(frame))


def test_a_decimal_comma_read_as_text():
    frame = answers().round(1)
    frame["empathy"] = frame["empathy"].astype(str).str.replace(".", ",")
    error = _refusal(frame)
    assert str(error).startswith(
        "Column 'empathy' holds numbers with a decimal comma as text in 300 rows (for example '"
    )
    assert 'Read the file with decimal=","' in str(error)
    assert "decimale komma" in error.say("nl")


def test_an_outcome_that_nobody_answered():
    error = _refusal(answers().assign(satisfaction=np.nan))
    assert str(error).startswith("'satisfaction' has no answer in any of the 300 rows. Check that")


def test_a_driver_that_nobody_answered():
    error = _refusal(answers().assign(empathy=np.nan))
    assert str(error).startswith("'empathy' has no answer in any of the 300 rows. Check that")
    assert error.say("nl").startswith("'empathy' heeft in geen van de 300 rijen een antwoord.")


def test_an_outcome_that_never_varies():
    error = _refusal(answers().assign(satisfaction=8.5))
    assert str(error) == (
        "The outcome 'satisfaction' is 8.5 in all 300 rows, so there is nothing to explain. Check "
        "that the right column is the outcome."
    )
    assert "is 8,5 in alle 300 rijen" in error.say("nl")


def test_two_identical_drivers():
    error = _refusal(answers().assign(ivr_menu=lambda frame: frame["empathy"]))
    assert str(error) == (
        "Drivers 'empathy' and 'ivr_menu' have the same score in all 300 rows, so what belongs "
        "to one cannot be told from the other. Check for a copied column; if both were really "
        "asked, put them together as items of one driver."
    )


def test_drivers_that_are_tied_together_exactly():
    frame = answers().assign(ivr_menu=lambda table: table["empathy"] + table["reliability"])
    error = _refusal(frame)
    assert isinstance(error, cx.FitError)
    assert str(error).startswith(
        "The drivers 'reliability', 'empathy', 'ivr_menu' are tied together exactly: one can be "
        "computed from the others"
    )


def test_fewer_rows_than_drivers():
    error = _refusal(answers((0.5, 0.4, 0.3, 0.2, 0.1), n=5))
    assert isinstance(error, cx.FitError)
    assert str(error) == (
        "5 usable rows are too few for 5 columns of drivers (0 rows were lost to a blank). Use "
        "fewer drivers, or check whether a blank means “not applicable”."
    )


def test_weights_that_leave_too_few_respondents_say_that_it_is_the_weights():
    frame = answers().assign(w=1.0)
    frame.loc[0, "w"] = 1e6
    error = _refusal(frame, weight="w")
    assert "weight" in str(error)
    assert "300" in str(error)


def test_a_negative_weight():
    frame = answers().assign(w=1.0)
    frame.loc[:1, "w"] = [-0.5, -2.25]
    error = _refusal(frame, weight="w")
    assert str(error).startswith("The weight 'w' is negative in 2 rows (lowest -2.25).")
    assert "remove weight from the codebook" in str(error)


def test_a_missing_weight():
    frame = answers().assign(w=1.0)
    frame.loc[:2, "w"] = np.nan
    error = _refusal(frame, weight="w")
    assert str(error).startswith("The weight 'w' is missing in 3 rows. To leave those rows out")


def test_an_infinite_weight():
    frame = answers().assign(w=1.0)
    frame.loc[0, "w"] = np.inf
    assert "'w'" in str(_refusal(frame, weight="w"))


def test_weights_that_are_all_zero():
    error = _refusal(answers().assign(w=0.0), weight="w")
    assert str(error).startswith("The weight 'w' is zero in every row. Check how the weight was")


def test_some_weights_of_zero_leave_their_rows_out_and_say_so():
    frame = answers().assign(w=1.0)
    frame.loc[:9, "w"] = 0.0
    survey = survey_of(frame, weight="w")
    weights = cx.driver_weights(survey, n_boot=0)
    kept = cx.driver_weights(survey_of(frame.loc[10:].drop(columns="w")), n_boot=0)
    assert weights.n == 290
    np.testing.assert_allclose(weights.estimate, kept.estimate, atol=1e-12)
    [row] = survey.findings().query("check == 'zero_weights'").itertuples()
    assert row.meaning == "The weight 'w' is zero in 10 rows, which are left out."


def test_codes_left_in_a_rating_with_a_scale():
    frame = answers().clip(1, 10)
    frame.loc[:4, "empathy"] = [98, 98, 99, 99, 99]
    error = _refusal(frame, scale=(1, 10))
    assert str(error) == (
        "'empathy' holds '98', '99' in 5 rows, outside the scale 1 to 10. Look up what it means: a "
        "code belongs under not_applicable or dont_know in the codebook; if it is a real answer, "
        "widen the scale."
    )


def test_codes_left_in_a_rating_without_a_scale():
    frame = answers().clip(1, 10)
    frame.loc[:4, "empathy"] = [98, 98, 99, 99, 99]
    error = _refusal(frame)
    assert str(error) == (
        "'empathy' holds '98', '99' in 5 rows, far from all other answers: it looks like a code. "
        "Look up what it means and list it under not_applicable or dont_know in the codebook; if "
        "it is a real answer, give the scale."
    )


def test_a_code_beyond_both_ends_of_a_rating_without_a_scale():
    frame = answers().clip(1, 10)
    frame.loc[:1, "empathy"] = [-1, 99]
    assert "'99'" in str(_refusal(frame))


def test_codes_that_the_codebook_knows_are_no_trouble():
    frame = answers().clip(1, 10)
    frame.loc[:4, "empathy"] = [98, 98, 99, 99, 99]
    survey = survey_of(frame, scale=(1, 10), not_applicable=[98], dont_know=[99])
    assert cx.driver_weights(survey, n_boot=0, missing="listwise").n == 297
    assert cx.driver_weights(survey, n_boot=0).n == 300
