"""Turn texts into runs of letters: how often each n-gram of a list occurs in each text.

Every character becomes one of 43 symbols and every n-gram one whole number, so that a million
characters are a few array operations and nothing in a text can make the work take longer.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.mentions.characters import TAG, mend

IntArray = NDArray[np.int64]

SYMBOLS = "\0 abcdefghijklmnopqrstuvwxyz0'\"!?.,:;()-/&@*"
"""What a character can become: end of a text, space, a letter, any digit, marks, anything else."""
BITS = 6
SHORTEST, LONGEST = 3, 6
BLOCK = 1 << 20
"""Characters that are looked at together."""

END, SPACE, DROPPED = 0, 1, -1
_ALIKE = {"`": "'", "´": "'", "‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-"}
_WIDTHLESS = (0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFE0F, 0xFEFF)


def _table() -> NDArray[np.int8]:
    """Return the symbol of every character of the first 65,536."""
    table = np.full(1 << 16, SYMBOLS.index("*"), dtype=np.int8)
    for place, character in enumerate(SYMBOLS[:-1]):
        table[ord(character)] = place
    for character, as_if in _ALIKE.items():
        table[ord(character)] = SYMBOLS.index(as_if)
    table[ord("1") : ord("9") + 1] = SYMBOLS.index("0")
    table[[*range(1, 33), 0x7F, 0x85, 0x2028, 0x2029]] = SPACE
    table[[*range(0x300, 0x370), *_WIDTHLESS]] = DROPPED
    return table


_SYMBOL_OF = _table()


def symbols_of(texts: Sequence[str]) -> IntArray:
    r"""Return the symbols of all texts in one row, each text between spaces and closed by an end.

    Accents, capitals, HTML tags and marks without width go, digits are one symbol, runs of spaces
    become one space, and a symbol that stands three times or more in a row stands twice.

    Examples
    --------
    >>> "".join(SYMBOLS[place] for place in symbols_of(["Héél  góód!!!!"]))
    ' heel good!! \x00'
    """
    whole = "".join(f" {text} \0" for text in (text.replace("\0", " ") for text in texts))
    plain = unicodedata.normalize("NFKD", TAG.sub(" ", mend(whole))).casefold()
    points = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    symbols = _SYMBOL_OF[np.minimum(points, len(_SYMBOL_OF) - 1)]
    symbols = symbols[symbols != DROPPED]
    again = symbols[1:] == symbols[:-1]
    third = np.zeros(len(symbols), dtype=bool)
    third[1:] = again & (symbols[1:] == SPACE)
    third[2:] |= again[1:] & again[:-1] & (symbols[2:] != END)
    return np.asarray(symbols[~third], np.int64)


def code_of(ngram: str) -> int:
    """Return the number of an n-gram written in `SYMBOLS`."""
    number = 0
    for symbol in ngram:
        number = (number << BITS) | SYMBOLS.index(symbol)
    return number


def ngram_of(code: int) -> str:
    """Return the n-gram that a number stands for.

    Examples
    --------
    >>> ngram_of(code_of(" kim "))
    ' kim '
    """
    symbols = ""
    while code:
        symbols = SYMBOLS[code & ((1 << BITS) - 1)] + symbols
        code >>= BITS
    return symbols


def ngram_codes(symbols: IntArray) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield, for every length, the text and the code of each n-gram that lies within one text.

    Parameters
    ----------
    symbols
        What `symbols_of` returned.
    """
    text = np.cumsum(symbols == END) - (symbols == END)
    codes = symbols.copy()
    for length in range(2, LONGEST + 1):
        ending = symbols[length - 1 :]
        codes = (codes[: len(ending)] << BITS) | ending
        if length >= SHORTEST:
            within = (text[: len(ending)] == text[length - 1 :]) & (ending != END)
            yield text[: len(ending)][within], codes[within]


def ngram_counts(texts: Sequence[str], codes: IntArray) -> csr_array:
    """Return how often each n-gram of a sorted list occurs in each text.

    Parameters
    ----------
    texts
        The texts.
    codes
        Shape ``(k,)``, rising.

    Returns
    -------
    sparse array, shape ``(texts, k)``
    """
    rows, places = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for text, found in ngram_codes(symbols_of(texts)) if len(codes) else ():
        place = np.searchsorted(codes, found)
        place[place == len(codes)] = 0
        there = codes[place] == found
        rows.append(text[there])
        places.append(place[there])
    row, place = np.concatenate(rows), np.concatenate(places)
    counts = csr_array((np.ones(len(row)), (row, place)), shape=(len(texts), len(codes)))
    counts.sum_duplicates()
    return counts


def ngram_features(texts: Sequence[str], codes: IntArray) -> csr_array:
    """Return 1 + ln(count) of each n-gram, each text scaled to length one.

    Parameters
    ----------
    texts, codes
        As `ngram_counts`.
    """
    features = ngram_counts(texts, codes)
    features.data = 1 + np.log(features.data)
    squares: FloatArray = np.asarray(features.multiply(features).sum(axis=1)).reshape(-1)
    lengths = np.sqrt(np.where(squares > 0, squares, 1.0))
    features.data /= np.repeat(lengths, np.diff(features.indptr))
    return features


def text_blocks(texts: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield runs of texts of about `BLOCK` characters, with the place of the first.

    It bounds the memory, not what is found.
    """
    first = held = 0
    for place, text in enumerate(texts):
        if held and held + len(text) > BLOCK:
            yield first, texts[first:place]
            first, held = place, 0
        held += len(text)
    if first < len(texts):
        yield first, texts[first:]
