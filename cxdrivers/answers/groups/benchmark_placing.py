"""Place a survey among the clients of a benchmark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cxdrivers.answers.groups.benchmark_clients import BenchmarkClient, Field
from cxdrivers.answers.groups.benchmark_making import survey_client
from cxdrivers.answers.groups.benchmark_place import BenchmarkPlace
from cxdrivers.answers.groups.benchmark_privacy import is_kept_of
from cxdrivers.answers.groups.benchmark_reading import SMALLEST_MINIMUM
from cxdrivers.answers.groups.benchmark_standing import standing_tables
from cxdrivers.answers.groups.benchmark_surveys import check_placeable, in_order
from cxdrivers.errors import FitError
from cxdrivers.moments.given_data import survey_in
from cxdrivers.survey.survey import Survey


def place_survey(
    survey: Survey,
    clients: Sequence[BenchmarkClient],
    *,
    drivers: tuple[str, ...],
    outcome: str,
    labels: Mapping[str, dict[str, str]],
    level: float,
    seed: int,
) -> BenchmarkPlace:
    """Return where a survey stands among clients; if it is one of them, among the others.

    Raises
    ------
    CxError
        When the survey has other drivers or no scale, or is too small, or the level cannot be.
    """
    if not (isinstance(level, float) and 0 < level < 1):
        raise FitError("level_unknown", level=level)
    survey = survey_in(survey)
    check_placeable(survey, drivers, outcome)
    client = survey_client(in_order(survey, drivers), survey.source.name, seed=seed)
    if client.n < SMALLEST_MINIMUM:
        raise FitError("benchmark_place_too_small", count=client.n, fewest=SMALLEST_MINIMUM)
    itself = [member.name for member in clients if is_kept_of(member, client)]
    others = Field(tuple(member for member in clients if member.name not in itself))
    standing, overall = standing_tables(client, others, drivers, outcome, level)
    return BenchmarkPlace(
        drivers=drivers,
        outcome=outcome,
        labels=labels,
        client=client,
        others=others,
        itself=itself[0] if itself else None,
        level=level,
        standing=standing,
        standing_overall=overall,
    )
