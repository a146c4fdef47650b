"""Results and files that several tests of the workbook look at, computed once."""

from functools import cache
from io import BytesIO
from zipfile import ZipFile

import openpyxl
from matplotlib.figure import Figure

import cxdrivers as cx
from cxdrivers.report.results.results import Results, results_of
from cxdrivers.report.section import Section
from cxdrivers.report.workbook.workbook import workbook_bytes

HEADING_ROW = 4
"""Where the headings of a table stand, as a spreadsheet counts."""


@cache
def example_results() -> Results:
    """Return the results of the example, with few resamples."""
    return results_of(cx.load_example(), n_boot=20, level=0.95, seed=7)


def opened(content: bytes) -> openpyxl.Workbook:
    """Return a workbook as it is read back."""
    return openpyxl.load_workbook(BytesIO(content))


def parts_of(content: bytes) -> dict[str, str]:
    """Return the parts of a workbook that are text, by name."""
    with ZipFile(BytesIO(content)) as parts:
        texts = {name: parts.read(name) for name in parts.namelist()}
    return {name: part.decode() for name, part in texts.items() if not name.endswith(".png")}


def book_of(*sections: Section) -> openpyxl.Workbook:
    """Return the English workbook of some sections as it is read back."""
    return opened(workbook_bytes(example_results(), sections, "en"))


def small_figure() -> Figure:
    """Return a figure with nothing in it."""
    return Figure(figsize=(2, 1))
