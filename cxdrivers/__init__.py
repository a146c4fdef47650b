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
    from cxdrivers.answers.advocacy import advocacy_chain
    from cxdrivers.answers.advocacy_result import AdvocacyChain
    from cxdrivers.answers.agent_link import agent_link
    from cxdrivers.answers.agent_link_result import AgentLink
    from cxdrivers.answers.disattenuated import DisattenuatedWeights, disattenuated_weights
    from cxdrivers.answers.halo import compare_halo
    from cxdrivers.answers.halo_result import HaloComparison
    from cxdrivers.answers.key_failures import find_key_failures
    from cxdrivers.answers.key_failures_result import KeyFailures
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
    from cxdrivers.answers.priorities import priorities
    from cxdrivers.answers.priorities_result import Priorities
    from cxdrivers.answers.recommendation import recommendation_curve
    from cxdrivers.answers.recommendation_result import RecommendationCurve
    from cxdrivers.answers.scales import assess_scales
    from cxdrivers.answers.scales_result import ScaleAssessment
    from cxdrivers.answers.scenarios import what_if
    from cxdrivers.answers.scenarios_result import Scenarios
    from cxdrivers.answers.shapes import driver_shapes
    from cxdrivers.answers.shapes_result import DriverShapes
    from cxdrivers.answers.users import compare_users
    from cxdrivers.answers.users_result import UsersComparison
    from cxdrivers.answers.weights import driver_weights
    from cxdrivers.answers.weights_result import DriverWeights
    from cxdrivers.codebook.codebook import Codebook, Question
    from cxdrivers.errors import CxError, FitError, SurveyError
    from cxdrivers.estimators import DriverRegression
    from cxdrivers.mentions.correction import correct_shares
    from cxdrivers.mentions.correction_result import MentionCorrection
    from cxdrivers.mentions.detector import find_mentions
    from cxdrivers.mentions.evaluation import evaluate_mentions
    from cxdrivers.mentions.evaluation_result import MentionEvaluation
    from cxdrivers.mentions.labelling import mention_sample
    from cxdrivers.mentions.lexicon import Lexicon, load_lexicon
    from cxdrivers.mentions.mention_model import MentionModel, load_mention_model
    from cxdrivers.mentions.mentions_result import Mentions
    from cxdrivers.mentions.motivations import load_motivations
    from cxdrivers.mentions.retraining import retrain_mentions
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
    "AdvocacyChain",
    "AgentLink",
    "Codebook",
    "CxError",
    "DisattenuatedWeights",
    "DriverRegression",
    "DriverShapes",
    "DriverWeights",
    "FitError",
    "HaloComparison",
    "KeyFailures",
    "Lexicon",
    "MentionCorrection",
    "MentionEvaluation",
    "MentionModel",
    "Mentions",
    "MethodComparison",
    "MissingComparison",
    "Moments",
    "OutcomeComparison",
    "PlannedSurvey",
    "Precision",
    "Priorities",
    "Question",
    "RecommendationCurve",
    "SampleSize",
    "SatisfactionModel",
    "ScaleAssessment",
    "Scenarios",
    "ScoreDominance",
    "Survey",
    "SurveyError",
    "UsersComparison",
    "World",
    "advocacy_chain",
    "agent_link",
    "assess_scales",
    "compare_halo",
    "compare_methods",
    "compare_missing",
    "compare_outcomes",
    "compare_users",
    "correct_shares",
    "disattenuated_weights",
    "driver_shapes",
    "driver_weights",
    "evaluate_mentions",
    "example_path",
    "expected_precision",
    "find_key_failures",
    "find_mentions",
    "fit_satisfaction",
    "load_example",
    "load_lexicon",
    "load_mention_model",
    "load_motivations",
    "mention_sample",
    "priorities",
    "read_survey",
    "recommendation_curve",
    "retrain_mentions",
    "sample_size",
    "score_dominance",
    "seven_drivers",
    "simulate_survey",
    "what_if",
    "write_report",
]

_HOMES = {
    "answers.advocacy": ("advocacy_chain",),
    "answers.advocacy_result": ("AdvocacyChain",),
    "answers.agent_link": ("agent_link",),
    "answers.agent_link_result": ("AgentLink",),
    "answers.disattenuated": ("DisattenuatedWeights", "disattenuated_weights"),
    "answers.halo": ("compare_halo",),
    "answers.halo_result": ("HaloComparison",),
    "answers.key_failures": ("find_key_failures",),
    "answers.key_failures_result": ("KeyFailures",),
    "answers.methods": ("MethodComparison", "compare_methods"),
    "answers.missing": ("compare_missing",),
    "answers.missing_result": ("MissingComparison",),
    "answers.model_scores": ("ScoreDominance", "score_dominance"),
    "answers.outcomes": ("compare_outcomes",),
    "answers.outcomes_result": ("OutcomeComparison",),
    "answers.planned_survey": ("PlannedSurvey",),
    "answers.planning": ("sample_size",),
    "answers.planning_result": ("SampleSize",),
    "answers.precision": ("expected_precision",),
    "answers.precision_result": ("Precision",),
    "answers.priorities": ("priorities",),
    "answers.priorities_result": ("Priorities",),
    "answers.recommendation": ("recommendation_curve",),
    "answers.recommendation_result": ("RecommendationCurve",),
    "answers.scales": ("assess_scales",),
    "answers.scales_result": ("ScaleAssessment",),
    "answers.scenarios": ("what_if",),
    "answers.scenarios_result": ("Scenarios",),
    "answers.shapes": ("driver_shapes",),
    "answers.shapes_result": ("DriverShapes",),
    "answers.users": ("compare_users",),
    "answers.users_result": ("UsersComparison",),
    "answers.weights": ("driver_weights",),
    "answers.weights_result": ("DriverWeights",),
    "codebook.codebook": ("Codebook", "Question"),
    "errors": ("CxError", "FitError", "SurveyError"),
    "estimators": ("DriverRegression",),
    "mentions.correction": ("correct_shares",),
    "mentions.correction_result": ("MentionCorrection",),
    "mentions.detector": ("find_mentions",),
    "mentions.evaluation": ("evaluate_mentions",),
    "mentions.evaluation_result": ("MentionEvaluation",),
    "mentions.labelling": ("mention_sample",),
    "mentions.lexicon": ("Lexicon", "load_lexicon"),
    "mentions.mention_model": ("MentionModel", "load_mention_model"),
    "mentions.mentions_result": ("Mentions",),
    "mentions.motivations": ("load_motivations",),
    "mentions.retraining": ("retrain_mentions",),
    "models.satisfaction": ("SatisfactionModel", "fit_satisfaction"),
    "moments.moments": ("Moments",),
    "report.write": ("write_report",),
    "simulation.simulate": ("simulate_survey",),
    "simulation.world": ("World",),
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
