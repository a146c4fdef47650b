"""Put the shares at every score into the words that stand in for their chart, and into columns."""

from __future__ import annotations

import pandas as pd

from cxdrivers.charts.score_shares import CROWDED
from cxdrivers.formatting import count, number, percent
from cxdrivers.report.native import COLUMNS, SHARE, NativeChart
from cxdrivers.report.sections.series import ESTIMATES, split_series
from cxdrivers.wording import say


def score_values(scores: pd.DataFrame, key: str, language: str) -> str:
    """Return the share and the base of every score that was given, as running text.

    Parameters
    ----------
    scores
        A tidy table with `score`, `estimate` and `n`.
    key
        The sentence for one score, with the facts `score`, `share` and `n`.
    language
        Of words and numbers.
    """
    given = scores.query("n > 0")
    return "; ".join(
        say(
            key,
            language,
            score=number(score, language, digits=0),
            share=percent(share, language),
            n=count(n, language),
        )
        for score, share, n in zip(given["score"], given["estimate"], given["n"], strict=True)
    )


def score_columns(
    scores: pd.DataFrame, names: tuple[str, str], *, axis: str, language: str
) -> NativeChart:
    """Return the share at every score as a column, the top box as a series by itself.

    Parameters
    ----------
    scores
        A tidy table with `score`, `top`, `n`, `estimate`, `conf_low` and `conf_high`. A score that
        nobody gave keeps its place; the base stands under each score, unless there are too many.
    names
        What the legend calls the top box and all other scores.
    axis
        What the shares are.
    language
        Of words and numbers.
    """
    crowded = len(scores) > CROWDED
    categories = tuple(
        number(score, language, digits=0) + ("" if crowded else f"\nn = {count(n, language)}")
        for score, n in zip(scores["score"], scores["n"], strict=True)
    )
    kinds = scores["top"].map({True: "top", False: "rest"})
    words = dict(zip(("top", "rest"), names, strict=True))
    series = split_series(scores, kinds, words, ESTIMATES)
    return NativeChart(COLUMNS, categories, series, axis, SHARE)
