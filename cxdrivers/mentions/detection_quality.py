"""Weigh labelled texts back to all texts: precision, recall and agreement, with intervals.

Texts lie in cells: whether a mention was found (0 or 1, the first axis) by score band (the second).
What is known of a cell is how many texts it holds and, from those labelled, which share of them has
a mention.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.proportions import BoolArray, wilson_interval

IntArray = NDArray[np.intp]
Estimate = tuple[FloatArray, FloatArray, FloatArray]
"""An estimate with the ends of its interval."""


@dataclass(frozen=True, eq=False)
class Cells:
    """What is known of texts by what was found in them and by band.

    Attributes
    ----------
    texts
        Shape ``(2, bands)``: how many there are.
    labels
        Shape ``(2, bands)``: how many of them are labelled.
    share
        Shape ``(2, bands)``: share with a mention, by the labels; NaN without.
    size
        Shape ``(2, bands)``: labelled texts that count alike and tell as much (Kish).
    """

    texts: FloatArray
    labels: FloatArray
    share: FloatArray
    size: FloatArray

    def together(self) -> Cells:
        """Return all bands as one: each cell weighs by its texts."""
        whole = self.texts.sum(axis=1)
        safe = np.where(whole > 0, whole, 1.0)
        there = self.texts > 0
        share = np.where(there, self.texts * np.where(there, self.share, 0.0), 0.0).sum(axis=1)
        parts = np.where(there, self.texts**2 / np.where(there, self.size, 1.0), 0.0).sum(axis=1)
        size = np.divide(whole**2, parts, out=np.zeros(2), where=parts > 0)
        return Cells(
            whole[:, None],
            self.labels.sum(axis=1)[:, None],
            np.where(whole > 0, share / safe, np.nan)[:, None],
            size[:, None],
        )


def label_cells(
    found: BoolArray,
    band: IntArray,
    sampled: tuple[IntArray, FloatArray, FloatArray],
    *,
    bands: int,
) -> Cells:
    """Count texts and labels in cells.

    Parameters
    ----------
    found, band
        Shape ``(texts,)``: whether a mention was found, and the band from 0.
    sampled
        Each of shape ``(labels,)``: which text, its label, and how many texts it was drawn for.
    bands
        How many there are.
    """
    row, label, masses = sampled
    cell = found * np.intp(bands) + band
    of_label = cell[row]

    def summed(places: IntArray, values: FloatArray | None = None) -> FloatArray:
        return np.bincount(places, values, 2 * bands).astype(np.float64).reshape(2, bands)

    total, squares = summed(of_label, masses), summed(of_label, masses**2)
    safe = np.where(total > 0, total, 1.0)
    return Cells(
        texts=summed(cell),
        labels=summed(of_label),
        share=np.where(total > 0, summed(of_label, masses * label) / safe, np.nan),
        size=np.where(total > 0, total**2 / np.where(squares > 0, squares, 1.0), 0.0),
    )


def precision(cells: Cells, level: float) -> Estimate:
    """Return the share of found mentions that are mentions, with Wilson's interval."""
    return _share(cells, 1, level)


def omission(cells: Cells, level: float) -> Estimate:
    """Return the share with a mention where none was found, with Wilson's interval."""
    return _share(cells, 0, level)


def recall(cells: Cells, level: float) -> Estimate:
    """Return the share of all mentions that was found.

    It is found over found and missed: two numbers of texts that are each estimated, so its interval
    comes from Wilson's of `precision` and of `omission` (the ratio of two quantities by their
    intervals: Donner & Zou 2012, *Statistical Methods in Medical Research* 21, 347–359). One missed
    mention among few labelled texts may stand for many.

    Parameters
    ----------
    cells
        Counts.
    level
        For example 0.95.

    Returns
    -------
    estimate, low, high
        Shape ``(bands,)``; NaN where there is no mention at all.
    """
    missed = [cells.texts[0] * end for end in _filled(omission(cells, level), cells.texts[0])]
    hits = [cells.texts[1] * end for end in _filled(precision(cells, level), cells.texts[1])]
    whole = hits[0] + missed[0]
    estimate = np.divide(hits[0], whole, out=np.full(len(whole), np.nan), where=whole > 0)
    low, high = _ratio_ends(missed, hits)
    with np.errstate(divide="ignore"):
        ends = 1 / (1 + high), 1 / (1 + low)
    low, high = (np.where(np.isnan(estimate), np.nan, np.clip(end, 0, 1)) for end in ends)
    return estimate, low, np.where(cells.texts[1] > 0, high, estimate)


def cohens_kappa(first: FloatArray, second: FloatArray, level: float) -> tuple[float, float, float]:
    """Return how far two coders agree beyond chance, with an interval.

    The agreement that chance gives is held as it is (Cohen 1960, *Educational and Psychological
    Measurement* 20, 37–46), and the observed one has Wilson's interval, so that two coders who
    never differed are not said to be sure to agree.

    Parameters
    ----------
    first, second
        Shape ``(n,)``: 0 or 1.
    level
        For example 0.95.

    Returns
    -------
    estimate, low, high
        NaN without texts, and where both always say the same one thing.

    Examples
    --------
    >>> first, second = np.array([1.0, 1, 0, 0, 1]), np.array([1.0, 1, 0, 1, 1])
    >>> round(float(cohens_kappa(first, second, 0.95)[0]), 2)
    0.55
    """
    n = len(first)
    if not n:
        return np.nan, np.nan, np.nan
    yes, other = first.mean(), second.mean()
    chance = yes * other + (1 - yes) * (1 - other)
    if chance == 1:
        return np.nan, np.nan, np.nan
    agreed = np.array((first == second).mean())
    low, high = wilson_interval(agreed, np.array(float(n)), level)
    estimate, bottom, top = (float((end - chance) / (1 - chance)) for end in (agreed, low, high))
    return estimate, max(bottom, -1.0), top


def _share(cells: Cells, found: int, level: float) -> Estimate:
    share = cells.share[found]
    told = np.isfinite(share)
    low, high = wilson_interval(np.where(told, share, 0.0), cells.size[found], level)
    return share, np.where(told, low, np.nan), np.where(told, high, np.nan)


def _filled(estimate: Estimate, texts: FloatArray) -> list[FloatArray]:
    """Return an estimate that is 0 where there are no texts."""
    return [np.where(texts > 0, end, 0.0) for end in estimate]


def _ratio_ends(top: list[FloatArray], bottom: list[FloatArray]) -> tuple[FloatArray, FloatArray]:
    """Return the interval of one quantity over another, from an interval of each."""
    (first, first_low, first_high), (second, second_low, second_high) = top, bottom
    product = first * second
    below = product**2 - first_low * second_high * (2 * first - first_low) * (
        2 * second - second_high
    )
    above = product**2 - first_high * second_low * (2 * first - first_high) * (
        2 * second - second_low
    )
    low_base = second_high * (2 * second - second_high)
    high_base = second_low * (2 * second - second_low)
    low_top = product - np.sqrt(np.maximum(below, 0))
    high_top = product + np.sqrt(np.maximum(above, 0))
    low = np.divide(low_top, low_base, out=np.zeros(len(product)), where=low_base > 0)
    high = np.divide(high_top, high_base, out=np.full(len(product), np.inf), where=high_base > 0)
    return np.maximum(low, 0), np.where((high_top == 0) & (high_base > 0), 0.0, high)
