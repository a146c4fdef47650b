"""Lay the numbers of the chain out as tables, each with its interval."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from cxdrivers.answers.advocacy.advocacy_values import ChainFit
from cxdrivers.answers.advocacy.covariates import Covariates
from cxdrivers.answers.draws import Draws
from cxdrivers.models.sensitivity import (
    e_value,
    e_value_of_interval,
    robustness_value,
    strength_of_interval,
)
from cxdrivers.moments.design import Design
from cxdrivers.moments.intervals import Interval
from cxdrivers.survey.coding import FloatArray

DIRECT, INDIRECT, TOTAL = EFFECTS = ("direct", "indirect", "total")
MENTION_TO_TOP, TOP_TO_RECOMMENDED = LINKS = ("mention_to_top", "top_to_recommended")
TOP, RECOMMENDED = "top", "recommended"
PER = 1000
"""Recommenders are counted in so many customers."""


@dataclass(frozen=True, eq=False)
class ChainTables:
    """The four tables of a chain: see the views of `AdvocacyChain`."""

    effects: pd.DataFrame
    steps: pd.DataFrame
    drivers: pd.DataFrame
    sensitivity: pd.DataFrame


def chain_tables(fit: ChainFit, covariates: Covariates, draws: Draws) -> ChainTables:
    """Return the tables of a chain.

    Parameters
    ----------
    fit
        Its numbers.
    covariates
        Whose they are.
    draws
        Of the intervals.
    """
    ends = _Ends(fit, _with_columns(covariates), draws)
    return ChainTables(
        effects=_effects(fit, ends, len(covariates.rows.score)),
        steps=_steps(fit, ends, covariates),
        drivers=_drivers(fit, ends, covariates),
        sensitivity=_sensitivity(fit, ends),
    )


@dataclass(frozen=True, eq=False)
class _Ends:
    """The intervals of what a property of `ChainValues` says."""

    fit: ChainFit
    rows: Design
    draws: Draws

    def of(self, name: str) -> Interval:
        """Return low and high, each of the shape of one resample."""
        estimate = getattr(self.fit.sample, name)[0]
        if self.fit.replicates is None:
            return np.full_like(estimate, np.nan), np.full_like(estimate, np.nan)
        return self.draws.interval(self.rows, estimate, getattr(self.fit.replicates, name))

    def of_values(self, estimate: FloatArray, replicates: FloatArray) -> Interval:
        """Return the same of what is made from resamples."""
        return self.draws.interval(self.rows, estimate, replicates)


def _with_columns(covariates: Covariates) -> Design:
    """Return how rows were sampled, with the columns that the second regression takes."""
    filling = covariates.fillings[0]
    spent = np.zeros((len(filling), 3 + filling.shape[1]))
    return replace(covariates.rows.rows, columns=spent)


def _effects(fit: ChainFit, ends: _Ends, n: int) -> pd.DataFrame:
    estimate = fit.sample.effects[0]
    low, high = ends.of("effects")
    share = np.append(_parts(fit.sample.effects)[0], 1.0)
    share_low, share_high = (np.full(3, np.nan) for _ in range(2))
    if fit.replicates is not None:
        if low[2] > 0 or high[2] < 0:
            found = ends.of_values(share[:2], _parts(fit.replicates.effects))
            share_low[:2], share_high[:2] = found
        else:
            share = np.full(3, np.nan)
    return pd.DataFrame(
        {
            "effect": EFFECTS,
            "estimate": estimate,
            "conf_low": low,
            "conf_high": high,
            "share": share,
            "share_low": share_low,
            "share_high": share_high,
            "n": n,
        }
    )


def _parts(effects: FloatArray) -> FloatArray:
    """Return direct and indirect as parts of the total, shape ``(B, 2)``."""
    total = effects[:, [2]]
    parts = np.full((len(total), 2), np.nan)
    np.divide(effects[:, :2], total, out=parts, where=total != 0)
    return parts


def _steps(fit: ChainFit, ends: _Ends, covariates: Covariates) -> pd.DataFrame:
    rows = covariates.rows
    groups = pd.Series(2 * np.asarray(rows.mention) + rows.top).astype(int).value_counts()
    cells = np.array([groups[group] for group in range(4)])
    found = [(step, *ends.of(step), getattr(fit.sample, step)[0]) for step in (TOP, RECOMMENDED)]
    low, high, estimate = (np.concatenate(column) for column in list(zip(*found, strict=True))[1:])
    return pd.DataFrame(
        {
            "step": [TOP] * 2 + [RECOMMENDED] * 4,
            "mention": [0, 1, 0, 0, 1, 1],
            "top": [np.nan, np.nan, 0, 1, 0, 1],
            "estimate": estimate,
            "conf_low": low,
            "conf_high": high,
            "n": [*cells.reshape(2, 2).sum(axis=1), *cells],
        }
    )


def _drivers(fit: ChainFit, ends: _Ends, covariates: Covariates) -> pd.DataFrame:
    survey = covariates.rows.survey
    estimate = fit.sample.gains[0]
    low, high = ends.of("gains")
    return pd.DataFrame(
        {
            "driver": survey.drivers,
            "estimate": estimate[:, 0],
            "conf_low": low[:, 0],
            "conf_high": high[:, 0],
            "recommenders": PER * estimate[:, 1],
            "recommenders_low": PER * low[:, 1],
            "recommenders_high": PER * high[:, 1],
            "n": survey.scores.notna().sum().to_numpy(),
        }
    )


def _sensitivity(fit: ChainFit, ends: _Ends) -> pd.DataFrame:
    ratio = fit.sample.ratios[0]
    low, high = ends.of("ratios")
    slope, strength = fit.sample.slopes[0], fit.strengths
    at_end = strength_of_interval(strength, slope, *ends.of("slopes"))
    total, direct, first, second = range(4)
    order = [direct, -1, total, first, second]
    robust, robust_end = (
        np.append(robustness_value(found), np.nan)[order] for found in (strength, at_end)
    )
    return pd.DataFrame(
        {
            "effect": [*EFFECTS, *LINKS],
            "ratio": ratio,
            "ratio_low": low,
            "ratio_high": high,
            "e_value": e_value(ratio),
            "e_value_end": e_value_of_interval(low, high),
            "robustness": robust,
            "robustness_end": robust_end,
        }
    )
