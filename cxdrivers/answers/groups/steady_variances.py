"""Give groups variances that luck does not make small, to pool their numbers by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cxdrivers.answers.groups.group_estimates import WEIGHT
from cxdrivers.answers.groups.typical_variances import typical_variances
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.moderated_variances import moderated_variances


@dataclass(frozen=True, eq=False)
class SteadyVariances:
    """Variances of one measure in K groups.

    Attributes
    ----------
    own, own_degrees
        Shape ``(p, K)``: of each group's own number, and the degrees of freedom behind it.
    pooled, pooled_degrees
        The same shape: what groups are pooled by.
    """

    own: FloatArray
    own_degrees: FloatArray
    pooled: FloatArray
    pooled_degrees: FloatArray


def steady_variances(
    measure: str, variances: FloatArray, sizes: FloatArray, degrees: FloatArray
) -> SteadyVariances:
    """Return variances of groups drawn to the one that they have in common.

    That of a weight follows its estimate: a part of R² that happens to come out small has a small
    variance. So weights are pooled by what is typical of a group's size, and no variance of one is
    less than that.

    Parameters
    ----------
    measure
        A name of `MEASURES`.
    variances, sizes, degrees
        Shape ``(p, K)``: by the jackknife, NaN for a group without one; effective respondents; and
        degrees of freedom.
    """
    moderated = moderated_variances(variances, sizes, degrees)
    own, behind = moderated.variances, moderated.degrees
    if measure != WEIGHT:
        return SteadyVariances(own, behind, own, behind)
    typical = typical_variances(variances, sizes)
    told = np.where(np.isfinite(variances), degrees, 0.0).sum(axis=-1, keepdims=True)
    together = np.broadcast_to(told, typical.shape)
    return SteadyVariances(np.fmax(own, typical), behind, typical, together)
