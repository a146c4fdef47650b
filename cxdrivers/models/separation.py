"""Find out whether columns set grades apart exactly, so that a likelihood has no top.

Then log odds run away to infinity, and what a program prints is where it stopped (Albert & Anderson
1984, *Biometrika* 71, 1–10). Whether there is such a direction is a question of linear programming
(Konis 2007, *Linear programming algorithms for detecting separated data*, Oxford).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from cxdrivers.importance.cumulative import cumulative_rows
from cxdrivers.importance.lattice import FloatArray

PART_OF_IT = 1e-3
"""How much of a direction a column must be, where the largest is 1 standard deviation."""


def separating_direction(columns: FloatArray, outcome: FloatArray) -> FloatArray | None:
    """Return slopes along which no respondent's chance falls and some rise for ever, or None.

    Parameters
    ----------
    columns
        Shape ``(n, k)``, not tied to each other and none of them constant.
    outcome
        Shape ``(n,)``: every value that occurs is a grade.

    Returns
    -------
    ndarray, shape ``(k,)``, or None
        In standard deviations of the columns, each from −1 to 1.
    """
    if not columns.shape[1]:
        return None
    standardised = (columns - columns.mean(axis=0)) / columns.std(axis=0)
    grades = np.unique(outcome, return_inverse=True)[1].astype(np.intp)
    rows = cumulative_rows(standardised, grades)
    gains = np.zeros((len(rows.source), rows.thresholds + columns.shape[1]))
    for part in rows.parts:
        gains[part.rows, part.threshold] = part.side
        gains[part.rows, rows.thresholds :] = -part.side * rows.columns[part.rows]
    anywhere: list[tuple[float | None, float | None]] = [(None, None)] * rows.thresholds
    bounds = anywhere + [(-1.0, 1.0)] * columns.shape[1]
    found = linprog(
        -gains.mean(axis=0), A_ub=-gains, b_ub=np.zeros(len(gains)), bounds=bounds, method="highs"
    )
    direction = np.asarray(found.x, np.float64)[rows.thresholds :]
    return direction if np.abs(direction).max() > PART_OF_IT else None


def separating_groups(
    columns: FloatArray, outcome: FloatArray, groups: Iterable[tuple[str, Sequence[int]]]
) -> tuple[str, ...]:
    """Return what sets grades apart: each that does so alone, else all that do so together.

    Parameters
    ----------
    columns, outcome
        As for `separating_direction`.
    groups
        The name of each driver or control, with its columns.
    """
    direction = separating_direction(columns, outcome)
    if direction is None:
        return ()
    named = tuple(groups)
    alone = tuple(name for name, group in named if _alone(columns, outcome, group))
    involved: NDArray[np.bool_] = np.abs(direction) > PART_OF_IT
    return alone or tuple(name for name, group in named if involved[list(group)].any())


def _alone(columns: FloatArray, outcome: FloatArray, group: Sequence[int]) -> bool:
    return separating_direction(columns[:, list(group)], outcome) is not None
