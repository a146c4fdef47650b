"""Make a codebook for a data frame, without a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from cxdrivers.codebook.codebook import FACTOR, Codebook, Question
from cxdrivers.codebook.group_names import group_names_of

Columns = str | Iterable[str] | Mapping[str, str | Sequence[str]]
"""One column, several, or a mapping from driver to its items."""


def codebook_of_frame(
    frame: pd.DataFrame,
    *,
    outcome: str | Sequence[str],
    drivers: Columns | None,
    labels: Mapping[str, str],
    shared: Mapping[str, Any],
    columns: Mapping[str, Any],
) -> Codebook:
    """Return the codebook that arguments describe.

    Parameters
    ----------
    frame
        For its columns, when no drivers are named, and for what kind they are.
    outcome, drivers, labels
        As `Survey.from_frame`.
    shared
        Scale and codes, the same for every question.
    columns
        The other fields of a codebook. Of a column in `groups` there is no driver, unless it is
        named as one.

    Raises
    ------
    SurveyError
        As `Codebook` and `group_names_of`.
    """
    groups = group_names_of(columns.get("groups", ()))
    columns = {name: value for name, value in columns.items() if name != "groups"}
    if drivers is None:
        named = {**columns, "groups": [names.column for names in groups]}
        drivers = _other_columns(frame, _listed(outcome), named)
    if not isinstance(drivers, Mapping):
        drivers = {name: name for name in _listed(drivers)}
    key = outcome if isinstance(outcome, str) else "outcome"
    return Codebook(
        outcome=Question(key, _listed(outcome), labels.get(key), **shared),
        drivers=tuple(
            _question(frame, driver, _listed(items), labels.get(driver), shared)
            for driver, items in drivers.items()
        ),
        groups=groups,
        **columns,
    )


def _question(
    frame: pd.DataFrame,
    key: str,
    items: tuple[str, ...],
    label: str | None,
    shared: Mapping[str, Any],
) -> Question:
    """Return a driver's question; a column that pandas calls categorical is a factor."""
    column = frame[items[0]] if len(items) == 1 and items[0] in frame else None
    if isinstance(column, pd.Series) and isinstance(column.dtype, pd.CategoricalDtype):
        return Question(key, items, label, **{**shared, "scale": None}, kind=FACTOR)
    return Question(key, items, label, **shared)


def _other_columns(
    frame: pd.DataFrame, outcome: Sequence[str], named: Mapping[str, Any]
) -> list[str]:
    taken = {*outcome}
    for value in named.values():
        if isinstance(value, str):
            taken.add(value)
        elif isinstance(value, Iterable):
            taken |= {*value}
    return [str(column) for column in frame.columns if column not in taken]


def _listed(names: str | Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)
