"""Find the penalty of low ratings and the reward of high ones, of a sample and its resamples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cxdrivers.answers.advice.shape_cut_offs import CutOffs
from cxdrivers.answers.advice.shape_drivers import ShapeDriver, replaced_columns
from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.diagnostics import tied_columns
from cxdrivers.models.penalty_reward import box_columns, explained, slopes_of
from cxdrivers.moments.design import Design
from cxdrivers.moments.moments import moments_of
from cxdrivers.moments.schemes import REPLICATE_WEIGHTS, scheme_covariances, scheme_of


@dataclass(frozen=True, eq=False)
class BoxEstimates:
    """Penalties and rewards of p drivers in one setting of the cut-offs.

    Attributes
    ----------
    penalty, reward
        Shape ``(p,)``; NaN where nobody is low, nobody is high, or nobody is between.
    penalties, rewards
        The same in every resample, shape ``(B, p)``.
    n_low, n_high
        Respondents who rate low and high, shape ``(p,)``.
    r_squared
        What all of them explain.
    """

    penalty: FloatArray
    reward: FloatArray
    penalties: FloatArray
    rewards: FloatArray
    n_low: FloatArray
    n_high: FloatArray
    r_squared: float


def drawn_from(
    designs: Sequence[Design], *, n_boot: int, seed: int
) -> Iterator[tuple[Design, int, int]]:
    """Yield every data set with how many resamples to draw from it, and their seed.

    Resamples are divided among data sets whose blanks were filled in differently, as
    `ImputedValuation` does.

    Raises
    ------
    FitError
        For a survey's replicate weights, which cannot be divided among data sets.
    """
    count = len(designs)
    if count > 1 and scheme_of(designs[0]) == REPLICATE_WEIGHTS:
        raise FitError("replicate_weights_of_fillings")
    for place, filled in enumerate(designs):
        size = n_boot * (place + 1) // count - n_boot * place // count
        start = (
            seed if count == 1 else int(np.random.SeedSequence([seed, place]).generate_state(1)[0])
        )
        yield filled, size, start


def resampled_covariances_of(design: Design, size: int, seed: int) -> Iterator[FloatArray]:
    """Yield the covariances of resamples of a data set, none when there are to be none."""
    if size:
        yield from scheme_covariances(design, n_boot=size, seed=seed)


def box_estimates(
    designs: Sequence[Design],
    drivers: tuple[ShapeDriver, ...],
    cut_offs: CutOffs,
    *,
    n_boot: int,
    seed: int,
) -> BoxEstimates:
    """Regress the outcome on who rates each driver low and who rates it high (Brandt 1988).

    The slopes are against those between, who find it ordinary. Every resample is a covariance
    matrix of these columns.

    Parameters
    ----------
    designs
        The rows without blanks: one data set, or several with different fillings.
    drivers, cut_offs
        Whose ratings, and what is low and high.
    n_boot, seed
        How many resamples, and where they start.
    """
    slopes, fits, replicates = [], [], []
    for filled, size, start in drawn_from(designs, n_boot=n_boot, seed=seed):
        boxes = {driver.key: _boxes(driver, filled, cut_offs) for driver in drivers}
        boxed = replaced_columns(filled, drivers, boxes)
        covariance = moments_of(boxed).covariance
        slopes.append(_told_slopes(covariance)[: 2 * len(drivers)])
        fits.append(float(explained(covariance)))
        replicates += [
            slopes_of(part)[:, : 2 * len(drivers)]
            for part in resampled_covariances_of(boxed, size, start)
        ]
    pairs = np.mean(slopes, axis=0).reshape(-1, 2)
    drawn = np.concatenate([np.empty((0, 2 * len(drivers))), *replicates]).reshape(
        -1, len(drivers), 2
    )
    drawn = np.where(np.isfinite(pairs).all(axis=1)[np.newaxis, :, np.newaxis], drawn, np.nan)
    whole = [
        box_columns(driver.given, driver.rated, _signed(driver, cut_offs)) for driver in drivers
    ]
    return BoxEstimates(
        penalty=pairs[:, 0],
        reward=pairs[:, 1],
        penalties=drawn[..., 0],
        rewards=drawn[..., 1],
        n_low=np.array([low.sum() for low, _ in whole]),
        n_high=np.array([high.sum() for _, high in whole]),
        r_squared=float(np.mean(fits)),
    )


def _boxes(driver: ShapeDriver, design: Design, cut_offs: CutOffs) -> tuple[FloatArray, FloatArray]:
    low, high = _signed(driver, cut_offs)
    if low >= high:
        nobody = np.zeros(len(design.outcome))
        return nobody, nobody
    return box_columns(driver.of(design), driver.used, (low, high))


def _signed(driver: ShapeDriver, cut_offs: CutOffs) -> tuple[float, float]:
    low, high = cut_offs[driver.key]
    return driver.sign * low, driver.sign * high


def _told_slopes(covariance: FloatArray) -> FloatArray:
    """Return the slopes, NaN where a column is tied to others."""
    slopes = slopes_of(covariance)
    varies = np.flatnonzero(np.diag(covariance)[:-1] > 0)
    tied = varies[tied_columns(covariance[np.ix_(varies, varies)])]
    slopes[tied] = np.nan
    return slopes
