"""Tests of `answers.planning.precision`, and of what it returns."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm, t

import cxdrivers as cx
from cxdrivers.answers.planning.precision import expected_precision
from cxdrivers.answers.planning.precision_result import Precision
from cxdrivers.answers.planning.precision_sizes import multiplied
from cxdrivers.moments.expanded import expanded_level_of
from tests.samples import answers, survey_of

SLOPES = (0.5, 0.3, 0.1)


@pytest.fixture(scope="module")
def weights() -> cx.DriverWeights:
    return cx.driver_weights(survey_of(answers(SLOPES)), seed=3)


@pytest.fixture(scope="module")
def precision(weights: cx.DriverWeights) -> Precision:
    return expected_precision(weights)


def at(table: pd.DataFrame, times: int) -> pd.DataFrame:
    return table[table["times"] == times].reset_index(drop=True)


def test_now_is_what_the_weights_say(weights: cx.DriverWeights, precision: Precision):
    now, said = at(precision.tidy(), 1), weights.tidy()
    columns = ["share", "share_low", "share_high", "estimate", "conf_low", "conf_high", "effect"]
    for column in columns:
        np.testing.assert_allclose(now[column], said[column], atol=1e-12)
    np.testing.assert_allclose(now["share_width"], said["share_high"] - said["share_low"])
    assert set(now["n"]) == {300}


def test_more_respondents_draw_intervals_in_by_the_root_and_the_level(
    weights: cx.DriverWeights, precision: Precision
):
    now, then = at(precision.tidy(), 1), at(precision.tidy(), 4)
    design = weights.model.design
    reach = [
        norm.ppf((1 + expanded_level_of(rows, 0.95)) / 2)
        for rows in (design, multiplied(design, 4))
    ]
    assert reach[1] < reach[0]
    np.testing.assert_allclose(then["width"] / now["width"], reach[1] / reach[0] / 2)
    assert ((then["share_low"] < then["share"]) & (then["share"] < then["share_high"])).all()
    assert set(then["n"]) == {1200}


def test_twice_and_four_times_the_respondents_have_the_intervals_that_were_expected():
    def widths(n: int, times: tuple[int, ...], start: int) -> np.ndarray:
        found = [
            expected_precision(
                survey_of(answers(SLOPES, n=n, seed=start + seed)), times=times, n_boot=400
            ).tidy()
            for seed in range(20)
        ]
        both = np.mean([each[["share_width", "width"]] for each in found], axis=0)
        return both.reshape(len(times), 3, 2)[:, :2]

    expected = widths(250, (2, 4), 0)
    np.testing.assert_allclose(expected[0], widths(500, (1,), 100)[0], rtol=0.07)
    np.testing.assert_allclose(expected[1], widths(1000, (1,), 200)[0], rtol=0.07)


@pytest.mark.slow
@pytest.mark.parametrize("halo", [0.0, 0.3, 0.6])
def test_what_is_expected_of_seven_drivers_is_found(halo: float):
    slopes = dict(zip("abcdefg", [0.4, 0.35, 0.15, 0.12, 0.03, 0.02, 0.0], strict=True))
    world = cx.World(answers="normal", halo=halo, slopes=slopes, noise=0.7)

    def widths(n: int, times: tuple[int, ...], start: int) -> np.ndarray:
        found = [
            expected_precision(
                cx.simulate_survey(n, world=world, seed=start + seed).survey, times=times
            ).tidy()["share_width"]
            for seed in range(60)
        ]
        return np.mean(found, axis=0).reshape(len(times), 7)[:, :4]

    expected = widths(400, (2, 4), 0)
    np.testing.assert_allclose(expected[0], widths(800, (1,), 1000)[0], rtol=0.08)
    np.testing.assert_allclose(expected[1], widths(1600, (1,), 2000)[0], rtol=0.08)


def test_the_smallest_effect_is_found_as_often_as_promised(
    weights: cx.DriverWeights, precision: Precision
):
    smallest = at(precision.tidy(), 1)["smallest_effect"]
    model = weights.model
    freedom, error = model.fit.freedom, model.tidy()["std_error"]
    beyond = t.ppf(0.975, freedom)
    np.testing.assert_allclose(t.sf(beyond - smallest / error, freedom), 0.8, atol=0.001)


def test_neighbours_apart_now_are_those_whose_difference_leaves_out_zero(
    weights: cx.DriverWeights, precision: Precision
):
    now = at(precision.neighbours(), 1)
    said = weights.differences().set_index(["driver", "other"])
    for row in now.itertuples():
        pair = said.loc[(row.driver, row.other)]
        assert row.apart == (pair["conf_low"] > 0)
        assert row.estimate == pytest.approx(pair["estimate"])
    assert len(now) == 2


def test_the_respondents_that_a_pair_needs_give_it_the_power_that_is_asked(precision: Precision):
    pair = at(precision.neighbours(), 1).iloc[0]
    error = pair["std_error"] * np.sqrt(pair["n"] / pair["n_needed"])
    assert norm.cdf(pair["estimate"] / error - norm.ppf(0.975)) == pytest.approx(0.8)
    powers = precision.neighbours().groupby("driver")["power"].apply(list)
    assert all(power == sorted(power) for power in powers)


def test_clusters_widen_what_is_expected_and_more_of_them_help_most_where_they_are_few():
    frame = answers(SLOPES).assign(team=np.arange(300) // 30)
    clustered = expected_precision(survey_of(frame, cluster="team"), n_boot=200)
    by_size = clustered.tidy().groupby("times")["width"].median()
    assert by_size[4] < 0.5 * 0.97 * by_size[1]
    assert "more clusters of the same size" in clustered.summary()
    assert "meer clusters van dezelfde omvang" in clustered.summary("nl")
    effects = clustered.tidy().groupby("times")["smallest_effect"].median()
    assert effects[4] < 0.5 * 0.93 * effects[1]


def test_replicate_weights_scale_the_differences_of_a_jackknife():
    frame = answers(SLOPES)
    parts = np.arange(300) % 30
    names = [f"r{part}" for part in range(30)]
    for part, name in enumerate(names):
        frame[name] = np.where(parts == part, 0.0, 30 / 29)
    drivers = ["reliability", "empathy", "customer_focus"]
    jackknifed = cx.Survey.from_frame(
        frame.assign(w=1.0), outcome="satisfaction", drivers=drivers,
        weight="w", replicate_weights=names, replicate_scale=29 / 30,
    )  # fmt: skip
    errors = at(expected_precision(jackknifed).neighbours(), 1)["std_error"]
    plain = at(expected_precision(survey_of(answers(SLOPES))).neighbours(), 1)["std_error"]
    np.testing.assert_allclose(errors, plain, rtol=0.4)


def test_segments_are_as_wide_as_their_own_weights_are():
    frame = answers(SLOPES, n=900)
    frame["region"] = np.where(np.arange(900) % 3 == 0, "north", "south")
    precision = expected_precision(survey_of(frame, segments=("region",)), by="region")
    table = precision.segments_table().set_index("segment")
    assert table["n"].to_dict() == {"north": 300, "south": 600}
    for region, row in table.iterrows():
        own = cx.driver_weights(survey_of(frame[frame["region"] == region])).tidy()
        width = (own["share_high"] - own["share_low"]).median()
        assert row["share_width"] == pytest.approx(width, rel=0.25)
    assert "Split by region, the share of a driver would be known" in precision.summary()
    assert "Uitgesplitst naar region zou het aandeel" in precision.summary("nl")


def test_segments_are_called_as_groups_are_and_in_their_order():
    frame = answers((0.4, 0.3), n=200)
    areas = np.repeat([1.0, 2.0, 10.0, np.nan], 50)
    precision = expected_precision(survey_of(frame.assign(area=areas)), by="area", n_boot=50)
    assert precision.segments_table()["segment"].tolist() == ["1", "2", "10"]


def test_a_segment_of_fewer_than_fifty_is_counted_and_not_shown():
    frame = answers(SLOPES)
    frame["region"] = ["few"] * 49 + ["many"] * 250 + [None]
    precision = expected_precision(survey_of(frame), by="region", n_boot=100)
    table = precision.segments_table().set_index("segment")
    assert table["shown"].to_dict() == {"few": False, "many": True}
    assert np.isnan(table.loc["few", "share_width"])
    assert np.isnan(table.loc["few", "smallest_effect"])
    assert "'few' has fewer than 50 respondents, too few to weigh drivers in." in (
        precision.sentences()
    )
    assert "'few' heeft minder dan 50 respondenten" in precision.summary("nl")


def test_what_can_be_told_is_said_as_a_consultant_would(precision: Precision):
    said, dutch = precision.sentences(), precision.sentences("nl")
    assert said[0].startswith("With 300 respondents the share of a driver is known to about ± ")
    assert "with 600 respondents and ±" in said[1]
    assert said[2].startswith("With a chance of 80\xa0% an own effect is found from about 0.")
    assert said[-1].startswith("All of this is what to expect if the drivers weigh what they seem")
    assert dutch[0].startswith("Met 300 respondenten is het aandeel van een driver op ongeveer ± ")
    assert len(dutch) == len(said)


def test_pairs_that_are_apart_near_and_too_near_are_named():
    precision = expected_precision(cx.load_example(), seed=7)
    said, dutch = precision.summary(), precision.summary("nl")
    assert "these neighbours in rank are told apart: Reliability from Empathy, Empathy from" in said
    assert "Accessibility from IVR menu, about 3\xa0600 respondents" in said
    assert "Not told apart with 20 times as many respondents either" in said
    assert "Toegankelijkheid van Keuzemenu, ongeveer 3\xa0600 respondenten" in dutch
    assert "Ook met 20 keer zoveel respondenten niet te onderscheiden" in dutch


def test_equal_drivers_are_told_apart_by_nothing():
    precision = expected_precision(survey_of(answers((0.3, 0.3), n=200)), n_boot=200)
    assert "No driver can be told apart from its neighbour in rank." in precision.sentences()
    assert "Geen enkele driver is te onderscheiden van zijn buur" in precision.summary("nl")


def test_where_nothing_is_explained_parts_of_all_differences_are_told():
    precision = expected_precision(survey_of(answers((0.0, 0.0))), n_boot=200)
    assert precision.tidy()["share_width"].isna().all()
    assert "shares cannot be told; the part of all differences" in precision.summary()
    assert "part of all differences" in precision.table().columns
    split = expected_precision(survey_of(answers((0.0, 0.0)).assign(area=1)), by="area", n_boot=200)
    assert "the part that a driver explains would be known" in split.summary()


def test_effects_on_a_chance_are_told_in_percentage_points():
    frame = answers(SLOPES)
    weights = cx.driver_weights(survey_of(frame), kind="top_box", threshold=7.0, n_boot=50)
    precision = expected_precision(weights, times=(1,))
    assert "(percentage points for one scale point of a driver)" in precision.summary()
    assert "own effect found from (percentage points)" in precision.table().columns


def test_the_table_has_a_margin_for_every_size(precision: Precision):
    shown = precision.table("nl")
    assert list(shown.columns) == [
        "driver", "aandeel", "± bij 300", "± bij 600", "± bij 1\xa0200",
        "eigen effect gevonden vanaf",
    ]  # fmt: skip
    widest = at(precision.tidy(), 1).set_index("driver").loc["reliability", "share_width"]
    assert shown["± bij 300"][0] == f"{50 * widest:.1f}".replace(".", ",")
    assert shown["eigen effect gevonden vanaf"][0].count("·") == 2


def test_it_reads_well_in_a_notebook(precision: Precision):
    assert "<table" in precision._repr_html_()
    assert repr(precision).splitlines()[0].split()[:2] == ["driver", "share"]


def test_what_has_no_precision_is_refused(weights: cx.DriverWeights):
    with pytest.raises(cx.FitError, match=r"^These weights have no resamples, .* n_boot=1000\.$"):
        expected_precision(cx.driver_weights(survey_of(answers()), n_boot=0))
    with pytest.raises(cx.FitError, match="This needs the rows of a survey"):
        expected_precision(cx.driver_weights(weights.moments))
    with pytest.raises(cx.FitError, match="This needs a survey, not a DataFrame"):
        expected_precision(answers())


def test_settings_that_cannot_be_are_refused(weights: cx.DriverWeights):
    with pytest.raises(cx.FitError, match=r"^times is \(1, 0\.5\)\. Give whole numbers of at leas"):
        expected_precision(weights, times=(1, 0.5))
    with pytest.raises(cx.FitError, match=r"^power is 1\.2, and it must lie from 0\.5 to 0\.99\. "):
        expected_precision(weights, power=1.2)
    with pytest.raises(cx.FitError, match=r"^by is 'area', and weights do not .* the survey itsel"):
        expected_precision(weights, by="area")
    with pytest.raises(cx.FitError, match=r"by is 'ara', .*Did you mean 'area'\? It has 'reliabil"):
        expected_precision(survey_of(answers().assign(area=1)), by="ara", n_boot=2)
