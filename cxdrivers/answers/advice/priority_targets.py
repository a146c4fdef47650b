"""Choose the mean that every driver is to reach, on the driver's own scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cxdrivers.codebook.codebook import Question
from cxdrivers.errors import FitError, nearest
from cxdrivers.given_numbers import is_number

USUAL = 8.0
GRADES = (1.0, 10.0)
"""The scale that a single target is on."""
DIGITS = 9

Target = float | Mapping[str, float] | None


def targets_of(
    placed: Sequence[Question], target: Target, known: Sequence[str]
) -> dict[str, float]:
    """Return the target of every driver: as asked, or 8 of 10.

    Parameters
    ----------
    placed
        The drivers that have a scale.
    target
        One number on a scale from 1 to 10, which lies as far up every other scale; or a number for
        some drivers by their key, each on its own scale, the others having the usual one.
    known
        The keys of all drivers of the survey.

    Raises
    ------
    FitError
        When a target is no number, is off its scale, or is of a driver that is not there or has no
        place.
    """
    own = target if isinstance(target, Mapping) else {}
    shared = USUAL if target is None or isinstance(target, Mapping) else target
    low, high = GRADES
    if not is_number(shared):
        raise FitError("target_unknown", target=repr(shared))
    if not low <= shared <= high:
        raise FitError("target_off_grades", target=float(shared), low=low, high=high)
    part = (shared - low) / (high - low)
    found = {question.key: on_scale(part, question) for question in placed}
    for key, given in own.items():
        if key not in known:
            near = nearest(key, known)
            raise FitError("target_of_stranger", driver=str(key), near=near, drivers=[*known])
        if key not in found:
            raise FitError("target_without_place", driver=key, drivers=[*found])
        if not is_number(given):
            raise FitError("target_not_a_number", driver=key, given=repr(given))
        ends = next(question.scale for question in placed if question.key == key) or GRADES
        if not ends[0] <= given <= ends[1]:
            facts = {"low": ends[0], "high": ends[1]}
            raise FitError("target_off_scale", driver=key, target=float(given), **facts)
        found[key] = float(given)
    return found


def on_scale(part: float, question: Question) -> float:
    """Return what lies so far up the scale of a driver.

    Examples
    --------
    >>> on_scale(7 / 9, Question("fast", ("fast",), scale=(1, 10)))
    8.0
    """
    low, high = question.scale or GRADES
    return round(low + part * (high - low), DIGITS)
