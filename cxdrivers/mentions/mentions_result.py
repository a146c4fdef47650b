"""Hold what was found in every text, and by what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.formatting import percent
from cxdrivers.mentions.found_spans import Span
from cxdrivers.mentions.marked import marked_texts
from cxdrivers.mentions.polarity import FloatArray
from cxdrivers.mentions.rules import ABSENT, EXPLICIT, IMPLICIT, MASK, SERVICE_NOUN
from cxdrivers.mentions.tokens import BoolArray, IntArray
from cxdrivers.wording import say

FLAGS = (EXPLICIT, IMPLICIT, ABSENT, SERVICE_NOUN)
FIRST_SHOWN = 10
"""Texts that a notebook shows with their spans."""


@dataclass(frozen=True, eq=False)
class Mentions:
    """In which texts an employee is mentioned.

    Attributes
    ----------
    texts
        As they were given, None where there was none.
    index
        Their labels.
    written
        Shape ``(n,)``: whether anything is written there, marks alone not counted.
    explicit, implicit, absent, service_noun
        What the lexicon found: a role, person, name, collective or colleague; a pronoun, passive
        or human quality that can only mean an employee; nobody to be reached; a service as a noun.
    by_lexicon, by_model
        Whether the lexicon, or the model, finds a mention; without model never.
    unsure
        Whether the model cannot tell, and the lexicon, if it is asked, found none.
    charge
        −1 for blame, +1 for praise, 0 for neither or as much of both.
    probability
        The model's; NaN without a model or a text.
    language
        By which lexicon the text was read: its language, or ``"mixed"``.
    found
        By text: where rules apply, masks included.
    method
        ``"lexicon"``, ``"model"`` or ``"both"``.
    """

    texts: tuple[str | None, ...]
    index: pd.Index
    written: BoolArray
    explicit: BoolArray
    implicit: BoolArray
    absent: BoolArray
    service_noun: BoolArray
    by_lexicon: BoolArray
    by_model: BoolArray
    unsure: BoolArray
    charge: FloatArray
    probability: FloatArray
    language: NDArray[np.str_]
    found: tuple[tuple[Span, ...], ...]
    method: str

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def mention(self) -> BoolArray:
        """Whether an employee is mentioned, by what was asked: lexicon, model, or one of both."""
        return self.by_lexicon | self.by_model

    @property
    def polarity(self) -> FloatArray:
        """−1, 0 or +1 where an employee is mentioned, NaN elsewhere."""
        return np.where(self.mention, self.charge, np.nan)

    def tidy(self) -> pd.DataFrame:
        """Return one row a text, with the labels of the texts.

        Columns
        -------
        explicit, implicit, absent, service_noun, mention, unsure
            As the attributes.
        polarity
            −1, 0 or +1; NaN without a mention.
        probability
            The model's.
        found_by
            ``"lexicon"``, ``"model"``, ``"both"``, or empty.
        language
            By which the text was read.
        spans
            A tuple of `Span` (start, end, flag, rule), without masks.
        rules
            Names of the rules of these, each once.
        """
        spans = [tuple(span for span in text if span.flag != MASK) for text in self.found]
        by = np.array(["", "lexicon", "model", "both"])[self.by_lexicon + 2 * self.by_model]
        return pd.DataFrame(
            {
                **{flag: getattr(self, flag) for flag in FLAGS},
                "mention": self.mention,
                "unsure": self.unsure,
                "polarity": self.polarity,
                "probability": self.probability,
                "found_by": by.astype(object),
                "language": self.language.astype(object),
                "spans": pd.Series(spans, index=self.index, dtype=object),
                "rules": pd.Series(
                    [tuple(dict.fromkeys(span.rule for span in text)) for text in spans],
                    index=self.index,
                    dtype=object,
                ),
            },
            index=self.index,
        )

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return how many texts hold what, of those that hold something."""
        rows = [
            {
                "finding": say(f"mentions.finding.{name}", language),
                "n": int(counted.sum()),
                "share": self._share(int(counted.sum()), language),
            }
            for name, counted in self._findings().items()
        ]
        words = {name: say(f"labels.column.{name}", language) for name in ("n", "share")}
        return pd.DataFrame(rows).rename(
            columns={"finding": say("mentions.column.finding", language), **words}
        )

    def headline(self, language: str = "en") -> str:
        """Return in one sentence how many texts mention an employee."""
        written = int(self.written.sum())
        if not written:
            return say("mentions.nothing_written", language, texts=len(self))
        mentions = int(self.mention.sum())
        share = self._share(mentions, language)
        return say("mentions.headline", language, mentions=mentions, count=written, share=share)

    def summary(self, language: str = "en") -> str:
        """Return what was found, and by what, in a few plain sentences."""
        said = [self.headline(language)]
        mentions = int(self.mention.sum())
        if mentions:
            tones = {
                name: int((self.polarity == tone).sum())
                for name, tone in (("positive", 1), ("negative", -1), ("neutral", 0))
            }
            said.append(say("mentions.tones", language, **tones))
        absent = int(self.absent.sum())
        if absent:
            said.append(say("mentions.absent", language, count=absent))
        unsure = int(self.unsure.sum())
        if unsure:
            said.append(say("mentions.unsure", language, count=unsure))
        if self.written.any():
            said.append(say(f"mentions.method.{self.method}", language))
        return " ".join(said)

    def marked(
        self, rows: Sequence[int] | IntArray | BoolArray | None = None, *, language: str = "en"
    ) -> str:
        """Return the texts as a piece of HTML with the spans marked, to be read by an auditor.

        Parameters
        ----------
        rows
            Places of the texts, from 0, or a true or false for each; all texts when not given.
        language
            Of the words around the texts.

        Returns
        -------
        str
            Everything in the texts is escaped: HTML in a text is shown and does not work.

        Raises
        ------
        CxError
            For a row that is not there.
        """
        return marked_texts(
            self.texts, self.found, self.index, self.mention, rows=rows, language=language
        )

    def _findings(self) -> dict[str, BoolArray]:
        return {
            "mention": self.mention,
            "explicit": self.explicit,
            "implicit": self.implicit & ~self.explicit,
            "model_only": self.by_model & ~self.by_lexicon,
            "absent": self.absent,
            "service_noun": self.service_noun,
            "unsure": self.unsure,
            "positive": self.polarity > 0,
            "negative": self.polarity < 0,
        }

    def _share(self, count: int, language: str) -> str:
        written = int(self.written.sum())
        return percent(count / written if written else np.nan, language)

    def __repr__(self) -> str:
        return f"{self.headline()}\n{self.table().to_string(index=False)}"

    def _repr_html_(self) -> str:
        shown = np.flatnonzero(self.written)[:FIRST_SHOWN]
        table = self.table().to_html(index=False)
        return f"<p>{escape(self.headline())}</p>{table}{self.marked(shown)}"
