"""The priority matrix: its artists say what the table says, and no label covers another."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.text import Annotation, Text

from cxdrivers.answers.advice.priority_places import Lines
from cxdrivers.charts import style
from cxdrivers.charts.point_labels import Cross, text_size, write_point_labels
from cxdrivers.charts.priorities import draw_priorities, rows_of

LONG = (
    "Snelheid waarmee de telefoon werd opgenomen",
    "Vriendelijkheid van de medewerker",
    "Deskundigheid over het eigen product",
    "Duidelijkheid van de uitleg over vervolgstappen",
    "Gemak waarmee het juiste nummer te vinden was",
    "Bereikbaarheid buiten kantooruren",
    "Doorverbinden zonder opnieuw uitleggen",
    "Nakomen van gemaakte afspraken",
    "Inlevingsvermogen in de persoonlijke situatie",
    "Keuzemenu vooraf",
    "Wachtmuziek en informatie tijdens het wachten",
    "Terugbelservice",
    "Afhandeling in één keer",
    "Zorgvuldigheid met persoonsgegevens",
    "Voortgangsberichten per e-mail",
)


def standings(count: int, seed: int = 1) -> pd.DataFrame:
    """Return as many drivers with shares and performances that lie close together."""
    rng = np.random.default_rng(seed)
    share = rng.dirichlet(np.full(count, 4.0))
    performance = rng.uniform(55, 82, count)
    below, counts = performance < 77.8, share >= 1 / count
    names = np.array([["enough", "later"], ["keep_up", "fix_first"]])
    return pd.DataFrame(
        {
            "driver": [f"d{place}" for place in range(count)],
            "performance": performance,
            "performance_low": performance - 1.2,
            "performance_high": performance + 1.2,
            "share": share,
            "share_low": 0.8 * share,
            "share_high": 1.2 * share,
            "target": 8.0,
            "quadrant": names[counts.astype(int), below.astype(int)],
        }
    )


def lines_of(table: pd.DataFrame) -> dict[str, Lines]:
    """Return the lines at a target of 8 and at the means."""
    count = len(table)
    return {
        "fixed": Lines(np.full(count, 77.8), np.array([1 / count])),
        "means": Lines(np.array([table["performance"].mean()]), np.array([1 / count])),
    }


def drawn(table: pd.DataFrame, language: str = "nl", lines: dict[str, Lines] | None = None) -> Axes:
    _, axes = style.figure_for_rows(rows_of(len(table)))
    labels = dict(zip(table["driver"], LONG, strict=False))
    return draw_priorities(
        table, labels, lines=lines or lines_of(table), ax=axes, language=language
    )


def named(axes: Axes, table: pd.DataFrame) -> list[Annotation]:
    """Return the labels of the drivers."""
    places = {tuple(row) for row in table[["performance", "share"]].to_numpy().tolist()}
    found = [text for text in axes.texts if isinstance(text, Annotation)]
    return [text for text in found if tuple(text.xy) in places]


@pytest.mark.parametrize("count", [7, 15])
@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_label_covers_another_or_leaves_the_axes(count, language, seed):
    table = standings(count, seed)
    axes = drawn(table, language)
    figure = axes.get_figure(root=True)
    figure.draw_without_rendering()
    labels = named(axes, table)
    assert len(labels) == count
    corners = [text for text in axes.texts if text.get_fontstyle() == "italic"]
    assert len(corners) == 4
    boxes = [Text.get_window_extent(text).padded(-1) for text in (*labels, *corners)]
    assert not any(first.overlaps(second) for first, second in combinations(boxes, 2))
    frame = axes.get_window_extent().padded(1)
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in boxes)
    assert all(frame.y0 <= box.y0 and box.y1 <= frame.y1 for box in boxes)


def test_every_driver_is_a_cross_of_its_two_intervals():
    table = standings(7)
    found = [lines for lines in drawn(table).collections if isinstance(lines, LineCollection)]
    segments = {
        tuple(np.round(part.ravel(), 6)) for lines in found for part in lines.get_segments()
    }
    for row in table.itertuples():
        across = (row.performance_low, row.share, row.performance_high, row.share)
        up = (row.performance, row.share_low, row.performance, row.share_high)
        assert tuple(np.round(across, 6)) in segments
        assert tuple(np.round(up, 6)) in segments


def test_only_what_is_to_be_fixed_first_is_filled():
    table = standings(7)
    filled = {
        tuple(point)
        for line in drawn(table).lines
        if line.get_marker() == "o" and line.get_markerfacecolor() == style.ACCENT
        for point in line.get_xydata().tolist()
    }
    first = table[table["quadrant"] == "fix_first"]
    assert filled == set(map(tuple, first[["performance", "share"]].to_numpy().tolist()))
    assert len(filled) > 0


def test_lines_stand_at_the_target_and_fainter_at_the_means():
    table = standings(7)
    upright = {
        float(np.asarray(line.get_xdata())[0]): line
        for line in drawn(table).lines
        if line.get_marker() == "None" and len(set(line.get_xdata())) == 1
    }
    mean = float(table["performance"].mean())
    assert set(upright) == {77.8, mean}
    assert upright[77.8].get_color() == style.MUTED
    assert upright[77.8].get_linestyle() == "-"
    assert upright[mean].get_color() == style.FAINT
    assert upright[mean].get_linestyle() != "-"


def test_a_driver_with_a_target_of_its_own_has_it_in_its_label_as_on_the_axis():
    table = standings(7)
    lines = lines_of(table)
    own = lines["fixed"].performance.copy()
    own[2] = 88.9
    axes = drawn(table, lines=lines | {"fixed": replace(lines["fixed"], performance=own)})
    assert sum("(doel 89)" in text.get_text() for text in named(axes, table)) == 1
    marks = [line.get_xydata().tolist() for line in axes.lines if line.get_marker() == "|"]
    assert marks == [[[88.9, table.loc[2, "share"]]]]


def test_words_and_numbers_are_in_the_readers_language():
    table = standings(7)
    dutch, english = drawn(table), drawn(table, "en")
    assert {"eerst verbeteren", "vasthouden", "later", "genoeg", "doel", "gelijk deel"} <= {
        text.get_text() for text in dutch.texts
    }
    assert english.get_xlabel() == "performance: mean from 0 to 100 by the ends of the scale"
    assert english.get_ylabel() == "share of what the drivers explain"


def test_without_resamples_points_stand_alone():
    table = standings(7)
    table[["performance_low", "performance_high", "share_low", "share_high"]] = np.nan
    axes = drawn(table)
    assert len(named(axes, table)) == 7
    assert np.isfinite(axes.get_xlim()).all()


def test_a_text_is_as_wide_as_its_longest_line_and_as_high_as_its_lines():
    wide, one = text_size("Bereikbaarheid")
    assert text_size("Bereikbaarheid\nbuiten") == (wide, 2 * one)
    assert text_size("i")[0] < text_size("W")[0]


def test_labels_can_be_written_where_there_are_no_corners():
    _, axes = style.figure_for_rows(5)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    cross = Cross((0.5, 0.5), (0.4, 0.6), (np.nan, np.nan))
    write_point_labels(axes, ["a"], [cross], corners=[], lines=([], []))
    assert [text.get_text() for text in axes.texts] == ["a"]
