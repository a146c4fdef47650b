"""Choose what is drawn again: respondents, clusters, residuals, or a survey's replicate weights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from cxdrivers.errors import FitError, nearest
from cxdrivers.moments.design import Design
from cxdrivers.moments.incomplete import covariances_with_blanks, incomplete_rows
from cxdrivers.moments.replicate_weights import replicate_weight_covariances
from cxdrivers.moments.resampling import part_sizes, resampled_covariances, resampled_masses
from cxdrivers.moments.residuals import residual_covariances
from cxdrivers.moments.sums import FloatArray

RESPONDENTS, CLUSTERS, RESIDUALS, REPLICATE_WEIGHTS = SCHEMES = (
    "respondents",
    "clusters",
    "residuals",
    "replicate_weights",
)


def scheme_of(design: Design, scheme: str | None = None) -> str:
    """Return what is drawn again for a design: what was asked for, or what fits it.

    By default the replicate weights where the design has them, else whole clusters where it has
    them, else respondents. ``"respondents"`` may be asked for in spite of clusters, to see what
    they change.

    Raises
    ------
    FitError
        When there is no such scheme, or the design has not what it needs.
    """
    if scheme is None:
        if design.replicate_weights is not None:
            return REPLICATE_WEIGHTS
        return RESPONDENTS if design.cluster is None else CLUSTERS
    if scheme not in SCHEMES:
        raise FitError(
            "scheme_unknown", scheme=scheme, near=nearest(scheme, SCHEMES), known=SCHEMES
        )
    if scheme == CLUSTERS and design.cluster is None:
        raise FitError("no_clusters")
    if scheme == RESIDUALS and design.cluster is not None:
        raise FitError("residuals_of_clusters", count=int(design.cluster.max()) + 1)
    if scheme == REPLICATE_WEIGHTS and design.replicate_weights is None:
        raise FitError("no_replicate_weights")
    return scheme


def replicate_count(design: Design, scheme: str | None = None, *, n_boot: int) -> int:
    """Return how many covariance matrices a scheme gives: `n_boot`, or one a replicate weight."""
    chosen = scheme_of(design, scheme)
    if chosen == REPLICATE_WEIGHTS and design.replicate_weights is not None:
        return len(design.replicate_weights.T)
    return n_boot


def scheme_covariances(
    design: Design, scheme: str | None = None, *, n_boot: int, seed: int
) -> Iterator[FloatArray]:
    """Yield the covariance matrices that a scheme gives, in parts that fit in memory.

    Parameters
    ----------
    design
        The rows.
    scheme
        ``"respondents"``, ``"clusters"`` (both within strata where the design has them),
        ``"residuals"`` (the columns stay, for a fixed design) or ``"replicate_weights"``; by
        default what `scheme_of` chooses.
    n_boot, seed
        How many resamples, and where the random numbers start. Replicate weights have no use for
        either.

    Yields
    ------
    ndarray, shape ``(b, k + 1, k + 1)``
        Outcome last; the sizes b add up to `replicate_count`.

    Raises
    ------
    FitError
        As `scheme_of`.
    """
    chosen = scheme_of(design, scheme)
    if design.has_blanks:
        if chosen == RESIDUALS:
            raise FitError("residuals_of_blanks")
        values = np.column_stack([design.columns, design.outcome])
        rows = incomplete_rows(values, design.absent_beside_outcome)
        masses = scheme_masses(design, scheme, n_boot=n_boot, seed=seed)
        return covariances_with_blanks(rows, masses)
    if chosen == REPLICATE_WEIGHTS:
        return replicate_weight_covariances(design)
    if chosen == RESIDUALS:
        return residual_covariances(design, n_boot=n_boot, seed=seed)
    drawn = replace(design, cluster=None) if chosen == RESPONDENTS else design
    return resampled_covariances(drawn, n_boot=n_boot, seed=seed)


def scheme_masses(
    design: Design, scheme: str | None = None, *, n_boot: int, seed: int
) -> Iterator[FloatArray]:
    """Yield how much every row counts in each replicate, as `scheme_covariances` draws them.

    For models that cannot be computed from covariances. With the same seed the replicates are the
    same customers, so that what two models say can be compared resample by resample.

    Yields
    ------
    ndarray, shape ``(b, n)``
        The sizes b add up to `replicate_count`.

    Raises
    ------
    FitError
        As `scheme_of`, and for residuals: a grade is no line plus a residual.
    """
    chosen = scheme_of(design, scheme)
    if chosen == RESIDUALS:
        raise FitError("residuals_of_grades")
    if chosen == REPLICATE_WEIGHTS and design.replicate_weights is not None:
        replicates = design.replicate_weights.T
        start = 0
        for size in part_sizes(*replicates.shape):
            yield np.ascontiguousarray(replicates[start : start + size])
            start += size
        return
    rows = replace(design, cluster=None) if chosen == RESPONDENTS else design
    yield from resampled_masses(rows, n_boot=n_boot, seed=seed)
