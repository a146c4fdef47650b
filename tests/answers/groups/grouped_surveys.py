"""Make surveys of groups with a known truth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.survey.survey import Survey
from tests.samples import answers, survey_of

SLOPES = (0.5, 0.3, 0.1)


def grouped_answers(
    sizes: Sequence[int],
    slopes: Sequence[Sequence[float]] | None = None,
    *,
    names: Sequence[object] | None = None,
    means: Sequence[float] | None = None,
    seed: int = 1,
) -> pd.DataFrame:
    """Return answers of groups of these sizes, with their own slopes and mean ratings if given.

    Groups are called by `names`, without any a, b, c and so on.
    """
    count = len(sizes)
    called = names or [chr(ord("a") + place) for place in range(count)]
    parts = []
    for place, size in enumerate(sizes):
        frame = answers(slopes[place] if slopes else SLOPES, n=size, seed=seed * 1000 + place)
        if means is not None:
            frame += means[place]
        parts.append(frame.assign(group=called[place]))
    return pd.concat(parts, ignore_index=True)


def grouped_survey(sizes: Sequence[int], **options: Any) -> Survey:
    """Return a survey of `grouped_answers` whose codebook names the groups as its segment."""
    return survey_of(grouped_answers(sizes, **options), segments=["group"])


def teams(organisations: int, each: int, size: int, seed: int = 1) -> pd.DataFrame:
    """Return answers of teams within organisations; every organisation has a "Team 1"."""
    frame = answers(SLOPES, n=organisations * each * size, seed=seed)
    places = np.arange(len(frame)) // size
    return frame.assign(
        organisation=[f"Org {place // each + 1}" for place in places],
        team=[f"Team {place % each + 1}" for place in places],
    )
