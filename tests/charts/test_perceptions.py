"""The dumbbells: their marks stand where the shares are, and words do not lie on each other."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection

from cxdrivers.answers.perceptions.perceptions import perception_gaps
from cxdrivers.answers.perceptions.published_table import published_figures
from cxdrivers.charts import style
from cxdrivers.charts.perceptions import rows_of
from tests.answers.perceptions.perception_tables import SHARES, answers, shares


def drawn(frame: pd.DataFrame, language: str = "en") -> Axes:
    gaps = perception_gaps(frame, **SHARES)
    _, axes = style.figure_for_rows(rows_of(gaps.shares()))
    return gaps.plot(axes, language=language)


def beside(language: str = "nl") -> Axes:
    own = answers(directie=(12, 8), medewerkers=(25, 25), klanten=(31, 69))
    gaps = perception_gaps(own, question="good", group="role")
    found = gaps.beside_published()
    _, axes = style.figure_for_rows(rows_of(found.tidy()))
    return found.plot(axes, language=language)


TWO = shares(("q", "a", 40, 500), ("q", "b", 10, None), ("r", "a", 30, None), ("r", "b", 30, None))


def test_the_first_question_is_on_top_and_marks_stand_at_the_shares():
    axes = drawn(TWO)
    assert [label.get_text() for label in axes.get_yticklabels()] == ["q", "r"]
    assert np.diff(axes.get_yticks()) < 0
    marks = {line.get_label(): line for line in axes.lines if line.get_marker() != "None"}
    assert np.asarray(marks["a"].get_xdata()).tolist() == [0.4, 0.3]
    assert marks["a"].get_marker() != marks["b"].get_marker()


def test_groups_of_a_question_stand_below_each_other_so_that_equal_shares_are_both_seen():
    marks = [line for line in drawn(TWO).lines if line.get_marker() != "None"]
    heights = [float(height) for line in marks for height in np.asarray(line.get_ydata())]
    assert len(set(heights)) == 4


def test_only_a_share_with_a_known_base_has_an_interval():
    lines = [found for found in drawn(TWO).collections if isinstance(found, LineCollection)]
    spans = [np.asarray(path.vertices) for found in lines for path in found.get_paths()]
    there = [span for span in spans if np.isfinite(span).all()]
    assert len(there) == 1
    assert there[0][0, 0] < 0.4 < there[0][1, 0]


def test_shares_are_written_in_the_language_of_the_reader():
    texts = [text.get_text() for text in drawn(TWO, "nl").texts]
    assert texts == ["40\xa0%", "10\xa0%", "30\xa0%", "30\xa0%"]
    assert drawn(TWO, "nl").get_xlabel() == "aandeel dat ja zegt"


def test_own_shares_are_filled_and_published_ones_hollow_below():
    axes = beside()
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "eigen onderzoek",
        "Pegasystems 2019",
    ]
    marks = [line for line in axes.lines if line.get_marker() != "None"]
    hollow = {
        face: [float(line.get_ydata()[0]) for line in marks if line.get_markerfacecolor() == face]
        for face in {line.get_markerfacecolor() for line in marks}
    }
    own = [height for face, heights in hollow.items() if face != "white" for height in heights]
    assert len(own) == len(hollow["white"]) == 3
    assert max(hollow["white"]) < min(own)
    legend = axes.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == [
        "directie",
        "medewerkers",
        "klanten",
    ]


def published(language: str) -> Axes:
    figures = published_figures(language)
    asked = figures[figures["gap"] != ""]
    gaps = perception_gaps(asked, question="statistic", group="group", share="number", n="n")
    _, axes = style.figure_for_rows(rows_of(gaps.shares()))
    return gaps.plot(axes, language=language)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("draw", [published, beside])
def test_no_words_lie_on_other_words(draw, language):
    axes = draw(language)
    figure = axes.get_figure()
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    words = [*axes.texts, *axes.get_yticklabels(), *axes.get_legend().get_texts()]
    boxes = [text.get_window_extent(renderer) for text in words if text.get_text()]
    assert len(boxes) > 5
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    inside = figure.bbox
    assert all(inside.x0 <= box.x0 and box.x1 <= inside.x1 for box in boxes)
