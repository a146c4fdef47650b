"""Keep what a file may take of the computer; honest files do not come near it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import cast

from cxdrivers.errors import SurveyError

MOST_MEMORY = 1536 * 2**20
"""Bytes that the answers of one file may take while they are read; with the libraries, 2 GiB."""
LARGEST_TEXT = 256 * 2**20
"""Bytes of a text file."""
MOST_COLUMNS = 16_384
"""As many as a sheet of Excel has."""
MOST_CELLS = 60_000_000
"""Rows times columns of an SPSS or Parquet file."""

OF_A_CELL, OF_A_ROW, OF_A_VALUE = 24, 120, 250
"""Bytes beside the text itself, measured: its places in a row, a column and the frame; lists and
numbers of a row; and of a value that has not been seen before, its places in tables."""


class Allowance:
    """Count what the answers of a file take, and hold every text that occurs once.

    Parameters
    ----------
    file
        Its name, for errors.
    spent
        Bytes that are taken already.
    """

    def __init__(self, file: str, spent: int = 0) -> None:
        self.file, self.spent, self.rows = file, spent, 0
        self._seen: dict[str, str] = {}

    def row(self, cells: Sequence[Hashable]) -> list[Hashable]:
        """Return a row of texts and numbers in which equal texts are one object.

        Raises
        ------
        SurveyError
            When the rows so far take too much.
        """
        texts = self.row_of_texts([cell for cell in cells if type(cell) is str])
        if len(texts) == len(cells):
            return cast("list[Hashable]", texts)
        self._charge(OF_A_CELL * (len(cells) - len(texts)))
        one = iter(texts)
        return [next(one) if type(cell) is str else cell for cell in cells]

    def row_of_texts(self, cells: Sequence[str]) -> list[str]:
        """Return a row of texts in which equal ones are one object.

        Raises
        ------
        SurveyError
            When the rows so far take too much.
        """
        self.rows += 1
        self._charge(OF_A_ROW + OF_A_CELL * len(cells))
        return self.texts(cells)

    def texts(self, cells: Sequence[str]) -> list[str]:
        """Return texts of which equal ones are one object.

        Raises
        ------
        SurveyError
            When the texts so far take too much.
        """
        known = len(self._seen)
        found = list(map(self._seen.setdefault, cells, cells))
        new = len(self._seen) - known
        if new:
            self._charge(OF_A_VALUE * new + sum(map(len, cells)))
        return found

    def _charge(self, amount: int) -> None:
        self.spent += amount
        if self.spent > MOST_MEMORY:
            raise SurveyError(
                "file_too_much", path=self.file, rows=self.rows, most=MOST_MEMORY // 2**20
            )


def check_size(file: str, rows: int, columns: int, most: int = MOST_CELLS) -> None:
    """Refuse a table that is larger than any survey, before it is read.

    Raises
    ------
    SurveyError
        With how many rows and columns there are.
    """
    check_columns(file, columns)
    if rows * columns > most:
        raise SurveyError("file_too_many_cells", path=file, rows=rows, columns=columns, most=most)


def check_columns(file: str, columns: int) -> None:
    """Refuse more columns than a sheet of Excel has.

    Raises
    ------
    SurveyError
        With how many there are.
    """
    if columns > MOST_COLUMNS:
        raise SurveyError("file_too_many_columns", path=file, columns=columns, most=MOST_COLUMNS)
