"""Build the site of these pages: ``python -m sphinx --fail-on-warning docs .cache/site``."""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx

import cxdrivers as cx

project = "cxdrivers"
author = "The cxdrivers authors"
project_copyright = author
version = release = cx.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
exclude_patterns = ["site"]
myst_heading_anchors = 3
suppress_warnings = ["misc.highlighting_failure"]  # "…" stands in some examples
add_module_names = False
maximum_signature_line_length = 80
python_use_unqualified_type_names = True
autodoc_typehints_format = "short"
napoleon_google_docstring = False
napoleon_custom_sections = [("Attributes", "params_style")]
copybutton_exclude = ".linenos, .gp, .go"

html_theme = "furo"
html_title = f"cxdrivers {release}"
html_static_path = ["site"]
html_css_files = ["site.css"]
html_copy_source = False
html_theme_options = {"navigation_with_keys": True}

LANGUAGES = {"nl": "nl"}
"""Pages that are not in English."""

ABSOLUTE = re.compile(r"\|(\w+)\|")
"""Bars around a number, which would otherwise name a substitution."""

QUOTED = re.compile(r"(?<![`:\w])`([^`]+)`(?![`_])")

CONSTRUCTED = ("Codebook", "DriverRegression", "PlannedSurvey", "Question", "Survey", "World")
"""Classes that a user makes; every other one is what a function returns."""


def _without_links_out_of_the_site(_app: Sphinx, page: str, source: list[str]) -> None:
    """Leave the words of a link to a file of the repository that is no page."""
    out = re.escape("../" * (page.count("/") + 1))
    source[0] = re.sub(rf"\[([^\]]+)\]\({out}[^)]*\)", r"\1", source[0])


def _with_links_to_public_names(
    _app: Sphinx, _what: str, _name: str, _obj: object, _options: object, lines: list[str]
) -> None:
    """Make `driver_weights` in a docstring a link, and any other word in single quotes code."""
    for place, line in enumerate(lines):
        if not line.lstrip().startswith((">>>", "...")):
            lines[place] = ABSOLUTE.sub(r"\|\1\|", QUOTED.sub(_linked, line))


def _linked(quoted: re.Match[str]) -> str:
    name = quoted[1]
    role = ":py:obj:" if name.partition(".")[0] in cx.__all__ else ":code:"
    return f"{role}`{name}`"


def _signature_of_what_is_made(
    _app: Sphinx,
    what: str,
    name: str,
    _obj: object,
    _options: object,
    signature: str | None,
    returned: str | None,
) -> tuple[str, str | None] | None:
    """Hide how a result is constructed: nobody does that by hand."""
    if what == "class" and name.rpartition(".")[2] not in CONSTRUCTED:
        return "", None
    return None if signature is None else (signature, returned)


def _language_of_the_page(
    _app: Sphinx, page: str, _template: str, context: dict[str, Any], _tree: object
) -> None:
    """Tell browsers and screen readers in which language a page is."""
    context["language"] = LANGUAGES.get(page, context["language"])


def setup(app: Sphinx) -> None:
    """Connect what is done to pages on their way."""
    app.connect("source-read", _without_links_out_of_the_site)
    app.connect("autodoc-process-docstring", _with_links_to_public_names)
    app.connect("autodoc-process-signature", _signature_of_what_is_made)
    app.connect("html-page-context", _language_of_the_page)
