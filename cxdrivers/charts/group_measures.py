"""Know what is measured in groups: its columns in the tables, and how its numbers are shown."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.answers.groups.group_estimates import EFFECT, MEAN, WEIGHT
from cxdrivers.answers.groups.groups_shown import OWN, SHRUNK
from cxdrivers.formatting import MISSING, interval, number, percent, percent_range

FloatArray = NDArray[np.float64]

DIGITS = {WEIGHT: 1, EFFECT: 2, MEAN: 2}
FROM_ZERO = (WEIGHT, EFFECT)
"""What has a zero that means nothing is there, so that a chart of it shows that zero."""


def rows_of_measure(table: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return one measure of every group and driver, under names that do not depend on it.

    Parameters
    ----------
    table
        From `GroupComparison.tidy`.
    measure
        ``weight``, ``effect`` or ``mean``.

    Returns
    -------
    DataFrame
        `group`, `driver`, `n`, `own`, `own_low`, `own_high`, `shrunk`, `shrunk_low` and
        `shrunk_high`; NaN where the table does not have it.
    """
    names = ("own", "own_low", "own_high", "shrunk", "shrunk_low", "shrunk_high")
    columns = (*OWN[measure], *SHRUNK[measure])
    found = table.reindex(columns=["group", "driver", "n", *columns])
    return found.set_axis(["group", "driver", "n", *names], axis="columns")


def shown(value: float, measure: str, language: str) -> str:
    """Return a value of a measure; a weight is a part of all differences."""
    show = percent if measure == WEIGHT else number
    return show(value, language, digits=DIGITS[measure])


def shown_range(low: float, high: float, measure: str, language: str) -> str:
    """Return two values of a measure with what lies between them."""
    show = percent_range if measure == WEIGHT else interval
    return show(low, high, language, digits=DIGITS[measure])


def with_interval(found: FloatArray, measure: str, language: str) -> str:
    """Return a value, low and high as a value with its interval, or alone when there is none."""
    value, low, high = found.tolist()
    ends = shown_range(low, high, measure, language)
    bracketed = f"({ends})" if measure == WEIGHT and ends != MISSING else ends
    return _beside(shown(value, measure, language), bracketed)


def distance_shown(found: FloatArray, measure: str, language: str) -> str:
    """Return a difference or a spread with its interval: of weights in percentage points."""
    value, low, high = (found * (100 if measure == WEIGHT else 1)).tolist()
    ends = interval(low, high, language, digits=DIGITS[measure])
    return _beside(number(value, language, digits=DIGITS[measure]), ends)


def _beside(value: str, ends: str) -> str:
    return value if MISSING in (value, ends) else f"{value} {ends}"
