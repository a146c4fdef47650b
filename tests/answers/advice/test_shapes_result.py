"""Tests of `answers.advice.shapes_result`: what a reader sees, in both languages."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from cxdrivers.answers.advice.shapes import driver_shapes
from cxdrivers.answers.advice.shapes_result import DriverShapes
from tests.answers.advice.shape_surveys import bent_frame, shape_survey


@pytest.fixture(scope="module")
def shapes() -> DriverShapes:
    return driver_shapes(shape_survey(bent_frame()), n_boot=50, seed=7)


def test_the_headline_names_the_dissatisfiers(shapes):
    assert shapes.headline() == "Wait time is a dissatisfier: it has to be in order."
    assert shapes.headline("nl") == "Wachttijd is een dissatisfier en moet dus op orde zijn."


def test_the_headline_says_when_there_is_none():
    frame = bent_frame(straight=True)
    none = driver_shapes(shape_survey(frame), n_boot=0)
    assert none.headline() == "No driver is shown to be a dissatisfier."
    assert none.headline("nl") == "Van geen enkele driver blijkt dat het een dissatisfier is."


def test_the_summary_says_what_low_and_high_go_with_and_claims_no_cause(shapes):
    said, dutch = shapes.summary(), shapes.summary("nl")
    assert "Rated low it goes with a lower outcome, rated high with hardly a higher one" in said
    assert "Gaat bij een laag cijfer samen met een lagere uitkomst" in dutch
    assert "Hybrids, which count below their average and above it: Reliability and Empathy." in said
    assert said.endswith("it does not show causes.")
    assert dutch.endswith("het toont geen oorzaken aan.")


def test_the_table_is_one_row_a_driver_with_its_class_in_words(shapes):
    table = shapes.table("nl")
    assert table.columns.tolist() == [
        "driver", "laag | hoog", "straf (95\xa0%)", "beloning (95\xa0%)", "asymmetrie (95\xa0%)",
        "p van één helling", "klasse",
    ]  # fmt: skip
    assert table["driver"].tolist() == ["Betrouwbaarheid", "Empathie", "Wachttijd"]
    assert table["laag | hoog"].unique().tolist() == ["≤ 5 | ≥ 9"]
    assert table["klasse"].iloc[2].startswith("dissatisfier (")


def test_few_low_ratings_are_named():
    frame = bent_frame(300)
    found = driver_shapes(shape_survey(frame), cut_offs=[{"empathy": (3, 9)}], n_boot=0)
    assert "For Empathy penalty or reward is uncertain: fewer than 30" in found.summary()
    assert "Voor Empathie is de straf of de beloning onzeker" in found.summary("nl")


def test_the_footer_says_how_it_was_made(shapes):
    assert "700 respondents, 50 resamples of respondents, seed 7" in shapes.footer()
    assert "50 hertrekkingen van respondenten, seed 7" in shapes.footer("nl")
    plain = driver_shapes(shape_survey(bent_frame()), n_boot=0)
    assert plain.footer().endswith("no resamples.")


def test_curves_begin_and_end_with_the_ratings_and_never_fall(shapes):
    curves = shapes.curves()
    assert curves.columns.tolist() == ["driver", "value", "estimate", "conf_low", "conf_high"]
    frame = bent_frame()
    for driver, curve in curves.groupby("driver"):
        assert curve["value"].iloc[0] == frame[driver].min()
        assert curve["value"].iloc[-1] == frame[driver].max()
        assert (np.diff(curve["estimate"]) >= -1e-9).all()
        assert (curve["conf_low"] <= curve["conf_high"]).all()


def test_a_curve_is_nil_for_the_average_respondent(shapes):
    frame, curves = bent_frame(), shapes.curves()
    for driver, curve in curves.groupby("driver"):
        at_ratings = np.interp(frame[driver], curve["value"], curve["estimate"])
        assert abs(at_ratings.mean()) < 0.02


def test_it_reads_well_in_a_notebook_and_draws_itself(shapes):
    assert "<table" in shapes._repr_html_()
    assert repr(shapes).splitlines()[0].split()[:2] == ["driver", "low"]
    figure = Figure()
    axes = shapes.plot(figure.subplots(), setting=2, language="nl")
    assert [text.get_text() for text in axes.get_yticklabels()][-1] == "Wachttijd"


def test_a_frame_that_is_handed_out_can_be_changed_without_harm(shapes):
    handed = shapes.tidy()
    handed["verdict"] = ""
    assert set(shapes.tidy()["verdict"]) == {"hybrid", "dissatisfier"}
