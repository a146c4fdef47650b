"""Every chart of the package with long names: words lie on no other words and stay on the sheet."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from itertools import combinations
from pkgutil import iter_modules

import matplotlib as mpl
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from cxdrivers import charts
from cxdrivers.charts import style
from tests.charts.long_labels import LABELS, OUTCOME, long_survey
from tests.studies.gallery_charts import DRAWINGS
from tests.studies.gallery_material import Material, material_of

SHARED = {"score_shares.draw_score_shares"}
"""What two charts are made with: mentions and recommendations by score."""
OF_PANELS = {"group_panels.draw_group_weights", "partial_effects.draw_curves"}
"""Several panels do not fit on one pair of axes: these take a figure."""


def draw_functions() -> dict[str, object]:
    """Return every public function that draws, as ``module.function``."""
    modules = [
        import_module(f"{charts.__name__}.{found.name}") for found in iter_modules(charts.__path__)
    ]
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if name.startswith("draw_") and function.__module__ == module.__name__
    }


def ticks_out_of_view(figure: Figure) -> set[int]:
    """Return labels of ticks that the limits leave out, and of axes that are switched off."""
    hidden = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            slack = 1e-9 * (high - low)
            for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
                inside = low - slack <= tick.get_loc() <= high + slack
                if not (inside and axes.axison):
                    hidden |= {id(tick.label1), id(tick.label2)}
    return hidden


def words(figure: Figure) -> Iterator[tuple[str, Bbox]]:
    """Yield every text that can be seen, with its place."""
    canvas = FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    hidden = ticks_out_of_view(figure)
    for text in figure.findobj(Text):
        if text.get_visible() and text.get_text().strip() and id(text) not in hidden:
            yield text.get_text(), text.get_window_extent(canvas.get_renderer())


def touch(first: Bbox, second: Bbox) -> bool:
    """Return whether two boxes have more than a pixel in common."""
    across = min(first.x1, second.x1) - max(first.x0, second.x0)
    up = min(first.y1, second.y1) - max(first.y0, second.y0)
    return across > 1 and up > 1


@pytest.fixture(scope="module")
def found() -> Material:
    return material_of(long_survey(320), n_boot=10, team="organisation")


def test_the_gallery_shows_every_chart():
    drawn = {drawing.function for drawing in DRAWINGS.values()}
    assert drawn | SHARED == set(draw_functions())


@pytest.mark.parametrize("name", sorted(draw_functions()))
def test_a_chart_takes_axes_and_a_language_and_returns_axes(name: str):
    signature = inspect.signature(draw_functions()[name])
    where = "figure" if name in OF_PANELS else "ax"
    for argument in (where, "language"):
        assert signature.parameters[argument].kind is inspect.Parameter.KEYWORD_ONLY
    assert signature.parameters[where].default is None
    returned = "Figure" if name == "partial_effects.draw_curves" else "Axes"
    assert returned in str(signature.return_annotation)


def test_the_names_are_forty_letters_long():
    assert min(len(label) for labels in (*LABELS.values(), OUTCOME) for label in labels) >= 40


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", DRAWINGS)
def test_no_words_lie_on_other_words_or_leave_the_sheet(found, name: str, language: str):
    figure = DRAWINGS[name].draw(found, language)
    placed = list(words(figure))
    assert len(placed) > 5
    width, height = figure.bbox.x1, figure.bbox.y1
    outside = [
        text
        for text, box in placed
        if box.x0 < -1 or box.y0 < -1 or box.x1 > width + 1 or box.y1 > height + 1
    ]
    assert outside == []
    pairs = combinations(placed, 2)
    assert [(one, two) for (one, first), (two, second) in pairs if touch(first, second)] == []


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_font_is_the_one_that_comes_with_matplotlib(found, name: str):
    with mpl.rc_context({"font.family": "serif"}):
        figure = DRAWINGS[name].draw(found, "nl")
        figure.draw_without_rendering()
        other = {
            text.get_text()
            for text in figure.findobj(Text)
            if text.get_text().strip() and text.get_fontname() != style.FONT
        }
    assert other == set()
