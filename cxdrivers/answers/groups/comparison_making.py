"""Make a comparison of groups from their moments, wherever those came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
from scipy.special import stdtrit

from cxdrivers.answers.groups.group_contrasts import IntArray
from cxdrivers.answers.groups.group_estimates import GroupEstimates, group_estimates
from cxdrivers.answers.groups.group_measures import measures_of, of_one_cluster
from cxdrivers.answers.groups.group_troubles import (
    Trouble,
    troubles_of_names,
    troubles_of_nesting,
    troubles_of_ratings,
    troubles_of_rows,
    troubles_of_sums,
)
from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.answers.groups.nested_moments import nested_moments
from cxdrivers.answers.groups.shown_groups import ShownGroups, floor_of, is_large, shown_of
from cxdrivers.answers.settings import Settings
from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.moments.group_labels import BETWEEN
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.one_group import labels_of_moments

TroublesOf = Callable[[ShownGroups], Iterable[Trouble]]
"""What a reader must know of the groups that are shown."""


def comparison_of_moments(
    moments: GroupedMoments, minimum: int, settings: Settings
) -> GroupComparison:
    """Compare groups of which there are moments alone; those of two columns as outer and inner.

    Raises
    ------
    FitError
        When there are fewer than two groups, fewer than two are large enough, or no sums of these
        come in random parts.
    """
    if not moments.by:
        raise FitError("groups_of_whole", n=int(moments.n.sum()))
    if moments.withheld and len(moments.labels) < 2:
        facts = {"column": moments.by, "known": len(moments.labels), "n": moments.withheld_n}
        raise FitError("groups_withheld", count=moments.withheld, **facts)
    nested = nested_moments(moments, seed=settings.seed)
    if nested is None:
        unclear = [Trouble("names_unclear", {"by": moments.by, "between": BETWEEN.strip()})]
        return _of_given(
            moments, moments, minimum, settings, unclear if BETWEEN in moments.by else ()
        )
    whole = _of_given(moments, nested.outer, minimum, settings)
    troubles = troubles_of_nesting(nested.inner.by, nested.repeated, whole.by)
    said = replace(nested.inner, unplaced=0, withheld=0, rows=None, shared_clusters=False)
    return with_inner(
        whole,
        said,
        nested.within,
        minimum=minimum,
        troubles_of=lambda shown: (*troubles, *troubles_of_ratings(shown.kept)),
        in_time=_in_time(nested.inner),
    )


def compared(
    moments: GroupedMoments,
    shown: ShownGroups,
    settings: Settings,
    labels: dict[str, dict[str, str]],
    *,
    troubles: Iterable[Trouble] = (),
    in_time: bool = False,
    blocks: IntArray | None = None,
) -> GroupComparison:
    """Compare the groups that are shown.

    Parameters
    ----------
    moments
        Of all groups.
    shown
        Which of them are large enough.
    settings
        How weights are made.
    labels
        What the drivers are called, by language and key.
    troubles
        What is known of the groups beside their sums.
    in_time
        Whether they are waves.
    blocks
        For each group that is shown the number of the one it lies in, or None.
    """
    estimates = group_estimates(shown.moments, method=settings.method, adjusted=settings.adjusted)
    return GroupComparison(
        moments=shown.moments,
        compared=shown.compared,
        measures=measures_of(
            shown.moments,
            estimates,
            compared=shown.compared,
            blocks=blocks,
            level=settings.level,
        ),
        r_squared=_explained(estimates, settings.level),
        settings=settings,
        labels=labels,
        troubles=(
            *shown.troubles,
            *troubles_of_rows(moments),
            *troubles_of_sums(shown.kept, of_one_cluster(shown.kept)),
            *troubles,
        ),
        in_time=in_time,
        blocks=blocks,
    )


def with_inner(
    whole: GroupComparison,
    moments: GroupedMoments,
    within: IntArray,
    *,
    minimum: int,
    troubles_of: TroublesOf,
    in_time: bool,
) -> GroupComparison:
    """Return a comparison with that of the groups within its groups, where there is one.

    Parameters
    ----------
    whole
        Of the outer groups.
    moments, within
        Of the inner groups, and for each the number of its outer group.
    minimum
        Respondents of a group that is shown.
    troubles_of
        What is known of the inner groups beside their sums.
    in_time
        Whether the inner groups are waves.
    """
    large = is_large(moments, minimum)
    if np.bincount(within[large]).max(initial=0) < 2:
        facts = {"by": moments.by, "outer": whole.by, "floor": floor_of(moments, minimum)}
        return replace(whole, troubles=(*whole.troubles, Trouble("inner_too_small", facts)))
    shown = shown_of(moments, minimum)
    if (shown.kept.parts < 2).all():
        lacking = Trouble("inner_without_parts", {"by": moments.by, "outer": whole.by})
        return replace(whole, troubles=(*whole.troubles, lacking))
    found = compared(
        moments,
        shown,
        whole.settings,
        whole.labels,
        troubles=troubles_of(shown),
        in_time=in_time,
        blocks=np.unique(within[large], return_inverse=True)[1],
    )
    return replace(whole, inner=replace(found, outer=whole.by))


def _of_given(
    given: GroupedMoments,
    moments: GroupedMoments,
    minimum: int,
    settings: Settings,
    troubles: Iterable[Trouble] = (),
) -> GroupComparison:
    shown = shown_of(moments, minimum)
    if (shown.kept.parts < 2).all():
        raise FitError("groups_without_parts", count=shown.compared, column=moments.by)
    return compared(
        given,
        shown,
        settings,
        labels_of_moments(moments),
        troubles=(
            *troubles_of_names(moments.by, moments.labels, moments.n),
            *troubles_of_ratings(shown.kept),
            *troubles,
        ),
        in_time=_in_time(moments),
    )


def _in_time(moments: GroupedMoments) -> bool:
    return moments.codebook is not None and moments.by == moments.codebook.wave


def _explained(estimates: GroupEstimates, level: float) -> FloatArray:
    """Return R² of every group, NaN where its interval reaches zero: a part of it is no part."""
    found = estimates.r_squared
    reach = stdtrit(estimates.degrees, (1 + level) / 2) * np.sqrt(found.variance)
    return np.where(found.estimate > reach, found.estimate, np.nan)
