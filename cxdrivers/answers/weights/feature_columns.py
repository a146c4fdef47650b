"""Take from a table of features the columns of some drivers."""

# ruff: noqa: N803  (X is what scikit-learn calls it)
from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.errors import FitError, nearest

DriverColumns = Mapping[str, Hashable | Iterable[Hashable]]
"""Driver → its column, or its columns, by name; in an array by position."""


@dataclass(frozen=True, eq=False)
class FeatureColumns:
    """A table of features, and which columns are which driver.

    Attributes
    ----------
    table
        A data frame or an array of n rows.
    positions
        Driver → positions of its columns.
    """

    table: Any
    positions: dict[str, tuple[int, ...]]

    def of_subset(self, subset: int) -> Any:
        """Return the columns of the drivers whose bits are set in `subset`, in their own order."""
        chosen = sorted(
            position
            for driver, positions in enumerate(self.positions.values())
            if subset >> driver & 1
            for position in positions
        )
        if isinstance(self.table, pd.DataFrame):
            return self.table.iloc[:, chosen]
        return self.table[:, chosen]


def feature_columns(X: Any, groups: DriverColumns | None = None) -> FeatureColumns:
    """Say which columns of X are which driver.

    Parameters
    ----------
    X
        A data frame, or an array of rows and columns whose drivers are called x0, x1, ….
    groups
        Driver → its columns; None makes every column a driver. Other columns are left out.

    Raises
    ------
    FitError
        When X has no rows and columns or two columns of one name, or `groups` is empty, names a
        column that is not there, or names one twice.
    """
    table = X if isinstance(X, pd.DataFrame) else np.asarray(X)
    if table.ndim != 2 or not table.shape[1]:
        shape = " × ".join(map(str, table.shape)) or "0"
        raise FitError("features_not_a_table", shape=shape)
    if not isinstance(table, pd.DataFrame):
        names = [f"x{position}" for position in range(table.shape[1])]
        known: dict[Hashable, int] = dict(enumerate(range(table.shape[1])))
        known |= {name: position for position, name in enumerate(names)}
    else:
        twice = table.columns[table.columns.duplicated()]
        if len(twice):
            raise FitError("feature_named_twice", column=twice[0])
        names = [str(name) for name in table.columns]
        known = {name: position for position, name in enumerate(table.columns)}
    if groups is None:
        return FeatureColumns(table, {name: (place,) for place, name in enumerate(names)})
    return FeatureColumns(table, _positions(groups, known, names))


def outcome_of(y: Any, rows: int) -> NDArray[Any]:
    """Return y as an array of one outcome a row.

    Raises
    ------
    FitError
        When it is not as long as X has rows.
    """
    outcome = np.asarray(y)
    if outcome.ndim == 2 and outcome.shape[1] == 1:
        outcome = outcome[:, 0]
    if outcome.shape != (rows,):
        raise FitError(
            "outcome_of_other_shape", rows=rows, shape=" × ".join(map(str, outcome.shape))
        )
    return outcome


def _positions(
    groups: DriverColumns, known: Mapping[Hashable, int], names: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    if not groups:
        raise FitError("groups_empty", columns=names)
    owners: dict[int, str] = {}
    found: dict[str, tuple[int, ...]] = {}
    for driver, given in groups.items():
        one = isinstance(given, str | int) or (isinstance(given, Hashable) and given in known)
        columns: list[Any] = list(given) if isinstance(given, Iterable) and not one else [given]
        if not columns:
            raise FitError("group_without_columns", driver=driver, columns=names)
        for column in columns:
            if column not in known:
                near = nearest(column, names)
                raise FitError(
                    "group_column_unknown", driver=driver, column=column, near=near, columns=names
                )
            owner = owners.setdefault(known[column], driver)
            if owner != driver or columns.count(column) > 1:
                raise FitError("group_column_twice", column=column, first=owner, second=driver)
        found[driver] = tuple(known[column] for column in columns)
    return found
