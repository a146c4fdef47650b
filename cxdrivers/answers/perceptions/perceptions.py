"""Hold what groups say of the same thing beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from cxdrivers.answers.draws import Draws
from cxdrivers.answers.perceptions.perception_answers import answered_shares
from cxdrivers.answers.perceptions.perception_given import given_shares
from cxdrivers.answers.perceptions.perception_shares import paired_gaps, with_intervals
from cxdrivers.answers.perceptions.perceptions_result import PerceptionGaps
from cxdrivers.errors import FitError
from cxdrivers.wording import sentence


def perception_gaps(
    frame: pd.DataFrame,
    *,
    question: str | Sequence[str],
    group: str,
    share: str | None = None,
    n: str | None = None,
    threshold: float | None = None,
    level: float = 0.95,
) -> PerceptionGaps:
    """Say how far apart groups are in what they say of the same thing, and how sure that is.

    Use it for executives, employees and customers who answered the same question, from their
    answers or from shares that were counted before. It does not say which of them is right.

    Parameters
    ----------
    frame
        A row a respondent; or, with `share`, a row a question and group.
    question
        The column, or several, with answers: yes and no, 1 and 0, or ratings with a `threshold`.
        With `share`, the one column that names the question.
    group
        The column with who is asked: executives, employees, customers or anything else.
    share
        The column with shares that were counted before: all from 0 to 1, or all percentages.
    n
        With `share`, the column with the number of respondents behind each; blank, or a text such
        as "not reported", where it was not published: then there is no interval.
    threshold
        From which rating on an answer is yes, for example 8. Not with `share`.
    level
        Of the intervals; what is shown is decided at the same level.

    Returns
    -------
    PerceptionGaps

    Raises
    ------
    SurveyError
        When a column is not there or cannot be read, or a group is written in two ways.
    FitError
        When there is nothing to compare, or the arguments do not go together.

    Examples
    --------
    >>> import pandas as pd
    >>> told = pd.DataFrame({
    ...     "question": "service is excellent",
    ...     "who": ["executives", "employees", "customers"],
    ...     "percentage": [40, 23, 10],
    ...     "respondents": [1900, 3600, None],
    ... })
    >>> gaps = perception_gaps(
    ...     told, question="question", group="who", share="percentage", n="respondents"
    ... )
    >>> gaps.tidy()[["other", "estimate", "conf_low"]].head(2).round(3).to_numpy().tolist()
    [['employees', 0.17, 0.144], ['customers', 0.3, nan]]
    """
    Draws(0, level, 0).check()
    one = isinstance(question, str) or not isinstance(question, Iterable)
    questions: list[Any] = [question] if one else [*question]
    if not questions:
        raise FitError("perception_no_question")
    if share is None:
        if n is not None:
            raise FitError("perception_n_without_share", n=n)
        cells = answered_shares(frame, questions, group, threshold)
    else:
        if threshold is not None:
            raise FitError("perception_threshold_with_share", threshold=threshold, share=share)
        if len(questions) > 1:
            raise FitError("perception_one_question_column", questions=questions, share=share)
        cells = given_shares(frame, questions[0], group, share, n)
    groups = cells.shares.groupby("question", sort=False)["group"].size()
    alone = groups.index[groups == 1].tolist()
    if len(alone) == len(groups):
        raise FitError(
            "perception_one_group", column=group, groups=[*dict.fromkeys(cells.shares["group"])]
        )
    said = [sentence("perceptions.alone", count=len(alone), questions=alone)] if alone else []
    return PerceptionGaps(
        gaps=paired_gaps(cells.shares, level),
        cells=with_intervals(cells.shares, level),
        remarks=(*cells.remarks, *said),
        level=level,
    )
