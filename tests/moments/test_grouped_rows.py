"""Tests of `cxdrivers.moments.grouped_rows`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from cxdrivers.errors import FitError, SurveyError
from cxdrivers.moments.design import design_of
from cxdrivers.moments.grouped_rows import grouped_moments, moments_by_code
from cxdrivers.moments.moments import moments_of
from cxdrivers.survey.survey import Survey
from tests.moments.group_twins import SIZES, grouped_frame, grouped_survey
from tests.samples import OUTCOME, answers, survey_of

DRIVERS = list(answers(n=2).columns[:3])


def test_an_integer_weight_is_a_repeated_row():
    frame = grouped_frame()
    frame["w"] = np.random.default_rng(1).integers(1, 4, len(frame))
    weighted = grouped_moments(grouped_survey(frame), "region")
    repeated = frame.loc[frame.index.repeat(frame["w"])].reset_index(drop=True)
    found = grouped_moments(survey_of(repeated), "region")
    order = [found.labels.index(label) for label in weighted.labels]
    np.testing.assert_allclose(weighted.covariance, found.covariance[order], atol=1e-12)
    np.testing.assert_allclose(weighted.mean, found.mean[order], atol=1e-12)
    np.testing.assert_allclose(weighted.rating_mean, found.rating_mean[order], atol=1e-12)


def test_the_order_of_the_rows_does_not_matter():
    frame = grouped_frame(blank=0.1)
    one = grouped_moments(grouped_survey(frame), "region")
    found = grouped_moments(grouped_survey(frame[::-1]), "region")
    order = [found.labels.index(label) for label in one.labels]
    np.testing.assert_allclose(one.covariance, found.covariance[order], atol=1e-6)
    np.testing.assert_array_equal(one.rated, found.rated[order])


def test_one_group_with_blanks_has_the_likeliest_moments_of_the_survey():
    survey = grouped_survey(grouped_frame(blank=0.15).assign(everybody="all"))
    found = grouped_moments(survey, "everybody")
    expected = moments_of(design_of(survey, blanks=True))
    np.testing.assert_allclose(found.covariance[0], expected.covariance, atol=1e-8)
    np.testing.assert_allclose(found.mean[0], expected.mean, atol=1e-8)


def test_ratings_are_counted_and_averaged_among_those_who_gave_one():
    frame = grouped_frame(blank=0.15)
    frame.loc[::9, DRIVERS[2]] = 99
    survey = grouped_survey(frame, not_applicable=(99,))
    found = grouped_moments(survey, "region")
    used = replace(survey.base, keeps_blanks=True).used
    for place, label in enumerate(found.labels):
        elsewhere = (frame["region"] != label).to_numpy()
        for driver, key in enumerate(DRIVERS):
            told = survey.scores[key].notna().to_numpy() & ~elsewhere
            rated, weights = survey.scores[key][told], frame["w"][told]
            assert found.rated[place, driver] == told.sum()
            away = survey.not_applicable[key].to_numpy()
            blank = used & ~told & ~elsewhere & ~away
            assert found.blank[place, driver] == blank.sum()
            mean = np.average(rated, weights=weights)
            assert found.rating_mean[place, driver] == pytest.approx(mean)


def test_categories_and_several_items_have_no_mean():
    frame = grouped_frame()
    rng = np.random.default_rng(1)
    frame["channel"] = pd.Categorical(rng.choice(["app", "phone"], len(frame)))
    survey = Survey.from_frame(frame, outcome=OUTCOME, drivers=[*DRIVERS, "channel"])
    found = grouped_moments(survey, "region")
    assert np.isnan(found.rating_mean[:, 3]).all()
    assert np.isfinite(found.rating_mean[:, :3]).all()
    assert found.rated[:, 3].tolist() == found.n.tolist()


def test_respondents_without_a_group_are_left_out_and_counted():
    frame = grouped_frame()
    frame["region"] = frame["region"].astype(object)
    frame.loc[:4, "region"] = None
    frame.loc[5:9, "region"] = "  "
    found = grouped_moments(grouped_survey(frame), "region")
    assert found.unplaced == 10
    assert found.n.sum() == sum(SIZES.values()) - 10


def test_a_group_in_which_nobody_can_be_used_is_named():
    frame = grouped_frame()
    frame.loc[frame["region"] == "east", OUTCOME] = np.nan
    found = grouped_moments(grouped_survey(frame), "region")
    assert found.empty == ("east",)
    assert len(found.labels) == 2


def test_groups_come_in_the_order_of_their_categories_or_of_numbers_and_names():
    frame = grouped_frame()
    frame["wave"] = frame["region"].map({"north": 2025.0, "east": 2024.0, "south": 2023.5})
    assert grouped_moments(grouped_survey(frame), "wave").labels == ("2023.5", "2024", "2025")
    assert grouped_moments(grouped_survey(frame), "region").labels == ("east", "north", "south")
    order = ["south", "nobody", "north", "east"]
    frame["region"] = pd.Categorical(frame["region"], order)
    assert grouped_moments(grouped_survey(frame), "region").labels == ("south", "north", "east")


def test_clusters_of_the_codebook_stay_whole():
    frame = grouped_frame()
    frame["team"] = frame["region"] + (np.arange(len(frame)) % 6).astype(str)
    found = grouped_moments(grouped_survey(frame, cluster="team"), "region")
    assert found.whole_clusters.all()
    assert not found.shared_clusters
    assert found.parts.tolist() == [6, 6, 6]


def test_clusters_that_lie_across_groups_are_told():
    frame = grouped_frame()
    frame["agent"] = np.arange(len(frame)) % 12
    found = grouped_moments(grouped_survey(frame, cluster="agent"), "region")
    assert found.shared_clusters
    np.testing.assert_array_equal(found.parts, [12, 12, 12])


def test_groups_that_are_the_clusters_are_cut_into_respondents():
    found = grouped_moments(grouped_survey(cluster="region"), "region")
    assert not found.whole_clusters.any()
    assert (found.parts > 20).all()


def test_groups_that_were_told_apart_already_may_have_clusters_of_their_own():
    frame = grouped_frame()
    codes = frame["region"].map({"north": 0, "east": 1, "south": -1}).to_numpy()
    cluster = np.arange(len(frame)) % 9
    cluster[:3] = -1
    found = moments_by_code(
        grouped_survey(frame), codes, ["a", "b", "c"], by="region", cluster=cluster
    )
    assert found.labels == ("a", "b")
    assert found.empty == ("c",)
    assert found.unplaced == SIZES["south"]
    assert found.sums.shape[1] <= 12
    same = grouped_moments(grouped_survey(frame), "region")
    place = same.labels.index("north")
    np.testing.assert_allclose(found.covariance[0], same.covariance[place], atol=1e-12)


def test_a_column_that_is_not_there_is_named_with_the_nearest():
    message = r"no column 'regoin' to tell groups apart\. Did you mean 'region'\?"
    with pytest.raises(FitError, match=message):
        grouped_moments(grouped_survey(), "regoin")


def test_a_column_that_is_blank_for_everybody_makes_no_groups():
    frame = grouped_frame().assign(office=None)
    message = "'office' is blank in all 186 rows that can be used, so nobody is in a group"
    with pytest.raises(FitError, match=message):
        grouped_moments(grouped_survey(frame), "office")


def test_replicate_weights_are_refused_with_a_way_out():
    frame = grouped_frame().assign(r1=1.0, r2=1.0)
    survey = grouped_survey(frame, replicate_weights=("r1", "r2"))
    with pytest.raises(FitError, match=r"replicate weights \('r1', 'r2'\).*Remove replicate") as at:
        grouped_moments(survey, "region")
    assert "Haal replicate_weights uit het codeboek" in at.value.say("nl")


def test_what_must_be_mended_first_comes_first():
    frame = grouped_frame()
    frame.loc[3, DRIVERS[0]] = np.inf
    with pytest.raises(SurveyError):
        grouped_moments(grouped_survey(frame, scale=(1, 10)), "region")


def test_the_survey_is_not_changed():
    frame = grouped_frame(blank=0.1)
    before = frame.copy()
    grouped_moments(grouped_survey(frame), "region")
    pd.testing.assert_frame_equal(frame, before)
