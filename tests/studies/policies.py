"""Weigh the drivers of a survey in which answers are not there, in every way that is compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from cxdrivers.answers.weights.estimation import estimate_and_replicates
from cxdrivers.answers.weights.weights import driver_weights, valuation_of
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.moments.sums import FloatArray
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import DRIVERS, EM, IMPUTATION, LINEAR, LISTWISE, TOP_BOX
from tests.samples import OUTCOME, survey_of
from tests.studies.blanks import GRADE, Cell, Sample, draw

COMPLETE, PAIR, MEAN = "complete", "pair", "mean"
LEVEL = 0.95
CODE = 99.0
"""Stands for "not applicable", far from any rating."""


def policies_of(cell: Cell) -> tuple[str, ...]:
    """Return the names of what is compared; complete answers are there where they can be."""
    if cell.mechanism == "not_applicable":
        return PAIR, LISTWISE, EM, MEAN
    if cell.model != LINEAR:
        return COMPLETE, IMPUTATION, LISTWISE
    return COMPLETE, EM, IMPUTATION, LISTWISE, MEAN


def estimates(cell: Cell, number: int, resamples: int) -> dict[str, FloatArray]:
    """Return estimate, low and high by policy, shape ``(3, 15)``: see `numbers`."""
    sample = draw(cell, number)
    found = {
        name: numbers(weights)
        for name, weights in _weighed(cell, sample, n_boot=resamples, seed=number)
    }
    return {name: found[name] for name in policies_of(cell)}


def numbers(weights: DriverWeights) -> FloatArray:
    """Return estimate, low and high of the seven weights, R² and the seven own effects."""
    table = weights.tidy()
    columns = []
    for weight, effect, total in (
        ("estimate", "effect", weights.r_squared),
        ("conf_low", "effect_low", weights.r_squared_interval[0]),
        ("conf_high", "effect_high", weights.r_squared_interval[1]),
    ):
        columns.append(np.concatenate([table[weight], [total], table[effect]]))
    return np.stack(columns)


def _weighed(
    cell: Cell, sample: Sample, *, n_boot: int, seed: int
) -> Iterator[tuple[str, DriverWeights]]:
    complete, gaps, filled = _surveys(cell, sample)

    def weigh(survey: Survey, missing: str = LISTWISE) -> DriverWeights:
        return driver_weights(
            survey,
            kind=cell.model,
            threshold=GRADE if cell.model == TOP_BOX else None,
            missing=missing,
            n_boot=n_boot,
            level=LEVEL,
            seed=seed,
        )

    yield (PAIR if cell.mechanism == "not_applicable" else COMPLETE), weigh(complete)
    yield LISTWISE, weigh(gaps)
    if cell.model == TOP_BOX:
        yield IMPUTATION, weigh(gaps, IMPUTATION)
        return
    yield MEAN, weigh(filled)
    likeliest = weigh(gaps, EM)
    yield EM, likeliest
    if cell.mechanism != "not_applicable":
        yield IMPUTATION, filled_in(likeliest)


def _surveys(cell: Cell, sample: Sample) -> tuple[Survey, Survey, Survey]:
    """Return what was answered without blanks, with them, and with means in their place.

    Where a driver does not apply a code says so. Only in the cell that is about this, the last two
    do not know the difference.
    """
    ratings, outcome = sample.frame[list(DRIVERS)], sample.frame[[OUTCOME]]
    blank, absent = sample.blank, sample.absent
    if cell.mechanism == "not_applicable":
        blank, absent = absent, blank
    rated = ratings.mask(blank | absent)
    laid_out = (
        ratings.mask(sample.absent, CODE),
        rated.mask(absent, CODE),
        rated.fillna(rated.mean()).mask(absent, CODE),
    )
    complete, gaps, filled = (
        survey_of(each.join(outcome), not_applicable=[CODE]) for each in laid_out
    )
    return complete, gaps, filled


def filled_in(weights: DriverWeights) -> DriverWeights:
    """Return weights from blanks that are filled in, given those of the likeliest moments.

    The same as asking for them, without fitting the regressions on filled blanks once more.
    """
    settings = replace(weights.settings, missing=IMPUTATION)
    valuation = valuation_of(weights.model, weights.moments, settings)
    estimate, replicates = estimate_and_replicates(
        weights.model.design, weights.moments, valuation, settings
    )
    return replace(
        weights,
        valuation=valuation,
        settings=settings,
        estimate=estimate,
        replicates=replicates,
        own=valuation.own(),
    )
