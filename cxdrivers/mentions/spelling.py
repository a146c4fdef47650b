"""Forgive one slip of the finger: a letter too many, too few, wrong, or two swapped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

SHORTEST, LONGEST = 6, 40


class Spelling:
    """Known words under every form that they have with a letter left out.

    Two words that are one slip apart have such a form in common, so that a misspelt word is found
    by looking its own forms up, whatever the number of words: time goes with the text, not with
    the text times the words.

    Parameters
    ----------
    words
        What may be misspelt; words of fewer than six letters are left out, since too many words
        are one letter away from them.

    Examples
    --------
    >>> spelling = Spelling(["medewerker", "monteur", "dame"])
    >>> spelling.near("medewreker"), spelling.near("montuer"), spelling.near("damne")
    (('medewerker',), ('monteur',), ())
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._known: dict[str, list[str]] = {}
        for word in sorted({word for word in words if len(word) >= SHORTEST}):
            for part in _parts(word):
                self._known.setdefault(part, []).append(word)

    def near(self, form: str) -> tuple[str, ...]:
        """Return the words that are one slip away from a form."""
        if not (SHORTEST <= len(form) <= LONGEST and self._known):
            return ()
        found = {word for part in _parts(form) for word in self._known.get(part, ())}
        return tuple(sorted(word for word in found if one_slip(form, word)))


def one_slip(form: str, word: str) -> bool:
    """Say whether two different words are one insertion, deletion, substitution or swap apart.

    Examples
    --------
    >>> one_slip("monteur", "montuer"), one_slip("monteur", "monteurs"), one_slip("aab", "bba")
    (True, True, False)
    """
    same = 0
    for left, right in zip(form, word, strict=False):
        if left != right:
            break
        same += 1
    rest, other = form[same:], word[same:]
    if len(rest) == len(other):
        swapped = rest[:2] == other[1::-1] and rest[2:] == other[2:]
        return bool(rest) and (rest[1:] == other[1:] or swapped)
    return rest[1:] == other or rest == other[1:]


def _parts(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
