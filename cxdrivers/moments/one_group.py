"""Take the moments of one group for those of a survey: only the columns that vary in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cxdrivers.codebook.codebook import Question
from cxdrivers.errors import FitError
from cxdrivers.moments.columns import NOT_APPLICABLE, RATING
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.sums import FloatArray
from cxdrivers.vocabulary import labels_of
from cxdrivers.wording import LANGUAGES

SAME = 1e-10
"""Ratings that vary by less than this part of how their column does are all the same."""


def only_group(grouped: GroupedMoments) -> GroupedMoments:
    """Return a single group without the columns that never vary in it, as a design has none.

    What varies among many groups may stand still in one of them. A driver without a column has
    weight 0 and is reported; left in, its column would be one more to adjust for.

    Raises
    ------
    FitError
        When there are several groups, the outcome never varies, or there are no more respondents
        than columns.
    """
    if len(grouped.labels) != 1:
        raise FitError(
            "moments_of_several",
            count=len(grouped.labels),
            column=grouped.by,
            group=grouped.labels[int(grouped.n.argmax())] if grouped.labels else "",
        )
    covariance = grouped.covariance[0]
    if not covariance[-1, -1] > 0:
        value = float(grouped.mean[0, -1])
        raise FitError("moments_of_constant", outcome=grouped.outcome, value=round(value, 6))
    kept = without_columns(grouped, ~_varies(grouped, covariance))
    columns, n = len(kept.terms), int(kept.n[0])
    if n <= columns + 1:
        lost = 0 if kept.rows is None else int(kept.rows[0]) - n
        raise FitError("too_few_rows", n=n, columns=columns, lost=lost)
    effective = float(kept.n_effective[0])
    if effective <= columns + 1:
        raise FitError("weights_too_unequal", n=n, effective=round(effective, 1), columns=columns)
    return kept


def labels_of_moments(grouped: GroupedMoments) -> dict[str, dict[str, str]]:
    """Return what drivers and outcome are called, by language and key: as the codebook says."""
    if grouped.codebook is None:
        return labels_of((*grouped.drivers, grouped.outcome))
    return {language: grouped.codebook.labels(language) for language in LANGUAGES}


def questions_of_moments(grouped: GroupedMoments) -> tuple[tuple[Question, ...], Question]:
    """Return what was asked about every driver, and about the outcome.

    Without a codebook each is a single rating of which the scale is not known.
    """
    if grouped.codebook is not None:
        return grouped.codebook.drivers, grouped.codebook.outcome
    *drivers, outcome = (Question(key, (key,)) for key in (*grouped.drivers, grouped.outcome))
    return tuple(drivers), outcome


def without_columns(grouped: GroupedMoments, dropped: NDArray[np.bool_]) -> GroupedMoments:
    """Return the same without some of the k columns; `dropped` has the shape ``(k,)``."""
    if not dropped.any():
        return grouped
    kept = np.append(~dropped, True)
    first, second = np.triu_indices(len(kept))
    places = np.concatenate([[True], kept, kept[first] & kept[second]])
    number = np.cumsum(kept) - 1
    return replace(
        grouped,
        groups=tuple(
            tuple(int(number[column]) for column in group if kept[column])
            for group in grouped.groups
        ),
        terms=tuple(term for term, stays in zip(grouped.terms, kept, strict=False) if stays),
        centre=grouped.centre[kept],
        sums=grouped.sums[..., places],
    )


def _varies(grouped: GroupedMoments, covariance: FloatArray) -> NDArray[np.bool_]:
    """Return which of the k columns vary: ratings with a mark vary among those who rated."""
    variance = np.diag(covariance)[:-1]
    varies: NDArray[np.bool_] = variance > 0
    for group in grouped.groups:
        by_term = {grouped.terms[column]: column for column in group}
        if RATING in by_term and NOT_APPLICABLE in by_term:
            rating, mark = by_term[RATING], by_term[NOT_APPLICABLE]
            if varies[rating] and varies[mark]:
                told = covariance[rating, mark] ** 2 / variance[mark]
                varies[rating] = variance[rating] - told > SAME * variance[rating]
    return varies
