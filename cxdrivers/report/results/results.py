"""Compute everything a report shows, once, so that a number is the same number everywhere."""

from __future__ import annotations

import hashlib
import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pandas as pd

import cxdrivers
from cxdrivers.answers.advice.key_failures_result import KeyFailures
from cxdrivers.answers.advice.priorities_result import Priorities
from cxdrivers.answers.advice.scenario_grid import ScenarioGrid
from cxdrivers.answers.advice.scenarios_result import Scenarios
from cxdrivers.answers.advice.shapes_result import DriverShapes
from cxdrivers.answers.blanks.missing_result import MissingComparison
from cxdrivers.answers.blanks.users_result import UsersComparison
from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.answers.outcomes.outcomes_result import OutcomeComparison
from cxdrivers.answers.planning.precision_result import Precision
from cxdrivers.answers.scales.halo_result import HaloComparison
from cxdrivers.answers.scales.scales_result import ScaleAssessment
from cxdrivers.answers.weights.methods import MethodComparison, compared
from cxdrivers.answers.weights.weights import driver_weights
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.codebook.codebook_text import write_codebook
from cxdrivers.errors import CxError
from cxdrivers.report.results.advice_results import (
    grid_or_reason,
    key_failures_or_reason,
    priorities_or_reason,
    scenarios_or_reason,
    shapes_or_reason,
)
from cxdrivers.report.results.advocacy_results import AdvocacyResults, advocacy_of
from cxdrivers.report.results.further_results import (
    halo_or_reason,
    missing_or_reason,
    outcomes_or_reason,
    precision_or_reason,
    scales_or_reason,
    users_or_reason,
)
from cxdrivers.report.results.group_results import segments_of, waves_of
from cxdrivers.report.steps import Steps
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import Sentence


@dataclass(frozen=True, eq=False)
class Results:
    """One run: the survey, what was computed from it, and when.

    Attributes
    ----------
    survey
        What was read.
    weights
        What was computed; `weights.model` is the regression behind the own effects.
    comparison
        The classic weights by every method.
    outcomes, users, missing, scales, precision, halo
        What else is told of the weights, or why it is not: the mean grade beside high and low ones,
        users beside everybody, other ways with blanks, how well items measure, what more
        respondents would tell, and whether the weights hang on halo.
    priorities, shapes, key_failures, scenarios, grid
        What to do first, or why that is not told: performance beside importance, dissatisfiers and
        delighters, the failures of the dissatisfied, half a point more on each driver, and what
        the sliders of the page need.
    segments, waves
        The comparison by every segment of the codebook, and from wave to wave, or why there is
        none.
    advocacy
        The way from a mentioned employee to high scores and recommendations.
    date
        Of the run, or of ``SOURCE_DATE_EPOCH`` when that is set.
    """

    survey: Survey
    weights: DriverWeights
    comparison: MethodComparison
    outcomes: OutcomeComparison | Sentence
    users: UsersComparison | Sentence
    missing: MissingComparison | Sentence
    scales: ScaleAssessment | Sentence
    precision: Precision | Sentence
    halo: HaloComparison | Sentence
    priorities: Priorities | Sentence
    shapes: DriverShapes | Sentence
    key_failures: KeyFailures | Sentence
    scenarios: Scenarios | Sentence
    grid: ScenarioGrid | Sentence
    segments: tuple[GroupComparison | Sentence, ...]
    waves: GroupComparison | Sentence | None
    advocacy: AdvocacyResults
    date: str

    def provenance(self) -> dict[str, str]:
        """Return what is needed to make the same numbers again, by name."""
        settings = self.weights.settings
        source = self.survey.source
        return {
            "file": source.name,
            "sha256": source.sha256 or "",
            "codebook": hashlib.sha256(write_codebook(self.survey.codebook).encode()).hexdigest(),
            "rows": str(len(self.survey.frame)),
            "used": str(self.weights.n),
            "date": self.date,
            "version": cxdrivers.__version__,
            "libraries": f"Python {platform.python_version()}, NumPy {np.__version__}, "
            f"pandas {pd.__version__}",
            "n_boot": str(settings.n_boot),
            "level": f"{settings.level:g}",
            "seed": str(settings.seed),
        }


def results_of(
    survey: Survey, *, n_boot: int, level: float, seed: int, steps: Steps | None = None
) -> Results:
    """Compute the results of a survey.

    Parameters
    ----------
    survey
        What was read.
    n_boot, level, seed
        As in `driver_weights`.
    steps
        Told which part is begun.
    """
    date, of = _date(), (steps or Steps()).of
    weights = of("report.weights.title", driver_weights)(
        survey, n_boot=n_boot, level=level, seed=seed
    )
    scenarios = of("scenarios.title", scenarios_or_reason)(survey, weights)
    return Results(
        survey=survey,
        weights=weights,
        comparison=compared(weights.moments, weights.labels),
        scenarios=scenarios,
        grid=grid_or_reason(survey, scenarios),
        outcomes=of("report.outcomes.title", outcomes_or_reason)(survey, weights),
        users=of("users.title", users_or_reason)(survey, weights),
        missing=of("missing.title", missing_or_reason)(survey, weights),
        scales=of("scales.title", scales_or_reason)(survey, weights),
        precision=of("precision.section.title", precision_or_reason)(survey, weights),
        halo=of("halo.title", halo_or_reason)(survey, weights),
        priorities=of("priorities.title", priorities_or_reason)(survey, weights),
        shapes=of("shapes.title", shapes_or_reason)(survey, weights),
        key_failures=of("key_failures.title", key_failures_or_reason)(survey, weights),
        segments=of("group_report.weights.title", segments_of)(survey, weights.settings),
        waves=of("group_report.changes.title", waves_of)(survey, weights.settings),
        advocacy=of("advocacy.title", advocacy_of)(survey, weights.settings),
        date=date,
    )


def _date() -> str:
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    if not fixed:
        return datetime.now(UTC).date().isoformat()
    try:
        return datetime.fromtimestamp(int(fixed), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise CxError("source_date", value=fixed) from error
