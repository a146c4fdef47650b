"""Estimate what each quality driver adds to customer satisfaction, and how sure that is.

Read in this order::

    survey = cx.read_survey("client.sav", codebook="client.toml")
    survey.findings()
    weights = cx.driver_weights(survey, seed=7)
    cx.write_report(survey, "report/", language="nl")

The data go one way: `survey` (read and check) → `moments` → `importance` → `answers` → `charts` and
`report`. Public names are imported when they are first used, so that ``cxdrivers --help`` does not
wait for pandas; everything behind this door imports plainly.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cxdrivers.answers.methods import MethodComparison, compare_methods
    from cxdrivers.answers.model_scores import ScoreDominance, score_dominance
    from cxdrivers.answers.weights import driver_weights
    from cxdrivers.answers.weights_result import DriverWeights
    from cxdrivers.codebook.codebook import Codebook, Question
    from cxdrivers.errors import CxError, FitError, SurveyError
    from cxdrivers.estimators import DriverRegression
    from cxdrivers.models.satisfaction import SatisfactionModel, fit_satisfaction
    from cxdrivers.moments.moments import Moments
    from cxdrivers.report.write import write_report
    from cxdrivers.simulation.simulate import simulate_survey
    from cxdrivers.simulation.world import World
    from cxdrivers.survey.sources import example_path, load_example, read_survey
    from cxdrivers.survey.survey import Survey
    from cxdrivers.vocabulary import seven_drivers

__version__ = "0.1.0.dev0"

__all__ = [
    "Codebook",
    "CxError",
    "DriverRegression",
    "DriverWeights",
    "FitError",
    "MethodComparison",
    "Moments",
    "Question",
    "SatisfactionModel",
    "ScoreDominance",
    "Survey",
    "SurveyError",
    "World",
    "compare_methods",
    "driver_weights",
    "example_path",
    "fit_satisfaction",
    "load_example",
    "read_survey",
    "score_dominance",
    "seven_drivers",
    "simulate_survey",
    "write_report",
]

_HOMES = {
    "answers.methods": ("MethodComparison", "compare_methods"),
    "answers.model_scores": ("ScoreDominance", "score_dominance"),
    "answers.weights": ("driver_weights",),
    "answers.weights_result": ("DriverWeights",),
    "errors": ("CxError", "FitError", "SurveyError"),
    "estimators": ("DriverRegression",),
    "models.satisfaction": ("SatisfactionModel", "fit_satisfaction"),
    "moments.moments": ("Moments",),
    "report.write": ("write_report",),
    "simulation.simulate": ("simulate_survey",),
    "simulation.world": ("World",),
    "codebook.codebook": ("Codebook", "Question"),
    "survey.sources": ("example_path", "load_example", "read_survey"),
    "survey.survey": ("Survey",),
    "vocabulary": ("seven_drivers",),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            found = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
