"""Compute the shares of a sample and of its resamples, and take noise out of both."""

from __future__ import annotations

import numpy as np
from tqdm import tqdm

from cxdrivers.answers.settings import Settings
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.linear_shares import linear_shares
from cxdrivers.moments.design import Design
from cxdrivers.moments.moments import Moments
from cxdrivers.moments.resampling import resampled_covariances

PROGRESS_AFTER = 2.0
WORK_BETWEEN_LOOKS = 2**24


def estimate_and_replicates(
    design: Design, moments: Moments, settings: Settings
) -> tuple[FloatArray, FloatArray]:
    """Return the shares, shape ``(p,)``, and the same in every resample, shape ``(B, p)``.

    Adjusted shares have the noise taken out once, and twice in a resample, which adds noise of
    its own. Without clusters the noise follows from a formula; with clusters it is measured, as
    the mean of the resamples minus the sample's own shares.
    """
    measured = design.cluster is not None and settings.n_boot > 0
    analytic = settings.adjusted and not measured
    n = moments.n_effective
    estimate = linear_shares(moments.covariance, moments.groups, n=n, adjust=int(analytic))
    replicates = resampled_shares(
        design, n=n, adjust=2 * analytic, n_boot=settings.n_boot, seed=settings.seed
    )
    if settings.adjusted and measured:
        noise = np.nanmean(replicates, axis=0) - estimate
        return estimate - noise, replicates - 2 * noise
    return estimate, replicates


def resampled_shares(
    design: Design, *, n: float, adjust: int, n_boot: int, seed: int
) -> FloatArray:
    """Return each driver's share of R² in every resample, shape ``(n_boot, p)``.

    Parameters
    ----------
    design
        The rows to resample.
    n, adjust
        Effective number of respondents, and how often R² is adjusted for it.
    n_boot, seed
        How many resamples, and where they start.
    """
    shares = np.empty((n_boot, len(design.drivers)))
    step = max(1, WORK_BETWEEN_LOOKS >> len(design.drivers))
    done = 0
    with tqdm(total=n_boot, delay=PROGRESS_AFTER, leave=False) as bar:
        for covariances in resampled_covariances(design, n_boot=n_boot, seed=seed):
            for start in range(0, len(covariances), step):
                part = covariances[start : start + step]
                shares[done : done + len(part)] = linear_shares(
                    part, design.groups, n=n, adjust=adjust
                )
                done += len(part)
                bar.update(len(part))
    return shares
