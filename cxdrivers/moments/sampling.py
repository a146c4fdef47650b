"""Say how the rows of a design were sampled: in clusters, within strata, with replicate weights."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.errors import FitError
from cxdrivers.survey.coding import BoolArray, FloatArray
from cxdrivers.survey.survey import Survey

IntArray = NDArray[np.intp]


def clusters_of(survey: Survey, used: BoolArray) -> IntArray | None:
    """Return the number of each used row's cluster, or None when the survey has no clusters.

    Raises
    ------
    FitError
        When a cluster is missing, or there is only one.
    """
    column = survey.codebook.cluster
    if column is None:
        return None
    codes, names = pd.factorize(survey.respondents[column])
    found = codes[used]
    missing = int((found < 0).sum())
    if missing:
        raise FitError("cluster_missing", column=column, count=missing)
    if len(np.unique(found)) < 2:
        raise FitError("one_cluster", column=column, name=names[0])
    return np.unique(found, return_inverse=True)[1]


def strata_of(survey: Survey, used: BoolArray, cluster: IntArray | None) -> IntArray | None:
    """Return the number of each used row's stratum, or None when the survey has no strata.

    Raises
    ------
    FitError
        When a stratum is missing, a cluster lies in two strata, or no stratum has two units.
    """
    column = survey.codebook.strata
    if column is None:
        return None
    codes, names = pd.factorize(survey.respondents[column])
    found = codes[used]
    missing = int((found < 0).sum())
    if missing:
        raise FitError("strata_missing", column=column, count=missing)
    kept, strata = np.unique(found, return_inverse=True)
    units = strata
    if cluster is not None:
        pairs = np.unique(np.column_stack([cluster, strata]), axis=0)
        crossed = np.flatnonzero(np.bincount(pairs[:, 0]) > 1)
        if crossed.size:
            inside = [str(names[kept[stratum]]) for stratum in pairs[pairs[:, 0] == crossed[0], 1]]
            raise FitError(
                "cluster_in_strata",
                cluster=survey.codebook.cluster,
                column=column,
                count=int(crossed.size),
                name=survey.respondents.loc[used, survey.codebook.cluster][
                    cluster == crossed[0]
                ].iloc[0],
                strata=sorted(inside),
            )
        units = pairs[:, 1]
    if np.bincount(units).max() < 2:
        raise FitError("strata_alone", column=column, count=len(kept))
    return strata


def replicate_weights_of(survey: Survey, used: BoolArray) -> FloatArray | None:
    """Return the replicate weights of each used row, shape ``(n, R)``, or None.

    Raises
    ------
    FitError
        When a replicate gives no used row a weight.
    """
    if survey.replicate_weights is None:
        return None
    weights: FloatArray = survey.replicate_weights[used]
    columns = [
        column
        for column, total in zip(
            survey.codebook.replicate_weights, weights.sum(axis=0), strict=True
        )
        if total == 0
    ]
    if columns:
        raise FitError("replicate_weight_empty", columns=columns)
    return weights
