"""Find each driver's slope below its mean and above it, in units of the outcome and in log odds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cxdrivers.answers.advice.shape_boxes import drawn_from
from cxdrivers.answers.advice.shape_drivers import ShapeDriver, replaced_columns
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.diagnostics import fittable_columns
from cxdrivers.models.hinge import Slopes, grade_slopes, hinge_columns, line_slopes
from cxdrivers.models.logistic import named_groups
from cxdrivers.models.separation import separating_groups
from cxdrivers.moments.design import Design
from cxdrivers.moments.grades import MOST_GRADES
from cxdrivers.moments.schemes import REPLICATE_WEIGHTS, scheme_masses, scheme_of

GRADES, LINE = "grades", "line"
"""The scale on which a change of slope is tested."""
FEWEST_GRADES = 3
CONTRASTS = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, -1.0], [0.5, -1.0], [-1.0, 0.5]])
"""What is tested of the slopes below and above the mean."""


@dataclass(frozen=True, eq=False)
class HingeEstimates:
    """Slopes of p drivers, below the mean and above it.

    Attributes
    ----------
    slopes
        Shape ``(p, 2)``.
    covariance
        Shape ``(p, 2, 2)``: of the two slopes of every driver.
    replicates
        Shape ``(B, p, 2)``: in resamples, nearly.
    """

    slopes: FloatArray
    covariance: FloatArray
    replicates: FloatArray

    @property
    def std_errors(self) -> FloatArray:
        """Shape ``(p, 2)``."""
        return np.sqrt(np.diagonal(self.covariance, axis1=-2, axis2=-1))

    def statistics(self, slopes: FloatArray) -> FloatArray:
        """Return what is compared, each in its standard errors.

        Parameters
        ----------
        slopes
            Shape ``(..., p, 2)``: those of the sample, or of resamples.

        Returns
        -------
        ndarray, shape ``(..., p, 5)``
            In the order of `CONTRASTS`: the slope below, the slope above, the first minus the
            second, half the first minus the second, and half the second minus the first.
        """
        error = np.sqrt(np.einsum("ci,pij,cj->pc", CONTRASTS, self.covariance, CONTRASTS))
        found: FloatArray = (slopes @ CONTRASTS.T) / error
        return found


def scale_of_test(designs: Sequence[Design], drivers: tuple[ShapeDriver, ...]) -> str:
    """Return on which scale a change of slope is tested.

    Grades, where the outcome has from three to thirty values and no columns set them apart: a
    model of grades knows that nobody can give more than the highest. Else the line of the outcome.
    """
    values = len(np.unique(designs[0].outcome))
    if not FEWEST_GRADES <= values <= MOST_GRADES:
        return LINE
    for design in designs:
        hinged = _hinged(design, drivers)
        fitted = fittable_columns(hinged).fitted
        named = named_groups(hinged, fitted)
        if separating_groups(hinged.columns[:, fitted], hinged.outcome, named):
            return LINE
    return GRADES


def hinge_estimates(
    designs: Sequence[Design],
    drivers: tuple[ShapeDriver, ...],
    kind: str,
    *,
    n_boot: int,
    seed: int,
) -> HingeEstimates:
    """Fit a slope below the mean of every driver and another above it, all at once.

    Where blanks were filled in several times the fits are pooled by Rubin's rules.

    Parameters
    ----------
    designs, drivers
        The rows without blanks, and whose ratings.
    kind
        ``grades``: log odds of a higher grade. ``line``: units of the outcome.
    n_boot, seed
        How many resamples, and where they start.
    """
    fit = grade_slopes if kind == GRADES else line_slopes
    count = len(drivers)
    slopes, within, replicates = [], [], []
    for filled, size, start in drawn_from(designs, n_boot=n_boot, seed=seed):
        hinged = _hinged(filled, drivers)
        fitted = fittable_columns(hinged).fitted
        found = fit(hinged.columns[:, fitted], hinged.outcome, hinged.weights)
        own = Slopes(found.slopes[: 2 * count], found.pulls[:, : 2 * count])
        slopes.append(own.slopes)
        within.append(_covariance(own, filled))
        if size:
            replicates += [
                own.of_masses(masses, filled.weights)
                for masses in scheme_masses(filled, n_boot=size, seed=start)
            ]
    between = np.zeros_like(within[0])
    if len(slopes) > 1:
        between = np.cov(np.array(slopes), rowvar=False) * (1 + 1 / len(slopes))
    covariance = np.mean(within, axis=0) + between
    pairs = np.arange(2 * count).reshape(-1, 2)
    drawn = np.concatenate([np.empty((0, 2 * count)), *replicates])
    return HingeEstimates(
        slopes=np.mean(slopes, axis=0).reshape(-1, 2),
        covariance=np.stack([covariance[np.ix_(pair, pair)] for pair in pairs]),
        replicates=drawn.reshape(-1, count, 2),
    )


def _hinged(design: Design, drivers: tuple[ShapeDriver, ...]) -> Design:
    columns: dict[str, tuple[FloatArray, ...]] = {
        driver.key: hinge_columns(driver.levels(driver.of(design)), driver.used, driver.middle)
        for driver in drivers
    }
    return replaced_columns(design, drivers, columns)


def _covariance(slopes: Slopes, design: Design) -> FloatArray:
    if scheme_of(design) != REPLICATE_WEIGHTS:
        return slopes.covariance(design.cluster)
    found = np.concatenate(
        [
            slopes.of_masses(masses, design.weights)
            for masses in scheme_masses(design, n_boot=2, seed=0)
        ]
    )
    away = found - slopes.slopes
    factor = 1 / len(found) if design.replicate_scale is None else design.replicate_scale
    spread: FloatArray = factor * away.T @ away
    return spread
