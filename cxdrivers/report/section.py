"""Describe a part of a report before anybody decides how it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import pandas as pd
from matplotlib.figure import Figure

from cxdrivers.moments.reader_names import ReaderNames
from cxdrivers.report.native import NativeChart
from cxdrivers.wording import Sentence


@dataclass(frozen=True, eq=False)
class Chart:
    """A drawn chart with the words that stand in for it.

    Attributes
    ----------
    stem
        Its name in links and files.
    figure
        As it is drawn.
    title, description
        What a screen reader says.
    native
        The same numbers for a program that draws them itself; None for a diagram.
    """

    stem: str
    figure: Figure
    title: str
    description: str
    native: NativeChart | None = None


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
    headline
        What it found, in one sentence; empty where it finds nothing by itself.
    names
        What the groups in the data are called, where it is about groups.
    """

    stem: str
    title: str
    paragraphs: tuple[str, ...] = ()
    chart: Chart | None = None
    table: pd.DataFrame | None = None
    notes: tuple[str, ...] = ()
    data: pd.DataFrame | None = None
    headline: str = ""
    names: ReaderNames | None = None


class Told(Protocol):
    """An answer that can be told: in sentences, as a table in words, and as raw numbers."""

    def sentences(self, language: str) -> Sequence[str]:
        """Return what was found, most important first."""

    def table(self, language: str) -> pd.DataFrame:
        """Return the table a reader wants."""

    def footer(self, language: str) -> str:
        """Return what stands under the table."""

    def tidy(self) -> pd.DataFrame:
        """Return the table with raw numbers."""


Answer = TypeVar("Answer", bound=Told)


def answer_section(
    answer: Answer | Sentence,
    language: str,
    *,
    stem: str,
    title: str,
    intro: str,
    chart: Callable[[Answer, str], Chart] | None = None,
    notes: Sequence[str] = (),
) -> Section:
    """Return the section of an answer, or of the sentence that says why there is none.

    Parameters
    ----------
    answer
        What was found, or why nothing was.
    language
        Of the section.
    stem, title, intro
        Its name in links and files, its heading, and what it shows.
    chart
        Draws the answer.
    notes
        What stands under the table before the answer's own footer.
    """
    if isinstance(answer, Sentence):
        return Section(stem=stem, title=title, paragraphs=(answer.say(language),))
    found = tuple(answer.sentences(language))
    return Section(
        stem=stem,
        title=title,
        paragraphs=(intro, *found),
        chart=None if chart is None else chart(answer, language),
        table=answer.table(language),
        notes=tuple(line for line in (*notes, answer.footer(language)) if line),
        data=answer.tidy(),
        headline=found[0] if found else "",
    )
