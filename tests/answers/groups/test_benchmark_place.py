"""Placing a survey in a benchmark: what is said of it, large or small, known or new."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.groups.benchmark import Benchmark
from cxdrivers.answers.groups.benchmark_place import BenchmarkPlace
from tests.answers.groups.benchmark_samples import client_survey, client_surveys, graded
from tests.samples import OUTCOME

FIELD = Benchmark.of(client_surveys(9, n=300), named=True)
OTHER_WEIGHTS = (0.1, 0.3, 0.7)


def placed(n: int, *, seed: int = 5, raised: float = 0.0) -> BenchmarkPlace:
    """Place a client at which the third driver weighs most, unlike anywhere in the field."""
    return FIELD.place(client_survey(graded(OTHER_WEIGHTS, n=n, seed=seed, raised=raised)))


LARGE, SMALL = placed(6000), placed(60)


def part_drawn(place: BenchmarkPlace, driver: str) -> float:
    row = place.tidy().set_index("driver").loc[driver]
    return (row["estimate"] - row["shrunk"]) / (row["estimate"] - row["field_estimate"])


def test_the_table_has_a_row_for_each_driver():
    assert LARGE.tidy().columns.tolist() == [
        "driver", "mean", "mean_low", "mean_high", "percentile", "percentile_low",
        "percentile_high", "estimate", "conf_low", "conf_high", "field_estimate",
        "prediction_low", "prediction_high", "shrunk", "shrunk_low", "shrunk_high", "effect",
        "effect_low", "effect_high", "effect_shrunk", "field_effect", "stands_out", "p_value",
        "p_adjusted", "n", "clients",
    ]  # fmt: skip
    assert tuple(LARGE.tidy()["driver"]) == FIELD.drivers
    assert (LARGE.tidy()["clients"] == 9).all()


def test_its_numbers_are_those_of_the_survey():
    frame = graded(OTHER_WEIGHTS, n=60, seed=5)
    weights = cx.driver_weights(client_survey(frame), n_boot=0).tidy()
    table = SMALL.tidy()
    assert np.allclose(table["estimate"], weights["estimate"], rtol=1e-10)
    assert np.allclose(table["effect"], weights["effect"], rtol=1e-10)
    assert np.allclose(table["mean"], (frame[list(FIELD.drivers)].mean() - 1) / 9 * 100)
    assert SMALL.overall()["mean"].iloc[0] == pytest.approx((frame[OUTCOME].mean() - 1) / 9 * 100)


def test_a_client_of_60_is_drawn_to_the_field_and_one_of_6000_is_not():
    assert part_drawn(SMALL, "customer_focus") > 0.15
    assert part_drawn(LARGE, "customer_focus") < 0.02
    moved = {place: (t := place.tidy())["estimate"] - t["shrunk"] for place in (SMALL, LARGE)}
    assert moved[SMALL].abs().max() > 8 * moved[LARGE].abs().max()


def test_what_a_large_client_weighs_otherwise_stands_out_and_is_said():
    row = LARGE.tidy().set_index("driver").loc["customer_focus"]
    assert row["stands_out"]
    assert row["estimate"] > row["prediction_high"]
    assert "Customer focus weighs otherwise here than at the other clients: " in LARGE.summary()
    assert "Klantfocus weegt hier anders dan bij de andere organisaties: " in LARGE.summary("nl")


def test_a_client_like_the_others_does_not_stand_out_and_is_not_called_the_same():
    place = FIELD.place(client_survey(graded(n=400, seed=77)))
    assert not place.tidy()["stands_out"].any()
    assert "No driver's weight is shown to lie further" in place.summary()
    assert "that does not make them the same" in place.summary()
    assert "daarmee zijn ze niet gelijk" in place.summary("nl")


def test_drawing_is_said_with_the_driver_it_moves_most():
    assert "60 respondents tell weights only roughly, so that in the light of" in SMALL.summary()
    assert "With 6\xa0000 respondents the weights stay about what they are" in LARGE.summary()
    assert "60 respondenten laten gewichten maar ruw zien" in SMALL.summary("nl")
    assert "Met 6\xa0000 respondenten blijven de gewichten" in LARGE.summary("nl")


def test_better_scores_have_more_clients_below_them():
    worse, middle, better = (
        placed(400, raised=raised).tidy()["percentile"] for raised in (-1.0, 0.0, 1.0)
    )
    assert (worse < middle).all()
    assert (middle < better).all()
    assert worse.between(0, 15).all()
    assert better.between(85, 100).all()


def test_the_interval_of_a_place_is_wide_for_a_small_client():
    for place in (SMALL, LARGE):
        table = place.tidy()
        assert (table["percentile_low"] <= table["percentile"]).all()
        assert (table["percentile"] <= table["percentile_high"]).all()
    widths = [
        (place.tidy()["percentile_high"] - place.tidy()["percentile_low"]).mean()
        for place in (SMALL, LARGE)
    ]
    assert widths[0] > 2 * widths[1]


def test_the_grade_itself_has_a_place():
    row = LARGE.overall().iloc[0]
    assert (row["outcome"], row["n"], row["clients"]) == ("satisfaction", 6000, 9)
    assert 0 <= row["percentile_low"] <= row["percentile"] <= row["percentile_high"] <= 100
    assert LARGE.summary().startswith("For satisfaction this client scores ")
    assert "of the 9 other clients score lower" in LARGE.summary()
    assert "van de 9 andere organisaties scoort lager" in LARGE.summary("nl")


def test_the_highest_and_the_lowest_place_are_said():
    labels = {
        "reliability": "Reliability",
        "empathy": "Empathy",
        "customer_focus": "Customer focus",
    }
    table = LARGE.tidy().set_index("driver")["percentile"]
    said = LARGE.summary()
    assert f"Among the other clients {labels[table.idxmax()]} stands highest (" in said
    assert f" and {labels[table.idxmin()]} lowest (" in said


def test_a_client_of_the_benchmark_is_held_against_the_others():
    survey = client_surveys(9, n=300)["Client C"]
    place = FIELD.place(survey)
    assert place.itself == "Client C"
    assert (place.tidy()["clients"] == 8).all()
    assert "Client C" not in set(place.field()["client"])
    assert "This survey is in the benchmark as 'Client C'" in place.summary()
    assert "Dit onderzoek zit in de benchmark als 'Client C'" in place.summary("nl")


def test_it_is_also_found_after_saving_and_in_one_file_of_all(tmp_path):
    surveys = client_surveys(9, n=300)
    FIELD.save(tmp_path / "field.json")
    again = Benchmark.load(tmp_path / "field.json")
    assert again.place(surveys["Client C"]).itself == "Client C"
    pd.testing.assert_frame_equal(
        again.place(surveys["Client D"]).tidy(), FIELD.place(surveys["Client D"]).tidy(), rtol=1e-6
    )


def test_drivers_in_another_order_are_placed_the_same():
    frame = graded(OTHER_WEIGHTS, n=60, seed=5)
    turned = [*FIELD.drivers][::-1]
    survey = cx.Survey.from_frame(frame, outcome=OUTCOME, drivers=turned, scale=(1, 10))
    pd.testing.assert_frame_equal(FIELD.place(survey).tidy(), SMALL.tidy(), rtol=1e-9)


def test_a_driver_with_few_ratings_has_no_place_and_is_named():
    frame = graded(n=120, seed=5)
    frame.loc[frame.index[8:], "empathy"] = 99
    place = FIELD.place(client_survey(frame, not_applicable=(99,)))
    row = place.tidy().set_index("driver").loc["empathy"]
    assert np.isnan(row["percentile"])
    assert row["n"] == 8
    assert "Empathy has fewer than 10 ratings here and has no place." in place.summary()
    assert "Empathie heeft hier minder dan 10 oordelen" in place.summary("nl")
    assert place.table().iloc[-1]["driver"] == "Empathy"


def test_the_table_for_a_reader_has_the_lowest_place_first():
    table = LARGE.table()
    assert table.columns.tolist() == [
        "driver", "score (0–100)", "95\xa0%", "clients lower", "part of all differences",
        "other clients", "usual for one more client", "in the light of the others", "stands out",
    ]  # fmt: skip
    lower = [int(text.split("\xa0")[0]) for text in table["clients lower"]]
    assert lower == sorted(lower)
    assert table.set_index("driver").loc["Customer focus", "stands out"] == "yes"
    assert LARGE.table("nl").set_index("driver").loc["Klantfocus", "valt op"] == "ja"
    assert "clients lower" in repr(LARGE)
    assert LARGE._repr_html_().startswith("<table")


def test_the_level_is_that_of_all_intervals():
    narrow = FIELD.place(client_survey(graded(OTHER_WEIGHTS, n=60, seed=5)), level=0.5).tidy()
    for low, high in (("mean_low", "mean_high"), ("conf_low", "conf_high"),
                      ("prediction_low", "prediction_high"), ("shrunk_low", "shrunk_high"),
                      ("percentile_low", "percentile_high")):  # fmt: skip
        assert (narrow[high] - narrow[low] < SMALL.tidy()[high] - SMALL.tidy()[low]).all()


@pytest.mark.parametrize("level", [0, 1.0, 95, "0.95"])
def test_a_level_that_cannot_be_is_refused(level: object):
    with pytest.raises(cx.CxError, match=r"level is .*\. It must lie between 0 and 1"):
        FIELD.place(client_survey(graded()), level=level)  # type: ignore[arg-type]


def test_a_survey_with_other_drivers_is_refused():
    frame = graded().rename(columns={"empathy": "wait_time"})
    with pytest.raises(
        cx.CxError,
        match=r"The survey 'data frame' has other drivers than the benchmark: it lacks 'empathy' "
        r"and also has 'wait_time'\. Give the same drivers the same keys in its codebook\.",
    ):
        FIELD.place(client_survey(frame))


def test_a_survey_with_another_outcome_is_refused():
    frame = graded().rename(columns={OUTCOME: "effort"})
    survey = cx.Survey.from_frame(frame, outcome="effort", scale=(1, 10))
    with pytest.raises(cx.CxError, match=r"The outcome of the survey 'data frame' is 'effort'"):
        FIELD.place(survey)


def test_a_survey_without_a_scale_is_refused():
    with pytest.raises(cx.CxError, match=r"In the survey 'data frame' the codebook gives no scale"):
        FIELD.place(client_survey(graded(), scale=None))


def test_a_survey_of_a_few_is_refused():
    with pytest.raises(cx.CxError, match=r"has 24 usable respondents, and at least 25 are needed"):
        FIELD.place(client_survey(graded(n=24)))
    assert len(FIELD.place(client_survey(graded(n=25))).tidy()) == 3
