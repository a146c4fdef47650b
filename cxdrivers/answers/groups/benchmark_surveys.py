"""Check that surveys can stand in one benchmark: the same drivers and outcome, each on a scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

import numpy as np

from cxdrivers.codebook.codebook import RATING, Codebook
from cxdrivers.errors import FitError
from cxdrivers.moments.sums import FloatArray
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import driver_label
from cxdrivers.wording import LANGUAGES, Sentence, sentence


def check_codebook(codebook: Codebook, survey: str) -> None:
    """Refuse a survey in which a driver is no one rating on a scale, or the outcome has none.

    Raises
    ------
    CxError
        Naming the survey and its drivers.
    """
    several = [
        driver.key for driver in codebook.drivers if driver.kind != RATING or driver.interaction
    ]
    if several:
        raise FitError("benchmark_no_rating", survey=survey, drivers=several, count=len(several))
    without = [question.key for question in codebook.questions if question.scale is None]
    if without:
        raise FitError("benchmark_no_scale", survey=survey, questions=without, count=len(without))


def check_same(surveys: Mapping[str, Survey]) -> None:
    """Refuse the first survey whose drivers or outcome are not those of most.

    Raises
    ------
    CxError
        Naming the survey, and what it lacks or has more.
    """
    kinds = {name: frozenset(survey.drivers) for name, survey in surveys.items()}
    usual = Counter(kinds.values()).most_common(1)[0][0]
    for name, found in kinds.items():
        if found != usual:
            difference = _difference(usual, found)
            raise FitError("benchmark_drivers.rest", survey=name, difference=difference)
    outcomes = {name: survey.codebook.outcome.key for name, survey in surveys.items()}
    usual_outcome = Counter(outcomes.values()).most_common(1)[0][0]
    for name, outcome in outcomes.items():
        if outcome != usual_outcome:
            facts = {"outcome": outcome, "usual": usual_outcome}
            raise FitError("benchmark_outcome", survey=name, **facts)


def check_placeable(survey: Survey, drivers: Collection[str], outcome: str) -> None:
    """Refuse a survey whose drivers or outcome are not those of a benchmark.

    Raises
    ------
    CxError
        Naming the survey, and what it lacks or has more.
    """
    name = survey.source.name
    check_codebook(survey.codebook, name)
    if set(survey.drivers) != set(drivers):
        difference = _difference(drivers, survey.drivers)
        raise FitError("benchmark_drivers.field", survey=name, difference=difference)
    found = survey.codebook.outcome.key
    if found != outcome:
        raise FitError("benchmark_outcome", survey=name, outcome=found, usual=outcome)


def in_order(survey: Survey, drivers: Iterable[str]) -> Survey:
    """Return the survey with its drivers in a given order."""
    by_key = {driver.key: driver for driver in survey.codebook.drivers}
    ordered = tuple(by_key[key] for key in drivers)
    return replace(survey, codebook=replace(survey.codebook, drivers=ordered))


def scale_ends(codebook: Codebook) -> FloatArray:
    """Return the lowest and highest answer of each driver and the outcome, ``(p + 1, 2)``."""
    return np.array([question.scale for question in (*codebook.drivers, codebook.outcome)])


def common_labels(codebooks: Iterable[Codebook]) -> dict[str, dict[str, str]]:
    """Return labels by language and key: the surveys' own only where all of them have the same.

    A label of one client could tell whose it is.
    """
    known = list(codebooks)
    labels: dict[str, dict[str, str]] = {}
    for code in LANGUAGES:
        found = [codebook.labels(code) for codebook in known]
        labels[code] = {
            key: found[0][key]
            if all(own.get(key) == found[0][key] for own in found)
            else driver_label(key, code)
            for key in found[0]
        }
    return labels


def _difference(usual: Collection[str], found: Collection[str]) -> Sentence:
    lacking, more = sorted(set(usual) - set(found)), sorted(set(found) - set(usual))
    if lacking and more:
        return sentence("errors.benchmark_difference.both", lacking=lacking, more=more)
    kind = "lacking" if lacking else "more"
    return sentence(f"errors.benchmark_difference.{kind}", drivers=lacking or more)
