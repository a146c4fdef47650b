"""Say how real recommendation goes with the score."""

from __future__ import annotations

import numpy as np

from cxdrivers.answers.advocacy.advocacy_rows import advocacy_rows
from cxdrivers.answers.advocacy.recommendation_moves import (
    high_against_low,
    intention_of,
    move_of,
    pair_of,
)
from cxdrivers.answers.advocacy.recommendation_result import RecommendationCurve
from cxdrivers.answers.advocacy.recommendation_shape import highest_score, straightness
from cxdrivers.answers.advocacy.score_points import score_points, share_table
from cxdrivers.answers.draws import Draws
from cxdrivers.errors import FitError, SurveyError
from cxdrivers.models.rising_curve import rising_shares
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import sentence


def recommendation_curve(
    survey: Survey,
    *,
    threshold: float | None = None,
    n_boot: int = 1000,
    level: float = 0.95,
    seed: int = 0,
    move: float = 0.10,
) -> RecommendationCurve:
    """Say which part of the customers really recommended at every score.

    Use it to see whether the step from one score to the next is the same everywhere, whether the
    highest score stands apart, and what more high scores would go with. Whether somebody
    recommended is remembered, and told by the customers themselves.

    Parameters
    ----------
    survey
        What was read, with a column of real recommendation.
    threshold
        From which score on a respondent is in the top box; by default 8 of 10, 4 of 5, 6 of 7.
    n_boot, level, seed
        As in `agent_link`; what moving customers would go with is always resampled.
    move
        Which part of the customers with a 7 to move to a 9 or 10; on another scale, of the last
        point below the top box to the highest.

    Returns
    -------
    RecommendationCurve
        What cannot be told is a sentence in its place.

    Raises
    ------
    FitError
        When nobody has a score, of nobody with a score it is known whether they recommended, the
        outcome has more than 21 points, or `move` is no part.
    SurveyError
        When the codebook names no column of recommendation, or a column cannot be read.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> curve = recommendation_curve(cx.load_example(), n_boot=0)
    >>> curve.tidy().query("score >= 7")["estimate"].round(2).tolist()
    [0.16, 0.18, 0.27, 0.38]
    """
    draws = Draws(n_boot, level, seed)
    draws.check()
    if not 0 < move <= 1:
        raise FitError("move_unknown", move=float(move))
    rows = advocacy_rows(survey, threshold=threshold, with_mentions=False)
    if rows.recommended is None:
        raise SurveyError("field_missing", field="recommended", survey=survey.source.name)
    known = np.isfinite(rows.recommended)
    if not known.any():
        raise FitError("recommendation_unknown", n=len(known))
    points = score_points(rows)
    scores = share_table(rows, points, rows.recommended, level)
    mass = np.bincount(points.place[known], rows.masses[known], len(points.values))
    scores["isotonic"] = rising_shares(scores["estimate"].to_numpy(), mass.astype(np.float64))
    told, score = rows.among(known), points.values[points.place]
    pair = pair_of(rows, points)
    nothing = sentence("recommendation.nothing_below", threshold=rows.threshold)
    return RecommendationCurve(
        survey=rows.survey,
        threshold=rows.threshold,
        lost=rows.lost,
        unknown=int((~known).sum()),
        rows=rows.rows,
        scores=scores,
        line=straightness(scores),
        highest=highest_score(scores, level),
        pair=pair,
        against=nothing if pair is None else high_against_low(told, score[known], pair, draws),
        moved=nothing if pair is None else move_of(rows, score, pair, part=move, draws=draws),
        intention=intention_of(rows, level),
        draws=draws,
    )
