"""The chart of a benchmark: its artists say what the table says, the client among the others."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from cxdrivers.charts import style
from cxdrivers.charts.benchmark import draw_benchmark, rows_of
from cxdrivers.errors import CxError

LABELS = {"a": "Empathie", "b": "Wachttijd", "c": "Keuzemenu"}


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "driver": ["a", "b", "c"],
            "mean": [70.0, 62.0, np.nan],
            "mean_low": [67.0, 58.0, np.nan],
            "mean_high": [73.0, 66.0, np.nan],
            "percentile": [80.0, 30.0, np.nan],
            "estimate": [0.10, 0.20, np.nan],
            "conf_low": [0.05, 0.15, np.nan],
            "conf_high": [0.15, 0.25, np.nan],
            "field_estimate": [0.12, 0.08, 0.03],
            "prediction_low": [0.06, 0.02, -0.02],
            "prediction_high": [0.18, 0.14, 0.08],
            "shrunk": [0.11, 0.19, np.nan],
        }
    )


@pytest.fixture
def field() -> pd.DataFrame:
    scores = {"a": [60.0, 65.0, 75.0], "b": [61.0, 63.0, 64.0], "c": [50.0, 51.0, np.nan]}
    rows = [(driver, value) for driver, values in scores.items() for value in values]
    return pd.DataFrame(rows, columns=["driver", "mean"])


def drawn(table: pd.DataFrame, field: pd.DataFrame, measure: str, language: str = "nl") -> Axes:
    _, axes = style.figure_for_rows(rows_of(len(table)))
    return draw_benchmark(table, field, LABELS, measure=measure, ax=axes, language=language)


def spans(axes: Axes) -> set[tuple[float, ...]]:
    """Return the ends of every stroke: x, y, x, y."""
    lines = [found for found in axes.collections if isinstance(found, LineCollection)]
    segments = [segment for found in lines for segment in found.get_segments() if len(segment)]
    return {tuple(np.round(np.ravel(segment), 6).tolist()) for segment in segments}


def names(axes: Axes) -> list[str]:
    return [label.get_text() for label in axes.get_yticklabels()]


def test_the_driver_with_the_most_clients_below_it_is_on_top(table, field):
    assert names(drawn(table, field, "mean")) == ["Keuzemenu", "Wachttijd", "Empathie"]


def test_the_heaviest_driver_is_on_top_when_weights_are_drawn(table, field):
    assert names(drawn(table, field, "weight")) == ["Keuzemenu", "Empathie", "Wachttijd"]


def test_every_other_client_has_a_stroke_in_the_row_of_its_driver(table, field):
    upright = {
        (x, (low + high) / 2)
        for x, low, other, high in spans(drawn(table, field, "mean"))
        if x == other and low != high
    }
    assert {(60.0, 2.0), (65.0, 2.0), (75.0, 2.0), (61.0, 1.0), (50.0, 0.0)} <= upright


def test_the_client_has_its_dot_and_its_interval(table, field):
    axes = drawn(table, field, "mean")
    assert {(67.0, 2.0, 73.0, 2.0), (58.0, 1.0, 66.0, 1.0)} <= spans(axes)
    (dots,) = (line for line in axes.lines if line.get_label() == "deze organisatie")
    assert np.asarray(dots.get_xdata())[1:].tolist() == [62.0, 70.0]


def test_scores_stand_beside_their_row_clear_of_the_others(table, field):
    texts = {text.get_text(): text.xy for text in drawn(table, field, "mean").texts}
    assert texts == {"62": (66.0, 1), "70": (75.0, 2)}


def test_a_driver_without_a_place_keeps_its_row_and_the_others_in_it(table, field):
    axes = drawn(table, field, "mean")
    assert "Keuzemenu" in names(axes)
    assert any(stroke[0] == 50.0 for stroke in spans(axes))


def test_weights_stand_on_the_range_that_is_usual_with_the_field_and_its_light(table, field):
    axes = drawn(table, field, "weight")
    assert {(0.06, 1.0, 0.18, 1.0), (0.02, 2.0, 0.14, 2.0)} <= spans(axes)
    marks = {line.get_label(): line for line in axes.lines}
    hollow = marks["in het licht van de andere"]
    assert hollow.get_markerfacecolor() == "white"
    assert np.asarray(hollow.get_xdata())[1:].tolist() == [0.11, 0.19]
    assert {"10,0\xa0%", "20,0\xa0%"} == {text.get_text() for text in axes.texts}


def test_all_that_is_drawn_is_inside_the_axes(table, field):
    for measure, least, most in (("mean", 50.0, 75.0), ("weight", -0.02, 0.25)):
        low, high = drawn(table, field, measure).get_xlim()
        assert low < least
        assert high > most


@pytest.mark.parametrize(
    ("measure", "language", "expected"),
    [
        ("mean", "en", "score on a scale of 0 to 100"),
        ("mean", "nl", "score op een schaal van 0 tot 100"),
        ("weight", "en", "part of all differences"),
        ("weight", "nl", "deel van alle verschillen"),
    ],
)
def test_the_axis_says_what_is_drawn(table, field, measure: str, language: str, expected: str):
    assert drawn(table, field, measure, language).get_xlabel() == expected


def test_the_legend_tells_the_client_from_the_others(table, field):
    legend = drawn(table, field, "mean", "en").get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["other clients", "this client"]


def test_another_measure_is_refused_with_the_nearest(table, field):
    with pytest.raises(
        CxError, match=r"measure is 'means'\. Did you mean 'mean'\? It can be: 'mean', 'weight'\."
    ):
        drawn(table, field, "means")
