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
    for name in formats:
        if name in NEEDED and find_spec(NEEDED[name][0]) is None:
            raise package_missing(name)


def package_missing(written: str) -> CxError:
    """Return the error of a format whose package is not there, by the name it is asked for.

    What Python misses may be a package of that package, which nobody knows.
    """
    return CxError("extra_needed", package=NEEDED[written][1], extra="report")
