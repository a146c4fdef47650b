"""Small results that the tests of decks share, and what is read back from a deck."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile, is_zipfile

from pptx import Presentation

import cxdrivers as cx
from cxdrivers.report.deck.deck import deck_bytes
from cxdrivers.report.results.results import Results, results_of
from cxdrivers.report.section import Section
from cxdrivers.report.sections import sections_of

DAY = "2025-06-15"
DRIVERS = {"reliability", "customer_focus", "wait_time", "ivr_menu"}


@cache
def small_results(rows: int = 300) -> Results:
    """Return what is computed from the first respondents of the example and four drivers."""
    survey = cx.load_example()
    chosen = [driver for driver in survey.codebook.drivers if driver.key in DRIVERS]
    codebook = replace(survey.codebook, drivers=tuple(chosen), segments=(), wave=None, cluster=None)
    small = replace(survey, frame=survey.frame.head(rows), codebook=codebook)
    return replace(results_of(small, n_boot=20, level=0.95, seed=1), date=DAY)


@cache
def small_sections(language: str, rows: int = 300) -> dict[str, Section]:
    """Return the sections of `small_results` by their stems."""
    return {part.stem: part for part in sections_of(small_results(rows), language)}


@cache
def small_deck(language: str = "en") -> bytes:
    """Return the deck of `small_results`."""
    return deck_bytes(small_results(), tuple(small_sections(language).values()), language)


def slides_of(content: bytes) -> list[Any]:
    """Return the slides of a deck."""
    return list(Presentation(BytesIO(content)).slides)


def named_shapes(content: bytes, beginning: str = "cxdrivers:") -> dict[str, Any]:
    """Return the shapes of a deck whose names begin so, by name."""
    return {
        shape.name: shape
        for slide in slides_of(content)
        for shape in slide.shapes
        if shape.name.startswith(beginning)
    }


def shape_of(content: bytes, stem: str, part: str) -> Any:
    """Return the only shape of a page and part."""
    (found,) = named_shapes(content, f"cxdrivers:{stem}:{part}:").values()
    return found


def parts_of(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield every file in a package by name, and those in the workbooks in it."""
    with ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            part = package.read(name)
            if is_zipfile(BytesIO(part)):
                yield from ((f"{name}!{inner}", found) for inner, found in parts_of(part))
            else:
                yield name, part
