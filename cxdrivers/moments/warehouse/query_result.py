"""Read what a query gave back, and refuse what it cannot have given."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from cxdrivers.errors import FitError
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.sums import ROUNDING
from cxdrivers.moments.warehouse.engines import collected
from cxdrivers.moments.warehouse.memory import key_column, pandas_column
from cxdrivers.moments.warehouse.pairwise import pair_places, pairwise_sums
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.recentring import rated_of
from cxdrivers.moments.warehouse.sums import check_table, moments_of_table
from cxdrivers.moments.warehouse.sums_table import SumsTable, read_sums

WHOLE_WITH_POINT = re.compile(r"-?(0|[1-9][0-9]*)\.0+")
FAR = 1e6
"""How many variances the squared distance from a centre may be: more would cost the ninth digit."""


def moments_of_result(plan: SumsPlan, result: Any) -> GroupedMoments:
    """Return the moments of what a query gave.

    Parameters
    ----------
    plan
        What was asked for.
    result
        A data frame, or the path of a CSV file.

    Raises
    ------
    FitError
        When it is not what the query gives, or rows cannot be used.
    """
    is_path = isinstance(result, str | Path)
    frame = _read(plan, Path(result)) if is_path else _collected(result)
    table = read_sums(plan, [_checked(plan, frame)])
    check_table(plan, table)
    _check_centres(plan, table)
    return moments_of_table(plan, table)


def _collected(result: Any) -> nw.DataFrame[Any]:
    """Return a result of any kind as a data frame in memory."""
    try:
        frame = nw.from_native(result)
    except TypeError as error:
        raise FitError("sql_result_is_no_frame", kind=type(result).__name__) from error
    if isinstance(frame, nw.DataFrame):
        return frame
    return collected(frame)


def _read(plan: SumsPlan, path: Path) -> nw.DataFrame[Any]:
    """Read a CSV file; names of groups stay as they are written, but whole numbers lose a ".0"."""
    if not path.is_file():
        raise FitError("sql_result_not_found", path=str(path))
    try:
        frame = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise FitError("sql_result_unreadable", path=str(path)) from error
    found = {
        name: _without_point(frame[name]) if name in plan.keys else frame[name].replace("", None)
        for name in frame.columns
    }
    return nw.from_native(frame.assign(**found))


def _without_point(column: pd.Series) -> pd.Series:
    """Return names of groups as whole numbers where all are such with a point, and stay apart."""
    names = [name for name in column.unique() if name.strip()]
    if not names or not all(map(WHOLE_WITH_POINT.fullmatch, names)):
        return column
    numbers = {name: int(name.partition(".")[0]) for name in names}
    apart = len(set(numbers.values())) == len(names)
    return column.map(numbers).astype(object) if apart else column


def _checked(plan: SumsPlan, frame: nw.DataFrame[Any]) -> pd.DataFrame:
    """Return the result with its numbers as numbers."""
    missing = [name for name in plan.result_columns if name not in frame.columns]
    others = [name for name in frame.columns if name not in plan.result_columns]
    if missing:
        raise FitError("sql_result_columns_missing", columns=missing, count=len(missing))
    if others:
        raise FitError("sql_result_columns_more", columns=others, count=len(others))
    if not len(frame):
        raise FitError("sql_result_empty")
    columns = {}
    for name in plan.result_columns:
        is_key = name in plan.keys
        column = key_column(frame[name]) if is_key else pandas_column(frame[name])
        columns[name] = (column if is_key else _numbers(column, name)).reset_index(drop=True)
    found = pd.DataFrame(columns)
    for name in ("small", "part", "groups", *plan.counts):
        if found[name].isna().any():
            raise FitError("sql_result_blank", column=name, count=int(found[name].isna().sum()))
    again = int(found.duplicated([*plan.keys, "small", "part"]).sum())
    if again:
        raise FitError("sql_result_twice", count=again)
    return found


def _numbers(column: pd.Series, name: str) -> pd.Series:
    try:
        return pd.to_numeric(column).astype(np.float64)
    except (ValueError, TypeError) as error:
        raise FitError("sql_result_of_text", column=name) from error


def _check_centres(plan: SumsPlan, table: SumsTable) -> None:
    """Refuse sums whose centres lie so far from the answers that digits are lost."""
    if plan.is_pairwise:
        nothing = np.zeros((len(table.totals), 1, table.totals.shape[1]))
        sums = pairwise_sums(pair_places(plan), table.totals, nothing)[0].sum(axis=(0, 1))
    else:
        sums = table.totals[:, 1:].sum(axis=0)
    rated = rated_of(plan, sums)
    questions = [plan.questions[column.question] for column in plan.columns]
    for place in np.flatnonzero(np.isfinite(rated.mean)).tolist():
        mean, variance = float(rated.mean[place]), float(rated.variance[place])
        scaled = questions[place].items[0].scale is not None
        constant = scaled and variance <= ROUNDING * mean**2
        if mean**2 > FAR * max(variance, 0.0) and mean and not constant:
            column = plan.columns[place]
            raise FitError(
                "sql_centre_far",
                question=questions[place].key,
                centre=column.centre,
                mean=column.centre + mean,
            )
