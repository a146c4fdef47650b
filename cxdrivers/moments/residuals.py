"""Resample residuals: the columns stay as they are, and only the outcome is drawn anew."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cxdrivers.errors import FitError
from cxdrivers.moments.design import Design
from cxdrivers.moments.resampling import part_sizes
from cxdrivers.moments.sums import ROUNDING, FloatArray

NO_FREEDOM = 1e-8


def residual_covariances(design: Design, *, n_boot: int, seed: int) -> Iterator[FloatArray]:
    """Yield covariance matrices of resamples in which only the residuals are drawn.

    For a fixed design: the ratings were chosen, as in an experiment with vignettes, and a new
    sample would have the same ones. The outcome becomes what all columns fit plus a residual drawn
    with replacement (Davison & Hinkley 1997, section 6.2.3). It supposes a straight-line model with
    errors alike for everybody; for a survey of customers draw respondents instead. Strata play no
    part, since no rows are drawn.

    A weight says how many customers a row stands for, so a residual is drawn in proportion to it,
    and the errors of all rows are taken to vary alike. Each residual is first divided by what
    the fit took from its standard deviation, and their weighted mean is taken out. A row
    that the fit always meets has no residual to draw.

    Parameters
    ----------
    design
        The rows, without clusters.
    n_boot, seed
        How many resamples, and where the random numbers start.

    Yields
    ------
    ndarray, shape ``(b, k + 1, k + 1)``
        Outcome last; the sizes b add up to `n_boot`.

    Raises
    ------
    FitError
        When the design has clusters: residuals within a cluster are not independent.
    """
    if design.cluster is not None:
        raise FitError("residuals_of_clusters", count=int(design.cluster.max()) + 1)
    n = len(design.outcome)
    masses = np.ones(n) if design.weights is None else design.weights
    masses = masses / masses.sum()
    columns = design.columns - masses @ design.columns
    weighted = columns * masses[:, np.newaxis]
    inner = columns.T @ weighted
    fitted, residuals = _fit(columns, design.outcome - masses @ design.outcome, masses)
    pool = np.flatnonzero(~np.isnan(residuals))
    chances = masses[pool] / masses[pool].sum()
    residuals = residuals[pool] - chances @ residuals[pool]
    equal = None if design.weights is None else chances
    rng = np.random.default_rng(seed)
    for size in part_sizes(n_boot, n):
        outcomes = fitted + rng.choice(residuals, size=(size, n), p=equal)
        outcomes -= (outcomes @ masses)[:, np.newaxis]
        covariance = np.empty((size, len(inner) + 1, len(inner) + 1))
        covariance[:, :-1, :-1] = inner
        covariance[:, -1, :-1] = covariance[:, :-1, -1] = outcomes @ weighted
        covariance[:, -1, -1] = outcomes**2 @ masses
        yield covariance


def _fit(
    columns: FloatArray, outcome: FloatArray, masses: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return what centred columns fit, and residuals with the spread that errors have.

    With H the matrix that turns the outcome into the fit, a residual has the share
    1 − 2 Hᵢᵢ + Σⱼ Hᵢⱼ² of the variance of an error: without weights that is 1 − Hᵢᵢ. A residual is
    NaN where that share is nothing.
    """
    spread = np.sqrt(masses @ columns**2)
    units = columns / np.where(spread > 0, spread, 1.0)
    inverse = np.linalg.pinv(units.T @ (units * masses[:, np.newaxis]), ROUNDING, hermitian=True)
    pulls = units @ inverse
    fitted = pulls @ (units.T @ (masses * outcome))
    own = masses * (1 + (pulls * units).sum(axis=1))
    linear, square = units.T @ masses**2, units.T @ (units * masses[:, np.newaxis] ** 2)
    others = (masses**2).sum() + 2 * pulls @ linear + ((pulls @ square) * pulls).sum(axis=1)
    share = 1 - 2 * own + others
    free = share > NO_FREEDOM
    residuals = (outcome - fitted) / np.sqrt(np.where(free, share, 1.0))
    return fitted, np.where(free, residuals, np.nan)
