"""Order a page for a stranger: what to read first, and what was not told gathered in one place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cxdrivers.report.section import Section
from cxdrivers.wording import say

PARTS: Mapping[str, tuple[str, ...]] = {
    "findings": (
        "summary",
        "weights",
        "priorities",
        "stated",
        "shapes",
        "key_failures",
        "scenarios",
    ),
    "groups": ("groups", "group_spread", "group_forest", "inner_groups", "changes"),
    "customers": ("agent_link", "recommendation", "advocacy"),
}
"""Part of the contents → its sections; the others are the background."""
BACKGROUND = "background"
WORDS_ONLY = ("summary", "terms", "method")
"""Sections that are sentences by nature."""
UNTOLD, BEFORE = "untold", "terms"


@dataclass(frozen=True, eq=False)
class Part:
    """Sections that stand together in the list of contents.

    Attributes
    ----------
    stem
        Its name in links.
    title
        What they are about.
    sections
        In order.
    """

    stem: str
    title: str
    sections: tuple[Section, ...]


def parts_of(
    sections: Sequence[Section], language: str, *, kept: Iterable[str] = ()
) -> tuple[Part, ...]:
    """Return the parts of a page, the findings first.

    Sections that hold nothing but the reason why there is no answer become lines of one section
    in the background.

    Parameters
    ----------
    sections
        Of a report.
    language
        Of the page.
    kept
        Sections that stay where they are although they have no answer.
    """
    reasons = [part for part in sections if _is_reason(part) and part.stem not in kept]
    told = [part for part in sections if part not in reasons]
    if reasons:
        places = [place for place, part in enumerate(told) if part.stem == BEFORE]
        told.insert(places[0] if places else len(told), _untold(reasons, language))
    names = {part.stem: _part_of(part.stem) for part in told}
    found = []
    for name in (*PARTS, BACKGROUND):
        here = tuple(part for part in told if names[part.stem] == name)
        if here:
            found.append(Part(name, say(f"report.parts.{name}", language), here))
    return tuple(found)


def _part_of(stem: str) -> str:
    family = stem.rstrip("0123456789").removesuffix("_")
    return next((name for name, stems in PARTS.items() if family in stems), BACKGROUND)


def _is_reason(section: Section) -> bool:
    shown = (section.data, section.table, section.chart)
    return section.stem not in WORDS_ONLY and all(part is None for part in shown)


def _untold(reasons: Sequence[Section], language: str) -> Section:
    """Return a line a reason, with every section that it holds for."""
    titles: dict[str, list[str]] = {}
    for part in reasons:
        titles.setdefault(" ".join(part.paragraphs), []).append(f"‘{part.title}’")
    lines = [
        say("report.untold.line", language, titles=", ".join(dict.fromkeys(named)), reason=reason)
        for reason, named in titles.items()
    ]
    return Section(
        stem=UNTOLD,
        title=say("report.untold.title", language),
        paragraphs=(say("report.untold.intro", language), *lines),
    )
