"""Take what a benchmark is made of: surveys by name, a list of them, one of many, or moments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cxdrivers.answers.groups.benchmark_alike import FEWEST_TO_COUNT
from cxdrivers.answers.groups.benchmark_clients import BenchmarkClient
from cxdrivers.answers.groups.benchmark_json import LONGEST_NAME, is_name
from cxdrivers.answers.groups.benchmark_making import clients_of_groups, clients_of_surveys
from cxdrivers.answers.groups.benchmark_reading import FEWEST_CLIENTS, SMALLEST_MINIMUM
from cxdrivers.answers.groups.benchmark_surveys import check_codebook
from cxdrivers.codebook.codebook import Codebook
from cxdrivers.errors import FitError
from cxdrivers.moments.given_data import survey_or_groups
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.grouped_rows import grouped_moments
from cxdrivers.moments.moments import Moments
from cxdrivers.survey.survey import Survey

Surveys = Mapping[str, Survey] | Sequence[Survey] | Survey | GroupedMoments


@dataclass(frozen=True, eq=False)
class GivenClients:
    """Clients that are large enough, the codebooks they come from, and how many were too small."""

    clients: tuple[BenchmarkClient, ...]
    codebooks: Sequence[Codebook]
    left_out: int


def given_clients(
    surveys: Surveys,
    *,
    by: str | None,
    codebook: Codebook | None,
    minimum: int,
    named: bool,
    seed: int,
) -> GivenClients:
    """Return the clients of what `Benchmark.of` was given.

    Raises
    ------
    CxError
        When that is something else, or its clients cannot stand in one benchmark.
    """
    _check_minimum(minimum)
    if isinstance(surveys, Moments):
        surveys = survey_or_groups(surveys)
    if isinstance(surveys, Survey | GroupedMoments):
        groups, known = _groups(surveys, by, codebook, seed)
        counted = None
        if isinstance(surveys, GroupedMoments):
            _check_parts(groups, minimum)
        elif known.cluster is not None:
            alone = replace(surveys, codebook=replace(known, cluster=None))
            counted = grouped_moments(alone, groups.by, seed=seed)
        clients, left_out = clients_of_groups(groups, known, minimum=minimum, counted=counted)
        found = GivenClients(clients, [known], left_out)
    else:
        by_name = _by_name(surveys, named=named)
        clients = clients_of_surveys(by_name, minimum=minimum, seed=seed)
        found = GivenClients(clients, [survey.codebook for survey in by_name.values()], 0)
    _check_names(found.clients)
    _check_different(found.clients)
    return found


def _check_minimum(minimum: int) -> None:
    if not isinstance(minimum, int) or isinstance(minimum, bool) or minimum < SMALLEST_MINIMUM:
        raise FitError("benchmark_minimum", minimum=str(minimum), least=SMALLEST_MINIMUM)


def _groups(
    given: Survey | GroupedMoments, by: str | None, codebook: Codebook | None, seed: int
) -> tuple[GroupedMoments, Codebook]:
    if isinstance(given, Survey):
        if by is None:
            raise FitError("benchmark_by_needed", survey=given.source.name)
        check_codebook(given.codebook, given.source.name)
        return grouped_moments(given, by, seed=seed), given.codebook
    codebook = codebook or given.codebook
    if codebook is None:
        raise FitError("benchmark_codebook_needed", count=len(given.labels))
    keys = tuple(question.key for question in (*codebook.drivers, codebook.outcome))
    usual = (*given.drivers, given.outcome)
    if keys != usual:
        raise FitError("benchmark_codebook_other", drivers=keys, usual=usual)
    return given, codebook


def _check_parts(groups: GroupedMoments, minimum: int) -> None:
    """Raise where a client's respondents cannot be counted by its parts.

    How a driver goes with the outcome could then be the grades of a few who rate it otherwise than
    all others, and nothing would show it.
    """
    large = groups.n >= minimum
    few = np.flatnonzero(large & (groups.parts < FEWEST_TO_COUNT))
    if few.size:
        names = [groups.labels[place] for place in few]
        most = int(groups.n[few].max())
        key = "benchmark_few_parts" if few.size < large.sum() else "benchmark_no_parts"
        facts = {"clients": names, "least": FEWEST_TO_COUNT, "n": most}
        raise FitError(key, count=len(names), minimum=str(most + 1), **facts)


def _by_name(given: object, *, named: bool) -> dict[str, Survey]:
    if isinstance(given, Mapping):
        found = {str(name): survey for name, survey in given.items()}
    elif isinstance(given, Sequence) and not isinstance(given, str | bytes):
        if named:
            raise FitError("benchmark_without_names", count=len(given))
        found = {str(place): survey for place, survey in enumerate(given, 1)}
    else:
        raise FitError("benchmark_of_what", kind=type(given).__name__)
    strange = [survey for survey in found.values() if not isinstance(survey, Survey)]
    if strange:
        raise FitError("benchmark_of_what", kind=type(strange[0]).__name__)
    if not found:
        raise FitError("benchmark_of_nothing", fewest=FEWEST_CLIENTS)
    return found


def _check_different(clients: Sequence[BenchmarkClient]) -> None:
    seen: dict[tuple[int, float], BenchmarkClient] = {}
    for client in clients:
        key = client.n, round(float(client.mean[-1]), 6)
        if key in seen and client.equals(seen[key]):
            raise FitError("benchmark_twice", first=seen[key].name, second=client.name, n=client.n)
        seen[key] = client


def _check_names(clients: Sequence[BenchmarkClient]) -> None:
    for place, client in enumerate(clients, 1):
        if not is_name(client.name):
            raise FitError("benchmark_name", place=place, most=LONGEST_NAME)
