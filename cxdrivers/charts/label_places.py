"""Find a place for every label of a scatter of points, so that none covers another.

Labels are boxes in points of print. Each tries places around its own point, near ones first, and
takes the cheapest given where the others are; after some rounds nobody moves. The same points give
the same places.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

GAPS = (5.0, 9.0, 15.0, 24.0, 36.0, 52.0, 72.0, 98.0, 130.0)
"""How far from the point a label may stand."""
ANGLES = 24
MARGIN = 2.0
"""Air around a label."""
DOT = 5.0
COVERED, CROSSED, OUTSIDE = 100.0, 8.0, 1e6
"""What a covered piece of a label or point costs, what one of a line does, and being outside."""
FAR = 8.0
"""What a point of distance costs."""
LED_THROUGH = 150.0
"""What it costs to cover a piece of another label's line."""
MET = 400.0
"""What it costs when two of those lines meet, or one runs over another point."""
ROUNDS = 8


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What labels keep away from.

    Attributes
    ----------
    frame
        Left, bottom, right and top of where labels may stand.
    fixed
        Shape ``(m, 4)``: boxes that nothing may cover, such as other texts.
    lines
        Shape ``(l, 4)``: thin boxes that may be covered when there is no better place.
    """

    frame: tuple[float, float, float, float]
    fixed: FloatArray
    lines: FloatArray


def label_places(points: FloatArray, sizes: FloatArray, around: Surroundings) -> FloatArray:
    """Return the middle of every label, shape ``(q, 2)``.

    Parameters
    ----------
    points
        Shape ``(q, 2)``: what is labelled.
    sizes
        Shape ``(q, 2)``: width and height of each label.
    around
        What labels keep away from.
    """
    dots = np.column_stack([points - DOT, points + DOT])
    tried = [
        _tried(point, size, np.delete(dots, place, axis=0), around)
        for place, (point, size) in enumerate(zip(points, sizes, strict=True))
    ]
    chosen = np.array([middles[costs.argmin()] for middles, costs in tried])
    crowd = np.linalg.norm(points[:, np.newaxis] - points, axis=2).sum(axis=1)
    order = np.argsort(crowd, kind="stable")
    for _ in range(ROUNDS):
        before = chosen.copy()
        for place in order:
            middles, costs = tried[place]
            others = np.delete(_boxes(chosen, sizes), place, axis=0)
            leads = np.delete(np.stack([points, chosen], axis=1), place, axis=0)
            boxes = _boxes(middles, sizes[place])
            total = costs + COVERED * _shared(boxes, others).sum(axis=1)
            ways = np.stack([np.broadcast_to(points[place], middles.shape), middles], axis=1)
            total += LED_THROUGH * _led_through(boxes, leads).sum(axis=1)
            total += LED_THROUGH * _led_through(others, ways).sum(axis=0)
            total += MET * _meets(ways, leads).sum(axis=1)
            chosen[place] = middles[total.argmin()]
        if (before == chosen).all():
            break
    return chosen


def _tried(
    point: FloatArray, size: FloatArray, dots: FloatArray, around: Surroundings
) -> tuple[FloatArray, FloatArray]:
    """Return the places that a label may take, and what each costs by itself."""
    turns = 2 * np.pi * np.arange(ANGLES) / ANGLES
    directions = np.column_stack([np.cos(turns), np.sin(turns)])
    gaps = np.array(GAPS)[:, np.newaxis, np.newaxis]
    middles = (point + directions * (gaps + size / 2)).reshape(-1, 2)
    boxes = _boxes(middles, size)
    left, bottom, right, top = around.frame
    outside = (
        np.maximum(left - boxes[:, 0], 0)
        + np.maximum(bottom - boxes[:, 1], 0)
        + np.maximum(boxes[:, 2] - right, 0)
        + np.maximum(boxes[:, 3] - top, 0)
    )
    own = np.concatenate([point - DOT / 2, point + DOT / 2])[np.newaxis]
    hard = _shared(boxes, np.concatenate([dots, own, around.fixed])).sum(axis=1)
    soft = _shared(boxes, around.lines).sum(axis=1)
    ways = np.stack([np.broadcast_to(point, middles.shape), middles], axis=1)
    hit = _led_through(dots, ways).sum(axis=0)
    distance = np.repeat(GAPS, ANGLES)
    costs = (
        OUTSIDE * (outside > 0) + OUTSIDE * outside + COVERED * hard + CROSSED * soft + MET * hit
    )
    return middles, costs + FAR * distance


def _boxes(middles: FloatArray, sizes: FloatArray) -> FloatArray:
    half = sizes / 2 + MARGIN
    return np.column_stack([middles - half, middles + half])


def _shared(boxes: FloatArray, others: FloatArray) -> FloatArray:
    """Return the area that boxes share, shapes ``(a, 4)`` and ``(b, 4)`` → ``(a, b)``."""
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    area: FloatArray = np.maximum(high - low, 0).prod(axis=2)
    return area


def _led_through(boxes: FloatArray, leads: FloatArray) -> FloatArray:
    """Return how much of lines boxes cover, shapes ``(a, 4)`` and ``(b, 2, 2)`` → ``(a, b)``."""
    steps = np.linspace(0.05, 0.95, 19)[:, np.newaxis, np.newaxis]
    way = leads[:, 0] + steps * (leads[:, 1] - leads[:, 0])
    inside = (way[:, np.newaxis] > boxes[:, np.newaxis, :2]) & (
        way[:, np.newaxis] < boxes[:, np.newaxis, 2:]
    )
    found: FloatArray = inside.all(axis=3).sum(axis=0).astype(np.float64)
    return found


def _meets(ways: FloatArray, leads: FloatArray) -> NDArray[np.bool_]:
    """Return which lines meet, shapes ``(a, 2, 2)`` and ``(b, 2, 2)`` → ``(a, b)``."""
    first, second = ways[:, np.newaxis], leads[np.newaxis]
    across = _side(first, second[:, :, 0]) * _side(first, second[:, :, 1]) < 0
    along = _side(second, first[:, :, 0]) * _side(second, first[:, :, 1]) < 0
    found: NDArray[np.bool_] = across & along
    return found


def _side(line: FloatArray, point: FloatArray) -> FloatArray:
    """Return on which side of a line a point lies, by the sign."""
    direction, offset = line[:, :, 1] - line[:, :, 0], point - line[:, :, 0]
    side: FloatArray = direction[..., 0] * offset[..., 1] - direction[..., 1] * offset[..., 0]
    return side
