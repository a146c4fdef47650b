"""Write the report of a survey to a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cxdrivers.charts.style import svg_of
from cxdrivers.errors import CxError, nearest
from cxdrivers.report.document import html_page
from cxdrivers.report.files import check_free, csv_bytes, write_whole
from cxdrivers.report.results import Results, results_of
from cxdrivers.report.section import Section
from cxdrivers.report.sections import sections_of
from cxdrivers.survey.survey import Survey

FORMATS = ("html", "csv", "svg")
FIRST_FILES = ("report.html", "tables", "charts")
"""What an earlier report would have left: looked for before anything is computed."""


def write_report(
    survey: Survey,
    folder: str | Path,
    *,
    language: str | None = None,
    formats: Sequence[str] = FORMATS,
    n_boot: int = 1000,
    level: float = 0.95,
    seed: int = 0,
    force: bool = False,
) -> tuple[Path, ...]:
    """Compute the weights of a survey and write them down for a client.

    Parameters
    ----------
    survey
        What was read.
    folder
        Where the files go: ``report.html``, ``tables/*.csv`` and ``charts/*.svg``.
    language
        ``"en"`` or ``"nl"``; by default that of the codebook.
    formats
        Any of ``"html"``, ``"csv"`` and ``"svg"``.
    n_boot, level, seed
        As in `driver_weights`.
    force
        Replace files of an earlier report. Other files in the folder are left alone.

    Returns
    -------
    tuple of Path
        The files that were written, the page first. Verbatims and identifiers are in none.

    Raises
    ------
    SurveyError, FitError
        As `driver_weights`.
    CxError
        When the folder holds such files already and `force` is not given, or cannot be written.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> cx.write_report(cx.load_example(), "my-report", language="nl")  # doctest: +SKIP
    """
    if not formats:
        raise CxError("no_format", known=FORMATS)
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        near = nearest(unknown[0], FORMATS)
        raise CxError("format_unknown", format=unknown[0], near=near, known=FORMATS)
    check_free(Path(folder), FIRST_FILES, force=force)
    results = results_of(survey, n_boot=n_boot, level=level, seed=seed)
    contents = report_contents(results, language or survey.codebook.language, formats)
    return write_whole(Path(folder), contents, force=force)


def report_contents(
    results: Results, language: str, formats: Sequence[str] = FORMATS
) -> dict[str, bytes]:
    """Return every file of a report by its name in the folder."""
    sections = sections_of(results, language)
    charts = {part.stem: _svg(part) for part in sections if part.chart is not None}
    contents: dict[str, bytes] = {}
    if "html" in formats:
        page = html_page(results, sections, charts, language)
        contents["report.html"] = page.encode("utf-8")
    if "csv" in formats:
        tables = {part.stem: part.data for part in sections if part.data is not None}
        for stem, data in tables.items():
            contents[f"tables/{stem}.csv"] = csv_bytes(data, language)
    if "svg" in formats:
        for stem, svg in charts.items():
            contents[f"charts/{stem}.svg"] = (
                f'<?xml version="1.0" encoding="utf-8"?>\n{svg}'.encode()
            )
    return contents


def _svg(section: Section) -> str:
    chart = section.chart
    if chart is None:
        return ""
    return svg_of(chart.figure, stem=chart.stem, title=chart.title, description=chart.description)
