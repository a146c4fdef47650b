"""Draw grades with a known truth, for tests of the models of grades."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cxdrivers.vocabulary import DRIVERS
from tests.samples import OUTCOME

CUTS = (-2.5, -1.0, 0.0, 1.5)
SLOPES = (1.0, 0.6, 0.2)


def grades(
    slopes: Sequence[float] = SLOPES,
    *,
    bottom: Sequence[float] = (),
    n: int = 600,
    seed: int = 1,
    cuts: Sequence[float] = CUTS,
) -> pd.DataFrame:
    """Return ratings and a grade from 1 on whose odds at every cut are proportional.

    Parameters
    ----------
    slopes
        Log odds a rating point.
    bottom
        What is added to the slopes at cuts below zero, where that is not all the same.
    n, seed
        Respondents, and where the random numbers start.
    cuts
        On the scale of the log odds.
    """
    rng = np.random.default_rng(seed)
    ratings = np.round(7 + 1.2 * (rng.normal(size=(n, len(slopes))) + rng.normal(size=(n, 1)) / 2))
    noise = rng.logistic(size=n)
    centred = ratings - 7
    extra = centred @ np.array(bottom) if len(bottom) else np.zeros(n)
    likely = centred @ np.array(slopes) + noise
    reached = [likely + (extra if cut < 0 else 0) >= cut for cut in cuts]
    frame = pd.DataFrame(ratings, columns=list(DRIVERS[: len(slopes)]))
    return frame.assign(**{OUTCOME: 1.0 + np.sum(reached, axis=0)})
