"""Put customers who feel and move alike into groups, so that no single customer is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from cxdrivers.survey.coding import FloatArray

FEWEST, MOST = 10, 128
"""Customers in a group at least, and groups at most."""
SURE = 1e-12
"""How near to 0 or 1 a chance is told on the scale of log odds."""


@dataclass(frozen=True, eq=False)
class CustomerGroups:
    """What g groups of customers feel on average, and how far each step moves them.

    Attributes
    ----------
    shares
        Shape ``(g,)``: which part of the customers each has.
    felt
        Shape ``(g,)``: their score today.
    moves
        Shape ``(g, d, s)``: how much each step of each driver adds to it.
    thresholds
        Shape ``(T,)``: between the grades.
    """

    shares: FloatArray
    felt: FloatArray
    moves: FloatArray
    thresholds: FloatArray

    def log_odds(self, steps: Mapping[int, int]) -> FloatArray:
        """Return the log odds of each grade or a lower one if all in a group were alike.

        Parameters
        ----------
        steps
            Driver → the step it makes, both by their places.
        """
        felt = self.felt + sum(self.moves[:, driver, step] for driver, step in steps.items())
        return log_odds(self.shares @ expit(self.thresholds - felt[:, np.newaxis]))


def log_odds(chances: FloatArray) -> FloatArray:
    """Return the logarithm of the odds of chances, those of what is sure cut off."""
    inside = np.clip(chances, SURE, 1 - SURE)
    odds: FloatArray = np.log(inside / (1 - inside))
    return odds


def customer_groups(
    felt: FloatArray, moves: FloatArray, thresholds: FloatArray, mass: FloatArray
) -> CustomerGroups:
    """Return averages of groups of customers who are alike.

    All are halved where they differ most, then each half again, as long as every group keeps ten.
    Averages are rounded to single precision, which is how they are handed over.

    Parameters
    ----------
    felt
        Shape ``(n,)``: the score of each customer.
    moves
        Shape ``(n, d, s)``: how much each step of each driver adds.
    thresholds
        Shape ``(T,)``.
    mass
        Shape ``(n,)``: how much each customer counts.

    Examples
    --------
    >>> felt = np.arange(40.0)
    >>> groups = customer_groups(felt, np.zeros((40, 1, 1)), np.zeros(1), np.ones(40))
    >>> groups.felt
    array([ 4.5, 14.5, 24.5, 34.5])
    """
    features = np.column_stack([felt, moves.reshape(len(felt), -1)])
    parts = [np.flatnonzero(mass)]
    while len(parts) * 2 <= MOST and min(map(len, parts)) >= 2 * FEWEST:
        parts = [half for part in parts for half in _halves(features, part)]
    averages = np.stack([np.average(features[one], axis=0, weights=mass[one]) for one in parts])
    shares = np.array([mass[one].sum() for one in parts]) / mass.sum()
    return CustomerGroups(
        shares=_single(shares),
        felt=_single(averages[:, 0]),
        moves=_single(averages[:, 1:]).reshape(-1, *moves.shape[1:]),
        thresholds=_single(thresholds),
    )


def _halves(features: FloatArray, part: NDArray[np.intp]) -> tuple[NDArray[np.intp], ...]:
    widest = int(features[part].var(axis=0).argmax())
    order = part[np.argsort(features[part, widest], kind="stable")]
    return order[: len(order) // 2], order[len(order) // 2 :]


def _single(numbers: FloatArray) -> FloatArray:
    return numbers.astype(np.float32).astype(np.float64)
