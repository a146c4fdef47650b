"""What stands for weights, and results of a small survey, for several tests of the summary."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.report.results.results import Results, results_of
from cxdrivers.wording import LANGUAGES, sentence
from tests.charts.long_labels import long_survey

REASON = sentence("errors.nothing_fails", n=100)
LABELS = {
    "r": "Reliability",
    "e": "Empathy",
    "w": "Wait time",
    "a": "Access",
    "i": "Menu",
    "y": "satisfaction",
}
FIVE = {"r": 0.35, "e": 0.3, "w": 0.2, "a": 0.1, "i": 0.05}


def weights(shares: dict[str, float], p_first: float = 0.98, **columns: Any) -> SimpleNamespace:
    """Return what stands for weights: shares with ten per cent to either side, largest first."""
    share = np.array(list(shares.values()))
    ranks = np.arange(1, len(shares) + 1)
    table = pd.DataFrame(
        {
            "driver": list(shares),
            "share": share,
            "share_low": 0.9 * share,
            "share_high": 1.1 * share,
            "rank": ranks,
            "rank_low": ranks,
            "p_first": [p_first, *[0.0] * (len(shares) - 1)],
            "remark": "",
        }
    ).assign(**columns)
    return SimpleNamespace(
        tidy=table.copy,
        drivers=tuple(shares),
        labels=dict.fromkeys(LANGUAGES, LABELS),
        moments=SimpleNamespace(outcome="y"),
        n=1500,
        r_squared=0.62,
        r_squared_interval=(0.59, 0.66),
        replicates=np.zeros((100, len(shares))),
    )


@cache
def small_results() -> Results:
    """Return the results of a survey with all answers, with few respondents and resamples."""
    return results_of(long_survey(320), n_boot=20, level=0.95, seed=1)
