"""What stands around a chart: keys in columns that fit, whole words on the axis, honest ticks."""

from __future__ import annotations

import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg

from cxdrivers.charts import style
from cxdrivers.charts.chart_words import (
    mark_percent,
    text_width,
    write_axis,
    write_key,
    write_note,
)

LONG = "verschil in tevredenheid, vergeleken met wie de driver ertussenin beoordeelt, " * 2


@pytest.fixture
def axes() -> Axes:
    drawn = style.figure_for_rows(3)[1]
    style.clear_frame(drawn)
    return drawn


def label_rows(axes: Axes, label: str) -> None:
    axes.set_yticks([0, 1], [label, label])


def widths(axes: Axes) -> tuple[float, float]:
    """Return where the key ends and where the sheet does."""
    figure = axes.get_figure()
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return axes.get_legend().get_window_extent(canvas.get_renderer()).x1, figure.bbox.x1


@pytest.mark.parametrize(
    ("names", "columns"),
    [(["a", "b", "c"], 3), (["among all respondents of the survey"] * 3, 2), (["x" * 70] * 2, 1)],
)
def test_a_key_has_as_many_columns_as_fit(axes, names: list[str], columns: int):
    label_rows(axes, "Empathy")
    for place, name in enumerate(names):
        axes.plot([0, 1], [place, place], label=name)
    write_key(axes)
    assert axes.get_legend()._ncols == columns
    end, sheet = widths(axes)
    assert end <= sheet or columns == 1


def test_longer_labels_of_rows_leave_less_room_for_the_key(axes):
    for place in range(3):
        axes.plot([0, 1], [place, place], label="among all users")
    label_rows(axes, "Empathy")
    write_key(axes)
    assert axes.get_legend()._ncols == 3
    label_rows(axes, "Keuzemenuvereenvoudigingsmogelijkheden")
    write_key(axes)
    assert axes.get_legend()._ncols == 2


@pytest.mark.parametrize("write", [write_axis, write_note])
def test_a_long_text_is_broken_between_words_and_fits(axes, write):
    label_rows(axes, "Empathy")
    write(axes, LONG.strip())
    shown = axes.get_xlabel() or axes.get_title(loc="left")
    assert shown.replace("\n", " ") == LONG.strip()
    assert shown.count("\n") >= 1
    assert text_width(shown, style.SMALL) < 72 * style.WIDTH


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        (0.13, ["0\xa0%", "2\xa0%", "4\xa0%"]),
        (0.4, ["0\xa0%", "5\xa0%", "10\xa0%"]),
        (0.013, ["0\xa0%", "0,2\xa0%", "0,4\xa0%"]),
        (0.003, ["0\xa0%", "0,05\xa0%", "0,1\xa0%"]),
    ],
)
def test_a_tick_says_the_number_it_stands_at(axes, end: float, shown: list[str]):
    axes.set_xlim(0, end)
    mark_percent(axes.xaxis, "nl")
    axes.get_figure().draw_without_rendering()
    labels = [label.get_text() for label in axes.get_xticklabels()]
    assert labels[:3] == shown
    for tick, label in zip(axes.get_xticks(), labels, strict=True):
        assert float(label.replace("\xa0%", "").replace(",", ".")) == pytest.approx(100 * tick)


def test_a_name_with_a_picture_in_it_has_a_width_without_a_warning():
    assert text_width("Empathy 🙂", style.TEXT) > text_width("Empathy", style.TEXT)
