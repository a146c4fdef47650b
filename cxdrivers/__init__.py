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
    from cxdrivers.answers.disattenuated import DisattenuatedWeights, disattenuated_weights
    from cxdrivers.answers.halo import compare_halo
    from cxdrivers.answers.halo_result import HaloComparison
    from cxdrivers.answers.methods import MethodComparison, compare_methods
    from cxdrivers.answers.missing import compare_missing
    from cxdrivers.answers.missing_result import MissingComparison
    from cxdrivers.answers.model_scores import ScoreDominance, score_dominance
    from cxdrivers.answers.outcomes import compare_outcomes
    from cxdrivers.answers.outcomes_result import OutcomeComparison
    from cxdrivers.answers.planned_survey import PlannedSurvey
    from cxdrivers.answers.planning import sample_size
    from cxdrivers.answers.planning_result import SampleSize
    from cxdrivers.answers.precision import expected_precision
    from cxdrivers.answers.precision_result import Precision
    from cxdrivers.answers.scales import assess_scales
    from cxdrivers.answers.scales_result import ScaleAssessment
    from cxdrivers.answers.users import compare_users
    from cxdrivers.answers.users_result import UsersComparison
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
    "DisattenuatedWeights",
    "DriverRegression",
    "DriverWeights",
    "FitError",
    "HaloComparison",
    "MethodComparison",
    "MissingComparison",
    "Moments",
    "OutcomeComparison",
    "PlannedSurvey",
    "Precision",
    "Question",
    "SampleSize",
    "SatisfactionModel",
    "ScaleAssessment",
    "ScoreDominance",
    "Survey",
    "SurveyError",
    "UsersComparison",
    "World",
    "assess_scales",
    "compare_halo",
    "compare_methods",
    "compare_missing",
    "compare_outcomes",
    "compare_users",
    "disattenuated_weights",
    "driver_weights",
    "example_path",
    "expected_precision",
    "fit_satisfaction",
    "load_example",
    "read_survey",
    "sample_size",
    "score_dominance",
    "seven_drivers",
    "simulate_survey",
    "write_report",
]

_HOMES = {
    "answers.disattenuated": ("DisattenuatedWeights", "disattenuated_weights"),
    "answers.halo": ("compare_halo",),
    "answers.halo_result": ("HaloComparison",),
    "answers.missing": ("compare_missing",),
    "answers.missing_result": ("MissingComparison",),
    "answers.planned_survey": ("PlannedSurvey",),
    "answers.planning": ("sample_size",),
    "answers.planning_result": ("SampleSize",),
    "answers.precision": ("expected_precision",),
    "answers.precision_result": ("Precision",),
    "answers.scales": ("assess_scales",),
    "answers.scales_result": ("ScaleAssessment",),
    "answers.users": ("compare_users",),
    "answers.users_result": ("UsersComparison",),
    "answers.methods": ("MethodComparison", "compare_methods"),
    "answers.model_scores": ("ScoreDominance", "score_dominance"),
    "answers.outcomes": ("compare_outcomes",),
    "answers.outcomes_result": ("OutcomeComparison",),
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
