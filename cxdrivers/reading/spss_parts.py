"""Read the parts of an SPSS file: what it says of its columns, then their cells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

from cxdrivers.reading.allowance import check_size
from cxdrivers.reading.contents import damaged
from cxdrivers.reading.extras import import_for

CELLS_AT_ONCE = 4_000_000


def parts(path: str | Path) -> Iterator[dict[str, Any]]:
    """Yield what the file says of its columns, then again and again a block of its rows.

    A block has for each column its texts, or the bytes of its float64 numbers.

    Raises
    ------
    SurveyError
        When the file is damaged, cut off, or larger than any survey.
    """
    file = Path(path).name
    pyreadstat = import_for(file, "pyreadstat")
    trouble = (
        pyreadstat.ReadstatError,
        pyreadstat.PyreadstatError,
        ValueError,
        LookupError,
        OverflowError,
        MemoryError,
    )

    def read(**which: Any) -> tuple[dict[str, list[Any]], Any]:
        try:
            with catch_warnings(record=True) as doubts:
                simplefilter("always")
                found: tuple[dict[str, list[Any]], Any] = pyreadstat.read_sav(
                    str(path),
                    user_missing=True,
                    disable_datetime_conversion=True,
                    output_format="dict",
                    **which,
                )
        except trouble as error:
            raise damaged(file, "sav", error) from error
        if doubts:  # two columns of one name, of which it would rename one
            raise damaged(file, "sav", doubts[0].message)
        return found

    _, about = read(metadataonly=True)
    names = about.column_names
    rows = -1 if about.number_rows is None else about.number_rows
    width = max(len(names), 1)
    check_size(file, rows, len(names))
    at_once = max(1, CELLS_AT_ONCE // width)
    which = {"row_limit": at_once} if not 0 <= rows <= at_once else {}
    columns, about = read(**which)
    yield {
        "names": list(names),
        "labels": {name: label for name, label in about.column_names_to_labels.items() if label},
        "value_labels": {name: dict(of) for name, of in about.variable_value_labels.items() if of},
        "missing": {name: list(of) for name, of in about.missing_ranges.items() if of},
        "formats": {name: str(of) for name, of in about.original_variable_types.items()},
    }
    yield _block(columns)
    done = at_once
    while which and not 0 <= rows <= done and any(columns.values()):
        columns, _ = read(row_offset=done, **which)
        yield _block(columns)
        done += at_once
        check_size(file, done - at_once, len(names))


def _block(columns: dict[str, list[Any]]) -> dict[str, Any]:
    import numpy as np  # noqa: PLC0415  (the reader of the other kinds does without)

    def cells(listed: list[Any]) -> bytes | list[Any]:
        if any(isinstance(cell, str) for cell in listed):
            return listed
        return np.array(listed, dtype=np.float64).tobytes()

    return {name: cells(columns[name]) for name in list(columns)}
