"""Weigh the drivers with and without halo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from cxdrivers.answers.scales.halo_level import level_held, standardised
from cxdrivers.answers.scales.halo_result import (
    COLUMNS,
    EVERYBODY,
    LEVEL,
    WITHOUT,
    HaloComparison,
)
from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.weights import driver_weights
from cxdrivers.answers.weights.weights_columns import of_total, rank_columns
from cxdrivers.answers.weights.weights_intervals import fitting_interval
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.errors import CxError, FitError, nearest
from cxdrivers.importance.ranking import ranks
from cxdrivers.moments.given_data import survey_in
from cxdrivers.survey.coding import BoolArray, FloatArray, numeric_column
from cxdrivers.survey.given import one_scale, straight_liners
from cxdrivers.survey.ratings import ratings_of
from cxdrivers.survey.response_style_checks import first_share
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import Sentence, sentence


def compare_halo(
    survey: Survey,
    *,
    questions: Sequence[str] = (),
    n_boot: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> HaloComparison:
    """Weigh the drivers of everybody, without straight-liners, and with the general level held.

    Use it when the checks find straight-liners, or drivers that all say the same: respondents may
    have judged everything by one impression (Büschken, Otter & Allenby 2013, *Marketing Science*
    32, 533–553). It shows whether order and weights hang on that. It does not mend the weights:
    straight-liners may mean what they say, and a general level is also an opinion.

    Parameters
    ----------
    survey
        What was read.
    questions
        Columns with ratings of something else, in the same survey, whose mean is a respondent's
        general level; those that are blank are left out of the mean. Without any, the level beside
        a driver is the mean over the items of the other drivers, never of its own, and what the
        driver adds to R² beside that level is shown.
    n_boot, level, seed
        As in `driver_weights`.

    Returns
    -------
    HaloComparison

    Raises
    ------
    SurveyError
        When a check says that something must be mended first, or a question holds text.
    FitError
        As `driver_weights`, and for questions that are not there, are items, or do not vary.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> from cxdrivers.answers.scales.halo import compare_halo
    >>> comparison = compare_halo(cx.load_example(), n_boot=0)
    >>> round(comparison.first_share, 2)
    0.48
    """
    survey = survey_in(survey)
    weights = driver_weights(survey, n_boot=n_boot, level=level, seed=seed)
    straight, asked = straight_liners(one_scale(survey))
    cases = {EVERYBODY: _of_weights(weights)}
    left_out: dict[str, Sentence] = {}
    found: dict[str, pd.DataFrame | Sentence] = {
        WITHOUT: _without(survey, straight, asked, weights.settings),
        LEVEL: _level(survey, questions, weights.settings),
    }
    for case, result in found.items():
        if isinstance(result, pd.DataFrame):
            cases[case] = result
        else:
            left_out[case] = result
    share, correlation = first_share(ratings_of(survey)) or (np.nan, np.nan)
    return HaloComparison(
        cases=cases,
        left_out=left_out,
        settings=weights.settings,
        labels=weights.labels,
        first_share=share,
        correlation=correlation,
        straight=int(straight.sum()),
        asked=int(asked.sum()),
        questions=tuple(questions),
    )


def _without(
    survey: Survey, straight: BoolArray, asked: BoolArray, settings: Settings
) -> pd.DataFrame | Sentence:
    if not straight.any():
        return sentence("halo.nobody" if asked.any() else "halo.few_questions")
    try:
        return _of_weights(_weights(survey.of_rows(~straight), settings))
    except CxError as error:
        return error.sentence


def _level(survey: Survey, questions: Sequence[str], settings: Settings) -> pd.DataFrame | Sentence:
    if questions:
        name = "level"
        while name in survey.respondents:
            name += "_"
        values = _mean_of(survey, questions)
        more = replace(survey, frame=survey.respondents.assign(**{name: values}))
        return _of_weights(_weights(more, settings, always=(name,)))
    if len(survey.drivers) == 1:
        return sentence("halo.one_driver")
    try:
        design, estimate, replicates = level_held(survey, settings)
    except FitError as error:
        return error.sentence
    share, resampled = of_total(np.maximum(estimate, 0.0)), of_total(np.maximum(replicates, 0.0))
    low, high = fitting_interval(estimate, replicates, settings, design)
    share_low, share_high = fitting_interval(share, resampled, settings, design)
    placed = rank_columns(replicates, len(estimate), settings.level)
    columns = {
        "driver": survey.drivers,
        "estimate": estimate,
        "conf_low": low,
        "conf_high": high,
        "share": share,
        "share_low": share_low,
        "share_high": share_high,
        "rank": ranks(estimate),
        "rank_low": placed["rank_low"],
        "rank_high": placed["rank_high"],
    }
    return pd.DataFrame(columns).assign(n=len(design.outcome))


def _weights(survey: Survey, settings: Settings, *, always: tuple[str, ...] = ()) -> DriverWeights:
    return driver_weights(
        survey,
        always=always,
        n_boot=settings.n_boot,
        level=settings.level,
        seed=settings.seed,
    )


def _of_weights(weights: DriverWeights) -> pd.DataFrame:
    return weights.tidy()[list(COLUMNS)].assign(n=weights.n)


def _mean_of(survey: Survey, questions: Sequence[str]) -> FloatArray:
    """Return every respondent's mean over columns, each in its own spread, NaN for none."""
    columns = list(survey.respondents.columns)
    items = {item for question in survey.codebook.questions for item in question.items}
    for column in questions:
        if column not in columns:
            near = nearest(column, columns)
            raise FitError("control_unknown", column=column, near=near, columns=columns)
        if column in items:
            raise FitError("control_is_an_item", column=column)
    values = [numeric_column(survey.respondents, column) for column in questions]
    standard = standardised(np.column_stack(values))
    if np.isnan(standard).all():
        raise FitError("level_of_nothing", columns=[*questions])
    given = np.isfinite(standard).sum(axis=1)
    total = np.nansum(standard, axis=1)
    means: FloatArray = np.divide(total, given, out=np.full(len(total), np.nan), where=given > 0)
    return means
