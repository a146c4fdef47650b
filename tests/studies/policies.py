"""Weigh the drivers of a survey in which answers are not there, in every way that is compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from cxdrivers.answers.estimation import estimate_and_replicates
from cxdrivers.answers.weights import driver_weights, valuation_of
from cxdrivers.answers.weights_result import DriverWeights
from cxdrivers.moments.sums import FloatArray
from cxdrivers.survey.coding import BoolArray
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import EM, IMPUTATION, LINEAR, LISTWISE, TOP_BOX
from tests.samples import survey_of
from tests.studies.blanks import GRADE, Cell, draw

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
    frame, away = draw(cell, number)
    found = {
        name: numbers(weights)
        for name, weights in _weighed(cell, frame, away, n_boot=resamples, seed=number)
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
    cell: Cell, frame: pd.DataFrame, away: BoolArray, *, n_boot: int, seed: int
) -> Iterator[tuple[str, DriverWeights]]:
    drivers = list(frame.columns[: away.shape[1]])
    hidden = frame.copy()
    hidden[drivers] = frame[drivers].mask(away)
    blank = survey_of(hidden)

    def weigh(survey: Survey = blank, missing: str = LISTWISE) -> DriverWeights:
        return driver_weights(
            survey,
            kind=cell.model,
            threshold=GRADE if cell.model == TOP_BOX else None,
            missing=missing,
            n_boot=n_boot,
            level=LEVEL,
            seed=seed,
        )

    yield LISTWISE, weigh()
    if cell.model == TOP_BOX:
        yield COMPLETE, weigh(survey_of(frame))
        yield IMPUTATION, weigh(missing=IMPUTATION)
        return
    likeliest = weigh(missing=EM)
    yield EM, likeliest
    yield MEAN, weigh(survey_of(hidden.fillna(hidden.mean())))
    if cell.mechanism == "not_applicable":
        yield PAIR, weigh(survey_of(hidden.fillna(CODE), not_applicable=[CODE]))
        return
    yield COMPLETE, weigh(survey_of(frame))
    yield IMPUTATION, filled_in(likeliest)


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
