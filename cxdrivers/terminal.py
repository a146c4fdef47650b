"""Write to a terminal what it can show, and nothing that it would obey."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import Any, TextIO, cast

from cxdrivers.characters import without_controls

SECOND_CONTROLS = re.compile("[\x80-\x9f]")
"""A file may hold these; some terminals take orders from them."""


class Screen:
    """A terminal without the characters that move its cursor, colour it or turn words around.

    Parameters
    ----------
    stream
        The terminal.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write a text, harmless."""
        return self.stream.write(shown(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def shown(text: str) -> str:
    r"""Return a text without the characters that a terminal obeys; lines and tabs stay.

    Examples
    --------
    >>> shown("a\x1b[31mb\n")
    'a [31mb\n'
    """
    return SECOND_CONTROLS.sub(" ", without_controls(text))


@contextmanager
def plain_output() -> Iterator[None]:
    """Let nothing that is printed break the terminal, or be broken by its alphabet.

    A character that the terminal does not have becomes a question mark. What goes to a file or
    another program keeps its control characters: they may be part of a column's name.
    """
    out, err = sys.stdout, sys.stderr
    for stream in (out, err):
        with suppress(AttributeError, ValueError):
            unknown = "replace" if stream is out else "backslashreplace"
            cast("TextIOWrapper", stream).reconfigure(errors=unknown)
    sys.stdout = cast("TextIO", Screen(out)) if out.isatty() else out
    try:
        yield
        out.flush()
    finally:
        sys.stdout = out


def forget_output() -> None:
    """Let Python end in silence when nobody reads any more what it prints."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
