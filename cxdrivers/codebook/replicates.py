"""Refuse replicate weights that a codebook names, but that cannot serve as such."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from cxdrivers.errors import SurveyError


def check_replicates(weight: str | None, columns: Sequence[str], scale: float | None) -> None:
    """Refuse a scale that cannot be, replicates of no weight, a column twice, or only one.

    Raises
    ------
    SurveyError
        Naming the columns.
    """
    if scale is not None and not (math.isfinite(scale) and scale > 0):
        raise SurveyError("replicate_scale_unknown", scale=float(scale))
    if scale is not None and not columns:
        raise SurveyError("replicate_scale_alone")
    if not columns:
        return
    if weight is None:
        raise SurveyError("replicates_without_weight", columns=columns)
    named = Counter((weight, *columns))
    twice = [column for column, times in named.items() if times > 1]
    if twice:
        raise SurveyError("replicate_twice", columns=twice)
    if len(columns) == 1:
        raise SurveyError("one_replicate", column=columns[0])
