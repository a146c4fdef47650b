"""Cut texts into words and marks, once, into arrays."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.mentions.characters import LOWER, UPPER, form_of, kinds_of, mend
from cxdrivers.mentions.cuts import counts_between, places_of, running_counts, stops_within

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]

BLOCK = 2_000_000
"""Characters that are looked at together; it bounds the memory, not what is found."""


@dataclass(frozen=True, eq=False)
class Tokens:
    """The words and marks of many texts, in their order.

    Attributes
    ----------
    forms
        The distinct forms, as `form_of` gives them.
    form, text
        Shape ``(n,)``: which form, and the row of the text.
    start, end
        Where it stands in the text as it was written.
    sentence
        Number of the sentence, running on over all texts.
    word
        Whether it is a word or a number rather than a mark.
    capital
        Whether it begins with a capital, in a text that also has small letters.
    shouted
        Whether it has two capitals or more and no small letter.
    first
        Whether it is the first word of its sentence.
    cased
        By text: whether there are both capitals and small letters in it.
    """

    forms: tuple[str, ...]
    form: IntArray
    text: IntArray
    start: IntArray
    end: IntArray
    sentence: IntArray
    word: BoolArray
    capital: BoolArray
    shouted: BoolArray
    first: BoolArray
    cased: BoolArray

    def __len__(self) -> int:
        return len(self.form)

    @cached_property
    def form_numbers(self) -> dict[str, int]:
        """The number of every form."""
        return {form: number for number, form in enumerate(self.forms)}

    @cached_property
    def by_form(self) -> tuple[IntArray, IntArray]:
        """The tokens in the order of their forms, and where each form begins among them."""
        order = np.argsort(self.form, kind="stable")
        counts = np.bincount(self.form, minlength=len(self.forms))
        return order, np.concatenate([[0], np.cumsum(counts)])

    @cached_property
    def begins(self) -> BoolArray:
        """Whether a token is the first of its sentence, a mark or not."""
        return np.asarray(np.diff(self.sentence, prepend=-1) != 0)

    @cached_property
    def tail(self) -> BoolArray:
        """Whether only marks follow in the sentence, the token itself included."""
        last = np.zeros(int(self.sentence.max(initial=-1)) + 1, dtype=np.int64) - 1
        words = np.flatnonzero(self.word)
        last[self.sentence[words]] = words
        return np.arange(len(self)) > last[self.sentence]

    def taken(self, keep: BoolArray) -> Tokens:
        """Return some of the tokens; whole sentences must stay or go."""
        names = {field.name for field in fields(self)} - {"forms", "cased"}
        return replace(self, **{name: getattr(self, name)[keep] for name in names})


def tokens_of(texts: Sequence[str | None], abbreviations: Collection[str] = ()) -> Tokens:
    """Cut texts into tokens, in one pass over the characters.

    Parameters
    ----------
    texts
        None where nothing was written.
    abbreviations
        Forms after which a full stop does not end the sentence.

    Examples
    --------
    >>> tokens = tokens_of(["Dhr. Vos hielp mij, top!"], {"dhr"})
    >>> [tokens.forms[form] for form in tokens.form]
    ['dhr', 'vos', 'hielp', 'mij', ',', 'top']
    """
    ids: dict[str, int] = {}
    parts: list[dict[str, Any]] = []
    sentences = 0
    for row, block in _blocks(texts):
        part = _cut(block, row, ids, frozenset(abbreviations))
        part["sentence"] += sentences
        sentences = int(part["sentence"].max(initial=sentences - 1)) + 1
        parts.append(part)
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return Tokens(forms=tuple(ids), **joined)


def _blocks(texts: Sequence[str | None]) -> Iterator[tuple[int, list[str]]]:
    """Yield neighbouring texts of some two million characters, with the row of the first."""
    block: list[str] = []
    size = begin = 0
    for row, text in enumerate(texts):
        block.append(text or "")
        size += len(block[-1]) + 1
        if size >= BLOCK:
            yield begin, block
            block, size, begin = [], 0, row + 1
    if block or not texts:
        yield begin, block


def _cut(
    texts: list[str], row: int, ids: dict[str, int], abbreviations: frozenset[str]
) -> dict[str, Any]:
    together = mend("\n".join(texts) + "\n")
    codes, kinds = kinds_of(together)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    offsets = np.concatenate([[0], np.cumsum(lengths + 1)])[: len(texts)]
    starts, ends, ending, word = places_of(codes, kinds)
    form = _form_ids([together[s:e] for s, e in zip(starts, ends, strict=True)], ids)
    kept = form >= 0
    starts, ends, word, form = starts[kept], ends[kept], word[kept], form[kept]
    text = np.searchsorted(offsets, starts, side="right") - 1
    ending[stops_within(codes, kinds, (starts, ends, form), ids, abbreviations)] = False
    after = np.searchsorted(np.flatnonzero(ending), starts)
    sentence = np.cumsum(np.diff(after, prepend=after[:1]) != 0)
    uppers, lowers = running_counts(kinds & UPPER), running_counts(kinds & LOWER)
    cased = counts_between(lowers, offsets, offsets + lengths) > 0
    mixed = cased & (counts_between(uppers, offsets, offsets + lengths) > 0)
    first = np.zeros(len(form), dtype=bool)
    words = np.flatnonzero(word)
    first[words[np.diff(sentence[words], prepend=-1) != 0]] = True
    no_lower = counts_between(lowers, starts, ends) == 0
    return {
        "form": form,
        "text": text + row,
        "start": starts - offsets[text],
        "end": ends - offsets[text],
        "sentence": sentence,
        "word": word,
        "capital": ((kinds[starts] & UPPER) > 0) & cased[text],
        "shouted": no_lower & (counts_between(uppers, starts, ends) > 1),
        "first": first,
        "cased": mixed,
    }


def _form_ids(written: list[str], ids: dict[str, int]) -> IntArray:
    """Return the id of every word's form, and -1 for what has none."""
    which, distinct = pd.factorize(np.array([*written, ""], dtype=object))
    forms = [form_of(word) for word in distinct]
    numbers = [ids.setdefault(form, len(ids)) if form else -1 for form in forms]
    own: IntArray = np.array(numbers, dtype=np.int64)[which[:-1]]
    return own
