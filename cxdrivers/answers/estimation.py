"""Compute the shares of a sample and of its resamples, and take noise out of both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from tqdm import tqdm

from cxdrivers.answers.settings import Settings
from cxdrivers.errors import FitError
from cxdrivers.importance.hierarchy import hierarchical_shares
from cxdrivers.importance.lattice import FloatArray, Groups
from cxdrivers.importance.linear_shares import MOST_DRIVERS
from cxdrivers.importance.metrics import check_metric, metric
from cxdrivers.importance.recentring import recentred_replicates
from cxdrivers.importance.sampled import sampled_shares
from cxdrivers.moments.design import Design
from cxdrivers.moments.moments import Moments
from cxdrivers.moments.schemes import (
    CLUSTERS,
    REPLICATE_WEIGHTS,
    replicate_count,
    scheme_covariances,
    scheme_of,
)

ENOUGH_TO_MEASURE = 100
PROGRESS_AFTER = 2.0
WORK_BETWEEN_LOOKS = 2**24

Shares = Callable[..., FloatArray]
"""Covariances, shape ``(..., k, k)``, with `n` and `adjust` → shares, shape ``(..., p)``."""


def share_function(moments: Moments, method: str) -> Shares:
    """Return the function that shares R² among the drivers of these moments.

    Raises
    ------
    FitError
        When the method is not defined for several columns a driver, for controls, or for
        interactions.
    """
    if moments.needs:
        if method != "lmg":
            names = [
                name for name, needed in zip(moments.drivers, moments.needs, strict=True) if needed
            ]
            raise FitError("metric_of_interactions", method=method, names=names)
        return partial(
            hierarchical_shares, groups=moments.groups, needs=moments.needs, always=moments.always
        )
    check_metric(method, moments.groups, moments.always, drivers=moments.drivers)
    if method == "lmg" and len(moments.groups) > MOST_DRIVERS:
        return partial(_sampled, groups=moments.groups, always=moments.always)
    return partial(metric(method).shares, groups=moments.groups, always=moments.always)


def sampling_errors(moments: Moments, settings: Settings) -> FloatArray | None:
    """Return the standard errors of weights that were sampled, or None when they are exact."""
    if settings.method != "lmg" or len(moments.groups) <= MOST_DRIVERS:
        return None
    return sampled_shares(
        moments.covariance,
        moments.groups,
        always=moments.always,
        n=moments.n_effective,
        adjust=int(settings.adjusted),
    ).std_errors


def estimate_and_replicates(
    design: Design, moments: Moments, settings: Settings
) -> tuple[FloatArray, FloatArray]:
    """Return the shares, shape ``(p,)``, and the same in every resample, shape ``(B, p)``.

    Adjusted shares have the noise taken out, of the sample and of every resample. For respondents
    it follows from a formula when the method is made of the R² of subsets. Otherwise, and with
    clusters, it is measured as the mean of the resamples minus the sample's own shares, when
    there are at least a hundred. What a resample adds across the direction of a driver with
    several columns is taken out again (`recentred_replicates`). Replicate weights are taken as
    they are: what they differ by is scaled afterwards.
    """
    shares = share_function(moments, settings.method)
    n = moments.n_effective
    formula = metric(settings.method).adjustable
    scheme = scheme_of(design, settings.scheme)
    clustered = scheme == CLUSTERS
    measured = (clustered or not formula) and settings.n_boot >= ENOUGH_TO_MEASURE
    analytic = settings.adjusted and formula and not measured
    estimate = shares(moments.covariance, n=n, adjust=int(analytic))
    replicates = resampled_shares(
        design,
        shares,
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
        columns = np.array([len(group) for group in design.groups])
        replicates = recentred_replicates(replicates, estimate, columns)
    return estimate, replicates


def _sampled(
    covariance: FloatArray, *, groups: Groups, always: Sequence[int], n: float, adjust: int
) -> FloatArray:
    """Return sampled LMG: all orders of many drivers cannot be walked (Castro et al. 2009)."""
    matrices = covariance.reshape(-1, *covariance.shape[-2:])
    shares = [
        sampled_shares(matrix, groups, always=always, n=n, adjust=adjust).shares
        for matrix in matrices
    ]
    return np.array(shares).reshape(*covariance.shape[:-2], len(groups))


def resampled_shares(
    design: Design,
    shares: Shares,
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
    design
        The rows to resample.
    shares
        From `share_function`.
    n, adjust
        Effective number of respondents, and how often R² is adjusted for it.
    n_boot, seed, scheme
        How many resamples, where they start, and of what.
    """
    count = replicate_count(design, scheme, n_boot=n_boot) if n_boot else 0
    found = np.empty((count, len(design.drivers)))
    step = max(1, WORK_BETWEEN_LOOKS >> min(len(design.drivers), 40))
    done = 0
    with tqdm(total=count, delay=PROGRESS_AFTER, leave=False) as bar:
        for covariances in scheme_covariances(design, scheme, n_boot=n_boot, seed=seed):
            for start in range(0, count and len(covariances), step):
                part = covariances[start : start + step]
                found[done : done + len(part)] = shares(part, n=n, adjust=adjust)
                done += len(part)
                bar.update(len(part))
    return found
