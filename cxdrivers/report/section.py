"""Describe a part of a report before anybody decides how it is written."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False)
class Chart:
    """A drawn chart with the words that stand in for it."""

    stem: str
    figure: Figure
    title: str
    description: str


@dataclass(frozen=True, eq=False)
class Section:
    """One part of a report, in one language.

    Attributes
    ----------
    stem
        Its name in links and files.
    title
        Its heading.
    paragraphs
        Plain text.
    chart
        At most one.
    table
        As a reader wants it: texts only, the columns in words.
    notes
        What stands under the table.
    data
        The same table with raw numbers, for the CSV file.
    """

    stem: str
    title: str
    paragraphs: tuple[str, ...] = ()
    chart: Chart | None = None
    table: pd.DataFrame | None = None
    notes: tuple[str, ...] = ()
    data: pd.DataFrame | None = None
