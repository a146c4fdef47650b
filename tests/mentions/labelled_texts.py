"""Texts of which the truth is known, with what a detector with known errors finds in them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cxdrivers.mentions.mentions_result import Mentions


def mentions_of(found: Sequence[bool], texts: Sequence[str | None] | None = None) -> Mentions:
    """Return what `find_mentions` would, for a given list of texts with a mention."""
    n = len(found)
    given = tuple(f"text {row}" for row in range(n)) if texts is None else tuple(texts)
    none = np.zeros(n, bool)
    return Mentions(
        texts=given,
        index=pd.RangeIndex(n),
        written=np.array([text is not None for text in given], bool),
        explicit=np.asarray(found, bool),
        implicit=none,
        absent=none,
        service_noun=none,
        by_lexicon=np.asarray(found, bool),
        by_model=none,
        unsure=none,
        charge=np.zeros(n),
        probability=np.full(n, np.nan),
        language=np.array(["en"] * n),
        found=((),) * n,
        method="lexicon",
    )


def simulated(
    n: int, seed: int, *, sensitivity: float = 0.8, specificity: float = 0.9
) -> tuple[Mentions, np.ndarray, np.ndarray]:
    """Return mentions as found, the truth, and the scores of `n` customers.

    Who gives a higher score mentions an employee more often.
    """
    rng = np.random.default_rng(seed)
    scores = rng.integers(1, 11, n)
    truth = rng.random(n) < 0.2 + 0.06 * scores
    found = rng.random(n) < np.where(truth, sensitivity, 1 - specificity)
    return mentions_of(found), truth, scores


def filled_in(sample: pd.DataFrame, truth: np.ndarray) -> pd.DataFrame:
    """Return a sample with the truth as its labels."""
    return sample.assign(label=truth[sample["row"].to_numpy()].astype(int))
