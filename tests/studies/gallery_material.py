"""Compute what the gallery draws: the results of a report, and what stands in none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cxdrivers.answers.groups.benchmark import Benchmark
from cxdrivers.answers.groups.benchmark_place import BenchmarkPlace
from cxdrivers.answers.groups.groups import compare_groups
from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.answers.planning.planning import sample_size
from cxdrivers.answers.planning.planning_result import SampleSize
from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.group_weights import weights_of_groups
from cxdrivers.answers.weights.group_weights_result import GroupWeights
from cxdrivers.models.satisfaction import fit_satisfaction
from cxdrivers.models.validation import Validation
from cxdrivers.moments.grouped_rows import grouped_moments
from cxdrivers.report.results.results import Results, results_of
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import LINEAR

THRESHOLD = 8.0
SHOWN = 40
"""Teams whose own shares are drawn."""


@dataclass(frozen=True, eq=False)
class Material:
    """Everything that is drawn: the results of a report, and what stands in none.

    Attributes
    ----------
    results
        Of one run.
    teams
        The comparison of many groups.
    alone
        The weights of the same groups, each by itself.
    size
        How many respondents a planned survey needs.
    validation
        How well chances of a high grade are predicted.
    place
        The survey among clients.
    """

    results: Results
    teams: GroupComparison
    alone: GroupWeights
    size: SampleSize
    validation: Validation
    place: BenchmarkPlace

    @property
    def waves(self) -> GroupComparison:
        """The comparison of waves."""
        return told(self.results.waves)

    @property
    def segment(self) -> GroupComparison:
        """The comparison by the first segment."""
        return told(self.results.segments[0])


def material_of(survey: Survey, *, n_boot: int, team: str, least: int = 25) -> Material:
    """Compute what is drawn of a survey with segments, waves, texts and recommendations.

    Parameters
    ----------
    survey
        What was read.
    n_boot
        Resamples.
    team
        A column with at least four groups, held for clients too.
    least
        Respondents of a team that is shown.
    """
    model = fit_satisfaction(survey, kind="top_box", threshold=THRESHOLD)
    return Material(
        results=results_of(survey, n_boot=n_boot, level=0.95, seed=1),
        teams=compare_groups(survey, by=team, minimum=least, seed=1),
        alone=weights_of_groups(
            grouped_moments(survey, team).of_groups(slice(SHOWN)),
            Settings("lmg", LINEAR, adjusted=True, n_boot=0, level=0.95, seed=1),
        ),
        size=sample_size(seed=1),
        validation=model.validation(seed=1),
        place=Benchmark.of(survey, by=team, minimum=least, seed=1).place(survey, seed=1),
    )


def told(answer: Any) -> Any:
    """Return an answer, or stop with the reason why there is none."""
    if hasattr(answer, "plot"):
        return answer
    raise ValueError(f"nothing to draw: {answer.say()}")
