"""Turn surveys, or the moments of groups, into what is known of clients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from cxdrivers.answers.groups.benchmark_alike import nearly_alike
from cxdrivers.answers.groups.benchmark_clients import BenchmarkClient
from cxdrivers.answers.groups.benchmark_file import SCALE, fingerprint
from cxdrivers.answers.groups.benchmark_json import client_name
from cxdrivers.answers.groups.benchmark_surveys import (
    check_codebook,
    check_same,
    in_order,
    scale_ends,
)
from cxdrivers.answers.groups.group_estimates import (
    FEWEST_RATED,
    group_estimates,
    jackknife_variances,
)
from cxdrivers.codebook.codebook import Codebook
from cxdrivers.errors import FitError
from cxdrivers.moments.columns import RATING
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.grouped_rows import moments_by_code
from cxdrivers.moments.sums import FloatArray
from cxdrivers.survey.coding import BoolArray
from cxdrivers.survey.survey import Survey


def clients_of_surveys(
    surveys: Mapping[str, Survey], *, minimum: int, seed: int
) -> tuple[BenchmarkClient, ...]:
    """Return what is known of surveys of one client each.

    Raises
    ------
    CxError
        Naming the survey that has no scale, other drivers than the rest, or too few respondents.
    """
    for name, survey in surveys.items():
        check_codebook(survey.codebook, name)
    check_same(surveys)
    drivers = next(iter(surveys.values())).drivers
    clients = tuple(
        survey_client(in_order(survey, drivers), name, seed=seed)
        for name, survey in surveys.items()
    )
    for client in clients:
        if client.n < minimum:
            facts = {"survey": client.name, "count": client.n, "minimum": minimum}
            raise FitError("benchmark_small_survey", **facts)
    return clients


def survey_client(survey: Survey, name: str, *, seed: int) -> BenchmarkClient:
    """Return what is known of one survey.

    What is blank in it is expected from its own rows, once, and the variances of its parts take
    that for known. Where a part of a driver's ratings is blank they are divided by the square of
    the rest: without that, intervals of 95 % held 75 to 84 % with a third of the ratings blank.
    """
    everybody = np.zeros(len(survey.respondents), dtype=np.intp)
    groups = moments_by_code(survey, everybody, [name], by=survey.source.name, seed=seed)
    counted = None
    if groups.whole_clusters.any():
        alone = np.full(len(everybody), -1, dtype=np.intp)
        counted = moments_by_code(survey, everybody, [name], by=groups.by, cluster=alone, seed=seed)
    client = clients_of_groups(groups, survey.codebook, minimum=0, counted=counted)[0][0]
    rated, blank = groups.rated[0], groups.blank[0]
    wider = ((rated + blank) / np.maximum(rated, 1)) ** 2
    return replace(
        client,
        weight_variance=client.weight_variance * wider,
        effect_variance=client.effect_variance * wider,
    )


def clients_of_groups(
    groups: GroupedMoments,
    codebook: Codebook,
    *,
    minimum: int,
    counted: GroupedMoments | None = None,
) -> tuple[tuple[BenchmarkClient, ...], int]:
    """Return what is known of groups that are large enough, and how many are not.

    Parameters
    ----------
    groups, codebook
        What they answered, and what was asked.
    minimum
        Respondents of a client that is kept.
    counted
        The same groups in parts that respondents can be counted by (`nearly_alike`), where those
        of `groups` hold whole clusters.

    Raises
    ------
    CxError
        When a driver is no one rating on a scale, or a mean does not lie on its scale.
    """
    check_codebook(codebook, groups.by)
    large = np.flatnonzero(groups.n >= minimum)
    kept = groups.of_groups(large)
    ends = scale_ends(codebook)
    if not len(large):
        return (), len(groups.labels) + groups.withheld
    found = group_estimates(kept)
    stretch = (SCALE[1] - SCALE[0]) / (ends[:, 1] - ends[:, 0])
    mean = np.column_stack([found.mean.estimate, kept.mean[:, -1]])
    outcome_variance = jackknife_variances(kept.mean_without()[..., -1], kept.filled)
    mean_variance = np.column_stack([found.mean.variance, outcome_variance])
    performance = SCALE[0] + stretch * (mean - ends[:, 0])
    slope = stretch[-1] / stretch[:-1]
    covariance = _rating_covariance(kept) * np.outer(stretch, stretch)
    alike = nearly_alike(kept if counted is None else counted.of_groups(large))
    clients = tuple(
        _told(
            BenchmarkClient(
                name=label,
                n=int(kept.n[place]),
                n_effective=float(kept.n_effective[place]),
                degrees=max(int(found.degrees[place]), 1),
                rated=kept.rated[place],
                mean=performance[place],
                mean_variance=mean_variance[place] * stretch**2,
                covariance=covariance[place],
                weight=found.weight.estimate[place],
                weight_variance=found.weight.variance[place],
                effect=found.effect.estimate[place] * slope,
                effect_variance=found.effect.variance[place] * slope**2,
            ),
            alike[place],
        )
        for place, label in enumerate(kept.labels)
    )
    _check_on_scale(clients, codebook)
    return clients, len(groups.labels) - len(large) + groups.withheld


def numbered(clients: tuple[BenchmarkClient, ...]) -> tuple[BenchmarkClient, ...]:
    """Return clients without their names, in an order that follows from their numbers alone."""
    ordered = sorted(clients, key=fingerprint)
    return tuple(
        replace(client, name=client_name(place)) for place, client in enumerate(ordered, 1)
    )


def _told(client: BenchmarkClient, alike: BoolArray) -> BenchmarkClient:
    """Return the client without any number of a driver that too few rated.

    Where all but a few gave the same rating, how it goes with the outcome is the grades of those
    few: of such a driver there is a mean, and no covariance, weight or effect.
    """
    few = client.rated < FEWEST_RATED
    either = np.append(few, False)
    apart = np.append(alike, False)
    apart = np.logical_or.outer(apart, apart) & ~np.eye(len(apart), dtype=bool)
    hidden: dict[str, Any] = {
        name: np.where(few | alike, np.nan, getattr(client, name))
        for name in ("weight", "weight_variance", "effect", "effect_variance")
    }
    covariance = np.where(apart, 0.0, client.covariance)
    return replace(
        client,
        mean=np.where(either, np.nan, client.mean),
        mean_variance=np.where(either, np.nan, client.mean_variance),
        covariance=np.where(np.logical_or.outer(either, either), np.nan, covariance),
        **hidden,
    )


def _rating_covariance(groups: GroupedMoments) -> FloatArray:
    """Return covariances of the ratings and the outcome, 0 for what never varies.

    Marks of who did not meet a driver stay out: of a mark that one customer has, the covariance
    with the outcome would tell that customer's grade.
    """
    size = len(groups.drivers) + 1
    places = [
        next((place for place in columns if groups.terms[place] == RATING), None)
        for columns in groups.groups
    ]
    here = [place for place, column in enumerate(places) if column is not None] + [size - 1]
    columns = [column for column in places if column is not None] + [len(groups.terms)]
    covariance = np.zeros((len(groups.labels), size, size))
    covariance[:, np.array(here)[:, np.newaxis], here] = groups.covariance[
        :, np.array(columns)[:, np.newaxis], columns
    ]
    return covariance


def _check_on_scale(clients: tuple[BenchmarkClient, ...], codebook: Codebook) -> None:
    questions = (*codebook.drivers, codebook.outcome)
    for client in clients:
        outside = (client.mean < SCALE[0] - 1e-9) | (client.mean > SCALE[1] + 1e-9)
        if outside.any():
            question = questions[int(np.flatnonzero(outside)[0])]
            low, high = question.scale or SCALE
            raise FitError(
                "benchmark_off_scale",
                client=client.name,
                question=question.key,
                low=low,
                high=high,
            )
