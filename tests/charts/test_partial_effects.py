"""The chart of curves: a panel a driver, with one height for all."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from cxdrivers.charts.partial_effects import draw_curves, figure_of_panels

DRIVERS = ("a", "b", "c", "d")
LABELS = {key: f"Driver {key}" for key in DRIVERS}


@pytest.fixture
def table() -> pd.DataFrame:
    values = np.linspace(1, 10, 5)
    parts = [
        pd.DataFrame(
            {
                "driver": key,
                "value": values,
                "estimate": (place + 1) * (values - 5) / 10,
                "conf_low": (place + 1) * (values - 6) / 10,
                "conf_high": (place + 1) * (values - 4) / 10,
            }
        )
        for place, key in enumerate(DRIVERS)
    ]
    return pd.concat(parts, ignore_index=True)


def drawn(table: pd.DataFrame, language: str = "nl") -> Figure:
    figure = figure_of_panels(table["driver"].nunique())
    return draw_curves(table, LABELS, outcome="tevredenheid", figure=figure, language=language)


def panels(figure: Figure) -> list:
    return [axes for axes in figure.axes if axes.axison]


def test_every_driver_has_a_panel_with_its_name_and_no_panel_is_left_over(table):
    names = [axes.get_title(loc="left") for axes in panels(drawn(table))]
    assert names == [LABELS[key] for key in DRIVERS]


def test_a_panel_shows_the_curve_and_its_band(table):
    axes = panels(drawn(table))[1]
    curve = next(line for line in axes.lines if len(line.get_xdata()) == 5)
    np.testing.assert_allclose(curve.get_ydata(), table.query("driver == 'b'")["estimate"])
    band = axes.collections[0].get_paths()[0].vertices[:, 1]
    rows = table.query("driver == 'b'")
    assert band.min() == rows["conf_low"].min()
    assert band.max() == rows["conf_high"].max()


def test_all_panels_have_one_height_so_that_drivers_can_be_compared(table):
    heights = {axes.get_ylim() for axes in panels(drawn(table))}
    assert len(heights) == 1
    assert next(iter(heights))[1] > table["conf_high"].max()


def test_numbers_are_written_as_the_language_does(table):
    axes = panels(drawn(table))[0]
    assert axes.yaxis.get_major_formatter()(0.5) == "0,5"
    assert axes.xaxis.get_major_formatter()(1000.0) == "1\xa0000"
    assert axes.xaxis.get_major_formatter()(2.5) == "2,5"


def test_more_drivers_make_a_higher_figure_and_curves_without_resamples_are_drawn(table):
    assert figure_of_panels(15).get_figheight() > 2 * figure_of_panels(6).get_figheight()
    bare = table.assign(conf_low=np.nan, conf_high=np.nan)
    assert len(panels(drawn(bare, "en"))) == 4
