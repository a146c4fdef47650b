"""Tests of `cxdrivers.moments.one_group`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.errors import FitError
from cxdrivers.moments.design import design_of
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.grouped_rows import grouped_moments, moments_by_code
from cxdrivers.moments.moments import moments_of
from cxdrivers.moments.one_group import (
    labels_of_moments,
    only_group,
    questions_of_moments,
    without_columns,
)
from tests.moments.group_twins import grouped_frame, grouped_survey
from tests.samples import answers, survey_of


def whole(survey: cx.Survey) -> GroupedMoments:
    return moments_by_code(survey, np.zeros(len(survey.respondents), np.intp), [""], by="")


def test_a_group_taken_out_is_what_its_own_survey_would_be():
    frame = grouped_frame()
    for label in ("north", "south"):
        one = only_group(grouped_moments(grouped_survey(frame), "region").of(label))
        alone = moments_of(design_of(grouped_survey(frame[frame["region"] == label])))
        np.testing.assert_allclose(one.moments(0).covariance, alone.covariance, atol=1e-12)
        assert (one.terms, one.groups) == (alone.terms, alone.groups)


def test_what_never_varies_in_a_group_has_no_column_there():
    frame = grouped_frame()
    frame.loc[frame["region"] == "east", "empathy"] = 7.0
    grouped = grouped_moments(grouped_survey(frame), "region")
    one = only_group(grouped.of("east"))
    assert one.groups == ((0,), (), (1,))
    alone = moments_of(design_of(grouped_survey(frame[frame["region"] == "east"])))
    assert one.groups == alone.groups
    np.testing.assert_allclose(one.moments(0).covariance, alone.covariance, atol=1e-12)
    np.testing.assert_allclose(one.mean[0], alone.mean, atol=1e-12)
    assert only_group(grouped.of("north")).groups == ((0,), (1,), (2,))


def test_users_who_all_rate_alike_leave_the_mark_that_others_did_not_meet_it():
    frame = answers(n=200)
    frame["empathy"] = np.where(np.arange(200) % 3 == 0, 99.0, frame["empathy"].round())
    frame["region"] = np.where(np.arange(200) < 90, "a", "b")
    frame.loc[(frame["region"] == "a") & (frame["empathy"] != 99), "empathy"] = 9.0
    grouped = grouped_moments(survey_of(frame, not_applicable=[99]), "region")
    one = only_group(grouped.of("a"))
    assert one.groups == ((0,), (1,), (2,))
    assert one.terms == ("rating", "not_applicable", "rating")
    assert only_group(grouped.of("b")).terms == (
        "rating", "rating", "not_applicable", "rating",
    )  # fmt: skip


def test_several_groups_are_refused_with_one_to_take_out():
    grouped = grouped_moments(grouped_survey(), "region")
    with pytest.raises(FitError) as error:
        only_group(grouped)
    assert str(error.value) == (
        "These moments hold 3 groups of 'region', and this is asked of one group. Take one of them "
        'out: moments.of("north").'
    )
    assert 'Neem er een uit: moments.of("north").' in error.value.say("nl")


def test_an_outcome_that_never_varies_is_refused():
    frame = grouped_frame()
    frame.loc[frame["region"] == "east", "satisfaction"] = 8.0
    grouped = grouped_moments(grouped_survey(frame), "region")
    with pytest.raises(FitError, match=r"gives 'satisfaction' the same answer, 8, so noth") as at:
        only_group(grouped.of("east"))
    assert "of de juiste kolom als uitkomst is genomen" in at.value.say("nl")


def test_too_few_respondents_for_the_columns_are_refused():
    frame = grouped_frame().groupby("region").head(4)
    grouped = grouped_moments(grouped_survey(frame), "region")
    with pytest.raises(FitError, match="4 usable rows are too few for 3 columns of drivers"):
        only_group(grouped.of("east"))


def test_weights_that_leave_too_few_respondents_are_refused():
    frame = grouped_frame()
    frame["w"] = np.where(frame["region"] == "east", 1e-6, frame["w"])
    frame.loc[frame.index[frame["region"] == "east"][:3], "w"] = 1.0
    grouped = grouped_moments(grouped_survey(frame), "region")
    with pytest.raises(FitError, match="The weights are so unequal that 45 rows tell as much as 3"):
        only_group(grouped.of("east"))


def test_labels_and_questions_are_those_of_the_codebook_else_the_keys():
    survey = grouped_survey(scale=(1, 15))
    named = replace(survey.codebook.drivers[0], label={"en": "Kept promises", "nl": "Beloftes"})
    codebook = replace(survey.codebook, drivers=(named, *survey.codebook.drivers[1:]))
    grouped = replace(whole(survey), codebook=codebook)
    assert labels_of_moments(grouped)["nl"]["reliability"] == "Beloftes"
    assert questions_of_moments(grouped)[0][0].scale == (1, 15)
    bare = replace(grouped, codebook=None)
    assert labels_of_moments(bare)["nl"]["reliability"] == "Betrouwbaarheid"
    drivers, outcome = questions_of_moments(bare)
    assert [question.key for question in drivers] == list(grouped.drivers)
    assert (outcome.key, outcome.scale) == ("satisfaction", None)


def test_columns_that_are_dropped_leave_the_moments_of_the_others():
    grouped = grouped_moments(grouped_survey(), "region")
    kept = without_columns(grouped, np.array([False, True, False]))
    places = [0, 2, 3]
    np.testing.assert_allclose(kept.mean, grouped.mean[:, places], atol=1e-12)
    np.testing.assert_allclose(
        kept.covariance, grouped.covariance[:, places][:, :, places], atol=1e-12
    )
    assert without_columns(grouped, np.zeros(3, dtype=bool)) is grouped


def test_the_moments_that_were_given_stay_as_they_are():
    frame = grouped_frame()
    frame.loc[frame["region"] == "east", "empathy"] = 7.0
    one = grouped_moments(grouped_survey(frame), "region").of("east")
    before = one.sums.copy()
    only_group(one)
    np.testing.assert_array_equal(one.sums, before)
    assert one.groups == ((0,), (1,), (2,))
