"""Hold constant what a respondent gives on the whole, and see what each driver says beyond it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.estimation import estimate_and_replicates
from cxdrivers.answers.weights.linear_valuation import LinearValuation
from cxdrivers.codebook.codebook import FACTOR
from cxdrivers.importance.adjustment import subset_values
from cxdrivers.importance.lattice import FloatArray, Groups
from cxdrivers.moments.columns import CONTROL
from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.moments import moments_of
from cxdrivers.survey.survey import Survey


def levels_beside(survey: Survey) -> FloatArray:
    """Return what every respondent gives on average to the other drivers, for each driver.

    A driver's own items are not in its level: with them, the level would be made of the driver.
    Every item counts in its own spread, so that scales of different lengths count alike.

    Returns
    -------
    ndarray, shape ``(rows, p)``
        Means of standardised items; 0, the average, for who answered none of the others.
    """
    totals = np.zeros((len(survey.respondents), len(survey.drivers)))
    counts = np.zeros_like(totals)
    for place, question in enumerate(survey.codebook.drivers):
        if question.items and question.kind != FACTOR:
            standard = standardised(survey.answers[question.key].values)
            counts[:, place] = np.isfinite(standard).sum(axis=1)
            totals[:, place] = np.nansum(standard, axis=1)
    others = counts.sum(axis=1, keepdims=True) - counts
    rest = totals.sum(axis=1, keepdims=True) - totals
    levels: FloatArray = np.divide(rest, others, out=np.zeros_like(rest), where=others > 0)
    return levels


def standardised(values: FloatArray) -> FloatArray:
    """Return columns in standard deviations from their mean, NaN for what does not vary."""
    given = np.isfinite(values)
    rows = np.maximum(given.sum(axis=0), 1)
    centred = values - np.where(given, values, 0.0).sum(axis=0) / rows
    spread = np.sqrt((np.where(given, centred, 0.0) ** 2).sum(axis=0) / rows)
    standard: FloatArray = centred / np.where(spread > 0, spread, np.nan)
    return standard


def shares_beside_level(
    covariance: FloatArray,
    *,
    n: float | None,
    adjust: int,
    groups: Groups,
    levels: tuple[int, ...],
) -> FloatArray:
    """Return what each driver adds to R² beside its own level.

    Where drivers do not correlate a driver adds the same as without any level, so a difference
    between the two is due to what the drivers have in common.

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``, outcome last.
    n, adjust
        As `subset_values`.
    groups, levels
        For each driver the positions of its columns, and of its level.

    Returns
    -------
    ndarray, shape ``(..., p)``
    """
    found = np.zeros((*covariance.shape[:-2], len(groups)))
    outcome = covariance.shape[-1] - 1
    for place, (group, level) in enumerate(zip(groups, levels, strict=True)):
        if group:
            kept = np.array([level, *group, outcome])
            part = covariance[..., kept[:, np.newaxis], kept]
            columns = tuple(range(1, len(group) + 1))
            values = subset_values(part, (columns,), always=(0,), n=n, adjust=adjust)
            found[..., place] = values[..., 1] - values[..., 0]
    return found


def level_held(survey: Survey, settings: Settings) -> tuple[Design, FloatArray, FloatArray]:
    """Return the rows, what each driver adds beside its level, and the same in every resample.

    Of the respondents without blanks: a level of answers that were estimated would know of them
    what they did not say.
    """
    rows = design_of(survey)
    design = _with_levels(rows, levels_beside(survey)[rows.base.used])
    kernel = partial(shares_beside_level, groups=design.groups, levels=design.always)
    valuation = LinearValuation(moments_of(design), "first", kernel)
    return design, *estimate_and_replicates(design, valuation.moments, valuation, settings)


def _with_levels(design: Design, levels: FloatArray) -> Design:
    width = design.columns.shape[1]
    places = range(width, width + levels.shape[1])
    return replace(
        design,
        columns=np.column_stack([design.columns, levels]),
        terms=(*design.terms, *[CONTROL] * levels.shape[1]),
        controls={driver: (place,) for driver, place in zip(design.drivers, places, strict=True)},
    )
