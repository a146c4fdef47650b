"""Compute the shares of every resample, in parts, with a progress bar when it takes long."""

from __future__ import annotations

import numpy as np
from tqdm import tqdm

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.linear_shares import linear_shares
from cxdrivers.moments.design import Design
from cxdrivers.moments.resampling import resampled_covariances

PROGRESS_AFTER = 2.0
WORK_BETWEEN_LOOKS = 2**24


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
