"""Put the shares at every score into the words that stand in for their chart."""

from __future__ import annotations

import pandas as pd

from cxdrivers.formatting import count, number, percent
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
