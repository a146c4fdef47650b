"""Read what a scenario changes: a shift for everybody who met a driver, or a floor or ceiling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cxdrivers.codebook.codebook import FACTOR, Question
from cxdrivers.errors import FitError, nearest
from cxdrivers.given_numbers import is_number
from cxdrivers.survey.coding import FloatArray

SHIFT, AT_LEAST, AT_MOST = "shift", "at_least", "at_most"
BOUNDS = (AT_LEAST, AT_MOST)

Change = float | tuple[str, float]
"""A shift in points of the driver, or ``("at_least", x)`` or ``("at_most", x)``."""
Changes = Mapping[str, Change] | Mapping[str, Mapping[str, Change]]
"""One scenario: driver → change. Or several: name → driver → change."""


@dataclass(frozen=True)
class Move:
    """What a scenario does to the ratings of one driver.

    Attributes
    ----------
    driver
        Its key.
    kind
        ``shift``, ``at_least`` or ``at_most``.
    size
        By how many points, or at least or at most how much.
    """

    driver: str
    kind: str
    size: float

    def wanted(self, values: FloatArray) -> FloatArray:
        """Return by how much each rating is to move, before the scale's ends are looked at."""
        if self.kind == SHIFT:
            return np.full(values.shape, self.size)
        gap = self.size - values
        return np.maximum(gap, 0.0) if self.kind == AT_LEAST else np.minimum(gap, 0.0)


@dataclass(frozen=True)
class Scenario:
    """Changes that are made together.

    Attributes
    ----------
    name
        What tables call it.
    moves
        One a driver.
    named
        Whether a person gave the name; otherwise readers are told what changes.
    """

    name: str
    moves: tuple[Move, ...]
    named: bool


def scenarios_of(changes: object, questions: Sequence[Question]) -> tuple[Scenario, ...]:
    """Return the scenarios that were asked for.

    Parameters
    ----------
    changes
        Driver → change, or name → driver → change.
    questions
        Of all drivers.

    Raises
    ------
    FitError
        When there are none, two have the same name, or a change is none, of an unknown driver, or
        of one without a rating that can be moved.
    """
    drivers = [question.key for question in questions]
    if not isinstance(changes, Mapping) or not changes:
        raise FitError("changes_empty", drivers=drivers)
    several = [isinstance(change, Mapping) for change in changes.values()]
    if not any(several):
        moves = _moves(changes, questions)
        return (Scenario(" + ".join(move.driver for move in moves), moves, named=False),)
    if not all(several):
        pairs = zip(changes, several, strict=True)
        raise FitError("changes_mixed", names=[str(name) for name, nested in pairs if not nested])
    names = [str(name) for name in changes]
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise FitError("scenarios_alike", names=twice)
    for name, change in changes.items():
        if not change:
            raise FitError("scenario_empty", name=str(name), drivers=drivers)
    return tuple(
        Scenario(str(name), _moves(change, questions), named=True)
        for name, change in changes.items()
    )


def costs_of(costs: object, scenarios: Sequence[Scenario]) -> dict[str, float]:
    """Return what each scenario costs, by name.

    Parameters
    ----------
    costs
        Name of a scenario → its cost; one number for a single scenario; or None.
    scenarios
        What was asked for.

    Raises
    ------
    FitError
        When a cost is no number above zero, or belongs to no scenario.
    """
    if costs is None:
        return {}
    names = [scenario.name for scenario in scenarios]
    given = costs if isinstance(costs, Mapping) else {names[0]: costs}
    found: dict[str, float] = {}
    if not given or (len(names) > 1 and not isinstance(costs, Mapping)):
        raise FitError("costs_unknown", names=names)
    for name, cost in given.items():
        if str(name) not in names:
            raise FitError("cost_of_nothing", name=name, near=nearest(name, names), names=names)
        if not is_number(cost) or not cost > 0:
            raise FitError("cost_not_positive", name=name, cost=str(cost))
        found[str(name)] = float(cost)
    return found


def _moves(changes: Mapping[object, object], asked: Sequence[Question]) -> tuple[Move, ...]:
    questions = {question.key: question for question in asked}
    found = []
    for driver, change in changes.items():
        question = questions.get(str(driver))
        if question is None:
            near = nearest(driver, questions)
            facts = {"near": near, "known": [*questions]}
            raise FitError("change_of_nothing", driver=str(driver), **facts)
        if question.kind == FACTOR:
            raise FitError("change_of_factor", driver=question.key)
        if question.interaction:
            raise FitError(
                "change_of_interaction", driver=question.key, drivers=question.interaction
            )
        found.append(_move(question, change))
    return tuple(found)


def _move(question: Question, change: object) -> Move:
    if is_number(change):
        size = float(change)
        if size == 0:
            raise FitError("change_of_zero", driver=question.key)
        return Move(question.key, SHIFT, size)
    if isinstance(change, list | tuple) and len(change) == 2:
        kind, size = change
        if kind in BOUNDS and is_number(size):
            return Move(question.key, kind, _on_scale(question, float(size)))
    raise FitError("change_unknown", driver=question.key, change=repr(change))


def _on_scale(question: Question, size: float) -> float:
    if question.scale is not None and not question.scale[0] <= size <= question.scale[1]:
        low, high = question.scale
        raise FitError("change_off_scale", driver=question.key, size=size, low=low, high=high)
    return size
