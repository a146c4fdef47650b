"""Lay SQL out so that a data team can read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap

WIDTH = 100
BELOW = "\n            "
"""Begins a line that goes on with a column."""


def select(
    columns: Sequence[str],
    *,
    source: str,
    where: str | None = None,
    group_by: Sequence[str] = (),
    margin: str = "    ",
) -> str:
    """Return a query with its columns packed into lines.

    A name may hold the end of a line, so the margin is written here and not put before lines later.

    Examples
    --------
    >>> print(select(["a", "SUM(b) AS b"], source="t", where="b > 0", group_by=["a"], margin=""))
    SELECT
        a, SUM(b) AS b
    FROM t
    WHERE b > 0
    GROUP BY a
    """
    lines = ["SELECT", *(f"    {line}" for line in packed(columns)), f"FROM {source}"]
    if where is not None:
        lines.append(f"WHERE {where}")
    if group_by:
        lines.append(f"GROUP BY {', '.join(group_by)}")
    return "\n".join(margin + line for line in lines)


def packed(columns: Sequence[str]) -> list[str]:
    """Return columns with commas, as many on a line as fit; long ones have a line each."""
    lines = [""]
    for place, column in enumerate(columns):
        word = column + ("," if place < len(columns) - 1 else "")
        if lines[-1] and len(lines[-1]) + len(word) + 9 > WIDTH:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return lines


def all_of(conditions: Iterable[str]) -> str:
    """Return that all conditions hold, in lines."""
    return f"{BELOW}AND ".join(conditions)


def any_of(conditions: Iterable[str]) -> str:
    """Return that some condition holds, in lines."""
    return f"{BELOW}OR ".join(conditions)


def flag(condition: str, name: str) -> str:
    """Return a column that is 1 where a condition holds, and 0 where it does not or is unknown."""
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END AS {name}"


def lines(first: str, *more: str) -> str:
    """Return the parts of a column below each other."""
    return BELOW.join((first, *more))


def remark(text: str) -> str:
    r"""Return lines of comment; nothing that stands in a name can end them.

    Examples
    --------
    >>> print(remark("a name\nDROP TABLE answers"))
    -- a name DROP TABLE answers
    """
    plain = "".join(mark if mark.isprintable() else " " for mark in text).replace(";", ",")
    return "\n".join(f"-- {line}" for line in wrap(plain, WIDTH - 3))
