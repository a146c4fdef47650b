"""Recognise what a file holds by its first bytes, whatever it is called."""

from __future__ import annotations

from pathlib import Path, PurePath
from textwrap import shorten

from cxdrivers.characters import without_controls
from cxdrivers.errors import SurveyError
from cxdrivers.wording import Sentence, sentence

BYTES_LOOKED_AT = 65536
LONGEST_REASON = 160

SIGNATURES = {
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpeg",
    b"%PDF": "pdf",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"\x1f\x8b": "gzip",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "old_office",
    b"$FL2": "sav",
    b"$FL3": "sav",
    b"PAR1": "parquet",
}

FITTING = {"text": ".csv", "workbook": ".xlsx", "sav": ".sav", "parquet": ".parquet"}
"""The extension for each content that can be read."""


def content_of(head: bytes) -> str:
    """Return what the first bytes of a file are: a key under ``errors.content``."""
    kinds = (kind for mark, kind in SIGNATURES.items() if head.startswith(mark))
    kind = next(kinds, None)
    if kind == "zip":
        return "workbook" if b"xl/" in head else "zip"
    if kind is not None:
        return kind
    if head.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html")):
        return "html"
    return "binary" if b"\0" in head else "text"


def refusal(file: Path, most: int) -> Sentence | None:
    """Return why a file is not even opened: it is a device or a pipe, or larger than `most` bytes.

    What is not there, or a folder, is for the caller to tell.
    """
    if file.is_file():
        size = file.stat().st_size
        facts = {"size": size // 2**20, "most": most // 2**20}
        return sentence("errors.reading.large", **facts) if size > most else None
    return sentence("errors.reading.no_file") if file.exists() and not file.is_dir() else None


def wrong_content(file: str, content: str) -> SurveyError:
    """Return the error for a file that does not hold what its extension promises."""
    extension, held = PurePath(file).suffix, sentence(f"errors.content.{content}")
    if content in FITTING:
        return SurveyError(
            "file_other_format", path=file, extension=extension, content=held, fits=FITTING[content]
        )
    return SurveyError("file_not_a_table", path=file, extension=extension, content=held)


def damaged(file: str, content: str, reason: object) -> SurveyError:
    """Return the error for a file that begins well, but cannot be read to its end.

    The reason is a sentence, or what a library says, of which a line is shown.
    """
    held = sentence(f"errors.content.{content}")
    if not isinstance(reason, Sentence):
        reason = shorten(without_controls(str(reason)).strip(" ."), LONGEST_REASON, placeholder="…")
    return SurveyError("file_damaged", path=file, content=held, reason=reason)
