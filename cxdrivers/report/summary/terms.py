"""Explain the terms that occur in a report, each of them once."""

from __future__ import annotations

from collections.abc import Iterator

from cxdrivers.answers.advice.priorities_result import Priorities
from cxdrivers.answers.advice.scenarios_result import Scenarios
from cxdrivers.answers.advice.shape_classes import UNDECIDED
from cxdrivers.answers.advice.shapes_result import DriverShapes
from cxdrivers.answers.advocacy.agent_link_result import AgentLink
from cxdrivers.answers.advocacy.recommendation_result import RecommendationCurve
from cxdrivers.answers.blanks.missing_result import MissingComparison
from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.answers.scales.halo_result import HaloComparison
from cxdrivers.answers.scales.scales_result import ScaleAssessment
from cxdrivers.formatting import level_percent, number
from cxdrivers.report.results.results import Results
from cxdrivers.report.summary.summary_advice import top_shown
from cxdrivers.wording import of_language, say

ALWAYS = ("p_value", "percentage_point")
PASSENGER = "passenger"


def explained_terms(results: Results, language: str) -> tuple[str, ...]:
    """Return what each term means that a reader of these results meets.

    Parameters
    ----------
    results
        Of one run.
    language
        Of words and numbers.
    """
    weights = results.weights
    level = weights.settings.level
    facts = {
        "outcome": of_language(weights.labels, language)[weights.moments.outcome],
        "count": len(weights.replicates),
        "level": level_percent(level, language),
        "wrong": number(1 - level, language),
        "top": _top(results, language),
    }
    return tuple(say(f"terms.{name}", language, **facts) for name in _occurring(results))


def _occurring(results: Results) -> Iterator[str]:
    """Yield the terms of the weights first, then those of each answer that is told."""
    weights = results.weights
    yield from ("weight", "r_squared", "own_effect")
    if (weights.tidy()["remark"] == PASSENGER).any():
        yield "passenger"
    clustered = weights.model.design.cluster is not None
    if len(weights.replicates):
        yield from ("resample_clusters" if clustered else "resample", "interval")
    if clustered:
        yield "cluster"
    yield from ALWAYS
    if results.survey.not_applicable.to_numpy().any():
        yield "not_applicable"
    yield from _of_advice(results)
    yield from _of_customers(results)
    kinds = (
        ("halo", results.halo, HaloComparison),
        ("reliability", results.scales, ScaleAssessment),
        ("em", results.missing, MissingComparison),
    )
    yield from (name for name, found, kind in kinds if isinstance(found, kind))


def _of_advice(results: Results) -> Iterator[str]:
    if isinstance(results.priorities, Priorities):
        yield "headroom"
    if isinstance(results.shapes, DriverShapes):
        verdicts = dict.fromkeys(results.shapes.tidy()["verdict"])
        yield from sorted(name for name in verdicts if name != UNDECIDED)


def _of_customers(results: Results) -> Iterator[str]:
    link, curve = results.advocacy.agent_link, results.advocacy.recommendation
    if _top(results, "en"):
        yield "top_box"
    if any(isinstance(found, GroupComparison) for found in (*results.segments, results.waves)):
        yield "shrunk"
    if isinstance(link, AgentLink):
        yield "odds_ratio"
    if isinstance(curve, RecommendationCurve):
        yield "e_value"


def _top(results: Results, language: str) -> str:
    """Return what the top box is called, "" when no answer tells of it."""
    scenarios, link = results.scenarios, results.advocacy.agent_link
    if isinstance(scenarios, Scenarios) and scenarios.scale is not None:
        return top_shown(scenarios, language)
    return link.top.say(language) if isinstance(link, AgentLink) else ""
