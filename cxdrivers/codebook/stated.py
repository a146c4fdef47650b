"""Refuse columns of stated importance that a codebook names where they mean nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cxdrivers.errors import SurveyError

if TYPE_CHECKING:
    from cxdrivers.codebook.codebook import Question


def check_stated(outcome: Question, drivers: Sequence[Question]) -> None:
    """Refuse stated importance of the outcome, a column of two drivers, or one that is an item.

    Raises
    ------
    SurveyError
        Naming the columns.
    """
    if outcome.stated is not None:
        raise SurveyError("stated_of_outcome", outcome=outcome.key, column=outcome.stated)
    named = Counter(driver.stated for driver in drivers if driver.stated is not None)
    twice = [column for column, times in named.items() if times > 1]
    if twice:
        raise SurveyError("stated_twice", columns=twice)
    items = {item for question in (outcome, *drivers) for item in question.items}
    shared = [column for column in named if column in items]
    if shared:
        raise SurveyError("stated_is_an_item", columns=shared)
