"""Hold a codebook that nobody has corrected yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxdrivers.wording import Sentence, say

if TYPE_CHECKING:
    from cxdrivers.codebook.codebook import Codebook


@dataclass(frozen=True, eq=False)
class CodebookDraft:
    """A codebook to be corrected by a person; printing it shows its text.

    Make one with `draft_codebook`.

    Attributes
    ----------
    codebook
        The codebook, or None when the outcome or the drivers could not be found.
    text
        The same as TOML with a comment at every guess. Where no outcome was found it holds
        ``items = []``, and reading it says so.
    open_questions
        What only a person can answer.
    language
        Language of the comments and of the codebook.
    """

    codebook: Codebook | None
    text: str
    open_questions: tuple[Sentence, ...]
    language: str = "en"

    def summary(self, language: str | None = None) -> str:
        """Return the open questions, one a line."""
        language = language or self.language
        if not self.open_questions:
            return say("draft.nothing_open", language)
        heading = say("draft.open", language, count=len(self.open_questions))
        lines = [say("draft.bullet", language, text=asked) for asked in self.open_questions]
        return "\n".join([heading, *lines])

    def __repr__(self) -> str:
        return self.text
