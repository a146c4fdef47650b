"""Word what charts and reports call a question of a draft: short, from the texts of the file."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from cxdrivers.codebook.draft_hints import fold, hints, speaks_of
from cxdrivers.vocabulary import DRIVERS, driver_label
from cxdrivers.wording import LANGUAGES, in_every_language

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cxdrivers.codebook.draft_columns import Column
    from cxdrivers.wording import Words

LONGEST = 48
"""Letters of a text that can stand for a question or a column; a longer one is cut."""
FEWEST_WORDS = 3
"""A text before a colon or a dash that several questions share is what was asked of each, when its
last part has as many words; "Parking - short" and "Parking - long" keep theirs."""
NUMBER = re.compile(
    r"^(?:(?:q|v|vr|vraag|question)?[\s_]?\d+[\s_]?[a-z]?[.:)]\s+"
    r"|(?:q|v|vr|vraag|question)[\s_]?\d+[\s_]?[a-z]?\s+[-–—]\s+)",
    re.IGNORECASE,
)
BREAK = re.compile(r"\s*[:?…]\s+(?:[-–—]\s+)?|\s+[-–—]\s+|\s*\.\.\.\s*")
WORDS = re.compile(r"[^\W\d_]{2,}(?:[ _.-]+[^\W\d_]{2,})+")


def label_of_outcome(key: str, columns: Sequence[Column]) -> Words | None:
    """Return what to call the outcome: its concept, its short text, or the beginning of its text.

    A concept, such as overall satisfaction, is named in every language: for a text that is asked at
    length, and for a short one that says nothing else. It stands inside sentences, so it begins
    with a small letter, as any short text does that does not begin with a word in capitals.
    """
    text = _head_of(columns)
    short = text if _has_letters(text) else label_of_name(key)
    if short is None:
        return None
    concepts = {name: in_every_language(f"draft_labels.{name}") for name in hints().concepts}
    if short_enough(short):
        alone = (said for said in concepts.values() if fold(short) in map(fold, said.values()))
        return next(alone, None) or _inside_a_sentence(short)
    spoken = (said for name, said in concepts.items() if speaks_of(short, name))
    return next(spoken, None) or cut(short)


def labels_of_drivers(groups: Sequence[tuple[str, Sequence[Column]]]) -> list[str | None]:
    """Return what to call each driver, given as its key and its items.

    The seven have labels of their own. Another driver is called by the text of its one item, less
    what was asked of every item, or by what the texts of its items begin with. What two drivers
    would be called, in any language and by label or by key, is the label of neither.
    """
    asked = _asked_of_several([column for _, columns in groups for column in columns])
    labels = [
        None if key in DRIVERS else _own_label(key, columns, asked) for key, columns in groups
    ]
    keys = [key for key, _ in groups]
    while True:
        shown = Counter(name for pair in zip(keys, labels, strict=True) for name in _shown(*pair))
        kept = [label if label and shown[label.casefold()] == 1 else None for label in labels]
        if kept == labels:
            return labels
        labels = kept


def label_of_name(name: str) -> str | None:
    """Return a column name of several words as a reader would write it, or None.

    Examples
    --------
    >>> label_of_name("terminal_cleanliness"), label_of_name("easyCheckIn"), label_of_name("Q7_A")
    ('Terminal cleanliness', 'Easy check in', None)
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", "_", name.strip())
    if not WORDS.fullmatch(spaced):
        return None
    first, *others = re.split(r"[ _.-]+", spaced)
    lower = (word.lower() if word[1:].islower() else word for word in others)
    return cut(" ".join([first[0].upper() + first[1:], *lower]))


def short_enough(text: str) -> bool:
    """Return whether a text can be a label as it stands: no question, and not too long."""
    return 0 < len(text) <= LONGEST and not text.endswith("?")


def cut(text: str) -> str:
    """Return a text that fits beside a bar, cut between words.

    Examples
    --------
    >>> cut("How easy was it to find the check-in desk of your airline?")
    'How easy was it to find the check-in desk of…'
    """
    whole = " ".join(text.split())
    if len(whole) <= LONGEST:
        return whole
    short = textwrap.shorten(whole, LONGEST, placeholder="…", break_on_hyphens=False)
    return short if len(short) > 1 else whole[: LONGEST - 1] + "…"


def plain_text(column: Column) -> str:
    """Return the text of a question without its number: "7a. Parking" is "Parking"."""
    return NUMBER.sub("", column.label, count=1)


def _own_label(key: str, columns: Sequence[Column], asked: Collection[str]) -> str | None:
    texts = [_less_what_was_asked(plain_text(column), asked) for column in columns]
    text = texts[0] if len(texts) == 1 else _common_head(texts)
    return cut(text) if _has_letters(text) else label_of_name(key)


def _shown(key: str, label: str | None) -> set[str]:
    """Return what readers see of a driver in any language, with small letters."""
    return {(label or driver_label(key, language)).casefold() for language in LANGUAGES}


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _inside_a_sentence(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _less_what_was_asked(text: str, asked: Collection[str]) -> str:
    rests = [rest for head, rest in _parted(text) if head in asked]
    return rests[-1] if rests else text


def _asked_of_several(columns: Sequence[Column]) -> set[str]:
    heads = Counter(head for column in columns for head, _ in set(_parted(plain_text(column))))
    return {
        head
        for head, times in heads.items()
        if times > 1 and len(BREAK.split(head)[-1].split()) >= FEWEST_WORDS
    }


def _parted(text: str) -> list[tuple[str, str]]:
    """Return a text parted at each colon, dash or question mark inside it: before and after."""
    parts = ((text[: mark.start()], text[mark.end() :]) for mark in BREAK.finditer(text))
    return [(head, rest) for head, rest in parts if head and len(rest) > 1]


def _head_of(columns: Sequence[Column]) -> str:
    texts = [plain_text(column) for column in columns]
    return texts[0] if len(texts) == 1 else _common_head(texts)


def _common_head(texts: Sequence[str]) -> str:
    """Return what several texts say before the same colon, dash or question mark, or nothing."""
    shared = set.intersection(*({head for head, _ in _parted(text)} for text in texts))
    return max(shared, key=len, default="")
