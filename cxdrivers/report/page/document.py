"""Write sections as one HTML page that needs nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from html import escape
from itertools import chain
from typing import TYPE_CHECKING

import pandas as pd

from cxdrivers.characters import without_controls
from cxdrivers.report.page.contents import parts_of
from cxdrivers.report.page.templates import as_markup, filled_page, report_file
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section
from cxdrivers.wording import in_language, say

if TYPE_CHECKING:
    from markupsafe import Markup

NUMBER = re.compile(r"[<≤≥|\s\u2212–\d.,;%\[\]()]+")
FIGURE = r"\u2212?\d+(?:[.,\u00a0]\d+)*(?:\u00a0%)?"
INTERVAL = re.compile(rf"(?:{FIGURE} )?[\[(][\s\u2212–\d.,;%]+[\])]|{FIGURE}–{FIGURE}")
"""A number with its interval, or a range."""
UPRIGHT, SIDEWAYS = 7, 10
"""A table of more columns than these is printed small, or small on a page on its side."""
PANEL = "scenarios"


def html_page(
    results: Results,
    sections: Sequence[Section],
    charts: Mapping[str, str],
    language: str,
    *,
    panel: str | None = None,
) -> str:
    """Return a report as one HTML page: no network, ready to print, its only script the panel's.

    Parameters
    ----------
    results
        For the title, the note and the provenance.
    sections
        In the order in which they stand on the page.
    charts
        Section → its chart as an SVG element. Everything else is escaped.
    language
        Of the page.
    panel
        Sliders for the section on scenarios, as `panel_html` writes them.
    """
    codebook = results.survey.codebook
    script = None if panel is None else report_file("panel.js")
    parts = parts_of(sections, language, kept=() if panel is None else (PANEL,))
    shown = tuple(chain.from_iterable(part.sections for part in parts))
    page = filled_page(
        "page.html",
        language=language,
        title=in_language(codebook.title, language) or say("report.title", language),
        subtitle=say("report.subtitle", language, n=results.weights.n, date=results.date),
        note=in_language(codebook.note, language),
        contents=say("report.contents", language),
        parts=parts,
        sections=shown,
        whole=_kept_whole,
        wide={part.stem: _width_of(part.table) for part in shown},
        charts={stem: as_markup(svg) for stem, svg in charts.items()},
        panel=panel and as_markup(panel),
        script=script and as_markup(script),
        script_source=_source_of(script),
        numeric={part.stem: _numeric_columns(part.table) for part in shown},
        made_with=say(
            "report.made_with",
            language,
            version=results.provenance()["version"],
            date=results.date,
        ),
    )
    return without_controls(page)


def _kept_whole(text: str) -> Markup:
    """Return a text with its intervals marked, so that none is broken at the end of a line."""
    marked = INTERVAL.sub(lambda found: f'<span class="whole">{found[0]}</span>', escape(text))
    return as_markup(marked)


def _width_of(table: pd.DataFrame | None) -> str:
    """Return the classes of a table that is too wide for paper as it is."""
    columns = 0 if table is None else table.shape[1]
    return (" wide" if columns > UPRIGHT else "") + (" widest" if columns > SIDEWAYS else "")


def _source_of(script: str | None) -> str:
    """Return what a browser is told it may run: this script and no other, or none."""
    if script is None:
        return "'none'"
    digest = b64encode(sha256(script.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def _numeric_columns(table: pd.DataFrame | None) -> set[str]:
    """Return the columns in which every text is a number, an interval or empty."""
    if table is None:
        return set()
    return {
        str(name)
        for name, column in table.items()
        if all(not text or NUMBER.fullmatch(text) for text in column) and any(column)
    }
