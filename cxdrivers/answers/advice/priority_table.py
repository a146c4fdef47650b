"""Turn means, slopes and shares of drivers into the table of priorities."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cxdrivers.answers.advice.priority_draws import RatingDraws
from cxdrivers.answers.advice.priority_places import (
    FIX_FIRST,
    QUADRANTS,
    Lines,
    chance_of,
    lines_at_means,
    quadrant_of,
    quantities,
)
from cxdrivers.answers.weights.weights_columns import of_total, rank_columns
from cxdrivers.answers.weights.weights_intervals import (
    by_replicate_weights,
    fitting_interval,
    percentile_level,
)
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.ranking import ranks

WITH_INTERVALS = ("mean", "performance", "gain_users", "gain", "share_room")
FIXED, AT_MEANS = "fixed", "means"


def standings_of(
    weights: DriverWeights,
    draws: RatingDraws,
    places: Sequence[int],
    own: pd.DataFrame,
    ends: FloatArray,
) -> tuple[pd.DataFrame, dict[str, Lines]]:
    """Return one row a driver, and the lines at targets and at means.

    Parameters
    ----------
    weights
        Whose shares, intervals and resamples.
    draws
        Means, slopes and parts of users, in the sample and the same resamples.
    places
        Which of the drivers.
    own
        Their effects with intervals. Where blanks are estimated these are pooled over fillings,
        and the slopes of resamples are moved by what that differs from the sample's own.
    ends
        Shape ``(3, q)``: lowest and highest rating, and the target.
    """
    table = weights.tidy().iloc[list(places)].reset_index(drop=True)
    share, drawn_share = table["share"].to_numpy(), of_total(weights.replicates)[:, list(places)]
    effect = own["effect"].to_numpy()
    sample, drawn = draws.sample.copy(), draws.replicates.copy()
    drawn[:, 1] += effect - sample[1]
    sample[1] = effect
    found, again = quantities(sample, share, ends), quantities(drawn, drawn_share, ends)
    rows, settings = weights.drawn, weights.settings
    columns: dict[str, object] = {"driver": table["driver"], "n": table["n"]}
    for name in WITH_INTERVALS:
        low, high = fitting_interval(found[name], again[name], settings, rows)
        columns |= {name: found[name], f"{name}_low": low, f"{name}_high": high}
    if by_replicate_weights(settings, rows):
        again = {name: values[:0] for name, values in again.items()}
        drawn_share = drawn_share[:0]
    target = 100 * (ends[2] - ends[0]) / (ends[1] - ends[0])
    lines = {
        FIXED: Lines(target, np.array([1 / len(weights.drivers)])),
        AT_MEANS: lines_at_means(found["performance"], share),
    }
    drawn_lines = {
        FIXED: lines[FIXED],
        AT_MEANS: lines_at_means(again["performance"], drawn_share),
    }
    place = QUADRANTS.index(FIX_FIRST)
    told = np.asarray(np.isfinite(again["performance"] + drawn_share).all(axis=1))
    for name, suffix in ((FIXED, ""), (AT_MEANS, "_at_means")):
        quadrant = quadrant_of(found["performance"], share, lines[name])
        redrawn = quadrant_of(again["performance"], drawn_share, drawn_lines[name])
        columns[f"quadrant{suffix}"] = [QUADRANTS[number] for number in quadrant]
        columns[f"p_fix_first{suffix}"] = chance_of(place, redrawn, told)
    ranked = rank_columns(again["gain"], len(places), percentile_level(settings, rows))
    columns |= {
        "target": ends[2],
        "room": found["room"],
        "met": sample[2],
        **{name: table[name] for name in ("share", "share_low", "share_high")},
        **{name: own[name].to_numpy() for name in ("effect", "effect_low", "effect_high")},
        "rank": ranks(found["gain"]),
        "rank_low": ranked["rank_low"],
        "rank_high": ranked["rank_high"],
        "remark": table["remark"],
    }
    return pd.DataFrame(columns)[list(COLUMNS)].rename(columns=NAMES), lines


def _with_ends(*names: str) -> list[str]:
    return [f"{name}{end}" for name in names for end in ("", "_low", "_high")]


COLUMNS = (
    "driver",
    *_with_ends("mean", "performance"),
    "target",
    "room",
    *_with_ends("share", "effect", "gain", "gain_users"),
    "met",
    *_with_ends("share_room", "rank"),
    "quadrant",
    "p_fix_first",
    "quadrant_at_means",
    "p_fix_first_at_means",
    "n",
    "remark",
)
NAMES = {"gain": "estimate", "gain_low": "conf_low", "gain_high": "conf_high"}
