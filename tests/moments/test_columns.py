"""Tests of `cxdrivers.moments.columns`: factors, items, interactions and controls."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.moments.design import design_of
from cxdrivers.survey.survey import Survey
from tests.samples import answers


def channels(n: int = 300) -> pd.DataFrame:
    """Return answers with a channel that goes with the grade."""
    frame = answers(n=n)
    channel = np.array(["mail", "phone", "phone", "chat"])[np.arange(n) % 4]
    frame["satisfaction"] += np.where(channel == "chat", -1.5, 0.0)
    return frame.assign(channel=channel)


def survey(frame: pd.DataFrame, *questions: cx.Question) -> Survey:
    codebook = cx.Codebook(
        outcome=cx.Question("satisfaction", ("satisfaction",)), drivers=tuple(questions)
    )
    return Survey(frame, codebook)


RELIABILITY = cx.Question("reliability", ("reliability",))
EMPATHY = cx.Question("empathy", ("empathy",))
CHANNEL = cx.Question("channel", ("channel",), kind="factor")


def r_squared(outcome: pd.Series, *columns: np.ndarray) -> float:
    x = np.column_stack([np.ones(len(outcome)), *columns])
    residual = outcome - x @ np.linalg.lstsq(x, outcome, rcond=None)[0]
    return float(1 - residual.var() / outcome.var())


def test_a_factor_is_a_column_for_every_category_but_the_most_frequent():
    design = design_of(survey(channels(), RELIABILITY, CHANNEL))
    assert design.terms == ("rating", "chat", "mail")
    assert design.groups == ((0,), (1, 2))
    np.testing.assert_array_equal(design.columns[:4, 1:], [[0, 1], [0, 0], [0, 0], [1, 0]])


def test_the_categories_of_a_factor_share_one_weight_and_have_a_coefficient_each():
    frame = channels()
    found = survey(frame, RELIABILITY, CHANNEL)
    weights = cx.driver_weights(found, adjusted=False, n_boot=0)
    dummies = [(frame["channel"] == name).to_numpy(float) for name in ("chat", "mail")]
    whole = r_squared(frame["satisfaction"], frame["reliability"], *dummies)
    alone = r_squared(frame["satisfaction"], frame["reliability"])
    channel = r_squared(frame["satisfaction"], *dummies)
    assert weights.estimate[1] == pytest.approx((channel + whole - alone) / 2)
    tidy = cx.fit_satisfaction(found).tidy()
    assert tidy["term"].tolist() == ["rating", "chat", "mail"]
    assert tidy.loc[1, "estimate"] == pytest.approx(-1.5, abs=0.5)
    assert np.isnan(weights.tidy().loc[1, "effect"])
    assert weights.tidy().loc[1, "own_p_value"] < 0.001


def test_a_categorical_column_of_a_data_frame_is_a_factor_by_itself():
    frame = channels().astype({"channel": "category"})
    found = Survey.from_frame(
        frame, outcome="satisfaction", drivers=["reliability", "channel"], scale=(0, 20)
    )
    assert design_of(found).terms == ("rating", "chat", "mail")


def test_a_category_that_means_no_answer_leaves_the_row_out():
    frame = channels()
    frame.loc[:9, "channel"] = "weet niet"
    question = cx.Question("channel", ("channel",), kind="factor", dont_know=("weet niet",))
    assert design_of(survey(frame, RELIABILITY, question)).base.n == 290


def test_items_count_by_themselves_and_share_one_weight():
    frame = answers()
    people = cx.Question("people", ("reliability", "empathy"), kind="items")
    focus = cx.Question("customer_focus", ("customer_focus",))
    weights = cx.driver_weights(survey(frame, people, focus), adjusted=False, n_boot=0)
    both = r_squared(frame["satisfaction"], frame["reliability"], frame["empathy"])
    whole = r_squared(
        frame["satisfaction"], frame["reliability"], frame["empathy"], frame["customer_focus"]
    )
    alone = r_squared(frame["satisfaction"], frame["customer_focus"])
    assert weights.estimate[0] == pytest.approx((both + whole - alone) / 2)


def test_an_interaction_is_the_product_and_enters_after_its_two_drivers():
    frame = answers(n=400)
    centred = frame[["reliability", "empathy"]] - frame[["reliability", "empathy"]].mean()
    frame["satisfaction"] += 0.5 * centred.prod(axis=1)
    both = cx.Question("both", interaction=("reliability", "empathy"))
    found = survey(frame, RELIABILITY, EMPATHY, both)
    weights = cx.driver_weights(found, adjusted=False, n_boot=50)
    mains = r_squared(frame["satisfaction"], frame["reliability"], frame["empathy"])
    whole = r_squared(
        frame["satisfaction"], frame["reliability"], frame["empathy"], centred.prod(axis=1)
    )
    assert weights.estimate[2] == pytest.approx(whole - mains)
    assert weights.estimate.sum() == pytest.approx(whole)
    assert "Reliability × Empathy" in weights.table()["driver"].tolist()


def test_a_control_is_in_every_model_and_has_no_weight():
    frame = channels()
    found = survey(frame, RELIABILITY, EMPATHY)
    weights = cx.driver_weights(found, always=["channel"], adjusted=False, n_boot=50)
    dummies = [(frame["channel"] == name).to_numpy(float) for name in ("chat", "mail")]
    base = r_squared(frame["satisfaction"], *dummies)
    whole = r_squared(frame["satisfaction"], frame["reliability"], frame["empathy"], *dummies)
    assert weights.estimate.sum() == pytest.approx(whole - base)
    tidy = cx.fit_satisfaction(found, always=["channel"]).tidy()
    assert tidy["term"].tolist() == ["rating", "rating", "control", "control"]
    assert tidy["driver"].tolist()[2:] == ["channel", "channel"]


def test_rows_with_a_blank_control_are_left_out_and_counted():
    frame = channels()
    frame.loc[:4, "channel"] = None
    found = survey(frame, RELIABILITY)
    design = design_of(found, always=["channel"])
    assert design.base.n == 295
    assert design.base.no_control.sum() == 5
    assert found.base.n == 300


def test_a_control_that_is_not_there_is_refused_with_the_nearest_name():
    with pytest.raises(cx.FitError, match=r"'chanel' is no column .* Did you mean 'channel'\?"):
        design_of(survey(channels(), RELIABILITY), always=["chanel"])


def test_a_driver_cannot_be_a_control_as_well():
    with pytest.raises(cx.FitError, match="'reliability' is both a control and an item"):
        design_of(survey(channels(), RELIABILITY), always=["reliability"])


def test_a_numeric_control_is_one_column():
    frame = answers().assign(minutes=np.arange(300) % 17)
    design = design_of(survey(frame, RELIABILITY), always=["minutes"])
    assert design.controls == {"minutes": (1,)}
    np.testing.assert_array_equal(design.columns[:, 1], frame["minutes"])


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"items": ("a", "b"), "kind": "factor"}, "'q' is a factor, which is one column"),
        ({"items": ("a",), "kind": "factr"}, r"kind of 'q' is 'factr'\. Did you mean 'factor'\?"),
        ({"interaction": ("a",)}, "'q' must be the interaction of two different drivers"),
        ({"items": ("a",), "interaction": ("a", "b")}, "and have no items of its own"),
    ],
)
def test_a_question_that_cannot_be_is_refused(fields, message):
    with pytest.raises(cx.SurveyError, match=message):
        cx.Question("q", **fields)


def test_an_interaction_with_a_driver_that_is_not_there_is_refused():
    both = cx.Question("both", interaction=("reliability", "empaty"))
    with pytest.raises(cx.SurveyError, match=r"with 'empaty', .* Did you mean 'empathy'\?"):
        survey(answers(), RELIABILITY, EMPATHY, both)


def test_a_blank_category_is_blank_in_every_column_of_its_factor():
    frame = channels()
    frame.loc[:9, "channel"] = None
    design = design_of(survey(frame, RELIABILITY, CHANNEL), blanks=True)
    assert design.terms == ("rating", "chat", "mail")
    np.testing.assert_array_equal(np.isnan(design.columns).sum(axis=0), [0, 10, 10])
    np.testing.assert_array_equal(design.columns[11, 1:], [1, 0])


def test_of_items_that_count_by_themselves_only_the_blank_ones_are_estimated():
    frame = answers()
    frame.loc[:9, "empathy"] = np.nan
    people = cx.Question("people", ("reliability", "empathy"), kind="items")
    focus = cx.Question("customer_focus", ("customer_focus",))
    design = design_of(survey(frame, people, focus), blanks=True)
    np.testing.assert_array_equal(np.isnan(design.columns).sum(axis=0), [0, 10, 0])
    np.testing.assert_array_equal(design.columns[:10, 0], frame.loc[:9, "reliability"])
    assert design.n_rated.tolist() == [290, 300]


def test_an_interaction_is_blank_where_one_of_its_drivers_is():
    frame = answers()
    frame.loc[:9, "reliability"] = np.nan
    frame.loc[5:14, "empathy"] = np.nan
    both = cx.Question("both", interaction=("reliability", "empathy"))
    focus = cx.Question("customer_focus", ("customer_focus",))
    design = design_of(survey(frame, RELIABILITY, EMPATHY, focus, both), blanks=True)
    assert design.base.n == 300
    np.testing.assert_array_equal(np.flatnonzero(np.isnan(design.columns[:, 3])), np.arange(15))


def test_what_those_who_answered_all_said_alike_has_no_column_with_blanks_either():
    frame = answers().assign(empathy=7.0)
    frame.loc[:9, "empathy"] = np.nan
    focus = cx.Question("customer_focus", ("customer_focus",))
    design = design_of(survey(frame, RELIABILITY, EMPATHY, focus), blanks=True)
    assert design.groups == ((0,), (), (1,))
    assert not design.has_blanks
