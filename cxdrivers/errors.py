"""Say what was found, where, and one safe next step.

Every error that bad input can cause is a `CxError`. Its sentence stands in the catalogue
(``words/*/errors/``), so the command line can say it in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from cxdrivers.wording import Sentence, sentence


class CxError(ValueError):
    """Something a person must mend before the work can go on.

    Parameters
    ----------
    key
        Name of the sentence under ``errors`` in the catalogue.
    values
        The facts the sentence needs. `near`, from `nearest`, adds "Did you mean …?".

    Examples
    --------
    >>> error = CxError("language_unknown", language="de", languages=("en", "nl"))
    >>> print(error)
    Language 'de' is not available. Choose one of 'en', 'nl'.
    """

    def __init__(self, key: str, **values: Any) -> None:
        self.sentence: Sentence = sentence(f"errors.{key}", **values)
        super().__init__(self.sentence.say("en"))

    def say(self, language: str = "en") -> str:
        """Return the message in a language."""
        return self.sentence.say(language)

    def __reduce__(self) -> tuple[Any, ...]:
        key = self.sentence.key.removeprefix("errors.")
        return _rebuild, (type(self), key, dict(self.sentence.values))


class SurveyError(CxError):
    """The file, the codebook or the answers are not what they must be."""


class FitError(CxError):
    """The answers are in order, but this model or weight cannot be computed from them."""


def nearest(name: object, candidates: Iterable[object]) -> Sentence | str:
    """Return "Did you mean …?" for a misspelt name, or nothing when no candidate is close.

    Examples
    --------
    >>> nearest("satisfacton", ["satisfaction", "weight"]).say()
    " Did you mean 'satisfaction'?"
    """
    known = {str(candidate).casefold().strip(): str(candidate) for candidate in candidates}
    close = get_close_matches(str(name).casefold().strip(), known, n=1, cutoff=0.7)
    return sentence("errors.did_you_mean", name=known[close[0]]) if close else ""


def _rebuild(kind: type[CxError], key: str, values: dict[str, Any]) -> CxError:
    return kind(key, **values)
