"""Sort the ratings into drivers: the seven where a hint says so, else the client's own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxdrivers.codebook.draft_hints import drivers_hinted
from cxdrivers.codebook.draft_outcome import block_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxdrivers.codebook.draft_columns import Column

FEWEST_NEIGHBOURS = 2


@dataclass(frozen=True)
class Group:
    """The items of one driver.

    Attributes
    ----------
    key
        One of the seven drivers, or the client's own name.
    items
        Its columns.
    why
        How it was found: ``label``, ``name``, ``stem`` or ``own``.
    maybe
        Drivers that were hinted at without settling it.
    """

    key: str
    items: tuple[Column, ...]
    why: str
    maybe: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sorted:
    """The drivers, and the ratings left out with the reason: ``block``, ``apart`` or ``few``."""

    groups: tuple[Group, ...]
    left_out: dict[str, list[str]]


def sort_ratings(
    columns: Sequence[Column], free: Sequence[Column], outcome: Sequence[Column], taken_key: str
) -> Sorted:
    """Sort the ratings into drivers.

    Parameters
    ----------
    columns
        All columns of the file, in its order.
    free
        The ratings that may be drivers.
    outcome
        The items of the outcome, or nothing.
    taken_key
        Key of the outcome, which no driver may have.
    """
    left_out: dict[str, list[str]] = defaultdict(list)
    stems = Counter(column.stem for column in free)
    block = block_of(outcome, free) if outcome else []
    runs = _runs(columns, {*(c.name for c in free), *(c.name for c in outcome)})
    rated_together = {len(runs[c.name]) > FEWEST_NEIGHBOURS for c in outcome} == {True}
    pool = []
    for column in free:
        hinted = bool(_hint(column)[0])
        if len(block) >= FEWEST_NEIGHBOURS and column not in block:
            left_out["block"].append(column.name)
        elif column.nearly_empty and not hinted:
            left_out["few"].append(column.name)
        elif (
            rated_together
            and not hinted
            and stems[column.stem] == 1
            and len(runs[column.name]) == 1
        ):
            left_out["apart"].append(column.name)
        else:
            pool.append(column)
    return Sorted(tuple(_unique(_grouped(pool), taken_key)), dict(left_out))


def _runs(columns: Sequence[Column], rated: set[str]) -> dict[str, list[str]]:
    """Return for each rating the unbroken row of ratings it stands in.

    Columns of numbers with hardly an answer do not break a row: they are ratings few people gave.
    """
    runs: dict[str, list[str]] = {}
    run: list[str] = []
    for column in columns:
        if column.name in rated:
            run.append(column.name)
            runs[column.name] = run
        elif column.text or not column.nearly_empty:
            run = []
    return runs


def _hint(column: Column) -> tuple[tuple[str, ...], str]:
    """Return the drivers a column hints at, and where; the label goes before the name."""
    by_label = drivers_hinted(column.label) if column.label else ()
    return (by_label, "label") if by_label else (drivers_hinted(column.stem), "name")


def _grouped(pool: list[Column]) -> list[Group]:
    stems: dict[str, list[Column]] = defaultdict(list)
    for column in pool:
        stems[column.stem].append(column)
    groups: dict[str, Group] = {}
    for stem, members in stems.items():
        for group in _of_one_stem(stem, members):
            alike = (group.key, stem, f"{stem} ({group.key})")  # one driver, one scale
            fits = (key for key in alike if key not in groups or _same_scale(groups[key], group))
            key = next(fits, group.items[0].name)
            before = groups[key].items if key in groups else ()
            groups[key] = Group(key, before + group.items, group.why, group.maybe)
    return list(groups.values())


def _of_one_stem(stem: str, members: list[Column]) -> list[Group]:
    """Return the drivers of items with a common stem: one, unless their labels say otherwise."""
    if len(members) == 1:
        return [_single(members[0])]
    by_name = drivers_hinted(stem)
    by_label = {hinted for c in members if c.label for hinted in drivers_hinted(c.label)}
    together = tuple(members)
    if len(by_label) == 1:
        return [Group(by_label.pop(), together, "label")]
    if len(by_name) == 1:
        return [Group(by_name[0], together, "name", tuple(sorted(by_label)))]
    if by_label:
        return [_single(column) for column in members]
    return [Group(stem, together, "stem", by_name)]


def _single(column: Column) -> Group:
    hinted, where = _hint(column)
    if len(hinted) == 1:
        return Group(hinted[0], (column,), where)
    return Group(column.name, (column,), "own", hinted)


def _same_scale(first: Group, second: Group) -> bool:
    ends = []
    for group in (first, second):
        scales = [column.rating.scale for column in group.items if column.rating is not None]
        ends.append((min(low for low, _ in scales), max(high for _, high in scales)))
    return ends[0] == ends[1]


def _unique(groups: list[Group], taken_key: str) -> list[Group]:
    """Return the groups with keys that are fit to be read and stand only once."""
    used = {taken_key}
    clean = []
    for group in groups:
        key = wanted = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", group.key).split()) or "driver"
        number = 2
        while key in used:
            key, number = f"{wanted} {number}", number + 1
        used.add(key)
        clean.append(Group(key, group.items, group.why, group.maybe))
    return clean
