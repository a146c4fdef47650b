"""Ask for an answer that a report can do without: an answer, or the sentence that says why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from cxdrivers.errors import CxError
from cxdrivers.wording import Sentence

Answer = TypeVar("Answer")


def or_reason(answer: Callable[[], Answer]) -> Answer | Sentence:
    """Return an answer, or why there is none.

    Parameters
    ----------
    answer
        Called once.
    """
    try:
        return answer()
    except CxError as error:
        return error.sentence
