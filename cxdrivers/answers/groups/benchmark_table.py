"""Lay out what is known of the clients of a benchmark as a tidy table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from cxdrivers.answers.groups.benchmark_clients import BenchmarkClient


def clients_table(
    clients: Sequence[BenchmarkClient], drivers: Sequence[str], level: float
) -> pd.DataFrame:
    """Return one row a client and driver, as `Benchmark.tidy` says.

    Parameters
    ----------
    clients
        At least one.
    drivers
        Their keys.
    level
        Of the intervals.
    """
    return pd.concat([_rows(client, drivers, level) for client in clients], ignore_index=True)


def _rows(client: BenchmarkClient, drivers: Sequence[str], level: float) -> pd.DataFrame:
    reach = float(stdtrit(client.degrees, (1 + level) / 2))
    mean, std_error = client.mean[:-1], np.sqrt(client.weight_variance)
    of_mean, of_effect = np.sqrt(client.mean_variance[:-1]), np.sqrt(client.effect_variance)
    total = np.nansum(client.weight)
    return pd.DataFrame(
        {
            "client": client.name,
            "driver": list(drivers),
            "mean": mean,
            "mean_low": mean - reach * of_mean,
            "mean_high": mean + reach * of_mean,
            "estimate": client.weight,
            "std_error": std_error,
            "conf_low": client.weight - reach * std_error,
            "conf_high": client.weight + reach * std_error,
            "share": client.weight / total if total > 0 else np.nan,
            "effect": client.effect,
            "effect_low": client.effect - reach * of_effect,
            "effect_high": client.effect + reach * of_effect,
            "n": client.rated,
        }
    )
