"""Lay out what is held equal when customers are compared, with blanks filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from cxdrivers.answers.advocacy.advocacy_rows import MENTION, RECOMMENDED, TEXT_LENGTH, AdvocacyRows
from cxdrivers.errors import FitError
from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.imputation import filled_designs
from cxdrivers.survey.coding import FloatArray

FEWEST_PER_GROUP = 5
"""Customers per category, on average, of a column that is held equal: with fewer, a logit with a
column for each category is biased away from zero (Neyman & Scott 1948, *Econometrica* 16, 1–32)."""


@dataclass(frozen=True, eq=False)
class Covariates:
    """What is held equal when customers are compared, with blanks filled in.

    Attributes
    ----------
    rows
        The rows that are left: those with an answer to at least one driver and no blank control.
    names
        Drivers, ``text_length`` and the columns of `always`.
    groups
        The columns of each of them.
    fillings
        Each of shape ``(n, k)``; one when there are no blanks, else several (`imputed_designs`).
    """

    rows: AdvocacyRows
    names: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    fillings: tuple[FloatArray, ...]


def covariates_of(
    rows: AdvocacyRows, *, always: Sequence[str] = (), text_length: bool = True, seed: int = 0
) -> Covariates:
    """Return what is held equal: the drivers, the length of the text, and columns of the survey.

    Blanks are filled in several times from everything that is known of a customer, mention and
    recommendation included.

    Parameters
    ----------
    rows
        Whom to compare: all with a known mention or recommendation, as the question needs.
    always
        More columns of the survey: numbers, or categories such as the organisation.
    text_length
        Whether the length of the text is held equal, where there are texts.
    seed
        The same seed gives the same fillings.

    Raises
    ------
    SurveyError
        When a check says that something must be mended first.
    FitError
        When too few rows are left, or a column of `always` has too many categories for them.
    """
    known: dict[str, FloatArray | None] = {
        TEXT_LENGTH: rows.text_lengths if text_length else None,
        MENTION: rows.mention,
        RECOMMENDED: rows.recommended,
    }
    given = {f"\0{name}": values for name, values in known.items() if values is not None}
    survey = rows.survey
    frame = survey.respondents.assign(**given)
    design = design_of(replace(survey, frame=frame), always=[*always, *given], blanks=True)
    _check_categories(design, always)
    shown = [*(name for name in given if name == f"\0{TEXT_LENGTH}"), *always]
    kept = [*design.groups, *(design.controls[name] for name in shown)]
    places = [place for group in kept for place in group]
    ends = np.cumsum([0, *(len(group) for group in kept)]).tolist()
    fillings = filled_designs(design, seed=seed)
    return Covariates(
        rows=rows.among(design.base.used),
        names=(*design.drivers, *(name.removeprefix("\0") for name in shown)),
        groups=tuple(tuple(range(low, high)) for low, high in pairwise(ends)),
        fillings=tuple(filled.columns[:, places] for filled in fillings),
    )


def _check_categories(design: Design, always: Sequence[str]) -> None:
    n = len(design.outcome)
    for name in always:
        groups = len(design.controls.get(name, ())) + 1
        if groups > 2 and FEWEST_PER_GROUP * groups > n:
            facts = {"column": name, "groups": groups, "n": n}
            raise FitError("too_many_categories", **facts, fewest=FEWEST_PER_GROUP)
