"""Compute what a report advises: priorities, shapes, key failures, half a point on each driver."""

from __future__ import annotations

from cxdrivers.answers.advice.key_failures import find_key_failures
from cxdrivers.answers.advice.key_failures_result import KeyFailures
from cxdrivers.answers.advice.priorities import priorities_of
from cxdrivers.answers.advice.priorities_result import Priorities
from cxdrivers.answers.advice.scenario_grid import ScenarioGrid, grid_of
from cxdrivers.answers.advice.scenarios import half_point_each
from cxdrivers.answers.advice.scenarios_result import Scenarios
from cxdrivers.answers.advice.shapes import driver_shapes
from cxdrivers.answers.advice.shapes_result import DriverShapes
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.report.results.further_results import quick_draws
from cxdrivers.report.results.reasons import or_reason
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import Sentence


def priorities_or_reason(survey: Survey, weights: DriverWeights) -> Priorities | Sentence:
    """Return performance beside the weights of the report itself."""
    return or_reason(lambda: priorities_of(survey, weights))


def shapes_or_reason(survey: Survey, weights: DriverWeights) -> DriverShapes | Sentence:
    """Return what a low and a high answer on each driver go with."""
    return or_reason(lambda: driver_shapes(survey, **vars(quick_draws(weights.settings))))


def key_failures_or_reason(survey: Survey, weights: DriverWeights) -> KeyFailures | Sentence:
    """Return the failures that set the dissatisfied apart."""
    return or_reason(lambda: find_key_failures(survey, **vars(quick_draws(weights.settings))))


def scenarios_or_reason(survey: Survey, weights: DriverWeights) -> Scenarios | Sentence:
    """Return half a point more on each driver, beside each other."""
    return or_reason(lambda: half_point_each(survey, **vars(quick_draws(weights.settings))))


def grid_or_reason(survey: Survey, scenarios: Scenarios | Sentence) -> ScenarioGrid | Sentence:
    """Return what the sliders on the page need, from the same rows and draws as the scenarios."""
    if isinstance(scenarios, Sentence):
        return scenarios
    return or_reason(lambda: grid_of(survey, scenarios))
