"""Tests of `answers.advocacy.recommendation`, its result and what it says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

import cxdrivers as cx
from cxdrivers.answers.advocacy.recommendation import recommendation_curve
from cxdrivers.answers.advocacy.recommendation_result import RecommendationCurve
from cxdrivers.errors import CxError, FitError
from tests.answers.advocacy.scored_surveys import scored, scored_survey

PUBLISHED = "36\xa0% of those who gave a 10 really recommended and 14\xa0% of those who gave a 7"


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return scored()


@pytest.fixture(scope="module")
def curve(frame) -> RecommendationCurve:
    return recommendation_curve(scored_survey(frame), n_boot=200)


def of(frame, n_boot=50, threshold=None, move=0.1, **fields) -> RecommendationCurve:
    survey = scored_survey(frame, **fields)
    return recommendation_curve(survey, n_boot=n_boot, threshold=threshold, move=move)


def test_the_share_that_recommended_is_told_at_every_score_with_a_curve_that_rises(curve, frame):
    table = curve.tidy()
    given = table[table["n"] > 0].set_index("score")
    by_score = frame.groupby("grade")["did"]
    np.testing.assert_allclose(given["estimate"], by_score.mean())
    np.testing.assert_array_equal(given["yes"], by_score.sum())
    assert (np.diff(given["isotonic"]) >= 0).all()
    assert table.loc[table["n"] == 0, ["estimate", "isotonic"]].isna().all().all()


def test_tens_stand_beside_sevens_and_both_beside_what_was_published(curve, frame):
    contrast = curve.against.contrast
    assert contrast.first.estimate == pytest.approx(frame["did"][frame["grade"] == 10].mean())
    assert contrast.second.estimate == pytest.approx(frame["did"][frame["grade"] == 7].mean())
    said = curve.sentences()
    assert (
        said[0]
        == curve.headline()
        == (
            "Of those who give a 10, 45\xa0% (33–57\xa0%) really recommended, and of those who give"
            " a 7, 14\xa0% (9–22\xa0%): a difference of 30.4 [16.5, 43.4] percentage points"
            " (95\xa0% interval)."
        )
    )
    assert said[1].startswith("Those who give a 10 recommended 3.10 [1.81, 5.32] times as often")
    assert "5.66 or more (E-value; 3.03 for the end" in said[2]
    assert PUBLISHED in said[3]
    assert "22 percentage points and 2.57 times as many" in said[3]
    assert said[-1].startswith("This is an association")


def test_the_sentences_are_the_same_in_dutch(curve):
    dutch = curve.sentences("nl")
    assert len(dutch) == len(curve.sentences())
    assert dutch[0].startswith("Van wie een 10 geeft, heeft 45\xa0% (33–57\xa0%) echt aanbevolen")
    assert "36\xa0% van wie een 10 gaf beval echt aan" in curve.summary("nl")
    assert dutch[-1].startswith("Dit is een samenhang")


def test_all_comparisons_are_in_one_table(curve):
    table = curve.comparisons()
    assert table[["comparison", "measure"]].to_numpy().tolist() == [
        ["high_against_low", "difference"],
        ["high_against_low", "ratio"],
        ["high_against_low", "odds_ratio"],
        ["high_against_low", "e_value"],
        ["highest", "difference"],
        ["move", "extra_per_1000"],
    ]
    assert table["estimate"].notna().all()


def test_whoever_would_recommend_stands_beside_who_did(frame):
    found = of(frame, would_recommend="wish")
    promoters = frame["wish"] >= 9
    did = frame["did"] == 1
    crossed = found.crossed().set_index(["would", "did"])["n"]
    assert crossed[1, 1] == int((promoters & did).sum())
    assert crossed[1, 0] == int((promoters & ~did).sum())
    assert crossed.sum() == 600
    assert found.intention.did[0].estimate == pytest.approx(did[promoters].mean())
    said = found.summary()
    assert f"(n = {int(promoters.sum())})" in said
    assert "Of those who say they would recommend," in said
    assert "Of all others," in said
    assert f"{int((did & ~promoters).sum())} were not among those who say they would" in said
    assert "Van wie zegt te zullen aanbevelen" in found.summary("nl")


def test_without_both_questions_nothing_is_said_of_intentions(frame, curve):
    assert curve.intention is None
    assert curve.crossed().empty
    apart = frame.copy()
    apart.loc[:299, "did"] = np.nan
    apart.loc[300:, "wish"] = np.nan
    found = of(apart, would_recommend="wish")
    assert "Nobody answered both whether they would recommend" in found.summary()
    assert "Niemand gaf antwoord op zowel" in found.summary("nl")


def test_when_everybody_would_recommend_there_are_no_others_to_speak_of(frame):
    found = of(frame.assign(wish=10), would_recommend="wish")
    assert found.intention.did[1] is None
    assert "Of all others" not in found.summary()


@pytest.mark.parametrize(
    ("did", "english", "dutch"),
    [
        (0, "None of the 600 customers of whom it is known recommended", "Geen van de 600"),
        (1, "All 600 customers of whom it is known recommended", "Alle 600 klanten"),
    ],
)
def test_when_nobody_or_everybody_recommended_it_is_said_once(frame, did, english, dutch):
    found = of(frame.assign(did=did))
    assert found.headline().startswith(english)
    assert found.headline("nl").startswith(dutch)
    assert found.summary().count(english) == 1
    assert "cannot be told" not in found.summary()
    assert found.comparisons().empty
    assert set(found.tidy()["isotonic"].dropna()) == {float(did)}


def test_three_recommenders_are_too_few_for_a_shape_and_their_ratio_is_mended(frame):
    few = frame.assign(did=0.0)
    few.loc[few[few["grade"] == 10].index[:3], "did"] = 1.0
    found = of(few)
    assert "is not shown" in found.headline()
    said = found.summary()
    assert "cannot be told. Only 3 of the 600 customers recommended, and it takes 10." in said
    assert "half a respondent was added to each" in said
    assert "E-value" not in said
    assert "Maar 3 van de 600 klanten hebben aanbevolen" in found.summary("nl")
    most = of(frame.assign(did=1 - few["did"]))
    assert "Only 3 of the 600 customers did not recommend" in most.summary()
    assert "fewer really recommended" not in most.headline()


def test_a_highest_score_with_fewer_recommenders_is_said(frame):
    found = of(frame.assign(did=1 - frame["did"]))
    assert found.headline().startswith("Of those who give a 10, fewer really recommended")
    assert "a difference of 30.4 [16.5, 43.4]" in found.headline()
    assert "minder echt aanbevolen" in found.headline("nl")


def test_a_score_that_nobody_gave_is_named_and_not_compared_with(frame):
    no_seven = of(frame[frame["grade"] != 7])
    assert no_seven.headline().startswith("Nobody gave a score of 7")
    assert "Nobody gave these scores: 1 and 7." in no_seven.summary()
    no_ten = of(frame[frame["grade"] < 10])
    assert no_ten.headline().startswith("Nobody gave a score of 10")
    assert "Niemand gaf een 10." in no_ten.summary("nl")
    assert "moved to a 9 or 10" in no_ten.summary()


def test_one_score_only_leaves_its_share_and_says_what_is_missing(frame):
    found = of(frame.assign(grade=8.0))
    table = found.tidy()
    assert table.loc[table["n"] > 0, "estimate"].tolist() == [frame["did"].mean()]
    assert "It takes at least 3 different scores, and there is only 1." in found.summary()
    assert found.comparisons().empty


def test_on_another_scale_the_highest_is_held_against_the_last_below_the_top_box(frame):
    five = frame.assign(grade=np.clip(np.round(frame["grade"] / 2), 1, 5))
    found = of(five, scale=(1, 5))
    assert found.headline().startswith("Of those who give a 5,")
    assert "of those who give a 3," in found.headline()
    assert "moved to a 5, that would go with" in found.summary()
    assert "Klantvriendelijkste" not in found.summary("nl")
    alone = of(five[five["grade"] >= 4], scale=None, threshold=4)
    assert alone.headline() == (
        "Nobody gave a score below the top box (4 or higher), so there is nothing to compare it"
        " with."
    )
    assert alone.headline("nl").startswith("Niemand gaf een cijfer onder de topbox (4 of hoger)")


def test_who_is_not_known_to_recommend_is_counted(frame):
    blank = frame.copy()
    blank.loc[:99, "did"] = np.nan
    blank.loc[590:, "grade"] = np.nan
    found = of(blank)
    assert (found.n, found.unknown, found.lost) == (490, 100, 10)
    assert "Of 100 of the 590 customers it is not known whether they recommended" in found.summary()
    assert "10 respondents have no usable grade" in found.summary()
    assert "Van 100 van de 590 klanten" in found.summary("nl")


def test_weights_and_clusters_are_used_and_the_same_seed_gives_the_same(frame):
    one, other = (of(frame, weight="weight", cluster="team") for _ in range(2))
    pd.testing.assert_frame_equal(one.comparisons(), other.comparisons())
    tens = frame[frame["grade"] == 10]
    assert one.against.contrast.first.estimate == pytest.approx(
        np.average(tens["did"], weights=tens["weight"])
    )
    assert "resamples of clusters" in one.footer()


def test_it_reads_well_in_a_notebook_and_draws_itself(curve):
    assert "rising curve" in repr(curve).splitlines()[0]
    assert curve.headline() in repr(curve)
    assert "<table" in curve._repr_html_()
    assert "heeft aanbevolen" in curve.table("nl").columns
    assert isinstance(curve.plot(), Axes)


def test_no_text_is_read_for_it(monkeypatch):
    def never(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("cxdrivers.answers.advocacy.advocacy_rows.mention_flags", never)
    assert recommendation_curve(cx.load_example(), n_boot=0).n == 1500


@pytest.mark.parametrize(
    ("fields", "english", "dutch"),
    [
        ({"recommended": None}, "names no column for recommended", "noemt geen kolom"),
        ({"move": 0.0}, "move is 0. It is a part of the customers", "move is 0. Het is een deel"),
        ({"move": 10}, "move is 10.", "move is 10."),
    ],
)
def test_what_it_cannot_work_with_is_refused_with_what_to_do(frame, fields, english, dutch):
    with pytest.raises(CxError) as caught:
        of(frame, **fields)
    assert english in str(caught.value)
    assert dutch in caught.value.say("nl")


def test_a_column_of_recommendation_that_is_blank_is_refused(frame):
    with pytest.raises(FitError) as caught:
        of(frame.assign(did=np.nan))
    assert str(caught.value).startswith("Of none of the 600 respondents with a score is it known")
    assert "hebben aanbevolen" in caught.value.say("nl")
