"""Make surveys with scores, mentions and recommendations, for tests of what goes with them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.survey.survey import Survey

SCORE = "grade"
DRIVERS = ("reliability", "empathy")


def scored(n: int = 600, *, seed: int = 3) -> pd.DataFrame:
    """Return ratings, a score from 1 to 10 that follows them, mentions and recommendations."""
    rng = np.random.default_rng(seed)
    ratings = rng.integers(4, 11, size=(n, 2)).astype(float)
    score = np.clip(np.round(ratings.mean(axis=1) + 1.4 * rng.normal(size=n)), 1, 10)
    mention = rng.random(n) < 0.1 + 0.05 * score
    did = rng.random(n) < 0.02 + 0.003 * score**2
    return pd.DataFrame(ratings, columns=[*DRIVERS]).assign(
        **{SCORE: score, "named": mention.astype(float), "did": did.astype(float)},
        text=[" ".join(["woord"] * length) for length in rng.integers(1, 30, n)],
        place=rng.choice([*"abc"], n),
        team=rng.integers(0, 30, n),
        weight=rng.uniform(0.4, 2.5, n),
        wish=np.clip(score + rng.integers(-1, 2, n), 0, 10),
    )


def scored_survey(
    frame: pd.DataFrame, *, scale: tuple[float, float] | None = (1, 10), **fields: Any
) -> Survey:
    """Return a survey of such answers, with its own columns of mentions and recommendations."""
    columns: dict[str, Any] = {"mention": "named", "recommended": "did"} | fields
    return Survey.from_frame(
        frame,
        outcome=SCORE,
        drivers=list(DRIVERS),
        scale=scale,
        **{name: column for name, column in columns.items() if column is not None},
    )
