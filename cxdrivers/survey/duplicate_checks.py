"""Look for respondents who are there more than once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cxdrivers.reading.cells import is_blank
from cxdrivers.survey.coding import BoolArray, FloatArray
from cxdrivers.survey.finding import Finding
from cxdrivers.survey.survey import Survey
from cxdrivers.survey.twins import twins_of

FEWEST_COLUMNS = 8
FEWEST_MORE = 3
"""Chance makes more pairs that differ in one answer than pairs that differ in none: with eight
answers or more, each would have to follow from the others nine times in ten for it to be
otherwise. So exact pairs that outnumber near ones, by three or more, were copied (the idea of
near matches: Kuriakose & Robbins 2016, *Statistical Journal of the IAOS* 32, 283–291)."""


def repeated_respondents(survey: Survey) -> Iterator[Finding]:
    """Find respondents whose identifier stands in several rows, with the same answers or others."""
    column = survey.codebook.respondent
    if column is None:
        return
    who = survey.respondents[column].reset_index(drop=True)
    if not who.duplicated().any():
        return
    known = ~who.map(is_blank).to_numpy(bool)
    copied = _copied(survey) & known
    if copied.any():
        people = int(who[copied].nunique())
        yield Finding("copied_rows", "warn", column, int(copied.sum()), {"people": people})
    again = who.duplicated(keep=False).to_numpy() & known & ~copied
    again &= who.where(again).duplicated(keep=False).to_numpy()
    if again.any() and not _within_clusters(survey, who, again):
        people = int(who[again].nunique())
        yield Finding("repeated_respondents", "warn", column, int(again.sum()), {"people": people})


def copied_answers(survey: Survey) -> Iterator[Finding]:
    """Find rows with exactly the answers of another, more than chance makes."""
    values = _every_answer(survey)
    if values.shape[1] < FEWEST_COLUMNS:
        return
    rows = _with_a_pattern(values)
    who = survey.codebook.respondent
    if who is not None and survey.respondents[who].duplicated().any():
        rows &= ~_copied(survey)
    found = twins_of(values[rows])
    if found.exact >= found.near + FEWEST_MORE:
        facts = {"columns": values.shape[1], "exact": found.exact, "near": found.near}
        yield Finding("copied_answers", "warn", "", int(found.later.sum()), facts)


def _every_answer(survey: Survey) -> FloatArray:
    return np.hstack(
        [survey.answers[question.key].values for question in survey.codebook.questions]
    )


def _copied(survey: Survey) -> BoolArray:
    """Return which rows repeat an earlier row of the same respondent."""
    answers = pd.DataFrame(_every_answer(survey))
    answers["who"] = survey.respondents[survey.codebook.respondent].to_numpy()
    copied: BoolArray = answers.duplicated().to_numpy()
    return copied


def _within_clusters(survey: Survey, who: pd.Series, again: BoolArray) -> bool:
    """Say whether the rows of every respondent stand in one cluster, which is resampled whole."""
    cluster = survey.codebook.cluster
    if cluster is None:
        return False
    groups = survey.respondents[cluster].reset_index(drop=True)
    return bool(groups[again].groupby(who[again]).nunique().eq(1).all())


def _with_a_pattern(values: FloatArray) -> BoolArray:
    """Return the rows in which more than half is answered, and no answer makes up half of that.

    Somebody who gives nearly everything an 8 has many twins, and is nobody's copy.
    """
    given = np.isfinite(values)
    enough = 2 * given.sum(axis=1) > values.shape[1]
    ordered = np.sort(values, axis=1)
    alike = np.zeros(values.shape, dtype=int)
    for place in range(1, values.shape[1]):
        same = ordered[:, place] == ordered[:, place - 1]
        alike[:, place] = np.where(same, alike[:, place - 1] + 1, 0)
    commonest = alike.max(axis=1) + 1
    pattern: BoolArray = enough & (2 * commonest < given.sum(axis=1))
    return pattern
