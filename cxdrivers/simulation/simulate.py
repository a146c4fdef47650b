"""Simulate a survey."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cxdrivers.errors import CxError
from cxdrivers.reading.table import Source
from cxdrivers.simulation.customers import draw_customers
from cxdrivers.simulation.motivations import write_motivations
from cxdrivers.simulation.outcomes import draw_mentions, draw_recommendations, grade_table
from cxdrivers.simulation.questionnaire import (
    OUTCOME,
    generators,
    graded_answers,
    graded_codebook,
    normal_answers,
    normal_codebook,
)
from cxdrivers.simulation.truth import Truth
from cxdrivers.simulation.world import World
from cxdrivers.survey.survey import Survey

if TYPE_CHECKING:
    from cxdrivers.codebook.codebook import Codebook


@dataclass(frozen=True, eq=False)
class SimulatedSurvey:
    """A simulated survey with what is true of it.

    Attributes
    ----------
    frame
        The answers, one row a customer.
    codebook
        Which column is what.
    truth
        What the answers came from.
    """

    frame: pd.DataFrame
    codebook: Codebook
    truth: Truth

    @cached_property
    def survey(self) -> Survey:
        """The answers as a survey, ready for the rest of the package."""
        return Survey(self.frame, self.codebook, Source("simulated survey", "frame"))

    def __repr__(self) -> str:
        return repr(self.survey)


def simulate_survey(n: int = 1500, *, world: World | None = None, seed: int = 0) -> SimulatedSurvey:
    """Simulate a contact-centre survey whose truth is known.

    Use it to see whether a method finds what is there, to try the package out, and for examples.
    It is no source of knowledge about customers: see `World` for what is assumed.

    Parameters
    ----------
    n
        Number of customers.
    world
        What is true; by default four organisations and the seven drivers.
    seed
        The same seed gives the same survey.

    Returns
    -------
    SimulatedSurvey
        The answers, their codebook, and the truth.

    Raises
    ------
    CxError
        When `n` is no whole number from 1, or `seed` none from 0.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> simulated = cx.simulate_survey(300, seed=1)
    >>> simulated.frame.shape
    (300, 28)
    >>> simulated.truth.mention_by_grade["mention"].tail(1).tolist()
    [0.87]
    """
    world = world or World()
    n, seed = _whole("n", n, 1), _whole("seed", seed, 0)
    rng, words = generators(seed)
    if world.answers == "normal":
        return SimulatedSurvey(normal_answers(world, n, rng), normal_codebook(world), Truth(world))
    customers = draw_customers(world, n, rng)
    frame = graded_answers(world, customers, rng)
    grades = frame[OUTCOME].to_numpy()
    table = grade_table(world)
    mention = draw_mentions(table, grades, rng)
    recommended = draw_recommendations(table, grades, mention, rng)
    texts = write_motivations(world, customers, grades, mention, words)
    frame["recommended"] = recommended.astype(np.float64)
    frame["motivation"] = pd.Series(texts, dtype=object)
    return SimulatedSurvey(frame, graded_codebook(world), Truth(world, mention))


def _whole(name: str, value: object, lowest: int) -> int:
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer):
        raise CxError("simulated_whole", name=name, value=repr(value), lowest=lowest)
    if value < lowest:
        raise CxError("simulated_whole", name=name, value=int(value), lowest=lowest)
    return int(value)
