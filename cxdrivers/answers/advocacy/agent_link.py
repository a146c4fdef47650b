"""Say how mentions of an employee go with high scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from cxdrivers.answers.advocacy.adjusted_mention import adjusted_mention
from cxdrivers.answers.advocacy.advocacy_rows import AdvocacyRows, advocacy_rows
from cxdrivers.answers.advocacy.agent_link_result import (
    BY_HIGHEST,
    BY_TOP,
    TOP_BY_MENTION,
    AgentLink,
)
from cxdrivers.answers.advocacy.score_points import score_points, share_table
from cxdrivers.answers.advocacy.share_contrasts import ShareContrast, contrast_of, share_of
from cxdrivers.answers.draws import Draws
from cxdrivers.errors import FitError
from cxdrivers.survey.coding import BoolArray, FloatArray
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import Sentence, sentence

if TYPE_CHECKING:
    from cxdrivers.mentions.mentions_result import Mentions


def agent_link(
    survey: Survey,
    *,
    mentions: Mentions | Sequence[float] | None = None,
    threshold: float | None = None,
    always: Sequence[str] = (),
    n_boot: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> AgentLink:
    """Say how often customers mention an employee at every score, and what that goes with.

    Use it to see whether customers who remember an employee give high scores more often, with the
    customers who do not beside them: a share among high scores alone says nothing about that. The
    words are written after the score, so it is an association, not what an employee brings about.

    Parameters
    ----------
    survey
        What was read, with a column of texts or of mentions.
    mentions
        What `find_mentions` returned for the survey's texts, or 1, 0 or NaN for every respondent.
        By default the survey's own column, and without one what is found in its texts.
    threshold
        From which score on a respondent is in the top box; by default 8 of 10, 4 of 5, 6 of 7.
    always
        Columns of the survey to hold equal beside the drivers and the length of the text, such as
        the organisation.
    n_boot, level, seed
        Resamples, level of the intervals, and where the random numbers start. Resamples are used
        where rows have weights, clusters or strata; otherwise intervals follow from formulas.

    Returns
    -------
    AgentLink
        What cannot be told is a sentence in its place.

    Raises
    ------
    FitError
        When nobody has a score, there are neither mentions nor texts, of nobody it is known
        whether they mention an employee, or the outcome has more than 21 points.
    SurveyError
        When a column cannot be read.

    Examples
    --------
    >>> import pandas as pd, cxdrivers as cx
    >>> frame = pd.DataFrame({"grade": [9, 8, 9, 6, 7, 8], "fast": [8, 7, 9, 5, 7, 6]})
    >>> named = cx.Survey.from_frame(
    ...     frame.assign(named=[1, 1, 1, 0, 0, 0]),
    ...     outcome="grade", drivers=["fast"], scale=(1, 10), mention="named",
    ... )
    >>> link = agent_link(named, n_boot=0)
    >>> link.tidy().query("n > 0")[["score", "n", "estimate"]].to_numpy().tolist()
    [[6.0, 1.0, 0.0], [7.0, 1.0, 0.0], [8.0, 2.0, 0.5], [9.0, 2.0, 1.0]]
    """
    draws = Draws(n_boot, level, seed)
    draws.check()
    rows = advocacy_rows(survey, mentions=mentions, threshold=threshold)
    if rows.mention is None or rows.source is None:
        raise FitError("no_mentions", survey=survey.source.name)
    known = np.isfinite(rows.mention)
    if not known.any():
        raise FitError("mentions_unknown", n=len(known))
    points = score_points(rows)
    scores = share_table(rows, points, rows.mention, level)
    told = rows.among(known)
    flags = rows.mention[known]
    given = scores.loc[scores["n"] > 0, "score"]
    at_end = points.values[points.place[known]] == _highest(rows, float(given.max()))
    return AgentLink(
        survey=rows.survey,
        threshold=rows.threshold,
        source=rows.source,
        lost=rows.lost,
        unwritten=int((~known).sum()),
        rows=told.rows,
        scores=scores,
        contrasts={
            TOP_BY_MENTION: _contrast(told, told.top.astype(np.float64), flags == 1, draws),
            BY_TOP: _contrast(told, flags, told.top, draws),
            BY_HIGHEST: _contrast(told, flags, at_end, draws),
        },
        shares={
            name: share_of(told.among(group), flags[group], level) if group.any() else None
            for name, group in (("top", told.top), ("highest", at_end))
        },
        adjusted=adjusted_mention(told, always=always, level=level, seed=seed),
        draws=draws,
    )


def _highest(rows: AdvocacyRows, given: float) -> float:
    """Return the highest score there can be, or without a scale the highest that was given."""
    scale = rows.survey.codebook.outcome.scale
    return given if scale is None else scale[1]


def _contrast(
    rows: AdvocacyRows, outcome: FloatArray, group: BoolArray, draws: Draws
) -> ShareContrast | Sentence:
    """Return a contrast, or which of its groups is empty."""
    flags = rows.mention
    if flags is not None and np.ptp(flags) == 0:
        key = "agent_link.everyone" if flags[0] == 1 else "agent_link.no_one"
        return sentence(key, n=len(flags))
    if group.all() or not group.any() or np.ptp(outcome) == 0:
        return sentence(_empty_group(rows), n=len(group), threshold=rows.threshold)
    return contrast_of(rows, outcome, group, draws)


def _empty_group(rows: AdvocacyRows) -> str:
    if rows.top.all():
        return "agent_link.only_top"
    return "agent_link.no_highest" if rows.top.any() else "agent_link.no_top"
