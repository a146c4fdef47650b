"""Name every measure of importance, and say what each can and cannot do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cxdrivers.errors import FitError, nearest
from cxdrivers.importance.johnson import car_shares, johnson_shares
from cxdrivers.importance.lattice import FloatArray, Groups
from cxdrivers.importance.linear_shares import linear_shares, own_shares
from cxdrivers.importance.single_driver import first_shares, pratt_shares, squared_betas
from cxdrivers.wording import Sentence, sentence


@dataclass(frozen=True)
class Metric:
    """A measure of importance of drivers in a linear regression.

    Attributes
    ----------
    name
        What it is called in code.
    kernel
        Function of a covariance matrix and groups, with the keywords that the flags below allow.
    adds_up
        Whether the shares add up to R², or to R² minus that of the controls.
    takes_groups
        Whether it is defined for a driver of several columns.
    takes_controls
        Whether it is defined with columns that are always in.
    adjustable
        Whether noise can be taken out by formula: it is made of the R² of subsets.
    """

    name: str
    kernel: Callable[..., FloatArray]
    adds_up: bool
    takes_groups: bool
    takes_controls: bool
    adjustable: bool

    def shares(
        self,
        covariance: FloatArray,
        groups: Groups,
        *,
        always: Sequence[int] = (),
        n: float | None = None,
        adjust: int = 0,
    ) -> FloatArray:
        """Return the share of every driver.

        Parameters
        ----------
        covariance
            Shape ``(..., k, k)``, outcome last.
        groups
            For each driver the positions of its columns.
        always
            Positions of controls: columns that are always in.
        n
            Effective number of respondents; needed when `adjust` is not 0.
        adjust
            How often R² is adjusted for noise: 0 or 1.

        Returns
        -------
        ndarray, shape ``(..., p)``

        Raises
        ------
        FitError
            When the measure is not defined for what is asked, or there are too few respondents.

        Examples
        --------
        >>> import numpy as np
        >>> matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
        >>> metric("lmg").shares(matrix, [(0,), (1,)])
        array([0.20434066, 0.11434066])
        """
        check_metric(self.name, groups, always, adjust=adjust)
        if self.adjustable:
            return self.kernel(covariance, groups, always=always, n=n, adjust=adjust)
        if self.takes_controls:
            return self.kernel(covariance, groups, always=always)
        return self.kernel(covariance, groups)


_OF_SUBSETS = {"takes_groups": True, "takes_controls": True, "adjustable": True}
_OF_SLOPES = {"takes_groups": True, "takes_controls": True, "adjustable": False}
_OF_CORRELATIONS = {"takes_groups": False, "takes_controls": False, "adjustable": False}

METRICS: dict[str, Metric] = {
    found.name: found
    for found in (
        Metric("lmg", linear_shares, adds_up=True, **_OF_SUBSETS),
        Metric("first", first_shares, adds_up=False, **_OF_SUBSETS),
        Metric("last", own_shares, adds_up=False, **_OF_SUBSETS),
        Metric("betasq", squared_betas, adds_up=False, **_OF_SLOPES),
        Metric("pratt", pratt_shares, adds_up=True, **_OF_SLOPES),
        Metric("johnson", johnson_shares, adds_up=True, **_OF_CORRELATIONS),
        Metric("car", car_shares, adds_up=True, **_OF_CORRELATIONS),
    )
}
"""Every measure by its name. Genizi's measure is Johnson's, and general dominance is LMG."""


def metric(name: str) -> Metric:
    """Return the measure of a name.

    Raises
    ------
    FitError
        When there is none of that name.
    """
    if name not in METRICS:
        near = nearest(name, METRICS)
        raise FitError("method_unknown", method=name, near=near, known=list(METRICS))
    return METRICS[name]


def undefined_because(
    name: str,
    groups: Groups,
    always: Sequence[int] = (),
    *,
    adjust: int = 0,
    drivers: Sequence[str] = (),
    controls: Sequence[str] = (),
) -> Sentence | None:
    """Return why a measure is not defined for these drivers, or None when it is.

    Parameters
    ----------
    name
        Name of the measure.
    groups
        For each driver the positions of its columns.
    always
        Positions of controls.
    adjust
        How often noise is to be taken out by formula.
    drivers, controls
        Names of the drivers and the controls, for the sentence. Without them it tells positions.

    Returns
    -------
    Sentence or None
        Naming the drivers or controls that stand in the way, and the measures that can do it.

    Examples
    --------
    >>> undefined_because("johnson", [(0, 1), (2,)], drivers=["ivr_menu", "empathy"]).key
    'errors.metric_of_columns'
    """
    asked = metric(name)
    names = drivers or [str(place) for place in range(len(groups))]
    several = [driver for driver, group in zip(names, groups, strict=True) if len(group) > 1]
    if several and not asked.takes_groups:
        known = [other.name for other in METRICS.values() if other.takes_groups]
        return sentence("errors.metric_of_columns", method=name, names=several, known=known)
    if always and not asked.takes_controls:
        known = [other.name for other in METRICS.values() if other.takes_controls]
        named = controls or [str(column) for column in always]
        return sentence("errors.metric_with_controls", method=name, names=named, known=known)
    if adjust and not asked.adjustable:
        known = [other.name for other in METRICS.values() if other.adjustable]
        return sentence("errors.metric_not_adjustable", method=name, known=known)
    return None


def check_metric(
    name: str,
    groups: Groups,
    always: Sequence[int] = (),
    *,
    adjust: int = 0,
    drivers: Sequence[str] = (),
    controls: Sequence[str] = (),
) -> None:
    """Raise when a measure is not defined for these drivers, controls or adjustment.

    The parameters are those of `undefined_because`.

    Raises
    ------
    FitError
        With its sentence, or when there is no measure of that name.
    """
    reason = undefined_because(
        name, groups, always, adjust=adjust, drivers=drivers, controls=controls
    )
    if reason is not None:
        raise FitError(reason.key.removeprefix("errors."), **reason.values)
