"""Explain how the numbers were made, in words a client can read."""

from __future__ import annotations

from cxdrivers.answers.weights.estimation import ENOUGH_TO_MEASURE
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section
from cxdrivers.wording import say


def method_section(results: Results, language: str) -> Section:
    """Return the method note."""
    weights = results.weights
    clustered = weights.model.design.cluster is not None
    resampled = len(weights.replicates) > 0
    measured = clustered and len(weights.replicates) >= ENOUGH_TO_MEASURE
    names = ["weight", "noise_measured" if measured else "noise"]
    names += ["interval_clusters" if clustered else "interval"] if resampled else []
    names += ["own"]
    names += ["not_applicable"] if results.survey.not_applicable.to_numpy().any() else []
    names += ["cause"]
    return Section(
        stem="method",
        title=say("report.method.title", language),
        paragraphs=tuple(say(f"report.method.{name}", language) for name in names),
    )
