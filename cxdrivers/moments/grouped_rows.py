"""Add the rows of a survey up to the sums of its groups, each in random parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdrivers.codebook.codebook import RATING
from cxdrivers.errors import FitError, nearest
from cxdrivers.moments.design import design_of
from cxdrivers.moments.expected_products import expected_rows
from cxdrivers.moments.group_labels import group_codes
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.product_sums import product_sums
from cxdrivers.moments.random_parts import part_count, random_parts
from cxdrivers.moments.sums import FloatArray
from cxdrivers.survey.survey import Survey

IntArray = NDArray[np.intp]


def grouped_moments(
    survey: Survey, by: str, *, parts: int | None = None, seed: int = 0
) -> GroupedMoments:
    """Return the sums of the groups that a column tells apart.

    Rows with blanks are used: what they leave blank is expected from what they hold
    (`expected_rows`). Groups come in the order of their categories, else in that of numbers and of
    names (`group_codes`).

    Parameters
    ----------
    survey
        Its usable respondents.
    by
        The column with the groups. Respondents in whose row it is blank are left out, and counted.
    parts
        Into how many parts a group is cut at most; by default what `part_count` says.
    seed
        Which respondents, or whole clusters, are in which part.

    Raises
    ------
    SurveyError
        When a check found something that must be mended first.
    FitError
        When there is no such column or nobody usable in a group, for replicate weights, and as
        `design_of`.
    """
    if by not in survey.respondents:
        columns = list(survey.respondents.columns)
        near = nearest(by, columns)
        raise FitError("groups_of_no_column", column=by, near=near, columns=columns)
    codes, labels = group_codes(survey.respondents[by])
    return moments_by_code(survey, codes, labels, by=by, parts=parts, seed=seed)


def moments_by_code(
    survey: Survey,
    codes: IntArray,
    labels: Sequence[str],
    *,
    by: str,
    cluster: IntArray | None = None,
    parts: int | None = None,
    seed: int = 0,
) -> GroupedMoments:
    """Return the sums of groups that were told apart already.

    Parameters
    ----------
    survey
        Its usable respondents.
    codes
        Shape ``(respondents,)``: the place of each one's group among the labels, -1 for none.
    labels
        What the groups are called.
    by
        What tells them apart.
    cluster
        Shape ``(respondents,)``: a number for each one's cluster, instead of those of the codebook;
        one with -1 stands alone.
    parts, seed
        As `grouped_moments`.

    Raises
    ------
    SurveyError, FitError
        As `grouped_moments`.
    """
    if survey.codebook.replicate_weights:
        raise FitError("groups_with_replicates", columns=survey.codebook.replicate_weights)
    design = design_of(survey, blanks=True)
    used = design.base.used
    placed = np.flatnonzero(codes[used] >= 0)
    if not placed.size:
        raise FitError("groups_of_nobody", column=by, count=design.base.n)
    found, group = np.unique(codes[used][placed], return_inverse=True)
    clusters = design.cluster if cluster is None else _alone_where_missing(cluster[used])
    cut = random_parts(
        group,
        len(found),
        count=parts or part_count(len(found), len(design.drivers)),
        seed=seed,
        cluster=None if clusters is None else clusters[placed],
    )
    groups, weights = len(found), None if design.weights is None else design.weights[placed]
    absent = design.absent_beside_outcome
    rows = expected_rows(
        np.column_stack([design.columns, design.outcome])[placed],
        group,
        groups,
        weights=weights,
        absent=None if absent is None else absent[placed],
    )
    centre = rows.values.mean(axis=0)
    place, places = group * cut.count + cut.part, groups * cut.count
    sums = product_sums(rows.values - centre, place, places, weights=weights, doubt=rows.doubt)
    masses = np.ones(placed.size) if weights is None else weights
    squares = np.bincount(place, weights=masses**2, minlength=places).astype(np.float64)
    ratings = _ratings(survey, np.flatnonzero(used)[placed], place, places, masses)
    apart = (groups, cut.count, -1)
    present = set(found.tolist())
    return GroupedMoments(
        by=by,
        labels=tuple(labels[code] for code in found),
        drivers=design.drivers,
        groups=design.groups,
        terms=design.terms,
        outcome=survey.codebook.outcome.key,
        needs=design.needs if any(design.needs) else (),
        centre=centre,
        sums=sums.reshape(apart),
        squares=squares.reshape(groups, cut.count),
        n=np.bincount(group, minlength=groups),
        rated=ratings.counts.reshape(apart).sum(axis=1),
        blank=_blanks(survey, np.flatnonzero(used)[placed], group, groups),
        rating_centre=ratings.centre,
        rating_masses=ratings.masses.reshape(apart),
        rating_sums=ratings.sums.reshape(apart),
        whole_clusters=cut.whole_clusters,
        shared_clusters=cut.shared_clusters,
        unplaced=int(used.sum()) - placed.size,
        empty=tuple(label for code, label in enumerate(labels) if code not in present),
        codebook=survey.codebook,
    )


@dataclass(frozen=True, eq=False)
class _Ratings:
    """What was rated at each place: respondents, their weights, and their ratings less a centre."""

    centre: FloatArray
    counts: IntArray
    masses: FloatArray
    sums: FloatArray


def _ratings(
    survey: Survey, rows: IntArray, place: IntArray, places: int, masses: FloatArray
) -> _Ratings:
    """Return what was rated at each place, shape ``(places, p)``."""
    questions = survey.codebook.drivers
    found = _Ratings(
        centre=np.zeros(len(questions)),
        counts=np.zeros((places, len(questions)), dtype=np.intp),
        masses=np.zeros((places, len(questions))),
        sums=np.full((places, len(questions)), np.nan),
    )
    for driver, question in enumerate(questions):
        score = survey.scores[question.key].to_numpy()[rows]
        told = ~np.isnan(score)
        here, answers, weights = place[told], score[told], masses[told]
        found.counts[:, driver] = np.bincount(here, minlength=places)
        found.masses[:, driver] = np.bincount(here, weights=weights, minlength=places)
        if question.kind == RATING and not question.interaction:
            found.centre[driver] = answers.mean() if answers.size else 0.0
            above = weights * (answers - found.centre[driver])
            found.sums[:, driver] = np.bincount(here, weights=above, minlength=places)
    return found


def _blanks(survey: Survey, rows: IntArray, group: IntArray, groups: int) -> IntArray:
    """Return how many of each group left a driver blank that applied to them, shape ``(K, p)``."""
    blank = [survey.base.no_score[driver][rows] for driver in survey.drivers]
    return np.column_stack([np.bincount(group[each], minlength=groups) for each in blank])


def _alone_where_missing(cluster: IntArray) -> IntArray:
    """Return clusters in which those without a number stand alone."""
    missing = cluster < 0
    numbers = cluster.copy()
    numbers[missing] = int(cluster.max(initial=-1)) + 1 + np.arange(missing.sum())
    return numbers
