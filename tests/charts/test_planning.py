"""The chart of a planned survey: the curve, what was asked, and where it is enough."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.answers.planning.planned_survey import PlannedSurvey
from cxdrivers.answers.planning.planning import sample_size
from cxdrivers.charts import style
from cxdrivers.charts.planning import draw_planning

CURVE = {250: 0.2, 500: 0.14, 1000: 0.1, 2000: 0.07}


def test_the_curve_shows_half_the_width_and_the_dot_is_where_it_is_enough():
    _, axes = style.figure_for_rows(6)
    draw_planning(CURVE, 1000, 0.1, apart=False, ax=axes, language="nl")
    curve, target, dot = axes.lines
    assert list(curve.get_xdata()) == [250, 500, 1000, 2000]
    np.testing.assert_allclose(curve.get_ydata(), [0.1, 0.07, 0.05, 0.035])
    assert set(target.get_ydata()) == {0.05}
    assert (list(dot.get_xdata()), list(dot.get_ydata())) == ([1000], [0.05])
    assert [text.get_text() for text in axes.texts] == ["1\xa0000 respondenten"]
    assert axes.get_ylabel() == "± van het minst zekere aandeel, in procentpunten"
    assert axes.yaxis.get_major_formatter()(0.05, None) == "5"


def test_the_chance_to_tell_two_apart_is_drawn_as_it_is():
    _, axes = style.figure_for_rows(6)
    curve = {250: 0.3, 1000: 0.81}
    draw_planning(curve, 1000, 0.8, apart=True, ax=axes)
    assert list(axes.lines[0].get_ydata()) == [0.3, 0.81]
    assert axes.get_ylabel() == "chance to tell the two apart"
    assert axes.yaxis.get_major_formatter()(0.8, None) == "80\xa0%"
    assert axes.get_ylim() == (0, 1.02)


@pytest.mark.parametrize("goal", [{"width": 0.3}, {"tell_apart": 0.3}])
def test_a_sample_size_draws_itself(goal: dict[str, float]):
    size = sample_size(PlannedSurvey(drivers=2), **goal)
    _, axes = style.figure_for_rows(6)
    assert size.plot(axes) is axes
    [target] = set(axes.lines[1].get_ydata())
    assert target == pytest.approx(0.15 if "width" in goal else 0.8)
