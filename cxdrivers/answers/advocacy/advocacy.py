"""Follow a mention of an employee to the 8–10s and on to real recommendations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cxdrivers.answers.advocacy.advocacy_result import AdvocacyChain
from cxdrivers.answers.advocacy.advocacy_rows import (
    MENTION,
    RECOMMENDED,
    AdvocacyRows,
    advocacy_rows,
)
from cxdrivers.answers.advocacy.advocacy_tables import TOP, chain_tables
from cxdrivers.answers.advocacy.advocacy_values import fit_chain
from cxdrivers.answers.advocacy.covariates import covariates_of
from cxdrivers.answers.advocacy.score_points import top_words
from cxdrivers.answers.draws import Draws
from cxdrivers.errors import FitError
from cxdrivers.survey.advocacy_columns import column_of
from cxdrivers.survey.coding import BoolArray, FloatArray
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import Sentence, sentence

if TYPE_CHECKING:
    from cxdrivers.mentions.mentions_result import Mentions

FEWEST = 10
"""Customers on either side of the mention, of the score and of the recommendation."""


def advocacy_chain(
    survey: Survey,
    *,
    mentions: Mentions | Sequence[float] | None = None,
    threshold: float | None = None,
    always: Sequence[str] = (),
    n_boot: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> AdvocacyChain:
    """Take apart what goes with a mention: through high scores, and beside them.

    Use it when customers were asked whether they really recommended. Customers who mention an
    employee are held against those who do not, the drivers being equal, and the difference in
    recommendations is divided into what goes with more high scores (indirect) and the rest
    (direct). The motivation was written after the score: whatever is said here is an association,
    decomposed.

    The length of the text is not held equal, as `agent_link` does. A text is written after the
    score and grows with a mention, so its length follows from both; to hold a common consequence
    equal would make a score and a mention go together that do not (Elwert & Winship 2014, *Annual
    Review of Sociology* 40, 31–53). A column of the survey that was known before can be held equal
    with `always`.

    Parameters
    ----------
    survey
        What was read, with a column `recommended`, and one of mentions or of texts.
    mentions
        What `find_mentions` returned for the survey's texts, or 1, 0 or NaN for every respondent.
        By default the survey's own column, and without one what is found in its texts.
    threshold
        From which score on a respondent is in the top box; by default 8 of 10.
    always
        Columns of the survey to hold equal beside the drivers, such as the organisation.
    n_boot, level, seed
        Resamples, level of the intervals, and where the random numbers start.

    Returns
    -------
    AdvocacyChain
        The parts in chances, the steps behind them, what half a point more on every driver goes
        with, and how easily something that was not asked would explain it.

    Raises
    ------
    SurveyError
        When a check says that something must be mended first, or there is no column `recommended`.
    FitError
        When there are no mentions, or too few customers on one side of a step.

    Examples
    --------
    >>> import numpy as np, pandas as pd, cxdrivers as cx
    >>> rng = np.random.default_rng(3)
    >>> friendly = rng.integers(4, 11, 400)
    >>> named = (rng.random(400) < 0.5).astype(int)
    >>> grade = np.clip(friendly + named + rng.integers(-2, 2, 400), 1, 10)
    >>> told = (rng.random(400) < np.where(grade >= 8, 0.5, 0.2)).astype(int)
    >>> frame = pd.DataFrame({"grade": grade, "friendly": friendly, "named": named, "told": told})
    >>> survey = cx.Survey.from_frame(
    ...     frame,
    ...     outcome="grade",
    ...     drivers=["friendly"],
    ...     scale=(1, 10),
    ...     mention="named",
    ...     recommended="told",
    ... )
    >>> chain = advocacy_chain(survey, n_boot=100, seed=1)
    >>> chain.tidy()["effect"].tolist()
    ['direct', 'indirect', 'total']
    """
    draws = Draws(n_boot, level, seed)
    draws.check()
    rows = advocacy_rows(survey, mentions=mentions, threshold=threshold)
    if rows.mention is None:
        raise FitError("no_mentions", survey=survey.source.name)
    column_of(survey, RECOMMENDED)
    known = np.isfinite(rows.mention) & np.isfinite(_given(rows.recommended))
    if not known.any():
        raise FitError("chain_none_known", n=len(known), **_columns(survey))
    rows = rows.among(known)
    _check_sides(rows)
    covariates = covariates_of(rows, always=always, text_length=False, seed=seed)
    rows = covariates.rows
    _check_sides(rows)
    fit = fit_chain(covariates, draws)
    return AdvocacyChain(
        survey=rows.survey,
        threshold=rows.threshold,
        source=str(rows.source),
        lost=len(survey.respondents) - len(rows.score),
        rows=rows.rows,
        covariates=covariates.names,
        fillings=len(covariates.fillings),
        tables=chain_tables(fit, covariates, draws),
        penalised=fit.penalised,
        penalised_resamples=0 if fit.replicates is None else int(fit.replicates.penalised.sum()),
        draws=draws,
    )


def _check_sides(rows: AdvocacyRows) -> None:
    """Raise when there is nobody, or hardly anybody, on one side of a step."""
    mention, recommended = _given(rows.mention) == 1, _given(rows.recommended) == 1
    who = {
        (MENTION, True): mention,
        (MENTION, False): ~mention,
        (TOP, True): rows.top,
        (TOP, False): ~rows.top,
        (RECOMMENDED, True): recommended,
        (RECOMMENDED, False): ~recommended,
    }
    for (step, side), group in who.items():
        count = int(group.sum())
        if count < FEWEST:
            facts: dict[str, Any] = {"who": _who(rows, step, side=side), "n": len(group)}
            if not count:
                raise FitError(f"chain_nobody.{step}", **facts)
            raise FitError(f"chain_few.{step}", found=count, fewest=FEWEST, **facts)
    _check_cells(rows, mention)


def _check_cells(rows: AdvocacyRows, mention: BoolArray) -> None:
    for mentions in (True, False):
        for reaches in (True, False):
            if not ((mention == mentions) & (rows.top == reaches)).any():
                raise FitError(
                    "chain_cell",
                    n=len(mention),
                    first=_who(rows, MENTION, side=mentions),
                    second=_who(rows, TOP, side=reaches),
                )


def _who(rows: AdvocacyRows, step: str, *, side: bool) -> Sentence:
    top = top_words(rows.survey.codebook.outcome, rows.threshold)
    return sentence(f"errors.chain_who.{step}_{'yes' if side else 'no'}", top=top)


def _given(values: FloatArray | None) -> FloatArray:
    """Return a column that the survey was found to have."""
    return np.empty(0) if values is None else values


def _columns(survey: Survey) -> dict[str, str]:
    book = survey.codebook
    return {
        "mention": str(book.mention or book.verbatim or MENTION),
        "recommended": str(book.recommended),
    }
