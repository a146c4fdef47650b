"""Compute the shares of a sample and of its resamples, and take noise out of both."""

from __future__ import annotations

import numpy as np
from tqdm import tqdm

from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.drawn import (
    Drawn,
    count_drawn,
    resamples,
    scheme_drawn,
    widened,
)
from cxdrivers.answers.weights.valuation import Valuation
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.recentring import recentred_replicates
from cxdrivers.moments.moments import Moments
from cxdrivers.moments.schemes import CLUSTERS, REPLICATE_WEIGHTS

ENOUGH_TO_MEASURE = 100
PROGRESS_AFTER = 2.0
WORK_BETWEEN_LOOKS = 2**24
BAR = "{l_bar}{bar}| {n:.0f}/{total} [{elapsed}<{remaining}]"
"""A resample of many fits is counted in parts, and shown in whole ones."""


def estimate_and_replicates(
    drawn: Drawn, moments: Moments, valuation: Valuation, settings: Settings
) -> tuple[FloatArray, FloatArray]:
    """Return the shares, shape ``(p,)``, and the same in every resample, shape ``(B, p)``.

    Adjusted shares have the noise taken out, of the sample and of every resample. For respondents
    it follows from a formula when the method is made of the R² of subsets. Otherwise, and with
    clusters or blanks, it is measured as the mean of the resamples minus the sample's own shares,
    when there are at least a hundred. What a resample adds across the direction of a driver with
    several columns is taken out again (`recentred_replicates`). Replicate weights are taken as
    they are: what they differ by is scaled afterwards. What is drawn of a group of which only sums
    are known is its random parts, by the same rules.
    """
    n = moments.n_effective
    formula = valuation.adjustable
    scheme = scheme_drawn(drawn, settings.scheme)
    clustered = scheme == CLUSTERS
    unknown = clustered or not formula or drawn.has_blanks
    measured = unknown and settings.n_boot >= ENOUGH_TO_MEASURE
    analytic = settings.adjusted and formula and not measured
    estimate = valuation.shares(valuation.sample, n=n, adjust=int(analytic))
    replicates = resampled_shares(
        drawn,
        valuation,
        n=n,
        adjust=int(analytic),
        n_boot=settings.n_boot,
        seed=settings.seed,
        scheme=settings.scheme,
    )
    if settings.adjusted and measured:
        noise = np.nanmean(replicates, axis=0) - estimate
        estimate, replicates = estimate - noise, replicates - noise
    if settings.adjusted and scheme != REPLICATE_WEIGHTS:
        columns = np.array([len(group) for group in drawn.groups])
        replicates = recentred_replicates(replicates, estimate, columns)
    return estimate, widened(drawn, replicates, estimate)


def resampled_shares(
    drawn: Drawn,
    valuation: Valuation,
    *,
    n: float,
    adjust: int,
    n_boot: int,
    seed: int,
    scheme: str | None = None,
) -> FloatArray:
    """Return each driver's share in every resample, shape ``(B, p)``.

    Parameters
    ----------
    drawn
        The rows or parts to resample.
    valuation
        How each of them is valued and shared.
    n, adjust
        Effective number of respondents, and how often R² is adjusted for it.
    n_boot, seed, scheme
        How many resamples, where they start, and of what.
    """
    count = count_drawn(drawn, scheme, n_boot=n_boot) if n_boot else 0
    found = np.empty((count, len(drawn.drivers)))
    step = max(1, WORK_BETWEEN_LOOKS >> min(len(drawn.drivers), 40))
    done = 0
    with tqdm(total=count, delay=PROGRESS_AFTER, leave=False, bar_format=BAR) as bar:
        for statistics in resamples(drawn, valuation, scheme, n_boot=n_boot, seed=seed):
            for start in range(0, count and len(statistics), step):
                part = statistics[start : start + step]
                found[done : done + len(part)] = valuation.shares(
                    part, n=n, adjust=adjust, tick=bar.update
                )
                done += len(part)
    return found
