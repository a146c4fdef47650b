"""Weigh each driver among everybody and among those who met it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cxdrivers.answers.blanks.users_absence import absence_table, mark_of
from cxdrivers.answers.blanks.users_result import UsersComparison
from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.weights import driver_weights
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.errors import CxError
from cxdrivers.models.logistic import FEW
from cxdrivers.moments.given_data import survey_in
from cxdrivers.survey.coding import BoolArray
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import LINEAR, LISTWISE
from cxdrivers.wording import Sentence, sentence

FEWEST = 100
"""Below so many respondents a weight is too uncertain to be shown."""


def compare_users(
    survey: Survey,
    *,
    kind: str = LINEAR,
    threshold: float | None = None,
    always: Sequence[str] = (),
    n_boot: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> UsersComparison:
    """Weigh the drivers that did not apply to everybody, among everybody and among their users.

    Use it when a question has "not applicable": what hardly counts in the population may count
    much for those who met it. It also says what not having met a driver goes with, and what would
    have been lost by keeping only respondents to whom everything applied. The weights are made
    anew for the users of each such driver, so it takes that many times as long as
    `driver_weights`.

    Parameters
    ----------
    survey
        What was read.
    kind, threshold, always, n_boot, level, seed
        As in `driver_weights`.

    Returns
    -------
    UsersComparison
        A driver with fewer than 100 users, or than ten for each column of the regression, has no
        weights among them and is named.

    Raises
    ------
    SurveyError
        When a check says that something must be mended first.
    FitError
        As `driver_weights`.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> comparison = compare_users(cx.load_example(), n_boot=0)
    >>> comparison.not_met()["driver"].tolist()
    ['ivr_menu']
    """
    survey = survey_in(survey)
    everybody = driver_weights(
        survey,
        kind=kind,
        threshold=threshold,
        always=always,
        n_boot=n_boot,
        level=level,
        seed=seed,
    )
    return users_of(survey, everybody)


def users_of(
    survey: Survey, everybody: DriverWeights, *, n_boot: int | None = None
) -> UsersComparison:
    """Compare weights of everybody that are there already with those of users.

    Parameters
    ----------
    survey
        What was read.
    everybody
        Its weights.
    n_boot
        Resamples of the others; by default as many.

    Raises
    ------
    FitError
        When the weights came from moments.
    """
    design, settings = everybody.model.design, everybody.settings
    settings = replace(settings, n_boot=settings.n_boot if n_boot is None else n_boot)
    used, away = design.base.used, survey.not_applicable
    columns = len(design.terms)
    users = {
        driver: _weights_of_rows(survey, used & ~away[driver].to_numpy(), columns - 1, settings)
        for driver in design.drivers
        if away.loc[used, driver].any()
    }
    complete = used & (survey.scores.notna() & ~away).to_numpy().all(axis=1)
    marks = sum(mark_of(design, place) is not None for place in range(len(design.drivers)))
    listwise = replace(settings, missing=LISTWISE)
    return UsersComparison(
        everybody=everybody,
        users=users,
        complete=everybody
        if complete.sum() == everybody.n
        else _weights_of_rows(survey, complete, columns - marks, listwise),
        n_complete=int(complete.sum()),
        absence=absence_table(survey, everybody),
    )


def _weights_of_rows(
    survey: Survey, rows: BoolArray, columns: int, settings: Settings
) -> DriverWeights | Sentence:
    """Return the weights of some respondents, or why there are none."""
    n, least = int(np.count_nonzero(rows)), max(FEWEST, FEW * columns)
    if n < least:
        facts = {"floor": FEWEST, "few": FEW, "columns": columns}
        return sentence("users.too_few", count=n, least=least, **facts)
    try:
        return driver_weights(
            survey.of_rows(rows),
            method=settings.method,
            kind=settings.kind,
            threshold=settings.threshold,
            adjusted=settings.adjusted,
            always=settings.always,
            missing=settings.missing,
            n_boot=settings.n_boot,
            level=settings.level,
            seed=settings.seed,
        )
    except CxError as error:
        return error.sentence
