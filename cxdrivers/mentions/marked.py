"""Show texts with the spans marked that rules found in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

import numpy as np
import pandas as pd

from cxdrivers.errors import CxError
from cxdrivers.mentions.found_spans import Span
from cxdrivers.mentions.rules import RULE_FLAGS
from cxdrivers.mentions.tokens import BoolArray, IntArray
from cxdrivers.wording import say

STYLE = (
    "<style>"
    ".cx-mentions td{vertical-align:top;text-align:left;white-space:pre-wrap;padding:.2em .6em}"
    ".cx-mentions mark{color:#111;border-radius:.2em;padding:0 .1em;background:#ddd}"
    ".cx-mentions mark.mask{background:none;color:inherit;outline:1px dashed #888}"
    ".cx-mentions mark.service_noun{background:#d9d4ee}"
    ".cx-mentions mark.absent{background:#f6c9b5}"
    ".cx-mentions mark.implicit{background:#cfe3f7}"
    ".cx-mentions mark.explicit{background:#bfe6c8}"
    "</style>"
)


def marked_texts(
    texts: Sequence[str | None],
    found: Sequence[Sequence[Span]],
    index: pd.Index,
    mention: BoolArray,
    *,
    rows: Sequence[int] | IntArray | BoolArray | None,
    language: str,
) -> str:
    """Return texts as a table in HTML, their spans marked and a legend above.

    Parameters
    ----------
    texts, found, index, mention
        The texts, their spans, their labels, and whether an employee is mentioned.
    rows
        Which of them, by place or by true and false.
    language
        Of the legend.
    """
    words = {flag: say(f"mentions.flag.{flag}", language) for flag in RULE_FLAGS}
    legend = " ".join(f'<mark class="{flag}">{escape(word)}</mark>' for flag, word in words.items())
    verdicts = [say("mentions.verdict.no", language), say("mentions.verdict.yes", language)]
    lines = (
        f"<tr><td>{_safe(str(index[row]))}</td><td>{escape(verdicts[int(mention[row])])}</td>"
        f"<td>{marked_text(texts[row] or '', found[row], words)}</td></tr>"
        for row in _places(rows, len(texts))
    )
    return (
        f'{STYLE}<div class="cx-mentions"><p>{legend}</p><table><tbody>{"".join(lines)}'
        "</tbody></table></div>"
    )


def marked_page(marked: str, *, title: str, language: str) -> str:
    """Return marked texts as a page of their own, with a heading and a character set.

    Parameters
    ----------
    marked
        What `marked_texts` returned.
    title, language
        Of the page.
    """
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head>"
        f'<body style="font-family:sans-serif;max-width:60em;margin:2em auto">'
        f'<h1 style="font-size:1.2em">{escape(title)}</h1>{marked}</body></html>\n'
    )


def marked_text(text: str, spans: Sequence[Span], words: dict[str, str]) -> str:
    """Return one text in HTML, escaped, with its spans marked.

    Where spans overlap, a piece carries the flags and rules of all of them.

    Parameters
    ----------
    text
        As it was written.
    spans
        Places in it.
    words
        By flag: what it is called.

    Examples
    --------
    >>> marked_text("a <b> c", [Span(0, 1, "explicit", "role")], {"explicit": "mention"})
    '<mark class="explicit" title="mention: role">a</mark> &lt;b&gt; c'
    """
    return "".join(
        f'<mark class="{" ".join(dict.fromkeys(span.flag for span in over))}" '
        f'title="{_safe("; ".join(f"{words[span.flag]}: {span.rule}" for span in over))}">'
        f"{_safe(text[start:end])}</mark>"
        if over
        else _safe(text[start:end])
        for start, end, over in _pieces(len(text), spans)
    )


def _pieces(length: int, spans: Sequence[Span]) -> Iterator[tuple[int, int, list[Span]]]:
    """Yield the pieces between ends of spans, with the spans that lie over each."""
    waiting = sorted(spans, reverse=True)
    cuts = sorted({0, length, *(span.start for span in spans), *(span.end for span in spans)})
    over: list[Span] = []
    for start, end in pairwise(cuts):
        over = [span for span in over if span.end > start]
        while waiting and waiting[-1].start <= start:
            over.append(waiting.pop())
        yield start, end, over


def _places(rows: Sequence[int] | IntArray | BoolArray | None, n: int) -> list[int]:
    if rows is None:
        return list(range(n))
    asked = np.asarray(rows)
    if asked.dtype == bool and len(asked) == n:
        return np.flatnonzero(asked).tolist()
    whole = asked.size == 0 or np.issubdtype(asked.dtype, np.integer)
    if not whole:
        raise CxError("mention_rows_kind", kind=str(asked.dtype), count=n)
    places: list[int] = asked.astype(np.int64).tolist()
    outside = [place for place in places if not 0 <= place < n]
    if outside:
        raise CxError("mention_rows_outside", row=str(outside[0]), count=n)
    return places


def _safe(text: str) -> str:
    """Return a text that may stand anywhere in HTML, without characters that no file can hold."""
    readable = "".join(
        "\ufffd" if "\ud800" <= letter <= "\udfff" or letter == "\0" else letter for letter in text
    )
    return escape(readable)
