"""The part of the report on half a point more for each driver."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from matplotlib.axes import Axes

import cxdrivers as cx
from cxdrivers.answers.advice.scenarios import half_point_each, what_if
from cxdrivers.report.sections.scenarios import scenarios_section
from cxdrivers.wording import sentence
from tests.answers.advice.scenario_surveys import scenario_frame, scenario_survey


@pytest.fixture(scope="module")
def results() -> SimpleNamespace:
    survey = scenario_survey(scenario_frame(300))
    return SimpleNamespace(scenarios=half_point_each(survey, n_boot=40, seed=7))


def test_every_driver_stands_beside_the_others_in_text_table_and_chart(results):
    section = scenarios_section(results, "nl")
    assert section.title == "Wat als een driver hoger werd beoordeeld"
    assert "een half punt meer" in section.paragraphs[0]
    assert set(section.table["scenario"]) == {"nu", "Betrouwbaarheid", "Empathie", "Wachttijd"}
    assert section.data.equals(results.scenarios.tidy())
    assert "40 hertrekkingen" in section.notes[0]
    assert section.paragraphs[-1].startswith("Dit alles geldt alleen als het verband oorzakelijk")


def test_a_screen_reader_is_told_every_scenario(results):
    chart = scenarios_section(results, "en").chart
    assert chart.title == "From today to each scenario"
    assert chart.description.startswith(
        "mean of satisfaction, if the association is causal: today "
    )
    table = results.scenarios.table()
    for name, changed, gain in table.iloc[1:, :3].to_numpy():
        assert f"{name} {changed} ({gain})" in chart.description


def test_what_cannot_be_told_is_a_sentence():
    reason = sentence("errors.nothing_to_move", drivers=("a",))
    section = scenarios_section(SimpleNamespace(scenarios=reason), "en")
    assert section.paragraphs[0].startswith("None of the drivers 'a' is a rating on a scale")
    assert section.chart is None


def test_scenarios_draw_themselves(results):
    axes = results.scenarios.plot(quantity="recommended", language="en")
    assert isinstance(axes, Axes)
    assert axes.get_xlabel().startswith("real recommenders per 1\xa0000 customers, if the")
    assert "more recommenders (95\xa0%)" in [text.get_text() for text in axes.texts]


def test_a_quantity_that_is_not_there_cannot_be_drawn():
    survey = scenario_survey(scenario_frame(200).drop(columns="recommended"))
    found = what_if(survey, {"empathy": 1}, n_boot=0)
    with pytest.raises(cx.FitError) as caught:
        found.plot(quantity="recommended")
    assert str(caught.value) == "quantity is 'recommended'. Here it can be 'mean', 'top_box'."
    assert (
        caught.value.say("nl") == "quantity is 'recommended'. Hier kan het zijn: 'mean', 'top_box'."
    )
