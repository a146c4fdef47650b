"""Write the report of a survey to a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from cxdrivers.charts.style import plain_letters, png_of, svg_of
from cxdrivers.errors import CxError, nearest
from cxdrivers.moments.given_data import survey_in
from cxdrivers.report.deck.deck import deck_bytes
from cxdrivers.report.deck.deck_checks import check_template
from cxdrivers.report.files import check_free, csv_bytes, read_bytes, write_whole
from cxdrivers.report.packages import check_packages
from cxdrivers.report.page.document import html_page
from cxdrivers.report.page.panel import panel_html
from cxdrivers.report.results.results import Results, results_of
from cxdrivers.report.section import Chart
from cxdrivers.report.sections import sections_of
from cxdrivers.report.steps import Steps
from cxdrivers.report.workbook.workbook import workbook_bytes
from cxdrivers.report.workbook.workbook_charts import DOTS_PER_INCH
from cxdrivers.survey.survey import Survey
from cxdrivers.threads import one_thread
from cxdrivers.vocabulary import REPORT_FORMATS
from cxdrivers.wording import Sentence, catalogue

KNOWN = (*REPORT_FORMATS, "png")
FIRST_FILES = ("report.html", "report.pptx", "report.xlsx", "tables", "charts")
"""What an earlier report would have left: looked for before anything is computed."""


@one_thread()
def write_report(
    survey: Survey,
    folder: str | Path,
    *,
    language: str | None = None,
    formats: Sequence[str] = REPORT_FORMATS,
    template: str | Path | None = None,
    n_boot: int = 1000,
    level: float = 0.95,
    seed: int = 0,
    force: bool = False,
) -> tuple[Path, ...]:
    """Compute the answers of a survey once and write them down for a client.

    Parameters
    ----------
    survey
        What was read.
    folder
        Where the files go: ``report.html``, ``report.pptx``, ``report.xlsx``, ``tables/*.csv`` and
        ``charts/*.svg``.
    language
        ``"en"`` or ``"nl"``; by default that of the codebook.
    formats
        Any of ``"html"`` (one page that needs nothing else), ``"pptx"`` (slides with charts that
        can be edited), ``"xlsx"``, ``"csv"``, ``"svg"`` and ``"png"`` (charts as pictures; only
        when asked for).
    template
        A ``.pptx`` or ``.potx`` of the client, for the looks of the slides.
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
        Before anything is computed: when the language or a format does not exist, the package
        that writes a format is not installed, the template cannot be used, or the folder holds
        such files already and `force` is not given. Later: when it cannot be written.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> cx.write_report(cx.load_example(), "my-report", language="nl")  # doctest: +SKIP
    """
    survey = survey_in(survey)
    _check_formats(formats)
    check_packages(formats)
    chosen = _language_of(survey, language)
    look = None if template is None else _look_of(template, formats)
    check_free(Path(folder), FIRST_FILES, force=force)
    steps = Steps(chosen)
    results = results_of(survey, n_boot=n_boot, level=level, seed=seed, steps=steps)
    written = steps.of("steps.files", report_contents)
    contents = written(results, chosen, formats, template=look)
    return write_whole(Path(folder), contents, force=force)


def report_contents(
    results: Results,
    language: str,
    formats: Sequence[str] = REPORT_FORMATS,
    *,
    template: bytes | None = None,
) -> dict[str, bytes]:
    """Return every file of a report by its name in the folder."""
    with plain_letters():
        sections = sections_of(results, language)
        charts = [part.chart for part in sections if part.chart is not None]
        drawn = {}
        if {"html", "svg"} & {*formats}:
            drawn = {chart.stem: _svg(chart) for chart in charts}
        contents: dict[str, bytes] = {}
        if "html" in formats:
            grid = results.grid
            panel = None if isinstance(grid, Sentence) else panel_html(grid, language)
            page = html_page(results, sections, drawn, language, panel=panel)
            contents["report.html"] = page.encode("utf-8")
        if "pptx" in formats:
            contents["report.pptx"] = deck_bytes(results, sections, language, template=template)
        if "xlsx" in formats:
            contents["report.xlsx"] = workbook_bytes(results, sections, language)
        if "csv" in formats:
            tables = {part.stem: part.data for part in sections if part.data is not None}
            contents |= {
                f"tables/{stem}.csv": csv_bytes(data, language) for stem, data in tables.items()
            }
        return contents | _pictures(charts, drawn, formats)


def _pictures(
    charts: Sequence[Chart], drawn: Mapping[str, str], formats: Sequence[str]
) -> dict[str, bytes]:
    """Return the charts as files of their own."""
    pictures: dict[str, bytes] = {}
    if "svg" in formats:
        for stem, svg in drawn.items():
            text = f'<?xml version="1.0" encoding="utf-8"?>\n{svg}'
            pictures[f"charts/{stem}.svg"] = text.encode()
    if "png" in formats:
        for chart in charts:
            picture = png_of(chart.figure, dots_per_inch=DOTS_PER_INCH)
            pictures[f"charts/{chart.stem}.png"] = picture
    return pictures


def _check_formats(formats: Sequence[str]) -> None:
    if isinstance(formats, str):
        raise CxError("formats_are_a_list", formats=formats)
    if not formats:
        raise CxError("no_format", known=KNOWN)
    unknown = [name for name in formats if name not in KNOWN]
    if unknown:
        near = nearest(unknown[0], KNOWN)
        raise CxError("format_unknown", format=unknown[0], near=near, known=KNOWN)


def _language_of(survey: Survey, language: str | None) -> str:
    chosen = language or survey.codebook.language
    catalogue(chosen)
    return chosen


def _look_of(template: str | Path, formats: Sequence[str]) -> bytes:
    if "pptx" not in formats:
        raise CxError("template_unused", formats=tuple(formats))
    look = read_bytes(template)
    check_template(look)
    return look


def _svg(chart: Chart) -> str:
    return svg_of(chart.figure, stem=chart.stem, title=chart.title, description=chart.description)
