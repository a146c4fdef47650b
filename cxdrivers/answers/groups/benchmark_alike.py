"""Find the drivers that all but a few customers of a client rated alike."""

from __future__ import annotations

import numpy as np

from cxdrivers.answers.groups.benchmark_clients import SAME
from cxdrivers.answers.groups.group_estimates import FEWEST_RATED
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.sums import FloatArray
from cxdrivers.survey.coding import BoolArray

FEWEST_TO_COUNT = 2 * FEWEST_RATED
"""In so many random parts fewer than ten customers leave most parts without any of them."""
FEWEST_ON_A_LINE = 2 * FEWEST_TO_COUNT


def nearly_alike(groups: GroupedMoments) -> BoolArray:
    """Return for which drivers all but fewer than ten of a client gave the same rating, ``(K, p)``.

    They are counted by the random parts in which a rating differs from the usual one. Parts that
    were made of a sample of the rows (`raised_parts`) hold a share of everybody too: the sums of
    those who rate alike then lie on a line in their weight, and those who do not are off it.

    Parameters
    ----------
    groups
        In at least `FEWEST_TO_COUNT` parts each; of fewer it hides what it cannot count.
    """
    told = groups.rating_masses > 0
    off = _off_the_usual(groups.rating_masses, groups.rating_sums, told)
    least = off
    if told.shape[1] >= FEWEST_ON_A_LINE:
        least = np.minimum(off, _off_the_line(groups.rating_masses, groups.rating_sums, told))
    few: BoolArray = (off > 0) & (least < FEWEST_RATED) & (2 * least <= told.sum(axis=1))
    return few


def _off_the_usual(masses: FloatArray, sums: FloatArray, told: BoolArray) -> FloatArray:
    """Return in how many parts the mean rating is not the usual one, shape ``(K, p)``."""
    means = np.where(told, sums / np.where(told, masses, 1.0), np.nan)
    somebody = told.any(axis=1, keepdims=True)
    usual = np.nanmedian(np.where(somebody, means, 0.0), axis=1, keepdims=True)
    off: FloatArray = (told & (np.abs(means - usual) > SAME)).sum(axis=1)
    return off


def _off_the_line(masses: FloatArray, sums: FloatArray, told: BoolArray) -> FloatArray:
    """Return how many parts are not on the line that most of them lie on, shape ``(K, p)``."""
    half = masses.shape[1] // 2
    apart = masses[:, half : 2 * half] - masses[:, :half]
    both = told[:, half : 2 * half] & told[:, :half]
    unit = np.abs(masses).max(axis=1, keepdims=True)
    sloped = both & (np.abs(apart) > SAME * unit)
    rise = (sums[:, half : 2 * half] - sums[:, :half]) / np.where(sloped, apart, 1.0)
    slope = _median(rise, sloped)
    left = sums - slope * masses
    off = told & (np.abs(left - _median(left, told)) > SAME * np.where(unit > 0, unit, 1.0))
    count: FloatArray = off.sum(axis=1)
    return count


def _median(values: FloatArray, counted: BoolArray) -> FloatArray:
    """Return medians over the parts of those that count, 0 where none does, ``(K, 1, p)``."""
    somebody = counted.any(axis=1, keepdims=True)
    found: FloatArray = np.nanmedian(
        np.where(counted, values, np.where(somebody, np.nan, 0.0)), axis=1, keepdims=True
    )
    return found
