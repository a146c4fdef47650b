"""Say under weights what was done with blanks."""

from __future__ import annotations

from dataclasses import replace

from cxdrivers.survey.base import Base
from cxdrivers.vocabulary import LISTWISE
from cxdrivers.wording import say


def missing_sentence(base: Base, policy: str, language: str) -> str | None:
    """Return how many blanks were estimated or left out, as a line under weights.

    Parameters
    ----------
    base
        The rows of the weights.
    policy
        ``em``, ``imputation`` or ``listwise``.
    language
        Of the line.

    Returns
    -------
    str or None
        Nothing when no answer that could have been used was blank.
    """
    eligible = ~(base.no_outcome | base.no_weight | base.no_control)
    touched = eligible if policy == LISTWISE else replace(base, keeps_blanks=True).used
    blanks = sum(int((blank & touched).sum()) for blank in base.no_score.values())
    if not blanks:
        return None
    respondents = int((base.any_blank & touched).sum())
    return say(f"weights.missing.{policy}", language, count=blanks, respondents=respondents)
