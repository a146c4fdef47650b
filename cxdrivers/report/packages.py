"""Look whether the packages that files are written with are installed."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from cxdrivers.errors import CxError

NEEDED = {
    "html": ("jinja2", "Jinja2"),
    "pptx": ("pptx", "python-pptx"),
    "xlsx": ("xlsxwriter", "XlsxWriter"),
}
"""Format → what is imported for it, and the package that brings it."""


def check_packages(formats: Sequence[str]) -> None:
    """Refuse formats whose package is not installed, before minutes are spent on numbers.

    Raises
    ------
    CxError
        Naming the first that is missing, and how to get it.
    """
    for module, package in (NEEDED[name] for name in formats if name in NEEDED):
        if find_spec(module) is None:
            raise CxError("extra_needed", package=package, extra="report")
