"""Keep the characters of a text that a file can hold and a reader can see in their order."""

from __future__ import annotations

import re

HARMFUL = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff"  # no XML file may hold these
    "\u202a-\u202e\u2066-\u2069"  # these turn around what stands beside them
    "]"
)


def without_controls(text: str) -> str:
    r"""Return a text with a space for every character that would break a file or hide its words.

    Letters of any script stay, those that are read from right to left too.

    Examples
    --------
    >>> without_controls("a\x00b"), without_controls("fun\u202e.exe")
    ('a b', 'fun .exe')
    """
    return HARMFUL.sub(" ", text)
