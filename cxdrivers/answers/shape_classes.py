"""Say what kind of driver it is: dissatisfier, hybrid, delighter, or undecided."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from cxdrivers.importance.lattice import FloatArray

UNDECIDED, DISSATISFIER, HYBRID, DELIGHTER = CLASSES = (
    "undecided",
    "dissatisfier",
    "hybrid",
    "delighter",
)
STRICT = 0.1
"""The slope that counts must be shown, with p drivers, at this part of the chance of a mistake."""
LENIENT = 4.0
"""The change of slope may have this many times that chance where the other slope is not shown."""


def classes_of(statistics: FloatArray, asymmetry: FloatArray, level: float) -> NDArray[np.intp]:
    """Return the class of every driver as its place in `CLASSES`.

    A dissatisfier is low with a lower outcome, and not high with a higher one. Three things must
    say so:

    1. its slope below the mean is shown, one-sided, at a tenth of the chance of a mistake that the
       level leaves, divided by the number of drivers;
    2. its slope above is not shown, one-sided, and the slopes differ, one-sided, at four times the
       chance divided by the number of drivers; or they differ with all drivers tested together,
       two-sided, and the slope above is shown to be less than half of that below;
    3. its impact asymmetry is below 0.

    A delighter is the same the other way round, a hybrid has both slopes shown and is neither. The
    numbers were chosen by simulation, so that in a survey of 1,500 respondents in which all drivers
    are straight lines about one in thirty has a dissatisfier (at most one in twenty was asked).

    Parameters
    ----------
    statistics
        Shape ``(..., p, 5)``: as `HingeEstimates.statistics` returns them.
    asymmetry
        Shape ``(..., p)``; NaN leaves a driver undecided.
    level
        Of the intervals.
    """
    wrong, drivers = 1 - level, statistics.shape[-2]
    shown, bent = -ndtri(STRICT * wrong / drivers), -ndtri(wrong / (2 * drivers))
    towards = -ndtri(wrong * min(LENIENT / drivers, 1.0))
    seen, both = -ndtri(wrong), -ndtri(wrong / 2)
    below, above, bend, less_above, less_below = np.moveaxis(statistics, -1, 0)

    def one_sided(
        first: FloatArray, other: FloatArray, more: FloatArray, less: FloatArray
    ) -> NDArray[np.bool_]:
        nothing = (other < seen) & (more > towards)
        answer: NDArray[np.bool_] = (first > shown) & (nothing | ((more > bent) & (less > seen)))
        return answer

    lower = one_sided(below, above, bend, less_above) & (asymmetry < 0)
    upper = one_sided(above, below, -bend, less_below) & (asymmetry > 0)
    hybrid = (below > both) & (above > both) & np.isfinite(asymmetry)
    found = np.select([lower, upper, hybrid], [1, 3, 2], 0)
    return found.astype(np.intp)


def verdict_of(classes: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the class that all settings agree on, else undecided.

    Parameters
    ----------
    classes
        Shape ``(S, ..., p)``: one for each of S settings.
    """
    alike = (classes == classes[0]).all(axis=0)
    agreed: NDArray[np.intp] = np.where(alike, classes[0], 0)
    return agreed
