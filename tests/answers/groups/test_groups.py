"""Tests of `answers.groups.groups`: drivers compared between clients, segments, waves and teams."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.groups.groups import compare_groups
from cxdrivers.errors import FitError
from cxdrivers.moments.grouped_rows import grouped_moments
from tests.answers.groups.grouped_surveys import grouped_answers, grouped_survey, teams
from tests.samples import survey_of

APART = [(0.5 + 0.35 * place, 0.3, 0.1) for place in range(6)]


def test_a_group_has_the_numbers_of_a_survey_of_its_own():
    survey = grouped_survey([160, 190, 145])
    table = compare_groups(survey).tidy().set_index("group")
    for group in "abc":
        own = cx.driver_weights(
            survey.of_rows((survey.frame["group"] == group).to_numpy()), n_boot=0
        )
        found, expected = table.loc[group], own.tidy()
        for name in ("estimate", "effect", "share"):
            np.testing.assert_allclose(found[name], expected[name], atol=1e-10)
        means = survey.frame[survey.frame["group"] == group][list(own.drivers)].mean()
        np.testing.assert_allclose(found["mean"], means)


def test_weights_of_respondents_travel_with_them():
    frame = grouped_answers([60, 80])
    survey = survey_of(
        frame.assign(w=np.random.default_rng(1).uniform(0.5, 2, len(frame))), weight="w"
    )
    table = compare_groups(survey, by="group").tidy().set_index("group")
    own = cx.driver_weights(survey.of_rows((frame["group"] == "b").to_numpy()), n_boot=0)
    np.testing.assert_allclose(table.loc["b", "estimate"], own.estimate, atol=1e-10)
    rated = survey.frame[frame["group"] == "b"]
    mean = np.average(rated["empathy"], weights=rated["w"])
    assert table.loc["b"].set_index("driver")["mean"]["empathy"] == pytest.approx(mean)


def test_another_method_and_classic_weights_are_those_of_driver_weights():
    survey = grouped_survey([60, 90])
    found = compare_groups(survey, method="first", adjusted=False).tidy()
    own = cx.driver_weights(
        survey.of_rows((survey.frame["group"] == "a").to_numpy()),
        method="first",
        adjusted=False,
        n_boot=0,
    )
    np.testing.assert_allclose(found["estimate"].head(3), own.estimate, atol=1e-10)


def test_the_columns_are_those_that_are_promised():
    comparison = compare_groups(grouped_survey([60, 60, 60]))
    assert list(comparison.tidy().columns) == [
        "group", "driver", "estimate", "std_error", "conf_low", "conf_high", "share",
        "shrunk", "shrunk_low", "shrunk_high",
        "effect", "effect_low", "effect_high",
        "effect_shrunk", "effect_shrunk_low", "effect_shrunk_high",
        "mean", "mean_low", "mean_high",
        "mean_shrunk", "mean_shrunk_low", "mean_shrunk_high", "n",
    ]  # fmt: skip
    assert list(comparison.spread().columns) == [
        "measure", "driver", "estimate", "conf_low", "conf_high", "tau", "tau_low", "tau_high",
        "i_squared", "prediction_low", "prediction_high", "statistic", "df", "p_value",
        "p_adjusted", "differs", "n",
    ]  # fmt: skip
    contrast = ["estimate", "std_error", "conf_low", "conf_high", "p_value", "p_adjusted"]
    assert list(comparison.against_rest().columns) == [
        "group", "driver", "measure", *contrast, "stands_out", "n",
    ]  # fmt: skip
    assert list(comparison.changes().columns) == [
        "before", "group", "driver", "measure", *contrast, "changed", "n",
    ]  # fmt: skip
    assert len(comparison.spread()) == len(comparison.changes()) / 2 == 9


def test_a_difference_is_found_where_it_is_and_not_where_it_is_not():
    comparison = compare_groups(grouped_survey([120] * 6, slopes=APART))
    spread = comparison.spread().set_index(["measure", "driver"]).sort_index()
    assert spread.loc["effect", "differs"][
        ["reliability", "empathy", "customer_focus"]
    ].tolist() == [True, False, False]
    assert spread.loc[("effect", "reliability"), "tau"] == pytest.approx(0.65, abs=0.3)
    rest = comparison.against_rest().set_index(["measure", "driver", "group"])
    ends = rest.loc[[("effect", "reliability", group) for group in "af"]]
    assert ends["stands_out"].all()
    assert ends["estimate"].tolist() == pytest.approx([-1.05, 1.05], abs=0.3)
    assert not rest.query("driver == 'customer_focus'")["stands_out"].any()


def test_small_groups_are_drawn_further_to_the_whole_than_large_ones():
    sizes = [26, 26, 26, 26, 600, 600, 600, 600]
    table = compare_groups(grouped_survey(sizes)).tidy()
    own, drawn = table["effect"], table["effect_shrunk"]
    middle = table.groupby("driver")["effect"].transform("mean")
    kept = ((drawn - middle).abs().sum(), (own - middle).abs().sum())
    assert kept[0] < kept[1]
    moved = (drawn - own).abs().groupby(table["n"]).mean()
    assert moved[26] > 2 * moved[600]


def test_waves_are_held_against_the_one_before():
    frame = grouped_answers(
        [250, 250, 250],
        slopes=[(0.2, 0.3, 0.1), (0.2, 0.3, 0.1), (1.2, 0.3, 0.1)],
        names=["2025-10", "2025-2", "2026-1"],
    )
    comparison = compare_groups(survey_of(frame, wave="group"))
    assert comparison.in_time
    assert comparison.groups == ("2025-2", "2025-10", "2026-1")
    changes = comparison.changes().set_index(["measure", "driver", "before", "group"])["changed"]
    assert changes["effect", "reliability", "2025-10", "2026-1"]
    assert not changes["effect", "reliability", "2025-2", "2025-10"]
    rows = comparison.changes().query("measure == 'mean' and driver == 'empathy'")
    means = comparison.tidy().query("driver == 'empathy'")["mean"]
    np.testing.assert_allclose(rows["estimate"], np.diff(means))


def test_seed_and_rows_decide_everything_and_the_answers_stay_as_they_are():
    survey = grouped_survey([300, 260])
    before = survey.frame.copy()
    first, again = compare_groups(survey, seed=5), compare_groups(survey, seed=5)
    pd.testing.assert_frame_equal(first.tidy(), again.tidy())
    other = compare_groups(survey, seed=6).tidy()
    np.testing.assert_allclose(other["estimate"], first.tidy()["estimate"], atol=1e-10)
    assert not np.allclose(other["std_error"], first.tidy()["std_error"])
    pd.testing.assert_frame_equal(survey.frame, before)


def test_sums_of_groups_say_what_their_rows_say():
    survey = grouped_survey([60, 60, 60])
    of_sums = compare_groups(grouped_moments(survey, "group", seed=3), seed=3)
    pd.testing.assert_frame_equal(of_sums.tidy(), compare_groups(survey, seed=3).tidy())
    assert "Reliability" in of_sums.table().columns


def test_sums_have_their_groups_already():
    with pytest.raises(FitError, match=r"by is 'group', but these are moments, whose groups are "):
        compare_groups(grouped_moments(grouped_survey([60, 60]), "group"), by="group")


@pytest.mark.parametrize("minimum", [9, 25.0, True, "25"])
def test_a_minimum_below_ten_or_that_is_no_whole_number_is_refused(minimum: object):
    with pytest.raises(FitError, match=rf"minimum is {minimum}\. It must be .* at least 10: in sm"):
        compare_groups(grouped_survey([60, 60]), minimum=minimum)


def test_what_is_no_survey_is_refused():
    with pytest.raises(FitError, match=r"This needs a survey or moments, not a DataFrame"):
        compare_groups(grouped_answers([60, 60]))


def test_settings_are_checked_as_everywhere():
    with pytest.raises(FitError, match=r"level is 95\. It must lie between 0 and 1"):
        compare_groups(grouped_survey([60, 60]), level=95)
    with pytest.raises(FitError, match=r"method is 'lgm'"):
        compare_groups(grouped_survey([60, 60]), method="lgm")


def test_a_column_that_is_blank_everywhere_has_no_groups():
    with pytest.raises(FitError, match=r"'group' is blank in all 60 rows that can be used"):
        compare_groups(survey_of(grouped_answers([60], names=[None])), by="group")


def test_the_largest_minimum_leaves_small_groups_out():
    comparison = compare_groups(grouped_survey([80, 50, 90]), minimum=60)
    assert comparison.groups == ("a", "c")
    assert set(comparison.tidy()["group"]) == {"a", "c"}
    assert comparison.others is None


def test_teams_are_held_against_those_of_their_own_organisation():
    frame = teams(3, 4, 40)
    shift = frame["organisation"].map({"Org 1": 0.0, "Org 2": 3.0, "Org 3": -3.0})
    frame["empathy"] += shift
    comparison = compare_groups(survey_of(frame), by=("organisation", "team"))
    inner = comparison.inner
    assert (comparison.by, inner.by, inner.outer) == ("organisation", "team", "organisation")
    assert inner.groups[:5] == (
        *(f"Org 1 · Team {place}" for place in range(1, 5)),
        "Org 2 · Team 1",
    )
    spread = inner.spread().set_index(["measure", "driver"]).loc[("mean", "empathy")]
    assert (spread["df"], spread["differs"]) == (9, False)
    assert comparison.spread().set_index(["measure", "driver"])["differs"]["mean", "empathy"]
    rest = inner.against_rest().query("measure == 'mean' and driver == 'empathy'")
    assert rest["estimate"].abs().max() < 1
    shrunk = inner.tidy().query("driver == 'empathy'")["mean_shrunk"].to_numpy().reshape(3, 4)
    centres = frame.groupby("organisation")["empathy"].mean().to_numpy()
    assert np.abs(shrunk - centres[:, np.newaxis]).max() < 0.5


def test_an_organisation_is_as_sure_as_its_teams_are_alike():
    frame = teams(2, 12, 30)
    luck = np.random.default_rng(4).normal(0, 1.5, 24)
    frame["empathy"] += luck[np.arange(len(frame)) // 30]
    survey = survey_of(frame)
    apart = compare_groups(survey, by="organisation").tidy().query("driver == 'empathy'")
    nested = compare_groups(survey, by=("organisation", "team")).tidy().query("driver == 'empathy'")
    width = [(table["mean_high"] - table["mean_low"]).mean() for table in (apart, nested)]
    assert width[1] > 3 * width[0]


def test_waves_within_clients_change_within_their_own_client():
    frame = teams(3, 2, 60).rename(columns={"team": "wave"})
    comparison = compare_groups(survey_of(frame, wave="wave"), by=("organisation", "wave"))
    changes = comparison.inner.changes()
    assert comparison.inner.in_time
    assert set(zip(changes["before"], changes["group"], strict=True)) == {
        (f"Org {place} · Team 1", f"Org {place} · Team 2") for place in (1, 2, 3)
    }


def test_the_faculty_of_26_is_no_discovery(shared_file: Callable[[str], Path]):
    survey = cx.Survey.from_frame(
        pd.read_csv(shared_file("data/CUB_univer.csv")),
        outcome="global",
        drivers=["informat", "willingn", "officeho", "compete"],
        scale=(1, 7),
        segments=["faculty"],
    )
    comparison = compare_groups(survey)
    assert comparison.groups == tuple(str(faculty) for faculty in range(1, 14))
    table = comparison.tidy().set_index(["group", "driver"])
    assert table["n"]["10"].tolist() == [26] * 4
    own, drawn = table["share"]["10", "willingn"], table["shrunk"]["10", "willingn"]
    whole = comparison.spread().set_index(["measure", "driver"])["estimate"]["weight", "willingn"]
    assert own > 0.5
    assert drawn == pytest.approx(whole, abs=0.02)
    assert not comparison.against_rest().query("group == '10'")["stands_out"].any()
    differs = comparison.spread().query("differs").groupby("measure")["driver"].agg(list)
    assert differs["weight"] == ["officeho"]
    assert "effect" not in differs
    assert differs["mean"] == ["informat", "willingn", "officeho", "compete"]
