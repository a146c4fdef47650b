"""Make tables whose names and cells do harm, and write them as every kind of file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pyarrow as pa
import pyreadstat
import xlsxwriter
from numpy.random import Generator
from pyarrow import parquet

from tests.fuzzing.good import answers, labelled
from tests.fuzzing.hostile import NUMBERS, TEXTS, chance, pick

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "latin-1", "cp037")
LINE_ENDS = ("\n", "\r\n", "\r", "\n\r", "\n\n", "\x0b", "\u2028", "")
SEPARATORS = (",", ";", "\t", "|", ", ", " ", ":", "")
CODES = NUMBERS[:9]
OTHERS: tuple[Any, ...] = (
    *(None, True, False, date(1, 1, 1), date(2024, 5, 4), datetime(9999, 12, 31)),  # noqa: DTZ001
    *(time(23, 59, 59, 999_999), timedelta(days=-9999), Decimal("1E+30"), Decimal("NaN")),
    *(2**63 - 1, -(2**63), 2**53 + 1, b"\xff\x00", [1, None], {"a": 1}, []),
)
"""Cells that are neither a text nor a number."""


def hostile_rows(rng: Generator, whole: pd.DataFrame) -> list[list[Any]]:
    """Return rows, the first with the names, in which something or much is wrong."""
    frame = whole.head(pick(rng, (0, 1, 2, 40, 60, 60, 60, 60)))
    rows = [list(frame.columns), *frame.astype(object).to_numpy().tolist()]
    only_cells = chance(rng, 0.6)
    for _ in range(pick(rng, (1, 1, 1, 2, 2, 3, 8))):
        row = 0 if chance(rng, 0.2) else int(rng.integers(len(rows)))
        if not rows[row]:
            continue
        place, kind = int(rng.integers(len(rows[row]))), int(rng.integers(8))
        if kind < 4 or (only_cells and kind < 7):
            rows[row][place] = hostile_cell(rng)
        elif kind == 4:
            rows[row][place] = next(iter(rows[0]), None)
        elif kind == 5:
            del rows[row][place:]
        elif kind == 6:
            rows[row] *= pick(rng, (2, 2, 2, 40))
        else:
            new = hostile_cell(rng)
            rows = [one if not place else [*one[:place], new, *one[place + 1 :]] for one in rows]
    return rows


def hostile_cell(rng: Generator) -> Any:
    """Return a cell of any kind."""
    return pick(rng, (TEXTS, TEXTS, TEXTS, NUMBERS, OTHERS)[int(rng.integers(5))])


def as_text(rng: Generator, whole: pd.DataFrame | None = None) -> bytes:
    """Return rows as text, in a dialect that may be nobody's."""
    separator, end = pick(rng, SEPARATORS[:4]), pick(rng, LINE_ENDS[:3])
    quoting = pick(rng, ("always", "needed", "needed", "needed", "needed", "never"))
    lines = []
    for row in hostile_rows(rng, answers() if whole is None else whole):
        mark = separator if chance(rng, 0.998) else pick(rng, SEPARATORS)
        cells = [_quoted("" if cell is None else str(cell), separator, quoting) for cell in row]
        lines.append(mark.join(cells) + (end if chance(rng, 0.998) else pick(rng, LINE_ENDS)))
    text = pick(rng, ("", "", "", "", "sep=;\n", "\ufeff", "\n\n")) + "".join(lines)
    encoding = "utf-8" if chance(rng, 0.8) else pick(rng, ENCODINGS)
    errors = "surrogatepass" if encoding.startswith("utf") else "replace"
    return text.encode(encoding, errors=errors)


def as_workbook(rng: Generator) -> bytes:
    """Return rows as a workbook, with formulas, links, several sheets and cells far away."""
    held = BytesIO()
    options = {"nan_inf_to_errors": True, "strings_to_formulas": True, "strings_to_urls": True}
    with xlsxwriter.Workbook(held, options) as workbook:
        for name in pick(rng, (["Data"], ["Data"], ["Data"], ["A", "B"], ["=1+1"])):
            sheet = workbook.add_worksheet(name)
            for place, row in enumerate(hostile_rows(rng, answers())):
                for column, cell in enumerate(row[:60]):
                    _write(sheet, place, column, cell)
            if chance(rng, 0.1):
                sheet.write(pick(rng, (5000, 100_000)), pick(rng, (30, 5000)), 1)
            if chance(rng, 0.1):
                sheet.write_formula(1, 0, pick(rng, ("=[1]X!A1", "=1/0", "=A2")), None, "#REF!")
            if chance(rng, 0.1):
                sheet.merge_range(0, 0, 1, 3, "samen")
    return held.getvalue()


def as_spss(rng: Generator) -> bytes:
    """Return columns as an SPSS file; what it cannot hold is written as text."""
    frame = answers().head(pick(rng, (1, 40, 60, 60)))
    names = [*frame.columns] if chance(rng, 0.7) else [f"v{place}" for place in range(4)]
    columns: dict[str, list[Any]] = {
        name: frame[name].to_list() if name in frame else _sort(rng, len(frame)) for name in names
    }
    for _ in range(pick(rng, (0, 1, 1, 2, 4))):
        columns[pick(rng, names)] = _sort(rng, len(frame))
    frame = pd.DataFrame(columns)
    numeric = list(frame.select_dtypes("number"))
    label = pick(rng, TEXTS).replace("\x00", "")
    formats = dict.fromkeys(numeric, pick(rng, ("F8.2", "DATE11", "DATETIME20", "TIME8", "DTIME")))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "hostile.sav"
        pyreadstat.write_sav(
            frame,
            path,
            compress=chance(rng, 0.5),
            column_labels=dict.fromkeys(names, label[:60]),
            variable_value_labels={one: {pick(rng, CODES): label[:60]} for one in numeric[:2]},
            missing_ranges={name: [{"lo": 98, "hi": 99}] for name in numeric[:1]},
            variable_format=formats,
        )
        return path.read_bytes()


def as_parquet(rng: Generator) -> bytes:
    """Return columns of all types that Parquet has."""
    frame = answers().head(pick(rng, (0, 1, 40, 60, 60)))
    names = [*frame.columns] if chance(rng, 0.7) else [f"v{place}" for place in range(4)]
    arrays = [pa.array(frame[name]) if name in frame else _array(rng, len(frame)) for name in names]
    for _ in range(pick(rng, (0, 1, 1, 2, 4))):
        place = int(rng.integers(len(names)))
        arrays[place] = _array(rng, len(frame))
        if chance(rng, 0.2):
            names[place] = pick(rng, TEXTS[:40])
    held = BytesIO()
    try:
        parquet.write_table(pa.Table.from_arrays(arrays, names), held)
    except (pa.ArrowException, UnicodeError):
        parquet.write_table(pa.table({"v": [1.0, None]}), held)
    return held.getvalue()


ARROW = (TEXTS[:40], NUMBERS, OTHERS, (1, 2, 3), ("a", "b"))
ARROW_TYPES = (
    *(None, None, None, pa.float32(), pa.int8(), pa.uint64(), pa.bool_(), pa.binary()),
    *(pa.string(), pa.large_string(), pa.date32(), pa.timestamp("ns"), pa.timestamp("s", "UTC")),
    *(pa.time64("ns"), pa.duration("us"), pa.decimal128(38, 2), pa.list_(pa.int64()), pa.null()),
)

WRITERS: dict[str, Callable[[Generator], bytes]] = {
    "csv": as_text,
    "labels": lambda rng: as_text(rng, labelled()),
    "xlsx": as_workbook,
    "sav": as_spss,
    "zsav": as_spss,
    "parquet": as_parquet,
}


def _quoted(cell: str, separator: str, quoting: str) -> str:
    needed = quoting == "needed" and any(mark in cell for mark in (separator, '"', "\n", "\r"))
    return '"' + cell.replace('"', '""') + '"' if needed or quoting == "always" else cell


def _write(sheet: Any, row: int, column: int, cell: Any) -> None:
    """Write a cell as what it is; what a sheet cannot hold is written as text."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, str | bool | date | time | timedelta | None):
        text = cell.encode("utf-8", "replace").decode()[:32_000] if isinstance(cell, str) else cell
        sheet.write(row, column, text)
    else:
        sheet.write_string(row, column, str(cell))


def _sort(rng: Generator, size: int) -> list[Any]:
    """Return a column of texts or of numbers, of many kinds or mostly one."""
    texts = [text.replace("\x00", " ")[:200] for text in TEXTS]
    things: list[Any] = texts if chance(rng, 0.4) else [float(number) for number in NUMBERS]
    few = [pick(rng, things), *([7.0, 8.0, 9.0] if things is not texts else ["a", "b"])]
    return [pick(rng, things if chance(rng, 0.1) else few) for _ in range(size)]


def _array(rng: Generator, size: int) -> pa.Array:
    """Return a column of any type."""
    cells = [pick(rng, (pick(rng, pick(rng, ARROW)), None)) for _ in range(size)]
    if chance(rng, 0.7) and cells:
        cells = [pick(rng, (cells[0], cells[0], None)) for _ in cells]
    try:
        array = pa.array(cells, type=pick(rng, ARROW_TYPES))
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        array = pa.array([None if cell is None else ascii(cell) for cell in cells], pa.string())
    codes = chance(rng, 0.2) and not pa.types.is_nested(array.type)
    return array.dictionary_encode() if codes else array
