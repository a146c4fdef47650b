"""Look at a presentation before anything is computed: can it be used, and what language has it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cxdrivers.errors import CxError

PACKAGES = {"pptx": "python-pptx", "xlsxwriter": "XlsxWriter"}
"""Name of an import → the package that brings it."""


def check_template(template: bytes) -> None:
    """Refuse a template that no deck can stand in.

    Parameters
    ----------
    template
        A ``.pptx`` or ``.potx`` file.

    Raises
    ------
    CxError
        When it cannot be read or has no layout with a title, or a package is missing.
    """
    with slides_needed():
        from cxdrivers.report.deck.deck_frames import frame_of  # noqa: PLC0415  (extra `report`)
        from cxdrivers.report.deck.package import opened  # noqa: PLC0415
    frame_of(opened(template))


def checked_language(old: bytes, language: str | None) -> str:
    """Return the language of an earlier deck, which is that of its new numbers.

    Parameters
    ----------
    old
        A deck that was written here, with whatever was done to it since.
    language
        The one that was asked for, or None for that of the deck.

    Raises
    ------
    CxError
        When it cannot be read, has nothing in it that was made here, or is in another language,
        or a package is missing.
    """
    with slides_needed():
        from cxdrivers.report.deck.deck_update import language_of_deck  # noqa: PLC0415
        from cxdrivers.report.deck.package import opened  # noqa: PLC0415
    return language_of_deck(opened(old), language)


@contextmanager
def slides_needed() -> Iterator[None]:
    """Name the package that has to be installed where an import for slides fails."""
    try:
        yield
    except ModuleNotFoundError as error:
        package = PACKAGES.get(str(error.name), str(error.name))
        raise CxError("extra_needed", package=package, extra="report") from error
