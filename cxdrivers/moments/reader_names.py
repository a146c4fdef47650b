"""Say what a reader calls groups and the column they come from: by the labels of the codebook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cxdrivers.codebook.codebook import Codebook
from cxdrivers.codebook.group_names import GroupNames
from cxdrivers.moments.group_labels import BETWEEN

BARE_NUMBER = re.compile(r"-?\d+([.,]\d+)?")
"""Of a group called so a reader would not see that it is a group."""


@dataclass(frozen=True)
class ReaderNames:
    """What a reader calls groups and columns of groups: everything shown gets its names here.

    Results keep the codes of the file as names of groups, as they keep the keys of drivers.

    Attributes
    ----------
    codebook
        What columns and codes are called, or None.
    by, outer
        The column of the groups, or two with `BETWEEN` in the middle; and that of the groups that
        these lie in, or None.
    language
        Of the labels.
    """

    codebook: Codebook | None
    by: str
    language: str
    outer: str | None = None

    def column(self, name: str | None = None) -> str:
        """Return what a column is called, or two; by default that of the groups."""
        columns = self._columns(self.by if name is None else name)
        return BETWEEN.join(names.label_in(self.language) for names in columns)

    def group(self, name: str) -> str:
        """Return what a group is called; of a group within another both parts are."""
        return BETWEEN.join(
            names.value_in(code, self.language) for names, code in self._parts(name)
        )

    def told(self, name: str) -> str:
        """Return what a group is called on its own; a bare number says of which column it is."""
        shown = self.group(name)
        return f"{self.column()} {shown}" if BARE_NUMBER.fullmatch(shown) else shown

    def is_labelled(self, name: str) -> bool:
        """Return whether the codebook has a label for a group, or for a part of its name."""
        return any(names.has(code) for names, code in self._parts(name))

    def _parts(self, name: str) -> list[tuple[GroupNames, str]]:
        """Return the codes in a name, each with the names of its column."""
        columns = (
            *(() if self.outer is None else self._columns(self.outer)),
            *self._columns(self.by),
        )
        codes = name.split(BETWEEN)
        if columns[-1].has(name):
            return [(columns[-1], name)]
        if len(codes) > len(columns):
            best = max(_cuts(codes, columns), key=_labelled, default=[])
            return best if _labelled(best) else [(columns[-1], name)]
        return list(zip(columns[-len(codes) :], codes, strict=True))

    def _columns(self, name: str) -> list[GroupNames]:
        named = () if self.codebook is None else self.codebook.groups
        known = {names.column: names for names in named}
        columns = [name] if name in known else name.split(BETWEEN)
        return [known.get(column) or GroupNames(column) for column in columns]


def _cuts(
    codes: Sequence[str], columns: Sequence[GroupNames]
) -> Iterator[list[tuple[GroupNames, str]]]:
    """Yield every way to divide a name over two columns, of which codes may have `BETWEEN` too."""
    if len(columns) == 2:
        for place in range(1, len(codes)):
            parts = (BETWEEN.join(codes[:place]), BETWEEN.join(codes[place:]))
            yield list(zip(columns, parts, strict=True))


def _labelled(parts: list[tuple[GroupNames, str]]) -> int:
    """Return of how many parts of a name the codebook has a label."""
    return sum(names.has(code) for names, code in parts)
