"""Name every measure of importance in a logistic or ordinal model, and say what each can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cxdrivers.errors import FitError, nearest
from cxdrivers.importance.hierarchy import hierarchical_shapley
from cxdrivers.importance.lattice import FloatArray, Groups
from cxdrivers.importance.likelihood_lattice import TJUR
from cxdrivers.importance.pseudo_r_squared import INDICES
from cxdrivers.importance.shapley import shapley

SHAPLEY, FIRST, LAST, ORTHOGONAL = "shapley", "first", "last", "orthogonal"


@dataclass(frozen=True)
class LikelihoodMetric:
    """A measure of importance of drivers in a model with a likelihood.

    Attributes
    ----------
    name
        What it is called in code.
    index
        What says how much a subset explains: a pseudo-R².
    rule
        How that is shared: by Shapley's rule, as what a driver adds first or last, or by way of
        orthogonal counterparts of the drivers.
    """

    name: str
    index: str
    rule: str = SHAPLEY

    @property
    def adds_up(self) -> bool:
        """Whether the shares add up to the index of all drivers."""
        return self.rule in (SHAPLEY, ORTHOGONAL)

    @property
    def adjustable(self) -> bool:
        """Whether noise can be taken out by formula: it is made of log-likelihoods."""
        return self.index in INDICES and self.rule != ORTHOGONAL

    @property
    def takes_grades(self) -> bool:
        """Whether it is defined for more than two grades."""
        return self.index != TJUR and self.rule != ORTHOGONAL

    @property
    def takes_columns(self) -> bool:
        """Whether it is defined with several columns a driver, and with controls."""
        return self.rule != ORTHOGONAL

    def shares(self, values: FloatArray, needs: Sequence[Sequence[int]] = ()) -> FloatArray:
        """Share the values of all subsets, shapes ``(..., 2**p)`` → ``(..., p)``.

        Parameters
        ----------
        values
            The index of every subset; bit j of the place says that driver j is in.
        needs
            For each driver those that must be in before it, when there are interactions.
        """
        drivers = values.shape[-1].bit_length() - 1
        bits = 1 << np.arange(drivers)
        if self.rule == FIRST:
            return values[..., bits] - values[..., :1]
        if self.rule == LAST:
            return values[..., -1:] - values[..., values.shape[-1] - 1 - bits]
        return hierarchical_shapley(values, needs) if any(needs) else shapley(values)


LIKELIHOOD_METRICS: dict[str, LikelihoodMetric] = {
    found.name: found
    for found in (
        LikelihoodMetric("lmg", "mcfadden"),
        LikelihoodMetric("first", "mcfadden", FIRST),
        LikelihoodMetric("last", "mcfadden", LAST),
        LikelihoodMetric("nagelkerke", "nagelkerke"),
        LikelihoodMetric("estrella", "estrella"),
        LikelihoodMetric("cox_snell", "cox_snell"),
        LikelihoodMetric("tjur", TJUR),
        LikelihoodMetric("johnson", "squared_correlation", ORTHOGONAL),
    )
}
"""Every measure by its name; LMG over McFadden's index is general dominance.

Azen & Traxel 2009, *Journal of Educational and Behavioral Statistics* 34, 319–347.
"""


def likelihood_metric(name: str) -> LikelihoodMetric:
    """Return the measure of a name.

    Raises
    ------
    FitError
        When there is none of that name for these models.
    """
    if name not in LIKELIHOOD_METRICS:
        near = nearest(name, LIKELIHOOD_METRICS)
        known = list(LIKELIHOOD_METRICS)
        raise FitError("method_unknown_for_grades", method=name, near=near, known=known)
    return LIKELIHOOD_METRICS[name]


def check_likelihood_metric(
    name: str,
    groups: Groups,
    *,
    grades: int,
    needs: Sequence[Sequence[int]] = (),
    drivers: Sequence[str] = (),
    controls: Sequence[str] = (),
) -> None:
    """Raise when a measure is not defined for these drivers, controls or grades.

    Parameters
    ----------
    name
        Name of the measure.
    groups
        For each driver the positions of its columns.
    grades
        How many there are.
    needs
        For each driver those that must be in before it.
    drivers, controls
        Names, for the sentence.

    Raises
    ------
    FitError
        Naming what stands in the way, and the measures that can do it.
    """
    asked = likelihood_metric(name)
    others = LIKELIHOOD_METRICS.values()
    if grades > 2 and not asked.takes_grades:
        known = [other.name for other in others if other.takes_grades]
        raise FitError("metric_of_grades", method=name, known=known)
    known = [other.name for other in others if other.takes_columns]
    several = [driver for driver, group in zip(drivers, groups, strict=True) if len(group) > 1]
    if several and not asked.takes_columns:
        raise FitError("metric_of_columns", method=name, names=several, known=known)
    if controls and not asked.takes_columns:
        raise FitError("metric_with_controls", method=name, names=controls, known=known)
    if any(needs) and asked.rule != SHAPLEY:
        names = [driver for driver, needed in zip(drivers, needs, strict=True) if needed]
        raise FitError("metric_of_interactions", method=name, names=names)
