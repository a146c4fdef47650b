"""Say which drivers to work on first: where there is room, and what it goes with."""

from __future__ import annotations

from collections.abc import Sequence

from cxdrivers.answers.advice.priorities_result import Priorities
from cxdrivers.answers.advice.priority_draws import linear_model_of, rated_drivers, rating_draws
from cxdrivers.answers.advice.priority_making import (
    placed_drivers,
    priorities_drawn,
    priorities_of_parts,
    told_targets,
)
from cxdrivers.answers.advice.priority_stated import stated_importance
from cxdrivers.answers.advice.priority_targets import Target
from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.part_weights import weights_of_group
from cxdrivers.answers.weights.weights import driver_weights
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.errors import FitError
from cxdrivers.models.own_effects import effects_of_model
from cxdrivers.moments.given_data import survey_or_groups
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import LINEAR


def priorities(
    data: Survey | GroupedMoments,
    *,
    target: Target = None,
    method: str = "lmg",
    kind: str = "linear",
    always: Sequence[str] = (),
    n_boot: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> Priorities:
    """Place drivers by how they are rated and how much they count, and order what to do first.

    Use it after `driver_weights`: a weight says how much a driver counts, not whether there is
    room. It supposes a straight line from the mean to the target; for single steps and the chances
    of high grades use `what_if`, and for drivers that only count while they are low
    `driver_shapes`. What would happen if a driver were changed no survey shows.

    Parameters
    ----------
    data
        A survey, or the moments of one group.
    target
        The mean that drivers are to reach: one number on a scale from 1 to 10, by default 8, which
        lies as far up every other scale (4.1 of 1 to 5); or by driver, each on its own scale:
        ``{"empathy": 9}``, the others having 8 of 10.
    method, kind, always, n_boot, level, seed
        As in `driver_weights`, and the weights are the same. Effects and gains are always of the
        mean grade, from least squares, also where the weights are of another kind.

    Returns
    -------
    Priorities
        A driver without a scale, with several columns or that never varies has no place, and is
        named with the reason.

    Raises
    ------
    SurveyError
        When a check says that something must be mended first.
    FitError
        As `driver_weights`; when a target cannot be, no driver has a place, or the drivers explain
        nothing that can be told from noise.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> found = priorities(cx.load_example(), n_boot=0)
    >>> found.tidy().sort_values("rank")["driver"].head(2).tolist()
    ['reliability', 'customer_focus']
    """
    data = survey_or_groups(data)
    if isinstance(data, GroupedMoments):
        for name, given in (("kind", kind != LINEAR), ("always", bool(always))):
            if given:
                raise FitError("argument_of_rows", name=name)
        settings = Settings(method, LINEAR, adjusted=True, n_boot=n_boot, level=level, seed=seed)
        settings.check()
        return priorities_of_parts(weights_of_group(data, settings), target=target)
    weights = driver_weights(
        data,
        method=method,
        kind=kind,
        always=always,
        n_boot=n_boot,
        level=level,
        seed=seed,
    )
    return priorities_of(data, weights, target=target)


def priorities_of(survey: Survey, weights: DriverWeights, *, target: Target = None) -> Priorities:
    """Place the drivers of weights that are there already.

    Parameters
    ----------
    survey
        What was read.
    weights
        Of that survey.
    target
        As in `priorities`.

    Raises
    ------
    FitError
        As `priorities`, and when the weights came from moments.
    """
    design = weights.model.design
    placed, left_out = placed_drivers(survey.codebook.drivers, design.groups, design.terms)
    targets = told_targets(weights, placed, left_out, target)
    drivers = [question.key for question in placed]
    model = linear_model_of(survey, weights)
    rated = rated_drivers(survey, design, drivers)
    return priorities_drawn(
        weights,
        effects_of_model(model),
        rating_draws(weights, model, rated),
        placed,
        targets,
        left_out=left_out,
        stated=stated_importance(survey, weights, drivers),
    )
