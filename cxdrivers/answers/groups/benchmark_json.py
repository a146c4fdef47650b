"""Check JSON that somebody else may have written, and say where it is wrong."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np

from cxdrivers.errors import CxError
from cxdrivers.moments.sums import FloatArray
from cxdrivers.wording import sentence

LONGEST_NUMBER = 15
LONGEST_NAME = 2000


@dataclass(frozen=True)
class GivenJson:
    """The file that is read, to say where something in it is wrong.

    Attributes
    ----------
    name
        Of the file, without its folder.
    """

    name: str

    def refuse(self, place: str, kind: str, **facts: Any) -> NoReturn:
        """Say what is wrong, and where.

        Raises
        ------
        CxError
            Always.
        """
        trouble = sentence(f"errors.benchmark_trouble.{kind}", **facts)
        where = sentence("errors.benchmark_part.whole") if not place else f"'{place}'"
        raise CxError("benchmark_damaged", file=self.name, place=where, trouble=trouble)

    def table_of(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Return a table, or refuse a name that is in it twice."""
        table = dict(pairs)
        if len(table) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            self.refuse("", "twice", name=twice[:LONGEST_NAME])
        return table

    def no_number(self, text: str) -> NoReturn:
        """Refuse NaN and Infinity, which are no JSON."""
        self.refuse("", "no_number", text=text)

    def whole_number(self, text: str) -> int:
        """Return a whole number that is not absurdly long."""
        if len(text) > LONGEST_NUMBER:
            self.refuse("", "long_number", count=len(text))
        return int(text)

    def check_parts(self, table: Any, place: str, parts: Collection[str]) -> None:
        """Refuse what is no table of exactly these parts."""
        if not isinstance(table, dict):
            self.refuse(place, "no_table")
        if missing := sorted(set(parts) - set(table)):
            self.refuse(place, "missing", names=missing)
        if strange := sorted(set(table) - set(parts)):
            self.refuse(place, "strange", names=[name[:LONGEST_NAME] for name in strange])

    def texts(self, value: Any, place: str) -> tuple[str, ...]:
        """Return a list of different names."""
        if not (isinstance(value, list) and value and all(map(is_name, value))):
            self.refuse(place, "no_names")
        if len(set(value)) < len(value):
            self.refuse(place, "name_twice", name=next(v for v in value if value.count(v) > 1))
        return tuple(value)

    def count(self, value: Any, place: str, *, low: int) -> int:
        """Return a whole number that is not too small."""
        if not isinstance(value, int) or isinstance(value, bool) or value < low:
            self.refuse(place, "no_count", low=low)
        return value

    def number(self, value: Any, place: str, *, low: float, high: float) -> float:
        """Return a number between two ends."""
        found = np.nan if isinstance(value, bool) else value
        if not isinstance(found, int | float) or not low <= found <= high:
            self.refuse(place, "outside", low=float(low), high=float(high))
        return float(found)

    def numbers(self, value: Any, place: str, size: int) -> FloatArray:
        """Return a list of finite numbers, NaN for null."""
        if not isinstance(value, list) or len(value) != size:
            self.refuse(place, "size", size=size)
        if not all(part is None or type(part) in (int, float) for part in value):
            self.refuse(place, "no_numbers")
        found = np.array([np.nan if part is None else part for part in value], dtype=np.float64)
        if np.isinf(found).any():
            self.refuse(place, "no_numbers")
        return found


def is_name(value: Any) -> bool:
    """Say whether something can be the name of a thing: a text of some length."""
    return isinstance(value, str) and len(value.strip()) > 0 and len(value) <= LONGEST_NAME


def client_name(number: int) -> str:
    """Return what a client is called whose name is not kept."""
    return f"client {number}"
