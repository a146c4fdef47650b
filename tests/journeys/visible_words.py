"""Collect what a reader sees and hears of a report, and find words of another language in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from string import Formatter
from typing import Any

import lxml.etree
import lxml.html

from cxdrivers.codebook.codebook import Codebook
from cxdrivers.wording import catalogue
from tests.report.read_back import parts_of

SPOKEN = ("aria-label", "aria-valuetext", "alt", "descr", "title")
"""Attributes that a screen reader says."""
PARTS = re.compile(
    r"ppt/(slides|notesSlides|charts)/\w+\.xml"
    r"|xl/(sharedStrings|workbook)\.xml|xl/(charts|drawings)/\w+\.xml|docProps/core\.xml"
)
TEXTS = ("t", "v", "title")
"""Elements of office files that hold a text."""
FUNCTION_WORDS = {
    "en": "the|and|with|which|are|not|than|from|this|that|for|who|would|were|their",
    "nl": "het|een|van|wordt|niet|zijn|bij|voor|wie|welke|naar|dat|hun|zou|deze",
}
"""Words that one language cannot do without and the other does not have."""
OTHER = {"en": "nl", "nl": "en"}
WORDS, LETTERS = 3, 12
"""A part of a sentence with fewer may be the same in both languages."""


def visible_texts(files: dict[str, bytes]) -> set[str]:
    """Return the texts of page, slides, workbook and drawings, each as one string."""
    found: set[str] = set()
    for name, content in files.items():
        if name.endswith(".html"):
            found |= set(_page_texts(lxml.html.document_fromstring(content.decode())))
        elif name.endswith((".pptx", ".xlsx")):
            for part, xml in parts_of(name, content):
                if PARTS.search(part.rpartition("!")[2]):
                    found |= set(_office_texts(lxml.etree.fromstring(xml)))
    return {" ".join(text.split()) for text in found} - {""}


def sentences_of(language: str, texts: Iterable[str]) -> list[str]:
    """Return the parts of sentences of one language's catalogue that stand in texts."""
    other = _parts(OTHER[language])
    everything = " ".join(texts)
    return sorted(part for part in _parts(language) - other if part in everything)


def labels_of(language: str, texts: Iterable[str]) -> list[str]:
    """Return the texts that are a whole sentence or label of one language only."""
    other = set(catalogue(OTHER[language]).values())
    own = {text for text in catalogue(language).values() if text not in other}
    return sorted(own.intersection(texts))


def function_words_of(language: str, texts: Iterable[str], codebook: Codebook) -> list[str]:
    """Return the texts with a word of one language that the other does not have.

    A client's own names may be in any language.
    """
    names = sorted(own_names(codebook), key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w=\"'-])({FUNCTION_WORDS[language]})(?![\w-])")
    found = []
    for text in texts:
        rest = text
        for name in names:
            rest = rest.replace(name, "…")
        if pattern.search(rest.lower()):
            found.append(text)
    return sorted(found)


def own_names(codebook: Codebook) -> set[str]:
    """Return what the client calls things, in any language."""
    given: list[Any] = [codebook.title, codebook.note]
    for question in (codebook.outcome, *codebook.drivers):
        given += [question.label, question.key, *question.items]
    names = {text for one in given for text in (one.values() if isinstance(one, dict) else [one])}
    return {" ".join(name.split()) for name in names if name}


def _page_texts(root: Any) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in {"script", "style"}:
            continue
        yield from (element.get(name) or "" for name in SPOKEN)
        if element.tag in {"p", "th", "td", "h1", "h2", "h3", "a", "label", "button", "desc"}:
            yield element.text_content()
        yield element.text or ""


def _office_texts(root: Any) -> Iterator[str]:
    for element in root.iter():
        yield from (element.get(name) or "" for name in SPOKEN)
        if lxml.etree.QName(element).localname in TEXTS:
            yield element.text or ""
        if lxml.etree.QName(element).localname == "sheet":
            yield element.get("name") or ""


def _parts(language: str) -> set[str]:
    return _parts_in(*catalogue(language).values())


def _parts_in(*templates: str) -> set[str]:
    parts = {
        " ".join(text.split()) for template in templates for text, *_ in Formatter().parse(template)
    }
    return {
        part
        for part in parts
        if len(re.findall(r"[^\W\d]+", part)) >= WORDS and len(part) >= LETTERS
    }
