"""Read an answer of yes or no as people and programs write it, in Dutch or English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cxdrivers.reading.cells import BLANK_MARKS, is_blank

PAIRS = {
    "nl": (("ja", "nee"), ("j", "n"), ("waar", "onwaar")),
    "en": (("yes", "no"), ("y", "n"), ("true", "false")),
}
"""The words for yes and no that go together, by language."""


@dataclass(frozen=True)
class YesNo:
    """The words with which a column says yes and no, without capitals.

    Attributes
    ----------
    yes, no
        The words on either side; a word that was seen brings the one that goes with it.
    """

    yes: tuple[str, ...]
    no: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Every word, yes before no."""
        return self.yes + self.no

    def number(self, cell: object) -> float | None:
        """Return 1 for a yes and 0 for a no, or None when the cell says neither.

        Examples
        --------
        >>> words = YesNo(("ja",), ("nee",))
        >>> words.number(" Ja"), words.number("nee"), words.number("misschien")
        (1.0, 0.0, None)
        """
        word = _folded(cell)
        if word in self.yes:
            return 1.0
        return 0.0 if word in self.no else None

    def others(self, cells: Iterable[object]) -> list[str]:
        """Return the cells that say something else, without the blanks."""
        return [text for text in _filled(cells) if self.number(text) is None]


def yes_no_words(cells: Iterable[object]) -> YesNo | None:
    """Return the words for yes and no that most of the filled cells are, or None.

    They are those of one language; capitals and white space around a word do not matter.

    Parameters
    ----------
    cells
        Texts or booleans; blanks, also those that R and SPSS write as text, do not count.

    Examples
    --------
    >>> yes_no_words(["Ja", "nee ", "JA", "weet niet"])
    YesNo(yes=('ja',), no=('nee',))
    >>> yes_no_words(["7", "8", "ja"]) is None
    True
    """
    times = Counter(map(_folded, _filled(cells)))
    seen = {
        language: sum(times[word] for word in {word for pair in pairs for word in pair})
        for language, pairs in PAIRS.items()
    }
    language = max(seen, key=seen.__getitem__)
    if 2 * seen[language] <= times.total():
        return None
    yes, no = zip(
        *(pair for pair in PAIRS[language] if times[pair[0]] or times[pair[1]]), strict=True
    )
    return YesNo(yes, no)


def _filled(cells: Iterable[object]) -> Iterator[str]:
    texts = (str(cell).strip() for cell in cells if not is_blank(cell))
    return (text for text in texts if text not in BLANK_MARKS)


def _folded(cell: object) -> str:
    return str(cell).strip().casefold()
