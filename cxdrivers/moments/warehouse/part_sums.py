"""Make the parts of every group add up to its totals, where they hold only some of its rows too."""

from __future__ import annotations

import numpy as np

from cxdrivers.moments.sums import FloatArray
from cxdrivers.moments.warehouse.sums_table import BoolArray, IntArray


def raised_parts(
    totals: FloatArray,
    parts: FloatArray,
    *,
    cut: IntArray,
    sampled: BoolArray,
    told: BoolArray,
    squares: int,
    masses: int,
) -> None:
    """Change sums of parts, in place, into those of random parts of all rows.

    With T the sums of all n rows of a group, S those of the rows that are in its U parts, and S_u
    those of one part, a part of all rows is ``T/U + (S_u − S/U)/√f``. The parts then add up to T
    and spread as much as U random parts of all rows would, since sums over f·n rows spread √f times
    as much as those over n. For f serves the part of the squared weights that is in the parts: with
    unequal weights it says better than the count of rows how much of the spread they hold. It is
    never less than the square of the part of the weight: no part then weighs less than nothing.

    Parts that hold all rows stay as they are. A group whose parts are not told is one part.

    Parameters
    ----------
    totals
        Shape ``(K, m)``.
    parts
        Shape ``(K, U, m)``, changed.
    cut
        Shape ``(K,)``: into how many parts each group is cut.
    sampled
        Shape ``(K,)``: whether only some of its rows are in them.
    told
        Shape ``(K,)``: whether they are known.
    squares, masses
        Which of the m columns are the sums of the squared weights, and of the weights.
    """
    for place in np.flatnonzero(~told):
        parts[place, 0] = totals[place]
    for place in np.flatnonzero(told & sampled):
        count, whole = int(cut[place]), totals[place]
        inside = parts[place, :count]
        mean = inside.sum(axis=0) / count
        seen = mean[[squares, masses]] * count / whole[[squares, masses]]
        share = max(seen[0], seen[1] ** 2)
        parts[place, :count] = whole / count + (inside - mean) / np.sqrt(share)
