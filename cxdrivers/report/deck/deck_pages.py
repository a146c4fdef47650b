"""Decide which slides a deck has, in which order, and what stands on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
from matplotlib.figure import Figure

from cxdrivers.report.deck.deck_chart_layout import trimmed
from cxdrivers.report.deck.deck_summary import ROOM, SUMMARY, Room, sentences_that_fit
from cxdrivers.report.deck.deck_words import (
    alt_of_chart,
    alt_of_table,
    key_columns,
    more_columns,
    not_shown,
    other_segments,
    own_headline,
    short_method,
    source_of,
    title_notes,
)
from cxdrivers.report.native import NativeChart
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section
from cxdrivers.wording import in_language, say

OF_SEGMENTS = ("groups", "groups_2", "groups_3")
"""Sections of segments with a slide of their own: the first of them names the others."""
ANSWERS = (
    "weights",
    "priorities",
    "shapes",
    "scenarios",
    "groups",
    "group_spread",
    *OF_SEGMENTS[1:],
    "changes",
    "perceptions",
    "agent_link",
    "recommendation",
    "advocacy",
)
"""Sections with a slide of their own, in the order of the deck."""
SPARE = ("group_spread", "own")
"""Slides that a deck of more than `MOST_SLIDES` does without."""
MOST_SLIDES = 15
HIGHEST = 6.5
"""Inches of a drawn chart: the letters of a higher one are too small on a slide."""


@dataclass(frozen=True, eq=False)
class Page:
    """What stands on one slide.

    Attributes
    ----------
    stem
        Its section.
    headline, kicker
        What was found, and what it is about; the second is empty when it is the first.
    paragraphs, native, figure, table
        What the slide shows: one of these.
    alt
        What a screen reader says of the chart, the picture or the table.
    source
        File, base, date and intervals.
    shown, whole
        How many rows or bars there are here, and how many in all.
    notes
        For the speaker: the method and the rest of the sentences.
    """

    stem: str
    headline: str
    kicker: str = ""
    paragraphs: tuple[str, ...] = ()
    native: NativeChart | None = None
    figure: Figure | None = None
    table: pd.DataFrame | None = None
    alt: str = ""
    source: str = ""
    shown: int = 0
    whole: int = 0
    notes: tuple[str, ...] = ()


def pages_of(
    results: Results,
    sections: Sequence[Section],
    language: str,
    *,
    most: int = MOST_SLIDES,
    room: Room = ROOM,
) -> tuple[Page, ...]:
    """Return the slides of a deck, the title first.

    Parameters
    ----------
    results
        Of one run.
    sections
        Of the same run, in the language of the deck.
    language
        Of words and numbers.
    most
        With more slides than these the spare ones are left out.
    room
        Width and height of the summary, in EMU.
    """
    by_stem = {section.stem: section for section in sections}
    answers = [
        page
        for stem in ANSWERS
        if stem in by_stem and by_stem[stem].data is not None
        for page in _answer_pages(results, by_stem[stem], language)
    ]
    around = (
        _title_page(results, language),
        _summary_page(by_stem[SUMMARY], language, room),
        _findings_page(results, by_stem["findings"], language),
        _method_page(results, by_stem, language),
        _provenance_page(by_stem["provenance"]),
    )
    for stem in SPARE:
        if len(answers) + len(around) > most:
            answers = [page for page in answers if page.stem != stem]
    return (*around[:2], *answers, *around[2:])


def source_line(page: Page, language: str) -> str:
    """Return what stands below a chart or a table: its source, and whether there is more of it."""
    if not page.source or page.shown == page.whole:
        return page.source
    return f"{page.source} · {say('deck.more', language, shown=page.shown, count=page.whole)}"


def _answer_pages(results: Results, section: Section, language: str) -> list[Page]:
    page = _section_page(results, section, language)
    return [page, _own_page(results, section, language)] if section.stem == "weights" else [page]


def _section_page(results: Results, section: Section, language: str) -> Page:
    headline = section.headline or section.title
    source = source_of(results, section, language)
    first = section.stem == OF_SEGMENTS[0]
    others = other_segments(results, len(OF_SEGMENTS), language) if first else ""
    page = Page(
        stem=section.stem,
        headline=headline,
        kicker=section.title if section.headline else "",
        source=" · ".join(filter(None, (source, others))),
        notes=tuple(text for text in (*section.paragraphs, *section.notes) if text != headline),
    )
    chart = section.chart
    if chart is None or (chart.native is None and chart.figure.get_figheight() > HIGHEST):
        return _with_table(page, section.table, language)
    if chart.native is None:
        return replace(page, figure=chart.figure, alt=chart.description)
    native = trimmed(chart.native)
    return replace(
        page,
        native=native,
        alt=alt_of_chart(native, chart.title, language),
        shown=len(native.categories),
        whole=len(chart.native.categories),
    )


def _own_page(results: Results, section: Section, language: str) -> Page:
    page = Page(
        stem="own",
        headline=own_headline(results, language),
        kicker=say("deck.own.title", language),
        source=source_of(results, section, language),
        notes=(*section.paragraphs, *section.notes, *results.weights.sentences(language)[1:]),
    )
    return _with_table(page, section.table, language)


def _title_page(results: Results, language: str) -> Page:
    codebook = results.survey.codebook
    subtitle = say("report.subtitle", language, n=results.weights.n, date=results.date)
    note = in_language(codebook.note, language)
    return Page(
        stem="title",
        headline=in_language(codebook.title, language) or say("report.title", language),
        paragraphs=tuple(text for text in (subtitle, note) if text),
        notes=title_notes(results, language),
    )


def _summary_page(section: Section, language: str, room: Room) -> Page:
    """Return the sentences that fit; the notes have them all."""
    return Page(
        stem=SUMMARY,
        headline=section.title,
        paragraphs=sentences_that_fit(section.paragraphs, language, room),
        notes=section.paragraphs,
    )


def _findings_page(results: Results, section: Section, language: str) -> Page:
    """Return what was found; what the analyst can do about it is for the notes."""
    page = Page(
        stem="findings",
        headline=section.title,
        paragraphs=section.paragraphs,
        source=source_of(results, section, language),
        notes=section.paragraphs,
    )
    if section.table is None:
        return page
    check, severity, meaning, step = (
        say(f"labels.column.{name}", language)
        for name in ("check", "severity", "meaning", "next_step")
    )
    steps = [": ".join(row) for row in section.table[[check, step]].to_numpy().tolist()]
    page = replace(page, paragraphs=(), notes=(*page.notes, *steps))
    return _with_table(page, section.table[[check, severity, meaning]], language)


def _method_page(results: Results, by_stem: dict[str, Section], language: str) -> Page:
    """Return the method in short; the notes have it whole, and what could not be told, and why."""
    left_out = not_shown([by_stem[stem] for stem in ANSWERS if stem in by_stem], language)
    return Page(
        stem="method",
        headline=by_stem["method"].title,
        paragraphs=short_method(results, language),
        notes=(*by_stem["method"].paragraphs, *left_out),
    )


def _provenance_page(section: Section) -> Page:
    facts = pd.DataFrame() if section.table is None else section.table
    return Page(
        stem="provenance",
        headline=section.title,
        table=facts,
        alt=", ".join((section.title, *facts.columns)),
        notes=tuple(": ".join(row) for row in facts.to_numpy().tolist()),
    )


def _with_table(page: Page, table: pd.DataFrame | None, language: str) -> Page:
    if table is None:
        return page
    shown = key_columns(table, language)
    return replace(
        page,
        table=shown,
        source=" · ".join(filter(None, (page.source, more_columns(table, language)))),
        alt=alt_of_table(shown, language),
        shown=len(shown),
        whole=len(table),
    )
