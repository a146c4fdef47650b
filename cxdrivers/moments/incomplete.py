"""Estimate means and covariances from rows with blanks, by maximum likelihood.

With blanks at random, given what was answered, the likelihood of normal answers needs no complete
rows: every row tells what it holds (full information maximum likelihood; Dempster, Laird & Rubin
1977, *Journal of the Royal Statistical Society B* 39, 1–38). Each step of EM expects the sums that
complete rows would have had. Rows with the same blanks share everything but their sums, so a
resample needs only those, and resamples are a leading axis.

What did not apply is no blank. Its column is 0 in a model (beside the mark that says so), but what
is known of the column's spread, and of how it goes with others, is known from those it applied to.
So it is left open while the likelihood is climbed, and becomes 0 in the moments that are returned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdrivers.errors import FitError
from cxdrivers.moments.design import Design
from cxdrivers.moments.sums import FloatArray, row_products
from cxdrivers.survey.coding import BoolArray

CLOSE = 1e-7
"""How little a step must change, in standard deviations, to be the last."""
ROUGH = 1e-4
"""The same where a distribution only fills in blanks: last digits take thousands of steps."""
NUMBERS_AT_ONCE = 2**22
MANY_BLANKS = 0.1
LONGEST = 64.0
"""No leap further than this many steps."""
MOST_STEPS = 2000
RIDGE = 1e-9


@dataclass(frozen=True, eq=False)
class IncompleteRows:
    """Rows with blanks, sorted into P patterns by which columns are blank.

    Attributes
    ----------
    centre, scale
        Shape ``(k,)``: what was taken off the columns, and what they were divided by.
    order
        Shape ``(n,)``: the rows, pattern by pattern.
    starts
        Shape ``(P,)``: where each pattern starts in that order.
    given, absent
        Shape ``(P, k)``: which columns are filled in, and which did not apply.
    products
        Shape ``(n, m)``: 1, x and x·x' of each row in that order, 0 for what is not filled in.
    """

    centre: FloatArray
    scale: FloatArray
    order: NDArray[np.intp]
    starts: NDArray[np.intp]
    given: BoolArray
    absent: BoolArray
    products: FloatArray

    @property
    def zero(self) -> FloatArray:
        """What 0 is in standard deviations, shape ``(k,)``."""
        return -self.centre / self.scale

    def rows_of(self, pattern: int) -> NDArray[np.intp]:
        """Return the rows of one of the patterns."""
        stops = np.append(self.starts[1:], len(self.order))
        return self.order[self.starts[pattern] : stops[pattern]]

    def sums(self, masses: FloatArray) -> FloatArray:
        """Return the sums of each pattern, shapes ``(B, n)`` → ``(B, P, m)``."""
        ordered = masses[:, self.order]
        stops = np.append(self.starts[1:], len(self.order))
        parts = [
            ordered[:, start:stop] @ self.products[start:stop]
            for start, stop in zip(self.starts, stops, strict=True)
        ]
        return np.stack(parts, axis=1)


@dataclass(frozen=True, eq=False)
class Likeliest:
    """The likeliest normal distribution of every resample, in standard deviations.

    Attributes
    ----------
    mean, covariance
        Shapes ``(B, k)`` and ``(B, k, k)``.
    """

    mean: FloatArray
    covariance: FloatArray


@dataclass(frozen=True, eq=False)
class Expected:
    """How all columns of a row follow from those that are given, by resample and pattern.

    Attributes
    ----------
    constant, slopes, left
        Shapes ``(B, P, k)``, ``(B, P, k, k)`` and ``(B, P, k, k)``: x = constant + slopes · given,
        and the covariance of what is left to chance. A given column follows from itself.
    """

    constant: FloatArray
    slopes: FloatArray
    left: FloatArray


def incomplete_rows(values: FloatArray, absent: BoolArray | None = None) -> IncompleteRows:
    """Sort rows by their blanks.

    Parameters
    ----------
    values
        Shape ``(n, k)``, NaN for a blank. Every column is filled in somewhere.
    absent
        Shape ``(n, k)``: where a column is 0 because its driver did not apply. That matters where
        a tenth or more of a column's answers are blank: with fewer, or none, the 0 may count as
        an answer, which keeps the patterns few.
    """
    away = np.zeros(values.shape, dtype=bool) if absent is None else absent
    blank = np.isnan(values).sum(axis=0)
    away = away & (blank >= MANY_BLANKS * (~away).sum(axis=0))
    known = np.where(away, np.nan, values)
    centre, spread = np.nanmean(known, axis=0), np.nanstd(known, axis=0)
    scale = np.where(spread > 0, spread, 1.0)
    marks = np.isnan(known).astype(np.int8) + away
    kinds, kind = np.unique(marks, axis=0, return_inverse=True)
    order = np.argsort(kind.ravel(), kind="stable")
    sizes = np.bincount(kind.ravel(), minlength=len(kinds))
    standard = np.where(np.isnan(known), 0.0, (known - centre) / scale)
    return IncompleteRows(
        centre=centre,
        scale=scale,
        order=order,
        starts=np.cumsum(sizes) - sizes,
        given=kinds == 0,
        absent=kinds == 2,
        products=row_products(standard[order]),
    )


def pattern_count(design: Design) -> int:
    """Return how many combinations of blank columns the rows of a design have."""
    return len(np.unique(np.isnan(design.columns), axis=0))


def likeliest(
    rows: IncompleteRows,
    masses: FloatArray,
    start: Likeliest | None = None,
    *,
    close: float = CLOSE,
) -> Likeliest:
    """Return the likeliest normal distribution of every resample.

    Parameters
    ----------
    rows
        Of n respondents.
    masses
        Shape ``(B, n)``: how much each of them counts in each resample.
    start
        One distribution to start from, for example that of the sample.
    close
        How little a step must change to be the last.

    Raises
    ------
    FitError
        When the blanks leave so little in common that no step is the last.
    """
    columns = len(rows.centre)
    if start is None:
        start = Likeliest(np.zeros((1, columns)), np.eye(columns)[np.newaxis])
    mean = np.repeat(start.mean, len(masses), axis=0)
    covariance = np.repeat(start.covariance, len(masses), axis=0)
    size = max(1, NUMBERS_AT_ONCE // rows.given.size // columns)
    for begin in range(0, len(masses), size):
        part = slice(begin, begin + size)
        sums = rows.sums(masses[part])
        going = np.arange(begin, begin + len(sums))
        for _ in range(MOST_STEPS):
            some = sums[going - begin]
            first = Likeliest(mean[going], covariance[going])
            second = _step(rows, some, first)
            third = _step(rows, some, second)
            moved = _moved(second, third)
            ahead = _leapt(first, second, third, moved > close)
            mean[going], covariance[going] = ahead.mean, ahead.covariance
            going = going[moved > close]
            if not going.size:
                break
        if going.size:
            raise FitError("blanks_without_end", count=int(going.size), steps=MOST_STEPS)
    return Likeliest(mean, covariance)


def likeliest_moments(
    rows: IncompleteRows, masses: FloatArray, start: Likeliest | None = None
) -> tuple[FloatArray, FloatArray]:
    """Return the likeliest means and covariances of every resample, 0 where nothing applied.

    Parameters
    ----------
    rows, masses, start
        As for `likeliest`.

    Returns
    -------
    mean, covariance
        Shapes ``(B, k)`` and ``(B, k, k)``; the covariance divides by the sum of the masses.

    Raises
    ------
    FitError
        As `likeliest`.
    """
    found = likeliest(rows, masses, start)
    size = max(1, NUMBERS_AT_ONCE // rows.given.size // len(rows.centre))
    parts = [
        _step(
            rows,
            rows.sums(masses[begin : begin + size]),
            Likeliest(found.mean[begin : begin + size], found.covariance[begin : begin + size]),
            last=True,
        )
        for begin in range(0, len(masses), size)
    ]
    mean = np.concatenate([part.mean for part in parts])
    covariance = np.concatenate([part.covariance for part in parts])
    return mean * rows.scale + rows.centre, covariance * np.outer(rows.scale, rows.scale)


def covariances_with_blanks(
    rows: IncompleteRows, parts: Iterable[FloatArray]
) -> Iterator[FloatArray]:
    """Yield the likeliest covariance matrices of resamples, from how much each row counts.

    Parameters
    ----------
    rows
        Of n respondents.
    parts
        Arrays of shape ``(b, n)``.

    Yields
    ------
    ndarray, shape ``(b, k, k)``
    """
    start = likeliest(rows, np.ones((1, len(rows.order))))
    for masses in parts:
        yield likeliest_moments(rows, masses, start)[1]


def expected_columns(rows: IncompleteRows, found: Likeliest, *, last: bool = False) -> Expected:
    """Return how all columns follow from those that are given, in every resample and pattern.

    Parameters
    ----------
    rows
        With P patterns.
    found
        B distributions.
    last
        Whether what did not apply stands at 0 and is not expected.
    """
    given = rows.given.astype(np.float64)
    both = given[:, :, np.newaxis] * given[:, np.newaxis]
    covariance = found.covariance[:, np.newaxis]
    ridge = RIDGE * np.einsum("bii->bi", found.covariance).max(axis=1)[:, np.newaxis, np.newaxis]
    inner = covariance * both
    np.einsum("bpii->bpi", inner)[:] += (1 - given) + ridge
    slopes = covariance @ (np.linalg.inv(inner) * both)
    pinned = np.where(rows.given[:, :, np.newaxis], np.eye(len(rows.centre)), slopes)
    constant = found.mean[:, np.newaxis] - np.einsum(
        "bpij,bpj->bpi", pinned, found.mean[:, np.newaxis] * given
    )
    left = covariance - pinned @ covariance
    left = left * (1 - given)[:, :, np.newaxis] * (1 - given)[:, np.newaxis]
    constant = np.where(rows.given, 0.0, constant)
    if last:
        away = rows.absent
        stays = ~away
        pinned = pinned * stays[:, :, np.newaxis]
        left = left * (stays[:, :, np.newaxis] & stays[:, np.newaxis])
        constant = np.where(away, rows.zero, constant)
    return Expected(constant, pinned, left)


def _step(
    rows: IncompleteRows, sums: FloatArray, found: Likeliest, *, last: bool = False
) -> Likeliest:
    """Return means and covariances after one step of EM."""
    mass, filled, products = _unpacked(sums, len(rows.centre))
    told = expected_columns(rows, found, last=last)
    turned = np.swapaxes(told.slopes, 2, 3)
    follows = np.einsum("bpij,bpj->bpi", told.slopes, filled)
    weighed = mass[:, :, np.newaxis] * told.constant
    across = told.constant[:, :, :, np.newaxis] * follows[:, :, np.newaxis]
    second = (
        mass[:, :, np.newaxis, np.newaxis] * told.left
        + told.slopes @ products @ turned
        + across
        + np.swapaxes(across, 2, 3)
        + told.constant[:, :, :, np.newaxis] * weighed[:, :, np.newaxis]
    ).sum(axis=1)
    total = mass.sum(axis=1)[:, np.newaxis]
    mean = (weighed + follows).sum(axis=1) / total
    spread = second / total[:, :, np.newaxis] - mean[:, :, np.newaxis] * mean[:, np.newaxis]
    return Likeliest(mean, spread)


def _leapt(first: Likeliest, second: Likeliest, third: Likeliest, far: BoolArray) -> Likeliest:
    """Return where two steps of EM lead to, and for those that are far ahead of it.

    Steps of EM shrink slowly where much is blank, and two of them tell how slowly (SQUAREM:
    Varadhan & Roland 2008, *Scandinavian Journal of Statistics* 35, 335–353). A leap to no
    covariance is not taken.
    """
    places = [
        np.concatenate([found.mean, found.covariance.reshape(len(far), -1)], axis=1)
        for found in (first, second, third)
    ]
    step, bend = places[1] - places[0], places[2] - 2 * places[1] + places[0]
    lengths = np.linalg.norm(step, axis=1), np.linalg.norm(bend, axis=1)
    stride = np.divide(*lengths, out=np.ones(len(far)), where=lengths[1] > 0)
    stride = np.clip(stride, 1.0, LONGEST)[:, np.newaxis]
    there = places[0] + 2 * stride * step + stride**2 * bend
    columns = first.mean.shape[1]
    covariance = there[:, columns:].reshape(third.covariance.shape)
    leaps = far & (np.linalg.eigvalsh(covariance)[:, 0] > RIDGE)
    return Likeliest(
        np.where(leaps[:, np.newaxis], there[:, :columns], third.mean),
        np.where(leaps[:, np.newaxis, np.newaxis], covariance, third.covariance),
    )


def _moved(before: Likeliest, after: Likeliest) -> FloatArray:
    """Return the largest change of any mean or covariance, shape ``(B,)``."""
    means = np.abs(after.mean - before.mean).max(axis=1)
    spreads = np.abs(after.covariance - before.covariance).max(axis=(1, 2))
    larger: FloatArray = np.maximum(means, spreads)
    return larger


def _unpacked(sums: FloatArray, columns: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return mass, sums and products of each pattern, with `columns` columns."""
    first, second = np.triu_indices(columns)
    products = np.empty((*sums.shape[:2], columns, columns))
    upper = sums[:, :, 1 + columns :]
    products[:, :, first, second] = upper
    products[:, :, second, first] = upper
    return sums[:, :, 0], sums[:, :, 1 : 1 + columns], products
