"""Turn the table of sums that a plan asks for into the moments of its groups."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cxdrivers.errors import FitError
from cxdrivers.moments.group_labels import BETWEEN
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.sums import FloatArray
from cxdrivers.moments.warehouse.pairwise import check_definite, pair_places, pairwise_sums
from cxdrivers.moments.warehouse.part_sums import raised_parts
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.recentring import chosen_columns, rated_of, take_off
from cxdrivers.moments.warehouse.sums_table import IntArray, SumsTable, read_sums


def moments_of_sums(
    plan: SumsPlan, frames: Iterable[Any], orders: Sequence[Mapping[Hashable, int] | None] = ()
) -> GroupedMoments:
    """Return the moments of the groups of a table of sums.

    Parameters
    ----------
    plan
        What was asked for.
    frames, orders
        As `read_sums`.

    Raises
    ------
    FitError
        When rows cannot be used, no group has enough of them, or, with pairwise counts, no answers
        can have such covariances.
    """
    return moments_of_table(plan, read_sums(plan, frames, orders))


def moments_of_table(plan: SumsPlan, table: SumsTable) -> GroupedMoments:
    """Return the moments of the groups of a table of sums that was read.

    Raises
    ------
    FitError
        As `moments_of_sums`.
    """
    check_table(plan, table)
    made = _added_up(plan, table)
    rated = rated_of(plan, made.sums.sum(axis=(0, 1)))
    paired = rated.varies & (rated.mark >= 0) & rated.varies[rated.mark] & np.isfinite(rated.mean)
    for place in np.flatnonzero(paired).tolist():
        take_off(made.sums, place, int(rated.mark[place]), float(rated.mean[place]))
    columns, last = plan.columns, len(plan.columns) - 1
    if not rated.varies[last]:
        raise FitError("outcome_never_varies", outcome=plan.codebook.outcome.key)
    kept = np.flatnonzero(rated.varies)
    drivers = len(plan.questions) - 1
    return GroupedMoments(
        by=BETWEEN.join(plan.by),
        labels=table.labels,
        drivers=tuple(asked.key for asked in plan.questions[:-1]),
        groups=tuple(
            tuple(np.flatnonzero([columns[each].question == place for each in kept]).tolist())
            for place in range(drivers)
        ),
        terms=tuple(columns[place].term for place in kept[:-1]),
        outcome=plan.codebook.outcome.key,
        needs=(),
        centre=np.where(paired, 0.0, [column.centre for column in columns])[kept],
        sums=chosen_columns(made.sums, kept),
        squares=made.squares,
        n=table.n,
        rated=made.rated,
        blank=np.zeros((len(table.labels), drivers), dtype=np.intp),
        rating_centre=made.rating_centre,
        rating_masses=made.rating_masses,
        rating_sums=made.rating_sums,
        whole_clusters=np.full(len(table.labels), plan.clustered),
        unplaced=table.unplaced,
        empty=table.empty,
        codebook=plan.codebook,
        pairwise=plan.is_pairwise,
        rows=table.rows,
        withheld=table.withheld,
        withheld_n=table.withheld_n,
    )


def centres_found(plan: SumsPlan, table: SumsTable) -> FloatArray | None:
    """Return better centres where some column lies far from its own, or None where none does.

    Parameters
    ----------
    plan
        What was asked for.
    table
        Its totals are enough.

    Returns
    -------
    ndarray, shape ``(k,)``
        For `SumsPlan.centred`.
    """
    if not len(table.labels):
        return None
    nothing = np.zeros((*table.totals.shape[:1], 1, table.totals.shape[1]))
    if plan.is_pairwise:
        sums = pairwise_sums(pair_places(plan), table.totals, nothing)[0].sum(axis=(0, 1))
    else:
        sums = table.totals[:, 1:].sum(axis=0)
    rated = rated_of(plan, sums)
    if not rated.far.any():
        return None
    centre = np.array([column.centre for column in plan.columns])
    return np.where(rated.far, centre + rated.mean, centre)


def check_table(plan: SumsPlan, table: SumsTable) -> None:
    """Refuse sums that cannot be used, or of which nothing is left.

    Raises
    ------
    FitError
        Saying how many rows or groups it is about.
    """
    if table.off:
        raise FitError("rows_off_scale", count=table.off)
    if table.alone and plan.identity is not None and plan.ladder:
        key = "cluster_missing" if plan.clustered else "identity_blank"
        raise FitError(key, column=plan.identity, count=table.alone)
    if len(table.labels):
        return
    column = BETWEEN.join(plan.by)
    if table.withheld:
        facts = {"withheld": table.withheld, "n": table.withheld_n, "minimum": plan.minimum}
        if plan.by:
            raise FitError("groups_all_small", column=column, **facts)
        raise FitError("too_few_to_tell", **facts)
    if table.unplaced:
        raise FitError("groups_of_nobody", column=column, count=table.unplaced)
    raise FitError("nobody_usable", count=table.everybody)


@dataclass(frozen=True, eq=False)
class _Sums:
    """What `GroupedMoments` holds, with every column of the plan."""

    sums: FloatArray
    squares: FloatArray
    rated: IntArray
    rating_centre: FloatArray
    rating_masses: FloatArray
    rating_sums: FloatArray


def _added_up(plan: SumsPlan, table: SumsTable) -> _Sums:
    """Return the sums of all parts, and of ratings, as they are before columns are changed."""
    names = {name: place for place, name in enumerate(plan.amounts)}
    last = len(plan.columns) - 1
    own = f"_{last}_{last}" if plan.is_pairwise else ""
    squares = names[f"q{own}"] if plan.is_pairwise else names["w2"]
    parts = table.parts
    raised_parts(
        table.totals,
        parts,
        cut=table.cut,
        sampled=table.sampled,
        told=table.told,
        squares=squares,
        masses=names[f"w{own}"],
    )
    drivers = len(plan.questions) - 1
    rated = np.repeat(table.n[:, np.newaxis], drivers, axis=1)
    masses = np.zeros((*parts.shape[:2], drivers))
    sums = np.full(masses.shape, np.nan)
    centre = np.zeros(drivers)
    for place, column in enumerate(plan.columns[:-1]):
        at, driver = (f"_{place}_{place}" if plan.is_pairwise else ""), column.question
        above = parts[..., names[f"s{at or f'_{place}'}"]]
        if column.is_mark:
            masses[..., driver] -= above
            continue
        masses[..., driver] = parts[..., names[f"w{at}"]]
        if plan.is_pairwise:
            rated[:, driver] = table.totals[:, names[f"n{at}"]]
        if not plan.questions[driver].every_item:
            centre[driver], sums[..., driver] = column.centre, above
    rated[:, list(plan.marked)] -= table.away
    if plan.is_pairwise:
        added, squared = pairwise_sums(pair_places(plan), table.totals, parts)
        check_definite(added.sum(axis=1), table.labels)
    else:
        added, squared = parts[..., 1:], parts[..., 0]
    return _Sums(added, squared, rated, centre, masses, sums)
