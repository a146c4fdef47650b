"""Look at answers of yes and no: how they were read, and where they fit with nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cxdrivers.codebook.codebook import ITEMS
from cxdrivers.survey.finding import Finding
from cxdrivers.survey.ratings import base_in_use
from cxdrivers.survey.survey import Survey


def yes_no(survey: Survey) -> Iterator[Finding]:
    """Say which columns of yes and no were read as numbers, and what counts as 1."""
    read: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    rows: dict[str, int] = {}
    for question in survey.codebook.questions:
        answers = survey.answers[question.key]
        for place, item in enumerate(question.items):
            if item in answers.yes_no:
                words = answers.yes_no[item]
                turned = item in question.reversed
                ones, zeros = (words.no, words.yes) if turned else (words.yes, words.no)
                read.setdefault((ones, zeros), []).append(item)
                rows[item] = int(np.isfinite(answers.values[:, place]).sum())
    for (ones, zeros), items in read.items():
        column = items[0] if len(items) == 1 else ""
        facts = {"columns": items, "ones": ones, "zeros": zeros}
        yield Finding("yes_no", "note", column, max(rows[item] for item in items), facts)


def yes_no_off_scale(survey: Survey) -> Iterator[Finding]:
    """Find yes and no in a column that is said to hold grades: only a scale from 0 to 1 fits."""
    for question in survey.codebook.questions:
        answers = survey.answers[question.key]
        for place, item in enumerate(question.items):
            outside = answers.off_scale[:, place]
            if question.scale is not None and item in answers.yes_no and outside.any():
                low, high = question.scale
                facts = {"words": answers.yes_no[item].words, "low": low, "high": high}
                yield Finding("yes_no_off_scale", "stop", item, int(outside.sum()), facts)


def yes_no_among_grades(survey: Survey) -> Iterator[Finding]:
    """Find yes and no that are averaged with grades, which would hardly count beside them."""
    for question in survey.codebook.questions:
        answers = survey.answers[question.key]
        if question.kind == ITEMS or not answers.yes_no or answers.off_scale.any():
            continue
        given = answers.values[np.isfinite(answers.values)]
        if ((given != 0) & (given != 1)).any():
            facts = {"columns": list(answers.yes_no), "low": given.min(), "high": given.max()}
            rows = int(np.isfinite(answers.values).any(axis=1).sum())
            yield Finding("yes_no_among_grades", "stop", question.key, rows, facts)


def outcome_of_two_values(survey: Survey) -> Iterator[Finding]:
    """Say that a straight line describes an outcome of two values badly, and what does better."""
    given = survey.outcome[base_in_use(survey).used & np.isfinite(survey.outcome)]
    values = np.unique(given)
    if values.size == 2:
        low, high = map(float, values)
        facts = {"low": low, "high": high, "threshold": f"{high:.10g}"}
        column = survey.codebook.outcome.key
        yield Finding("outcome_of_two_values", "note", column, given.size, facts)
