"""Write sections as one HTML page that needs nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files

import pandas as pd

from cxdrivers.errors import CxError
from cxdrivers.report.results import Results
from cxdrivers.report.section import Section
from cxdrivers.wording import in_language, say

NUMBER = re.compile(r"[<\s\u2212–\d.,;%\[\]]+")


def html_page(
    results: Results, sections: Sequence[Section], charts: Mapping[str, str], language: str
) -> str:
    """Return a report as one HTML page: no scripts, no network, ready to print.

    Parameters
    ----------
    results
        For the title, the note and the provenance.
    sections
        In the order in which they stand on the page.
    charts
        Section → its chart as an SVG element. Everything else is escaped.
    """
    try:
        from jinja2 import Environment, StrictUndefined  # noqa: PLC0415  (extra `report`)
        from markupsafe import Markup  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise CxError("extra_needed", package=error.name, extra="report") from error
    template = files("cxdrivers.report").joinpath("page.html").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    codebook = results.survey.codebook
    return environment.from_string(template).render(
        language=language,
        title=in_language(codebook.title, language) or say("report.title", language),
        subtitle=say("report.subtitle", language, n=results.weights.n, date=results.date),
        note=in_language(codebook.note, language),
        contents=say("report.contents", language),
        sections=sections,
        charts={stem: Markup(svg) for stem, svg in charts.items()},  # noqa: S704  (our own SVG)
        numeric={part.stem: _numeric_columns(part.table) for part in sections},
        made_with=say(
            "report.made_with",
            language,
            version=results.provenance()["version"],
            date=results.date,
        ),
    )


def _numeric_columns(table: pd.DataFrame | None) -> set[str]:
    """Return the columns in which every text is a number, an interval or empty."""
    if table is None:
        return set()
    return {
        str(name)
        for name, column in table.items()
        if all(not text or NUMBER.fullmatch(text) for text in column) and any(column)
    }
