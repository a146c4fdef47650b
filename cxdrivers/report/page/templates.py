"""Fill in the pages that stand beside this module: everything is escaped unless it is our own."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from cxdrivers.report.packages import package_missing

if TYPE_CHECKING:
    from markupsafe import Markup


def filled_page(name: str, **facts: object) -> str:
    """Return a page with its facts filled in.

    Parameters
    ----------
    name
        Of the file.
    facts
        By the names that the page has for them. Texts are escaped.

    Raises
    ------
    CxError
        When the library that fills in pages is not installed.
    """
    try:
        from jinja2 import Environment, StrictUndefined  # noqa: PLC0415  (extra `report`)
    except ModuleNotFoundError as error:
        raise package_missing("html") from error
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(report_file(name)).render(**facts)


def report_file(name: str) -> str:
    """Return the text of a file that stands beside this module."""
    return files("cxdrivers.report.page").joinpath(name).read_text(encoding="utf-8")


def as_markup(text: str) -> Markup:
    """Return our own HTML, SVG or script as what is not to be escaped.

    Raises
    ------
    CxError
        When the library that fills in pages is not installed.
    """
    try:
        from markupsafe import Markup  # noqa: PLC0415  (extra `report`)
    except ModuleNotFoundError as error:
        raise package_missing("html") from error
    return Markup(text)  # noqa: S704  (our own)
