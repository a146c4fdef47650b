"""Labels find places where none covers another, the same ones every time."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdrivers.charts.label_places import Surroundings, label_places

FRAME = (0.0, 0.0, 460.0, 400.0)
NOTHING = np.empty((0, 4))


def drawn(seed: int, count: int = 15) -> tuple[np.ndarray, np.ndarray]:
    """Return points in the middle of the frame, and labels of one or two lines."""
    rng = np.random.default_rng(seed)
    points = rng.uniform((90, 60), (370, 340), (count, 2))
    sizes = np.column_stack([rng.uniform(50, 130, count), rng.choice([11.0, 22.0], count)])
    return points, sizes


@settings(max_examples=12)
@given(seed=st.integers(0, 10_000))
def test_fifteen_labels_cover_neither_one_another_nor_points_nor_texts(seed: int):
    points, sizes = drawn(seed)
    corner = np.array([[0.0, 380.0, 80.0, 400.0]])
    places = label_places(points, sizes, Surroundings(FRAME, corner, NOTHING))
    low, high = places - sizes / 2, places + sizes / 2
    for one, other in combinations(range(len(places)), 2):
        apart = (high[one] <= low[other]) | (high[other] <= low[one])
        assert apart.any()
    for point in points:
        assert not ((low < point) & (point < high)).all(axis=1).any()
    inside = (low < corner[0, 2:]) & (high > corner[0, :2])
    assert not inside.all(axis=1).any()
    assert (low >= 0).all()
    assert (high <= FRAME[2:]).all()


def test_the_same_points_give_the_same_places():
    around = Surroundings(FRAME, NOTHING, NOTHING)
    first, second = (label_places(*drawn(3), around) for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_a_label_by_itself_stands_close_to_its_point():
    points, sizes = np.array([[200.0, 200.0]]), np.array([[60.0, 11.0]])
    [place] = label_places(points, sizes, Surroundings(FRAME, NOTHING, NOTHING))
    assert (np.abs(place - points[0]) <= sizes[0] / 2 + 5).all()


def test_a_label_leaves_a_line_when_there_is_room_beside_it():
    points, sizes = np.array([[200.0, 200.0]]), np.array([[60.0, 11.0]])
    lines = np.array([[190.0, 190.0, 400.0, 240.0]])
    [place] = label_places(points, sizes, Surroundings(FRAME, NOTHING, lines))
    assert place[0] + 30 <= 190 or abs(place[1] - 215) >= 25
