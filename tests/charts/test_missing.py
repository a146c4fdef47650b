"""The chart of policies for blanks: its artists say what the table says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from cxdrivers.answers.blanks.missing import compare_missing
from cxdrivers.charts import style
from cxdrivers.charts.missing import draw_missing, rows_of
from tests.samples import answers, survey_of

LABELS = {"a": "Betrouwbaarheid", "b": "Wachttijd"}


@pytest.fixture
def table() -> pd.DataFrame:
    rows = [
        ("em", "a", 0.6, 0.5, 0.7, 1),
        ("em", "b", 0.4, 0.3, 0.5, 2),
        ("imputation", "a", 0.58, 0.48, 0.68, 1),
        ("imputation", "b", 0.42, 0.32, 0.52, 2),
        ("listwise", "a", 0.35, 0.1, 0.6, 2),
        ("listwise", "b", 0.65, 0.4, 0.9, 1),
    ]
    names = ["policy", "driver", "share", "share_low", "share_high", "rank"]
    frame = pd.DataFrame(rows, columns=names)
    parts = frame[["share", "share_low", "share_high"]] / 2
    return frame.assign(
        **{name: parts.iloc[:, i] for i, name in enumerate(["estimate", "conf_low", "conf_high"])}
    )


def drawn(table: pd.DataFrame, language: str = "nl") -> Axes:
    _, axes = style.figure_for_rows(rows_of(2))
    return draw_missing(table, LABELS, ax=axes, language=language)


def spans(axes: Axes) -> set[tuple[float, float]]:
    lines = [found for found in axes.collections if isinstance(found, LineCollection)]
    return {(float(one[0][0]), float(one[1][0])) for found in lines for one in found.get_segments()}


def test_drivers_stand_in_the_order_of_the_first_policy_with_the_largest_on_top(table):
    texts = [label.get_text() for label in drawn(table).get_yticklabels()]
    assert texts == ["Wachttijd", "Betrouwbaarheid"]


def test_every_policy_has_a_mark_and_an_interval_for_every_driver(table):
    axes = drawn(table)
    marks = {line.get_label(): line for line in axes.lines}
    assert sorted(np.asarray(marks["volledige rijen"].get_xdata())) == [0.35, 0.65]
    assert spans(axes) == set(zip(table["share_low"], table["share_high"], strict=True))


def test_policies_have_marks_of_their_own_that_grey_paper_keeps_apart(table):
    marks = {line.get_label(): line for line in drawn(table).lines}
    shapes = {marks[name].get_marker() for name in ("EM", "imputatie", "volledige rijen")}
    assert len(shapes) == 3
    assert marks["volledige rijen"].get_markerfacecolor() == "white"


def test_the_marks_of_a_driver_stand_in_its_row_and_apart(table):
    heights = np.stack(
        [np.asarray(line.get_ydata()) for line in drawn(table).lines if line.get_marker() != "None"]
    )
    assert np.abs(heights - np.array([1, 0])).max() < 0.5
    assert (np.diff(heights, axis=0) < -0.1).all()


def test_without_shares_parts_of_all_differences_are_drawn(table):
    table.loc[table["policy"] == "listwise", ["share", "share_low", "share_high"]] = np.nan
    axes = drawn(table)
    assert (0.05, 0.3) in spans(axes)
    assert axes.get_xlabel() == "deel van alle verschillen"


def test_a_comparison_draws_itself_in_its_language():
    frame = answers(n=80)
    frame.loc[:19, "empathy"] = np.nan
    comparison = compare_missing(survey_of(frame), n_boot=0)
    _, axes = style.figure_for_rows(rows_of(3))
    assert comparison.plot(axes, language="nl") is axes
    names = [text.get_text() for text in axes.get_legend().get_texts()]
    assert names == ["EM", "imputatie", "volledige rijen"]
