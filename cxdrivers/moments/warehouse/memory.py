"""Take the columns of a plan out of a data frame in memory, of any kind."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.errors import FitError
from cxdrivers.moments.sums import FloatArray
from cxdrivers.moments.warehouse.hashing import MODULUS, Int64Array
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.reading.cells import is_blank
from cxdrivers.survey.coding import BoolArray
from cxdrivers.survey.weighting import read_weights

IntArray = NDArray[np.intp]
Key = tuple[Hashable, ...]

LARGEST = 2.0**63
"""The first number that is no whole number of 64 bits."""


@dataclass(frozen=True, eq=False)
class Keyed:
    """Which group each row is in.

    Attributes
    ----------
    codes
        Shape ``(n,)``: the place of its group, -1 without one.
    keys
        Of each group, its value in every column of `by`.
    """

    codes: IntArray
    keys: tuple[Key, ...]


def respondents_of(plan: SumsPlan, frame: nw.DataFrame[Any]) -> tuple[nw.DataFrame[Any], IntArray]:
    """Return the rows in which all that is required is filled in, and their numbers."""
    kept = np.ones(len(frame), dtype=bool)
    for column in plan.required:
        kept &= ~blanks(pandas_column(frame[column]))
    found = frame.select(*plan.table_columns)
    numbers = np.flatnonzero(kept)
    return (found if kept.all() else found.filter(kept.tolist())), numbers


def pandas_column(series: nw.Series[Any]) -> pd.Series:
    """Return a column of any kind of frame as one of pandas."""
    if series.implementation.is_pandas():
        native: pd.Series = series.to_native()
        return native
    if series.dtype.is_numeric():
        if series.dtype.is_decimal():
            series = series.cast(nw.Float64)
        return pd.Series(series.to_numpy(), name=series.name)
    return pd.Series(series.to_list(), name=series.name, dtype=object)


def key_column(series: nw.Series[Any]) -> pd.Series:
    """Return a column that tells groups apart as one of pandas, with all digits of its numbers."""
    kind = series.dtype
    wide = kind.is_decimal() or kind in (nw.Int128, nw.UInt128)
    if not wide and kind != nw.Object:
        return pandas_column(series)
    return pd.Series([exact_key(cell) for cell in series], name=series.name, dtype=object)


def exact_key(cell: Hashable) -> Hashable:
    """Return a decimal number as the same one whatever its zeros: whole where it can be.

    Examples
    --------
    >>> exact_key(Decimal("12345678901234567890.0")), exact_key(Decimal("1.50"))
    (12345678901234567890, Decimal('1.5'))
    """
    number = cell.as_py() if hasattr(cell, "as_py") else cell
    if not isinstance(number, Decimal) or not number.is_finite():
        return number
    if number == number.to_integral_value():
        return int(number)
    digits = f"{number:f}".rstrip("0")
    return Decimal(digits)


def blanks(column: pd.Series) -> BoolArray:
    """Return where a column is blank."""
    if pd.api.types.is_numeric_dtype(column):
        return column.isna().to_numpy(dtype=bool)
    return (column.isna() | column.map(is_blank)).to_numpy(dtype=bool)


def weights_of(plan: SumsPlan, frame: nw.DataFrame[Any]) -> FloatArray:
    """Return the weight of every row.

    Raises
    ------
    SurveyError
        As of a survey.
    """
    if plan.weight is None:
        return np.ones(len(frame))
    column = pandas_column(frame[plan.weight])
    return read_weights(pd.DataFrame({plan.weight: column}), plan.weight, decimal_of(plan))


def decimal_of(plan: SumsPlan) -> str:
    """Return the decimal mark of numbers that stand as text."""
    return plan.codebook.decimal or "."


def keyed(plan: SumsPlan, frame: nw.DataFrame[Any]) -> Keyed:
    """Return which group each row is in."""
    codes = np.zeros(len(frame), dtype=np.intp)
    keys: list[Key] = [()]
    for name in plan.by:
        column = key_column(frame[name])
        inner, values = pd.factorize(column)
        named = np.array([not is_blank(value) for value in values] + [False], dtype=bool)
        placed = (codes >= 0) & named[inner]
        pairs = codes[placed] * max(len(values), 1) + inner[placed]
        found, place = np.unique(pairs, return_inverse=True)
        above, below = np.divmod(found, max(len(values), 1))
        keys = [(*keys[high], values[low]) for high, low in zip(above, below, strict=True)]
        codes = np.full(len(frame), -1, dtype=np.intp)
        codes[placed] = place
    return Keyed(codes, tuple(keys))


def orders_of(
    plan: SumsPlan, schema: Mapping[str, Any], frame: object
) -> Sequence[Mapping[Hashable, int] | None]:
    """Return for each column of `by` the places of its categories, or None where it has none."""
    return [_order(schema[name], name, frame) for name in plan.by]


def ids_of(plan: SumsPlan, frame: nw.DataFrame[Any], numbers: IntArray) -> tuple[Int64Array, Any]:
    """Return a whole number for every row, to hash, and where there is none.

    A text stands as the hash that pandas gives it.

    Parameters
    ----------
    plan
        Which column tells rows apart.
    frame
        The rows.
    numbers
        Shape ``(n,)``: numbers of the rows, for want of a column.
    """
    if plan.identity is None:
        return numbers.astype(np.int64), np.zeros(len(numbers), dtype=bool)
    series = frame[plan.identity]
    if series.dtype.is_integer():
        missing: BoolArray = series.is_null().to_numpy()
        if series.dtype == nw.UInt64:
            return (series.fill_null(0).to_numpy() % MODULUS).astype(np.int64), missing
        if series.dtype in (nw.UInt128, nw.Int128):
            series = series % MODULUS
        return series.fill_null(0).cast(nw.Int64).to_numpy(), missing
    column = pandas_column(series)
    missing = blanks(column)
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        raise FitError("identity_of_no_use", column=plan.identity, kind=str(series.dtype))
    if pd.api.types.is_numeric_dtype(column):
        found = column.fillna(0).to_numpy(np.float64)
        if not (np.abs(found) < LARGEST).all():
            raise FitError("identity_of_no_use", column=plan.identity, kind=str(series.dtype))
        return found.astype(np.int64), missing
    texts = np.where(missing, "", column.astype(object).astype(str))
    hashes = pd.util.hash_array(texts.astype(object)) % np.uint64(MODULUS)
    return hashes.astype(np.int64), missing


def _order(dtype: Any, name: str, frame: object) -> Mapping[Hashable, int] | None:
    categories: Sequence[Hashable] | None = None
    if isinstance(frame, pd.DataFrame) and isinstance(frame[name].dtype, pd.CategoricalDtype):
        categories = list(frame[name].cat.categories)
    elif isinstance(dtype, nw.Enum):
        categories = dtype.categories
    if categories is None:
        return None
    return {category: place for place, category in enumerate(categories)}
