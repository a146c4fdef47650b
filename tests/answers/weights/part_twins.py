"""Make sums of one group, with a part for every row where that is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.grouped_rows import moments_by_code
from cxdrivers.moments.sums import row_products
from cxdrivers.survey.survey import Survey
from tests.samples import answers, survey_of


def one_group(survey: Survey, **asked: Any) -> GroupedMoments:
    """Return the sums of all respondents of a survey as one group."""
    codes = np.zeros(len(survey.respondents), dtype=np.intp)
    return moments_by_code(survey, codes, [""], by="", **asked)


def row_by_row(frame: pd.DataFrame) -> GroupedMoments:
    """Return the same with every row, in its order, as a part of its own."""
    found = one_group(survey_of(frame), parts=2)
    values = frame.to_numpy() - found.centre
    ones = np.ones((1, len(frame)))
    return replace(
        found,
        sums=row_products(values)[np.newaxis],
        squares=ones,
        rating_masses=np.ones((1, len(frame), len(found.drivers))),
        rating_sums=np.zeros((1, len(frame), len(found.drivers))),
    )


def parted(n: int = 400, *, parts: int = 20, **fields: Any) -> GroupedMoments:
    """Return the sums of a small survey of three drivers in parts."""
    return one_group(survey_of(answers(n=n), **fields), parts=parts)
