"""Tests of `answers.planning.planning`, and of what it returns."""

from __future__ import annotations

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.answers.planning.planned_survey import (
    PlannedSurvey,
    planned_covariance,
    slopes_apart,
)
from cxdrivers.answers.planning.planning import sample_size
from cxdrivers.answers.planning.planning_result import SampleSize
from tests.answers.planning.planned_rows import planned_weights

SHARES = {"reliability": 32, "empathy": 24, "wait_time": 16, "ivr_menu": 8}


def fresh_widths(size: SampleSize, surveys: int, n_boot: int = 400) -> np.ndarray:
    """Return the widths that the package finds in new surveys of the planned size."""
    tables = [
        planned_weights(
            size.plan, size.plan.covariance, size.n, seed=1000 + seed, n_boot=n_boot
        ).tidy()
        for seed in range(surveys)
    ]
    return np.mean([each["share_high"] - each["share_low"] for each in tables], axis=0)


def fresh_power(plan: PlannedSurvey, gap: float, n: int, surveys: int) -> float:
    """Return in which part of new surveys the package tells the first driver from the second."""
    covariance = planned_covariance(
        slopes_apart(plan.slopes, plan.correlation, gap), plan.correlation, plan.r_squared
    )
    found = [
        planned_weights(plan, covariance, n, seed=1000 + seed, n_boot=250)
        .differences()
        .set_index(["driver", "other"])["conf_low"]
        .get((plan.names[0], plan.names[1]), -1.0)
        for seed in range(surveys)
    ]
    return float((np.array(found) > 0).mean())


def test_new_surveys_of_that_size_have_intervals_as_narrow_as_asked():
    size = sample_size(PlannedSurvey(drivers=4), width=0.15)
    assert size.widths.max() == pytest.approx(0.15, rel=0.005)
    np.testing.assert_allclose(size.widths, fresh_widths(size, 20, n_boot=300), rtol=0.06)


def test_new_surveys_of_that_size_tell_the_pair_apart_as_often_as_asked():
    plan = PlannedSurvey(drivers=3)
    n = sample_size(plan, tell_apart=0.25).n
    assert fresh_power(plan, 0.25, n, 100) == pytest.approx(0.8, abs=0.11)


@pytest.mark.slow
@pytest.mark.parametrize("teams", [None, (10, 0.1), (25, 0.3)])
@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.6])
def test_promised_widths_hold_for_teams_and_correlations(
    teams: tuple[int, float] | None, correlation: float
):
    size = sample_size(PlannedSurvey(correlation=correlation, teams=teams))
    widths = fresh_widths(size, 40)
    assert widths.max() == pytest.approx(0.10, rel=0.06)
    np.testing.assert_allclose(size.widths, widths, rtol=0.12)


@pytest.mark.slow
@pytest.mark.parametrize("teams", [None, (10, 0.1)])
def test_promised_power_holds_for_teams(teams: tuple[int, float] | None):
    plan = PlannedSurvey(teams=teams)
    n = sample_size(plan, tell_apart=0.1).n
    assert fresh_power(plan, 0.1, n, 300) == pytest.approx(0.8, abs=0.07)


@pytest.mark.slow
@pytest.mark.parametrize("teams", [None, (10, 0.1)])
def test_promised_widths_hold_for_a_top_box(teams: tuple[int, float] | None):
    size = sample_size(PlannedSurvey(top_box=0.6, teams=teams), width=0.15)
    widths = fresh_widths(size, 12, n_boot=200)
    assert widths.max() == pytest.approx(0.15, rel=0.10)


def test_half_the_width_takes_about_four_times_as_many():
    plan = PlannedSurvey(drivers=3)
    wide, narrow = (sample_size(plan, width=width).n for width in (0.12, 0.06))
    assert narrow / wide == pytest.approx(4, rel=0.05)


def test_a_weaker_fit_more_power_likeness_in_teams_and_a_top_box_take_more_respondents():
    plain = sample_size(PlannedSurvey(drivers=3), tell_apart=0.1).n
    assert sample_size(PlannedSurvey(drivers=3, r_squared=0.3), tell_apart=0.1).n > plain
    assert sample_size(PlannedSurvey(drivers=3), tell_apart=0.1, power=0.9).n > plain
    assert sample_size(PlannedSurvey(drivers=3, teams=(10, 0.4)), tell_apart=0.1).n > plain
    assert sample_size(PlannedSurvey(drivers=3, top_box=0.5), tell_apart=0.1).n > plain


def test_other_seeds_differ_by_no_more_than_the_error_that_is_stated():
    plan = PlannedSurvey(drivers=2)
    sizes = [sample_size(plan, width=0.1, seed=seed) for seed in range(8)]
    found = np.array([size.n for size in sizes])
    stated = np.mean([size.error for size in sizes])
    assert found.std(ddof=1) == pytest.approx(stated, rel=0.7)
    assert stated < 0.05 * found.mean()


def test_the_same_seed_gives_the_same_number():
    one, same = (sample_size(PlannedSurvey(drivers=3), seed=5) for _ in range(2))
    assert (one.n, one.error, one.curve) == (same.n, same.error, same.curve)


def test_teams_come_whole():
    size = sample_size(PlannedSurvey(drivers=3, teams=(30, 0.1)))
    assert size.n % 30 == 0
    assert f"That is {size.n // 30} teams of 30, with 10\xa0% of the differences" in size.summary()


def test_a_goal_that_few_respondents_reach_still_takes_a_hundred():
    size = sample_size(PlannedSurvey(drivers=2, r_squared=0.9), width=0.5)
    assert size.n == 100
    assert "Fewer would do for this, but they can hardly weigh" in size.summary()
    assert "minder respondenten volstaan" in size.summary("nl")


def test_the_tidy_table_has_a_row_a_driver():
    size = sample_size(PlannedSurvey(drivers=SHARES))
    table = size.tidy()
    assert list(table.columns) == ["driver", "n", "share", "width", "power"]
    assert list(table["driver"]) == list(SHARES)
    assert table["share"].sum() == pytest.approx(1)
    assert table["power"].between(0, 1).all()


def test_what_is_needed_is_said_as_a_consultant_would():
    size = sample_size(PlannedSurvey(drivers=SHARES), tell_apart=("empathy", "reliability"))
    assert size.pair == ("reliability", "empathy")
    english, dutch = size.sentences(), size.sentences("nl")
    assert english[0].endswith(
        "respondents are needed to tell Reliability (40.0\xa0%) from Empathy (30.0\xa0%) in "
        "80\xa0% of such surveys (95\xa0% interval)."
    )
    assert "te onderscheiden van Empathie (30,0\xa0%)" in dutch[0]
    assert "Assumed: 4 drivers that correlate 0.30 with one another" in english[2]
    assert english[-1] == (
        "These are respondents with usable answers: add those you expect to lose."
    )
    assert len(english) == len(dutch)


def test_a_margin_is_half_a_width():
    size = sample_size(PlannedSurvey(drivers=3, top_box=0.6), width=0.2)
    assert "to know the share of every driver to ± 10.0 percentage points" in size.summary()
    assert "op ± 10,0 procentpunten of beter" in size.summary("nl")
    assert "who is in the top box, 60\xa0% of the respondents" in size.summary()
    shown = size.table("nl")
    assert list(shown.columns) == ["driver", "aandeel", "±", "eigen effect aangetoond in"]
    assert shown["driver"].tolist()[0] == "Driver nr. 1"
    assert "10,0" in set(shown["±"])


def test_it_reads_well_in_a_notebook():
    size = sample_size(PlannedSurvey(drivers=2))
    assert "<table" in size._repr_html_()
    assert repr(size).splitlines()[0].split()[:2] == ["driver", "share"]


def test_a_number_of_a_name_and_a_name_of_a_number_are_refused():
    with pytest.raises(cx.FitError, match=r"Both width and tell_apart were given.* Leave one out"):
        sample_size(width=0.1, tell_apart=0.1)
    with pytest.raises(cx.FitError, match=r"tell_apart is 0\.1, but the plan says .* Name the two"):
        sample_size(PlannedSurvey(drivers=SHARES), tell_apart=0.1)
    with pytest.raises(cx.FitError, match=r"tell_apart is reliability, where two different drive"):
        sample_size(PlannedSurvey(drivers=SHARES), tell_apart="reliability")
    with pytest.raises(cx.FitError, match=r"'empaty', which is no driver .*Did you mean 'empathy'"):
        sample_size(PlannedSurvey(drivers=SHARES), tell_apart=("reliability", "empaty"))


def test_equal_drivers_and_goals_out_of_reach_are_refused():
    with pytest.raises(cx.FitError, match="have equal shares in the plan, so no survey tells them"):
        sample_size(PlannedSurvey(drivers={"a": 1, "b": 1, "c": 2}), tell_apart=("a", "b"))
    with pytest.raises(cx.FitError, match=r"More than 1\s000\s000 respondents would be needed\. A"):
        sample_size(PlannedSurvey(r_squared=0.02), tell_apart=0.005)


@pytest.mark.parametrize("wrong", [{"width": 0.0}, {"tell_apart": 1.5}, {"power": 0.2}])
def test_settings_that_cannot_be_are_refused(wrong: dict[str, float]):
    [name] = wrong
    with pytest.raises(cx.FitError, match=rf"^{name} is .*, and it must lie from .* Give a number"):
        sample_size(**wrong)


def test_level_and_seed_are_checked_as_everywhere():
    with pytest.raises(cx.FitError, match="level is 95"):
        sample_size(level=95.0)
    with pytest.raises(cx.FitError, match="seed is -1"):
        sample_size(seed=-1)
    with pytest.raises(cx.FitError, match=r"seed is 1\.5\. It must be a whole number"):
        sample_size(seed=1.5)
