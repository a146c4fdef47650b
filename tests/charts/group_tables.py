"""Make the tables of a comparison of groups by hand, as charts and sections get them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from cxdrivers.charts.group_measures import rows_of_measure

LABELS = {"reliability": "Betrouwbaarheid", "empathy": "Empathie", "ivr_menu": "Keuzemenu"}
POOLED = {"reliability": 0.2, "empathy": 0.12, "ivr_menu": 0.02}
TAU = {"reliability": 0.06, "empathy": 0.0, "ivr_menu": 0.01}
COLUMNS = {"weight": ("estimate", "conf", "shrunk")}
LONG = "Klantenservice Zakelijk Noord-Oost, team"
OF_MEASURE = {"weight": 1.0, "effect": 2.0, "mean": 30.0}


def group_tables(names: Sequence[str], *, seed: int = 1) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what `tidy` and `spread` of a comparison of these groups would look like."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(25, 400, len(names))
    rows, spread = [], []
    for driver, pooled in POOLED.items():
        tau = TAU[driver]
        errors = 0.6 / np.sqrt(sizes)
        truth = pooled + tau * rng.normal(size=len(names))
        own = truth + errors * rng.normal(size=len(names))
        part = tau**2 / (tau**2 + errors**2)
        shrunk, left = pooled + part * (own - pooled), np.sqrt(part) * errors + 0.005
        for place, name in enumerate(names):
            row = {"group": name, "driver": driver, "n": int(sizes[place])}
            for measure, scale in OF_MEASURE.items():
                one, ends, two = COLUMNS.get(measure, (measure, measure, f"{measure}_shrunk"))
                row |= {
                    one: scale * own[place],
                    f"{ends}_low": scale * (own[place] - 2 * errors[place]),
                    f"{ends}_high": scale * (own[place] + 2 * errors[place]),
                    two: scale * shrunk[place],
                    f"{two}_low": scale * (shrunk[place] - 2 * left[place]),
                    f"{two}_high": scale * (shrunk[place] + 2 * left[place]),
                }
            rows.append(row)
        for measure, scale in OF_MEASURE.items():
            spread.append(
                {
                    "measure": measure,
                    "driver": driver,
                    "estimate": scale * pooled,
                    "conf_low": scale * (pooled - 0.01),
                    "conf_high": scale * (pooled + 0.01),
                    "tau": scale * tau,
                    "tau_low": scale * tau / 2,
                    "tau_high": scale * (2 * tau + 0.01),
                    "i_squared": 0.5 if tau else 0.0,
                    "prediction_low": scale * (pooled - 0.02 - 2 * tau),
                    "prediction_high": scale * (pooled + 0.02 + 2 * tau),
                    "statistic": 20.0,
                    "df": len(names) - 1,
                    "p_value": 0.001 if tau > 0.05 else 0.4,
                    "p_adjusted": 0.003 if tau > 0.05 else 0.4,
                    "differs": tau > 0.05,
                    "n": len(names),
                }
            )
    return pd.DataFrame(rows), pd.DataFrame(spread)


def names_of(groups: int) -> list[str]:
    """Return names of groups, the first of forty characters."""
    return [LONG, *(f"Team {k}" for k in range(2, groups + 1))]


def changes_of(table: pd.DataFrame) -> pd.DataFrame:
    """Return what `changes` of a comparison would look like: one driver changed in every wave."""
    waves = list(dict.fromkeys(table["group"]))
    parts = []
    for measure in OF_MEASURE:
        rows = rows_of_measure(table, measure).set_index(["group", "driver"])
        for before, after in pairwise(waves):
            difference = rows.loc[after, "own"] - rows.loc[before, "own"]
            reach = rows.loc[after, "own_high"] - rows.loc[after, "own"]
            parts.append(
                pd.DataFrame(
                    {
                        "before": before,
                        "group": after,
                        "driver": difference.index,
                        "measure": measure,
                        "estimate": difference.to_numpy(),
                        "std_error": (reach / 2).to_numpy(),
                        "conf_low": (difference - 1.5 * reach).to_numpy(),
                        "conf_high": (difference + 1.5 * reach).to_numpy(),
                        "p_value": np.where(difference.index == "reliability", 0.001, 0.4),
                        "p_adjusted": np.where(difference.index == "reliability", 0.003, 0.6),
                        "changed": difference.index == "reliability",
                        "n": 200,
                    }
                )
            )
    return pd.concat(parts, ignore_index=True)
