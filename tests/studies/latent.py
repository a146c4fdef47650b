"""Grade what lies behind an answer, and say what McFadden's R² would be of all customers.

Satisfaction behind the grades is the drivers' part, normal with variance 1, plus logistic noise
with variance 1. So logistic regression, or proportional odds, of all drivers is the truth.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.special import expit, log_ndtr

from cxdrivers.moments.sums import FloatArray
from tests.likelihood_twins import highest, highest_of_none
from tests.twins import Subset

THRESHOLDS: Mapping[str, tuple[float, ...]] = {
    "top_box": (0.35,),
    "ordinal": (-2.6, -2.0, -1.4, -0.75, 0.1, 1.1, 2.0),
}
"""Where one grade ends and the next starts: two fifths reach the top box; eight unequal grades."""

STEEPNESS = np.pi / np.sqrt(3)
"""The slope of log odds on a scale where the noise has variance 1."""

NODES = 80
FEWEST = 1e-20
RESPONDENTS = 1000.0
"""How many the quadrature stands for; an index of log-likelihoods does not depend on it."""


def graded(model: str, drivers_part: FloatArray, normal_noise: FloatArray) -> FloatArray:
    """Return grades from 0, with the noise turned from normal into logistic at the same rank.

    Parameters
    ----------
    model
        A key of `THRESHOLDS`.
    drivers_part, normal_noise
        Shape ``(n,)``, both with variance 1.
    """
    noise = (log_ndtr(normal_noise) - log_ndtr(-normal_noise)) / STEEPNESS
    grades: FloatArray = np.digitize(drivers_part + noise, THRESHOLDS[model]).astype(np.float64)
    return grades


def true_mcfadden(model: str, explained: Mapping[Subset, float]) -> dict[Subset, float]:
    """Return McFadden's R² of every subset in the population.

    With normal drivers the best slopes of a subset point where those of least squares do (Li &
    Duan 1989, *The Annals of Statistics* 17, 1009–1052). So a subset counts by one number, the
    part of the drivers' variance that it explains, and its log-likelihood is an integral over one
    normal variable; what the subset leaves unknown of the drivers is noise beside the logistic.

    Parameters
    ----------
    model
        A key of `THRESHOLDS`.
    explained
        For each subset of drivers the part of the variance of all drivers' part that it explains.
    """
    return {subset: _mcfadden(model, part) for subset, part in explained.items()}


def frequencies(model: str) -> FloatArray:
    """Return how frequent each grade is in the population."""
    nodes, parts = _normal()
    return parts @ _chances(model, nodes, 0.0)


def _mcfadden(model: str, explained: float) -> float:
    if explained < FEWEST:
        return 0.0
    nodes, parts = _normal()
    known = np.sqrt(explained) * nodes
    masses = RESPONDENTS * parts[:, np.newaxis] * _chances(model, known, 1 - explained)
    grades = np.broadcast_to(np.arange(masses.shape[1]), masses.shape).ravel().astype(np.float64)
    column = np.repeat(known, masses.shape[1])[:, np.newaxis]
    flat = masses.ravel()
    return 1 - highest(column, grades, flat) / highest_of_none(grades, flat)


def _chances(model: str, known: FloatArray, unknown: float) -> FloatArray:
    """Return the chance of each grade, shape ``(nodes, K)``, averaged over what is not known."""
    nodes, parts = _normal()
    behind = known[:, np.newaxis] + np.sqrt(max(unknown, 0.0)) * nodes
    thresholds = np.array(THRESHOLDS[model])
    passed = expit(STEEPNESS * (behind[:, np.newaxis] - thresholds[:, np.newaxis])) @ parts
    edge = np.ones((len(known), 1))
    chances: FloatArray = -np.diff(np.hstack([edge, passed, 0 * edge]))
    return chances


def _normal() -> tuple[FloatArray, FloatArray]:
    nodes, parts = np.polynomial.hermite_e.hermegauss(NODES)
    parts = parts / parts.sum()
    return nodes[parts > FEWEST], parts[parts > FEWEST]
