"""Name what a deck holds, so that a later update finds it wherever it was moved or copied to."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

TITLE, HEADLINE, KICKER, BODY, SOURCE, NOTES = TEXTS = (
    "title",
    "headline",
    "kicker",
    "body",
    "source",
    "notes",
)
"""Parts that are text: an update refreshes them only while nobody changed them."""
CHART, PICTURE, TABLE = SHOWN = ("chart", "picture", "table")
"""Parts that show numbers: an update gives them the new ones."""
PATTERN = re.compile(
    r"cxdrivers:(?P<stem>[\w-]+):(?P<part>[a-z]+):(?P<language>[a-z]{2})(?::(?P<digest>[0-9a-f]{12}))?"
)


@dataclass(frozen=True)
class Name:
    """What a shape is: the page it was made for, its part of it, and the text it had.

    Attributes
    ----------
    stem, part, language
        Of the page; one of `TEXTS` or `SHOWN`; of the words.
    digest
        Of the text as it was written; empty for what is not text.
    """

    stem: str
    part: str
    language: str
    digest: str = ""

    def __str__(self) -> str:
        name = f"cxdrivers:{self.stem}:{self.part}:{self.language}"
        return f"{name}:{self.digest}" if self.digest else name


def named(stem: str, part: str, language: str, text: str = "") -> str:
    """Return the name of a shape; that of a text remembers what it says.

    Examples
    --------
    >>> named("weights", "chart", "nl")
    'cxdrivers:weights:chart:nl'
    """
    return str(Name(stem, part, language, digest_of(text) if part in TEXTS else ""))


def name_of(shape_name: str) -> Name | None:
    """Return what a shape is by its name, or None when it was not made here.

    Examples
    --------
    >>> name_of("cxdrivers:weights:chart:nl (2)").stem, name_of("Logo")
    ('weights', None)
    """
    found = PATTERN.match(shape_name.strip())
    return None if found is None else Name(**found.groupdict(default=""))


def digest_of(text: str) -> str:
    """Return a short fingerprint of a text, the same whatever white space lies between words."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]
