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
from cxdrivers.answers.methods import MethodComparison, compared
from cxdrivers.answers.weights import driver_weights
from cxdrivers.answers.weights_result import DriverWeights
from cxdrivers.codebook.codebook_text import write_codebook
from cxdrivers.survey.survey import Survey


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
    date
        Of the run, or of ``SOURCE_DATE_EPOCH`` when that is set.
    """

    survey: Survey
    weights: DriverWeights
    comparison: MethodComparison
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


def results_of(survey: Survey, *, n_boot: int, level: float, seed: int) -> Results:
    """Compute the results of a survey."""
    weights = driver_weights(survey, n_boot=n_boot, level=level, seed=seed)
    return Results(survey, weights, compared(weights.moments, weights.labels), _date())


def _date() -> str:
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(fixed), UTC) if fixed.isdigit() else datetime.now(UTC)
    return moment.date().isoformat()
