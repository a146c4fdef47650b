"""Put shares at scores into a reader's table, and comparisons of two shares into words."""

from __future__ import annotations

import pandas as pd

from cxdrivers.answers.advocacy.share_contrasts import Estimate
from cxdrivers.answers.draws import Draws, is_simple
from cxdrivers.formatting import (
    MISSING,
    count,
    interval,
    level_percent,
    number,
    p_value,
    percent,
    percent_range,
)
from cxdrivers.moments.design import Design
from cxdrivers.moments.schemes import REPLICATE_WEIGHTS, scheme_of
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import say

LARGEST_RATIO = 1000.0


def reader_table(
    scores: pd.DataFrame,
    heading: str,
    level: float,
    language: str,
    *,
    more: tuple[str, str] | None = None,
) -> pd.DataFrame:
    """Return one row for every score that was given.

    Parameters
    ----------
    scores
        From `share_table`.
    heading
        What the share is of.
    level
        Of its interval.
    language
        Of words and numbers.
    more
        Another column of shares, and its heading.
    """
    given = scores[scores["n"] > 0]
    shown = {
        say("score_points.column.score", language): [
            number(score, language, digits=0) for score in given["score"]
        ],
        say("labels.column.n", language): [count(n, language) for n in given["n"]],
        heading: [percent(share, language) for share in given["estimate"]],
        level_percent(level, language): [
            percent_range(low, high, language)
            for low, high in zip(given["conf_low"], given["conf_high"], strict=True)
        ],
    }
    if more is not None:
        shown[more[1]] = [percent(share, language) for share in given[more[0]]]
    return pd.DataFrame(shown)


def footer(rows: Design, draws: Draws, n: int, language: str) -> str:
    """Return the line under a table of scores: how many, and how intervals were made."""
    facts = {"n": n, "level": level_percent(draws.level, language)}
    drawn = draws.n_boot or scheme_of(rows) == REPLICATE_WEIGHTS
    if is_simple(rows) or not drawn:
        return say("score_points.footer_formulas", language, **facts)
    scheme = scheme_of(rows)
    if scheme == REPLICATE_WEIGHTS:
        return say("score_points.footer_replicate", language, **facts)
    units = say(f"weights.units.{scheme}", language)
    seed = str(draws.seed)
    line = say(
        "score_points.footer", language, resamples=draws.n_boot, units=units, seed=seed, **facts
    )
    return line if rows.weights is None else f"{line} {say('score_points.weighted', language)}"


def rows_lost(survey: Survey, lost: int, language: str) -> list[str]:
    """Return who is not counted for want of a score, and where scores between points are."""
    said = []
    if lost:
        label = survey.codebook.outcome.label_in(language)
        said.append(say("score_points.lost", language, count=lost, outcome=label))
    if (survey.outcome % 1 != 0).any():
        said.append(say("score_points.between", language))
    return said


def points_shown(found: Estimate, language: str) -> str:
    """Return a difference of shares in percentage points, with its interval."""
    ends = interval(100 * found.low, 100 * found.high, language, digits=1)
    middle = number(100 * found.estimate, language, digits=1)
    return middle if ends == MISSING else f"{middle} {ends}"


def size_shown(found: Estimate, language: str) -> str:
    """Return a difference that is clearly below zero without its sign, as its sentence says it."""
    if found.clear_of >= 0:
        return points_shown(found, language)
    return points_shown(Estimate(-found.estimate, -found.high, -found.low), language)


def ratio_shown(found: Estimate, language: str) -> str:
    """Return a ratio with its interval; what is over a thousand is not told any nearer."""
    ends = interval(found.low, found.high, language, most=LARGEST_RATIO)
    middle = number(found.estimate, language, most=LARGEST_RATIO)
    return middle if ends == MISSING else f"{middle} {ends}"


def share_shown(found: Estimate, language: str) -> str:
    """Return a share with its interval."""
    ends = percent_range(found.low, found.high, language)
    middle = percent(found.estimate, language)
    return middle if ends == MISSING else f"{middle} ({ends})"


def p_shown(value: float, language: str) -> str:
    """Return a p-value with the sign before it: "= 0.030", or "< 0.001"."""
    text = p_value(value, language)
    return text if text.startswith("<") else f"= {text}"


def direction_of(found: Estimate) -> str:
    """Return ``more``, ``less``, or ``not_shown`` when the interval holds zero or is not there."""
    return {1: "more", -1: "less"}.get(int(found.clear_of), "not_shown")
