"""The chart of the chain: its artists say what its tables say."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from cxdrivers.charts import style
from cxdrivers.charts.advocacy import ROWS, draw_advocacy
from cxdrivers.wording import sentence

EFFECTS = pd.DataFrame(
    {
        "effect": ["direct", "indirect", "total"],
        "estimate": [0.062, -0.016, 0.046],
        "conf_low": [0.02, -0.026, 0.001],
        "conf_high": [0.103, -0.005, 0.09],
    }
)
STEPS = pd.DataFrame({"estimate": [0.62, 0.56, 0.13, 0.3, 0.16, 0.39]})


def drawn(language: str = "en", effects: pd.DataFrame = EFFECTS) -> Axes:
    _, axes = style.figure_for_rows(ROWS)
    top = sentence("score_points.range", low=8.0, high=10.0)
    return draw_advocacy(effects, STEPS, top=top, ax=axes, language=language)


def texts(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def test_three_boxes_are_joined_by_three_arrows_two_of_them_through_the_score():
    axes = drawn()
    boxes = [patch for patch in axes.patches if isinstance(patch, FancyBboxPatch)]
    arrows = [patch for patch in axes.patches if isinstance(patch, FancyArrowPatch)]
    assert len(boxes) == 3
    assert [arrow.get_edgecolor()[:3] != arrows[2].get_edgecolor()[:3] for arrow in arrows] == [
        True,
        True,
        False,
    ]
    assert texts(axes)[:3] == ["mentions an employee", "gives 8–10", "really recommended"]


def test_every_part_stands_on_its_way_with_its_interval():
    found = texts(drawn())
    assert "direct: 6.2 [2.0, 10.3]" in found
    assert "indirect, through the score: −1.6 [−2.6, −0.5]" in found
    assert "total: 4.6 [0.1, 9.0] percentage points" in found
    assert "62\xa0% with a mention" not in found


def test_chances_stand_beside_the_arrows_that_they_belong_to():
    axes = drawn()
    places = {text.get_text(): text.get_position()[0] for text in axes.texts}
    assert places["56\xa0% with a mention,\n62\xa0% without"] < 5
    assert places["39\xa0% after such a score,\n16\xa0% after a lower one"] > 5


def test_dutch_has_its_own_words_and_marks():
    found = texts(drawn("nl"))
    assert found[:3] == ["noemt een medewerker", "geeft 8–10", "beval echt aan"]
    assert "direct: 6,2 [2,0; 10,3]" in found
    assert "totaal: 4,6 [0,1; 9,0] procentpunten" in found


def test_without_resamples_the_numbers_stand_alone():
    bare = EFFECTS.assign(conf_low=float("nan"), conf_high=float("nan"))
    assert "direct: 6.2" in texts(drawn(effects=bare))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_text_overlaps_another_or_leaves_the_sheet(language: str):
    axes = drawn(language)
    figure = axes.figure
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in axes.texts]
    for place, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:place])
        assert figure.bbox.x0 <= box.x0
        assert box.x1 <= figure.bbox.x1
    for text, patch in zip(axes.texts[:3], axes.patches[:3], strict=True):
        assert text.get_window_extent().width < patch.get_window_extent().width
