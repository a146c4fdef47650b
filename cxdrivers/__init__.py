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
    from cxdrivers.answers.advice.key_failures import find_key_failures
    from cxdrivers.answers.advice.key_failures_result import KeyFailures
    from cxdrivers.answers.advice.priorities import priorities
    from cxdrivers.answers.advice.priorities_result import Priorities
    from cxdrivers.answers.advice.scenarios import what_if
    from cxdrivers.answers.advice.scenarios_result import Scenarios
    from cxdrivers.answers.advice.shapes import driver_shapes
    from cxdrivers.answers.advice.shapes_result import DriverShapes
    from cxdrivers.answers.advocacy.advocacy import advocacy_chain
    from cxdrivers.answers.advocacy.advocacy_result import AdvocacyChain
    from cxdrivers.answers.advocacy.agent_link import agent_link
    from cxdrivers.answers.advocacy.agent_link_result import AgentLink
    from cxdrivers.answers.advocacy.recommendation import recommendation_curve
    from cxdrivers.answers.advocacy.recommendation_result import RecommendationCurve
    from cxdrivers.answers.blanks.missing import compare_missing
    from cxdrivers.answers.blanks.missing_result import MissingComparison
    from cxdrivers.answers.blanks.users import compare_users
    from cxdrivers.answers.blanks.users_result import UsersComparison
    from cxdrivers.answers.groups.benchmark import Benchmark
    from cxdrivers.answers.groups.benchmark_place import BenchmarkPlace
    from cxdrivers.answers.groups.groups import compare_groups
    from cxdrivers.answers.groups.groups_result import GroupComparison
    from cxdrivers.answers.outcomes.outcomes import compare_outcomes
    from cxdrivers.answers.outcomes.outcomes_result import OutcomeComparison
    from cxdrivers.answers.perceptions.beside_published import BesidePublished
    from cxdrivers.answers.perceptions.perceptions import perception_gaps
    from cxdrivers.answers.perceptions.perceptions_result import PerceptionGaps
    from cxdrivers.answers.perceptions.published_stated import PublishedStated, published_stated
    from cxdrivers.answers.perceptions.published_table import published_figures
    from cxdrivers.answers.planning.planned_survey import PlannedSurvey
    from cxdrivers.answers.planning.planning import sample_size
    from cxdrivers.answers.planning.planning_result import SampleSize
    from cxdrivers.answers.planning.precision import expected_precision
    from cxdrivers.answers.planning.precision_result import Precision
    from cxdrivers.answers.scales.disattenuated import DisattenuatedWeights, disattenuated_weights
    from cxdrivers.answers.scales.halo import compare_halo
    from cxdrivers.answers.scales.halo_result import HaloComparison
    from cxdrivers.answers.scales.scales import assess_scales
    from cxdrivers.answers.scales.scales_result import ScaleAssessment
    from cxdrivers.answers.weights.group_weights_result import GroupWeights
    from cxdrivers.answers.weights.methods import MethodComparison, compare_methods
    from cxdrivers.answers.weights.model_scores import ScoreDominance, score_dominance
    from cxdrivers.answers.weights.weights import driver_weights
    from cxdrivers.answers.weights.weights_result import DriverWeights
    from cxdrivers.codebook.codebook import Codebook, Question
    from cxdrivers.codebook.codebook_draft import CodebookDraft
    from cxdrivers.codebook.drafting import draft_codebook
    from cxdrivers.codebook.group_names import GroupNames
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
    from cxdrivers.moments.grouped import GroupedMoments
    from cxdrivers.moments.moments import Moments
    from cxdrivers.moments.warehouse.query import MomentsQuery, moments_sql
    from cxdrivers.moments.warehouse.reading import moments_from
    from cxdrivers.report.update import DeckUpdate, update_deck
    from cxdrivers.report.write import write_report
    from cxdrivers.simulation.simulate import simulate_survey
    from cxdrivers.simulation.world import World
    from cxdrivers.survey.sources import example_path, load_example, read_survey
    from cxdrivers.survey.survey import Survey
    from cxdrivers.vocabulary import seven_drivers

__version__ = "0.1.0"

__all__ = [
    "AdvocacyChain",
    "AgentLink",
    "Benchmark",
    "BenchmarkPlace",
    "BesidePublished",
    "Codebook",
    "CodebookDraft",
    "CxError",
    "DeckUpdate",
    "DisattenuatedWeights",
    "DriverRegression",
    "DriverShapes",
    "DriverWeights",
    "FitError",
    "GroupComparison",
    "GroupNames",
    "GroupWeights",
    "GroupedMoments",
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
    "MomentsQuery",
    "OutcomeComparison",
    "PerceptionGaps",
    "PlannedSurvey",
    "Precision",
    "Priorities",
    "PublishedStated",
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
    "compare_groups",
    "compare_halo",
    "compare_methods",
    "compare_missing",
    "compare_outcomes",
    "compare_users",
    "correct_shares",
    "disattenuated_weights",
    "draft_codebook",
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
    "moments_from",
    "moments_sql",
    "perception_gaps",
    "priorities",
    "published_figures",
    "published_stated",
    "read_survey",
    "recommendation_curve",
    "retrain_mentions",
    "sample_size",
    "score_dominance",
    "seven_drivers",
    "simulate_survey",
    "update_deck",
    "what_if",
    "write_report",
]

_HOMES = {
    "answers.advice.key_failures": ("find_key_failures",),
    "answers.advice.key_failures_result": ("KeyFailures",),
    "answers.advice.priorities": ("priorities",),
    "answers.advice.priorities_result": ("Priorities",),
    "answers.advice.scenarios": ("what_if",),
    "answers.advice.scenarios_result": ("Scenarios",),
    "answers.advice.shapes": ("driver_shapes",),
    "answers.advice.shapes_result": ("DriverShapes",),
    "answers.advocacy.advocacy": ("advocacy_chain",),
    "answers.advocacy.advocacy_result": ("AdvocacyChain",),
    "answers.advocacy.agent_link": ("agent_link",),
    "answers.advocacy.agent_link_result": ("AgentLink",),
    "answers.advocacy.recommendation": ("recommendation_curve",),
    "answers.advocacy.recommendation_result": ("RecommendationCurve",),
    "answers.blanks.missing": ("compare_missing",),
    "answers.blanks.missing_result": ("MissingComparison",),
    "answers.blanks.users": ("compare_users",),
    "answers.blanks.users_result": ("UsersComparison",),
    "answers.groups.benchmark": ("Benchmark",),
    "answers.groups.benchmark_place": ("BenchmarkPlace",),
    "answers.groups.groups": ("compare_groups",),
    "answers.groups.groups_result": ("GroupComparison",),
    "answers.outcomes.outcomes": ("compare_outcomes",),
    "answers.outcomes.outcomes_result": ("OutcomeComparison",),
    "answers.perceptions.beside_published": ("BesidePublished",),
    "answers.perceptions.perceptions": ("perception_gaps",),
    "answers.perceptions.perceptions_result": ("PerceptionGaps",),
    "answers.perceptions.published_stated": ("PublishedStated", "published_stated"),
    "answers.perceptions.published_table": ("published_figures",),
    "answers.planning.planned_survey": ("PlannedSurvey",),
    "answers.planning.planning": ("sample_size",),
    "answers.planning.planning_result": ("SampleSize",),
    "answers.planning.precision": ("expected_precision",),
    "answers.planning.precision_result": ("Precision",),
    "answers.scales.disattenuated": ("DisattenuatedWeights", "disattenuated_weights"),
    "answers.scales.halo": ("compare_halo",),
    "answers.scales.halo_result": ("HaloComparison",),
    "answers.scales.scales": ("assess_scales",),
    "answers.scales.scales_result": ("ScaleAssessment",),
    "answers.weights.group_weights_result": ("GroupWeights",),
    "answers.weights.methods": ("MethodComparison", "compare_methods"),
    "answers.weights.model_scores": ("ScoreDominance", "score_dominance"),
    "answers.weights.weights": ("driver_weights",),
    "answers.weights.weights_result": ("DriverWeights",),
    "codebook.codebook": ("Codebook", "Question"),
    "codebook.codebook_draft": ("CodebookDraft",),
    "codebook.drafting": ("draft_codebook",),
    "codebook.group_names": ("GroupNames",),
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
    "moments.grouped": ("GroupedMoments",),
    "moments.moments": ("Moments",),
    "moments.warehouse.query": ("MomentsQuery", "moments_sql"),
    "moments.warehouse.reading": ("moments_from",),
    "report.update": ("DeckUpdate", "update_deck"),
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
