"""Tests of `answers.scales.scales` and of the result that it returns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.scales.scales import assess_scales
from cxdrivers.answers.scales.scales_result import ScaleAssessment
from tests.samples import answers, survey_of
from tests.scale_samples import LOADINGS, scale_answers, scale_survey


@pytest.fixture(scope="module")
def assessment() -> ScaleAssessment:
    """Return the assessment of three drivers of known loadings."""
    return assess_scales(scale_survey(scale_answers(n=1500)), n_boot=100)


def test_a_row_a_driver_says_how_reliable_it_is(assessment: ScaleAssessment):
    table = assessment.tidy().set_index("driver")
    assert list(assessment.tidy().columns) == [
        "driver", "items", "alpha", "alpha_low", "alpha_high", "omega", "omega_low", "omega_high",
        "composite", "ave", "n", "remark",
    ]  # fmt: skip
    for driver, loadings in LOADINGS.items():
        true, noise = sum(loadings) ** 2, sum(1 - loading**2 for loading in loadings)
        assert table.loc[driver, "omega"] == pytest.approx(true / (true + noise), abs=0.03)
        extracted = np.mean(np.square(loadings))
        assert table.loc[driver, "ave"] == pytest.approx(extracted, abs=0.04)
        assert table.loc[driver, "items"] == len(loadings)
    for figure in ("alpha", "omega"):
        assert (table[f"{figure}_low"] < table[figure]).all()
        assert (table[figure] < table[f"{figure}_high"]).all()
    assert (table["n"] == 1500).all()
    assert (table["remark"] == "").all()


def test_a_row_an_item_says_how_it_goes_with_the_others(assessment: ScaleAssessment):
    table = assessment.items()
    assert list(table.columns) == ["driver", "item", "item_rest", "alpha_without", "loading"]
    expected = [loading for loadings in LOADINGS.values() for loading in loadings]
    np.testing.assert_allclose(table["loading"], expected, atol=0.06)
    assert table.loc[table["driver"] == "wait_time", "alpha_without"].isna().all()
    assert (table["item_rest"] > 0.5).all()


def test_a_row_a_pair_says_what_both_would_correlate_without_noise(assessment: ScaleAssessment):
    table = assessment.pairs()
    assert list(table.columns) == [
        "driver", "other", "htmt", "conf_low", "conf_high", "shared", "ave", "apart", "n",
    ]  # fmt: skip
    assert len(table) == 3
    np.testing.assert_allclose(table["htmt"], 0.4, atol=0.06)
    np.testing.assert_allclose(table["shared"], 0.16, atol=0.05)
    assert ((table["conf_low"] < table["htmt"]) & (table["htmt"] < table["conf_high"])).all()
    assert (table["apart"] == "yes").all()


def test_the_simulated_world_is_found_again():
    world = cx.World(halo=0.45, loading=0.75)
    simulated = cx.simulate_survey(3000, world=world, seed=2)
    found = assess_scales(simulated.survey, n_boot=0)
    np.testing.assert_allclose(found.pairs()["htmt"], 0.45, atol=0.07)
    np.testing.assert_allclose(found.items()["loading"], 0.75, atol=0.06)


@pytest.mark.slow
def test_intervals_cover():
    true = sum(LOADINGS["reliability"]) ** 2
    omega = true / (true + sum(1 - loading**2 for loading in LOADINGS["reliability"]))
    covered = []
    for seed in range(200):
        survey = scale_survey(scale_answers(n=150, seed=seed))
        found = assess_scales(survey, n_boot=300, seed=seed)
        first, pair = found.tidy().iloc[0], found.pairs().iloc[2]
        covered.append(
            (
                first["omega_low"] <= omega <= first["omega_high"],
                pair["conf_low"] <= 0.4 <= pair["conf_high"],
            )
        )
    assert np.mean(covered, axis=0).min() > 0.9


def test_an_outcome_of_several_items_stands_first_and_is_held_against_no_driver():
    frame = scale_answers()
    frame["second"] = frame["satisfaction"] + np.random.default_rng(1).normal(size=len(frame)) / 2
    drivers = {"empathy": [f"empathy_{number}" for number in range(1, 5)]}
    survey = cx.Survey.from_frame(frame, outcome=["satisfaction", "second"], drivers=drivers)
    found = assess_scales(survey, n_boot=0)
    assert found.tidy()["driver"].tolist() == ["outcome", "empathy"]
    assert found.pairs().empty
    assert list(found.pair_table().columns)[:2] == ["driver", "other driver"]


def test_a_driver_that_did_not_apply_to_somebody_says_nothing_of_them():
    frame = scale_answers({**LOADINGS, "ivr_menu": (0.8, 0.8, 0.8)})
    met = np.arange(600) % 3 > 0
    away = frame.copy()
    away.loc[~met, ["ivr_menu_1", "ivr_menu_2", "ivr_menu_3"]] = -1
    table = assess_scales(scale_survey(away, not_applicable=[-1]), n_boot=0).tidy()
    only = assess_scales(scale_survey(frame[met].reset_index(drop=True)), n_boot=0).tidy()
    assert table["n"].tolist() == [600, 600, 600, 400]
    assert table["omega"].iloc[3] == pytest.approx(only["omega"].iloc[3], abs=1e-6)


def test_replicate_weights_give_their_own_intervals():
    frame = scale_answers(n=400)
    quarter = np.arange(400) % 20
    kept = {f"rw_{place}": (quarter != place) * 20 / 19 for place in range(20)}
    survey = scale_survey(
        frame.assign(w=1.0, **{f"{name}x": weights for name, weights in kept.items()}),
        weight="w",
        replicate_weights=tuple(f"{name}x" for name in kept),
        replicate_scale=19 / 20,
    )
    found = assess_scales(survey).tidy()
    plain = assess_scales(scale_survey(frame), n_boot=300).tidy()
    width = found["omega_high"] - found["omega_low"]
    assert len(assess_scales(survey).scales[0].replicates) == 20
    np.testing.assert_allclose(width, plain["omega_high"] - plain["omega_low"], rtol=0.5)


def test_what_cannot_be_told_has_no_number():
    frame = scale_answers()
    frame.loc[:295, "wait_time_1"] = np.nan
    frame.loc[304:, "wait_time_2"] = np.nan
    found = assess_scales(scale_survey(frame), n_boot=5)
    row = found.tidy().set_index("driver").loc["wait_time"]
    assert np.isnan([row["alpha"], row["omega"], row["ave"], row["omega_low"]]).all()
    assert row["remark"] == "not_told"
    assert found.pairs()["apart"].tolist() == ["yes", "", ""]


def test_without_several_items_there_is_nothing_to_assess():
    with pytest.raises(cx.FitError) as caught:
        assess_scales(survey_of(answers()))
    assert caught.value.say("en") == (
        "Neither the outcome nor any of the drivers of 'data frame' is the mean of several items "
        "(3 drivers), so how well items hang together cannot be told. If a driver was asked with "
        "several questions, name all of their columns as its items in the codebook."
    )
    assert caught.value.say("nl").startswith("De uitkomst noch een van de drivers van 'data frame'")


def test_settings_that_cannot_be_are_refused():
    survey = scale_survey(scale_answers(n=60))
    with pytest.raises(cx.FitError, match=r"level is 95\. It must lie between 0 and 1"):
        assess_scales(survey, level=95)
    with pytest.raises(cx.FitError, match="n_boot is 1"):
        assess_scales(survey, n_boot=1)
    with pytest.raises(cx.FitError, match="not a DataFrame"):
        assess_scales(pd.DataFrame())  # type: ignore[arg-type]


def test_the_answers_are_not_changed():
    frame = scale_answers(n=80)
    before = frame.copy()
    assess_scales(scale_survey(frame), n_boot=5)
    pd.testing.assert_frame_equal(frame, before)


def test_service_quality_has_sides_that_cannot_be_told_apart(shared_file: Callable[[str], Path]):
    """Five sides of service quality, 411 customers: halo, more than reliability, is the trouble."""
    frame = pd.read_csv(shared_file("data/cSEM_SQ.csv"))
    ends = {"tangibles": 4, "reliability": 9, "responsiveness": 13, "assurance": 17, "empathy": 22}
    starts = [0, *ends.values()]
    drivers = {
        name: [f"a{item:02d}" for item in range(start + 1, end + 1)]
        for (name, end), start in zip(ends.items(), starts, strict=False)
    }
    found = assess_scales(cx.Survey.from_frame(frame, outcome="sat", drivers=drivers), n_boot=0)
    np.testing.assert_allclose(
        found.tidy()["omega"], [0.820, 0.884, 0.855, 0.921, 0.908], atol=5e-4
    )
    table = found.pairs()
    close = table[table["apart"] == "no"]
    assert set(zip(close["driver"], close["other"], strict=True)) == {
        ("reliability", "responsiveness"),
        ("responsiveness", "assurance"),
        ("responsiveness", "empathy"),
        ("assurance", "empathy"),
    }
