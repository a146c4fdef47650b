"""Tests of `cxdrivers.moments.design`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cxdrivers.errors import FitError, SurveyError
from cxdrivers.moments.design import design_of
from tests.samples import answers, survey_of


def test_without_gaps_the_columns_are_the_scores_in_the_order_of_the_codebook():
    frame = answers()
    design = design_of(survey_of(frame))
    np.testing.assert_array_equal(design.columns, frame.iloc[:, :3])
    np.testing.assert_array_equal(design.outcome, frame["satisfaction"])
    assert design.groups == ((0,), (1,), (2,))
    assert design.weights is None
    assert design.cluster is None


def test_a_driver_that_did_not_apply_to_some_is_a_pair_of_columns():
    frame = answers()
    frame.loc[:99, "empathy"] = -1
    design = design_of(survey_of(frame, not_applicable=[-1]))
    rated = frame.loc[100:, "empathy"]
    assert design.groups == ((0,), (1, 2), (3,))
    assert design.terms == ("rating", "rating", "not_applicable", "rating")
    np.testing.assert_array_equal(design.columns[:, 2], [1.0] * 100 + [0.0] * 200)
    np.testing.assert_array_equal(design.columns[:100, 1], np.zeros(100))
    np.testing.assert_allclose(design.columns[100:, 1], rated - rated.mean(), atol=1e-12)
    np.testing.assert_array_equal(design.n_rated, [300, 200, 300])


def test_the_pair_is_centred_at_the_weighted_mean_of_those_to_whom_it_applies():
    frame = answers().assign(w=np.arange(300) % 3 + 1.0)
    frame.loc[:99, "empathy"] = -1
    design = design_of(survey_of(frame, not_applicable=[-1], weight="w"))
    assert np.average(design.columns[100:, 1], weights=frame.loc[100:, "w"]) == pytest.approx(0)


def test_rows_with_a_gap_or_without_a_voice_are_left_out_together_everywhere():
    frame = answers().assign(w=1.0, team=np.arange(300) // 30)
    frame.loc[0, "satisfaction"] = np.nan
    frame.loc[1, "empathy"] = np.nan
    frame.loc[2, "w"] = 0.0
    design = design_of(survey_of(frame, weight="w", cluster="team"))
    np.testing.assert_array_equal(design.outcome, frame.loc[3:, "satisfaction"])
    assert design.columns.shape == (297, 3)
    assert design.weights is not None
    assert design.cluster is not None
    assert design.weights.shape == design.cluster.shape == (297,)
    assert design.base.n == 297


def test_clusters_are_numbered_and_texts_serve_as_well():
    frame = answers().assign(team=["west", "east", "north"] * 100)
    design = design_of(survey_of(frame, cluster="team"))
    assert design.cluster is not None
    numbers = pd.Series(design.cluster).groupby(frame["team"]).unique()
    assert sorted(int(found[0]) for found in numbers) == [0, 1, 2]
    assert all(len(found) == 1 for found in numbers)


def test_a_driver_that_never_varies_has_no_column():
    design = design_of(survey_of(answers().assign(empathy=7.1)))
    assert design.groups == ((0,), (), (1,))
    assert design.terms == ("rating", "rating")
    assert design.columns.shape == (300, 2)
    np.testing.assert_array_equal(design.n_rated, [300, 300, 300])


def test_drivers_of_which_none_varies_have_no_columns_at_all():
    design = design_of(survey_of(answers((0.5,)).assign(reliability=7.1)))
    assert design.groups == ((),)
    assert design.columns.shape == (300, 0)


@pytest.mark.parametrize("rating", [7.0, 7.1, 19 / 3, 44 / 7])
def test_a_rating_that_is_the_same_for_all_it_applies_to_has_only_its_mark(rating: float):
    """Its mean may be one rounding step beside it, and the rest must not pass for a spread."""
    frame = answers()
    frame["empathy"] = rating
    frame.loc[:150, "empathy"] = -1
    design = design_of(survey_of(frame, not_applicable=[-1]))
    assert design.groups == ((0,), (1,), (2,))
    assert design.terms == ("rating", "not_applicable", "rating")


def test_a_driver_that_applied_to_nobody_who_is_used_has_no_column():
    frame = answers()
    frame["empathy"] = -1.0
    frame.loc[:9, "empathy"] = 7.0
    frame.loc[:9, "satisfaction"] = np.nan
    design = design_of(survey_of(frame, not_applicable=[-1]))
    assert design.groups == ((0,), (), (1,))
    np.testing.assert_array_equal(design.n_rated, [290, 0, 290])


def test_a_missing_cluster_is_refused():
    frame = answers().assign(team=np.arange(300) // 30)
    frame.loc[[3, 4], "team"] = np.nan
    with pytest.raises(
        FitError, match=r"The cluster 'team' is missing in 2 rows .* leave those rows out"
    ):
        design_of(survey_of(frame, cluster="team"))


def test_a_missing_cluster_of_a_row_that_is_not_used_does_no_harm():
    frame = answers().assign(team=np.arange(300) // 30)
    frame.loc[3, ["team", "satisfaction"]] = np.nan
    assert design_of(survey_of(frame, cluster="team")).base.n == 299


def test_one_cluster_is_refused():
    frame = answers().assign(team="west")
    with pytest.raises(FitError, match=r"All rows belong to the one cluster 'west' of 'team'"):
        design_of(survey_of(frame, cluster="team"))


def test_a_finding_that_must_be_mended_first_stops_with_its_own_sentences():
    frame = answers().assign(copied=lambda table: table["empathy"])
    survey = survey_of(frame.rename(columns={"copied": "ivr_menu"}))
    [finding] = [found for found in survey.found if found.severity == "stop"]
    with pytest.raises(SurveyError) as caught:
        design_of(survey)
    for language in ("en", "nl"):
        expected = f"{finding.meaning.say(language)} {finding.next_step.say(language)}"
        assert caught.value.say(language) == expected


def test_fewer_rows_than_columns_are_refused_and_blanks_are_counted():
    frame = answers(n=12)
    frame.loc[3:, "empathy"] = np.nan
    message = r"3 usable rows are too few for 3 columns of drivers \(9 rows were lost to a blank\)"
    with pytest.raises(FitError, match=message):
        design_of(survey_of(frame))


def test_the_frame_of_the_caller_stays_as_it_was():
    frame = answers().assign(w=1.0, team=["a", "b"] * 150)
    frame.loc[:9, "empathy"] = 99
    before = frame.copy(deep=True)
    design_of(survey_of(frame, not_applicable=[99], weight="w", cluster="team"))
    pd.testing.assert_frame_equal(frame, before)


def test_rows_with_a_blank_stay_when_blanks_are_to_be_estimated():
    frame = answers()
    frame.loc[0, "empathy"] = np.nan
    frame.loc[1, ["reliability", "empathy", "customer_focus"]] = np.nan
    frame.loc[2, "satisfaction"] = np.nan
    design = design_of(survey_of(frame), blanks=True)
    assert design.has_blanks
    assert design.base.n == 298
    np.testing.assert_array_equal(np.isnan(design.columns[0]), [False, True, False])
    assert np.isfinite(design.columns[1:]).all()
    np.testing.assert_array_equal(design.n_rated, [298, 297, 298])
    assert not design_of(survey_of(frame)).has_blanks


def test_without_blanks_it_is_the_same_design_either_way():
    survey = survey_of(answers())
    kept, left_out = design_of(survey, blanks=True), design_of(survey)
    assert not kept.has_blanks
    np.testing.assert_array_equal(kept.columns, left_out.columns)
    assert kept.terms == left_out.terms


def test_a_driver_may_be_blank_to_some_and_not_apply_to_others():
    frame = answers()
    frame.loc[:99, "empathy"] = -1
    frame.loc[100:149, "empathy"] = np.nan
    design = design_of(survey_of(frame, not_applicable=[-1]), blanks=True)
    rating, mark = design.columns[:, 1], design.columns[:, 2]
    np.testing.assert_array_equal(rating[:100], np.zeros(100))
    np.testing.assert_array_equal(np.flatnonzero(np.isnan(rating)), np.arange(100, 150))
    np.testing.assert_array_equal(mark, [1.0] * 100 + [0.0] * 200)
    assert rating[150:].mean() == pytest.approx(0, abs=1e-12)
    assert design.n_rated[1] == 150


def test_who_answered_nothing_that_applied_but_did_not_meet_a_driver_is_used():
    frame = answers()
    frame.loc[0, ["reliability", "empathy", "customer_focus"]] = [np.nan, -1, np.nan]
    design = design_of(survey_of(frame, not_applicable=[-1]), blanks=True)
    assert design.base.n == 300
    np.testing.assert_array_equal(np.isnan(design.columns[0]), [True, False, False, True])


def test_a_control_is_never_estimated():
    frame = answers().assign(minutes=np.arange(300.0))
    frame.loc[0, "minutes"] = np.nan
    frame.loc[1, "empathy"] = np.nan
    design = design_of(survey_of(frame), always=["minutes"], blanks=True)
    assert design.base.n == 299
    assert np.isfinite(design.columns[:, 3]).all()
