"""Choose what counts as a low rating of a driver and what as a high one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from cxdrivers.answers.advice.shape_drivers import ShapeDriver
from cxdrivers.errors import FitError, nearest
from cxdrivers.survey.coding import FloatArray

CutOff = tuple[float, float]
"""The worst ratings end, and the best ones begin, here: as given, so 600 and 60 for seconds."""
CutOffs = Mapping[str, CutOff]
Asked = Sequence[CutOff | Mapping[str, CutOff]]

PARTS = ((4 / 9, 8 / 9), (5 / 9, 7 / 9))
"""How far up the scale low ends and high begins: 5 and 9 of 1–10, then 6 and 8."""
TAILS = (0.2, 0.3)
"""Without a scale: which part of the respondents is low, and which is high."""
DIGITS = 9


def cut_offs_of(
    drivers: Sequence[ShapeDriver], asked: Asked | None, known: Sequence[str]
) -> tuple[dict[str, CutOff], ...]:
    """Return the cut-offs of every driver, for each setting: those asked for, or the usual two.

    Parameters
    ----------
    drivers
        Those that have a shape.
    asked
        A setting is a pair for all drivers, or a pair for some by their key; the others have the
        usual ones.
    known
        The keys of all drivers of the survey.

    Raises
    ------
    FitError
        When a setting is no pair of numbers, names a driver that is not there, or has low ratings
        that are not worse than the high ones.
    """
    usual = [{driver.key: usual_cut_off(driver, place) for driver in drivers} for place in (0, 1)]
    if asked is None:
        return tuple(usual)
    if isinstance(asked, str | Mapping) or not isinstance(asked, Sequence) or not len(asked):
        raise FitError("cut_offs_not_settings", given=repr(asked))
    found = []
    for place, setting in enumerate(asked):
        own = setting if isinstance(setting, Mapping) else dict.fromkeys(usual[0], setting)
        for key in own:
            if key not in known:
                near = nearest(key, known)
                raise FitError("cut_off_of_stranger", driver=str(key), near=near, drivers=[*known])
        given = {key: _pair(key, own[key]) for key in own if key in usual[0]}
        for driver in drivers:
            if driver.key in given:
                _check(driver, given[driver.key])
        found.append(usual[min(place, 1)] | given)
    return tuple(found)


def usual_cut_off(driver: ShapeDriver, setting: int) -> CutOff:
    """Return the usual cut-off of a driver in the first or second setting.

    By the ends of its scale; without a scale by the respondents: the worst and best fifth, then
    three in ten.
    """
    if driver.scale is not None:
        low, high = driver.scale
        ends = [round(low + part * (high - low), DIGITS) for part in PARTS[setting]]
        return float(math.floor(ends[0])), float(math.ceil(ends[1]))
    tail = TAILS[setting]
    rated = driver.rated
    worst, best = _quantiles(driver.given[rated], driver.masses[rated], (tail, 1 - tail))
    return driver.sign * worst, driver.sign * best


def _quantiles(values: FloatArray, masses: FloatArray, parts: Sequence[float]) -> list[float]:
    """Return the smallest value that so much of the mass does not exceed."""
    order = np.argsort(values, kind="stable")
    reached = masses[order].cumsum() / masses.sum()
    return [float(values[order][np.searchsorted(reached, part - 1e-12)]) for part in parts]


def _pair(key: str, given: object) -> CutOff:
    pair = list(given) if isinstance(given, Sequence) and not isinstance(given, str) else []
    numbers = [end for end in pair if isinstance(end, int | float) and math.isfinite(end)]
    if len(pair) != 2 or len(numbers) != 2:
        raise FitError("cut_off_not_a_pair", driver=key, given=repr(given))
    return float(numbers[0]), float(numbers[1])


def _check(driver: ShapeDriver, cut_off: CutOff) -> None:
    low, high = (driver.sign * end for end in cut_off)
    if low >= high:
        key = "cut_off_swapped" if driver.sign > 0 else "cut_off_swapped_for_less"
        raise FitError(key, driver=driver.key, low=cut_off[0], high=cut_off[1])
