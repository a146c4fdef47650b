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
STRICT = 0.02
"""The slope that counts must be shown at this part of the chance of a mistake."""
LENIENT = 8.0
"""The other slope must be less than half of it, at this many times that chance."""


def classes_of(statistics: FloatArray, asymmetry: FloatArray, level: float) -> NDArray[np.intp]:
    """Return the class of every driver as its place in `CLASSES`.

    A dissatisfier is low with a lower outcome, and not high with a higher one. Four things must say
    so, the first three one-sided, at a chance of a mistake of one minus the level or a part of it:

    1. its slope below the mean is shown, at a fiftieth of that chance;
    2. its slopes differ, at that chance;
    3. its slope above is less than half of that below, at eight times that chance;
    4. its impact asymmetry is below 0.

    A delighter is the same the other way round, a hybrid has both slopes shown and is neither.

    The second makes the rule a test of each driver: one that is a straight line, however steep, is
    called a dissatisfier in at most 5 % of samples at a level of 95 %. The other numbers were
    chosen by simulation, for as many true dissatisfiers as that leaves. The drivers of a survey are
    not tested together, so that some straight driver is called one more often than a given one.

    Parameters
    ----------
    statistics
        Shape ``(..., p, 5)``: as `HingeEstimates.statistics` returns them.
    asymmetry
        Shape ``(..., p)``; NaN leaves a driver undecided.
    level
        Of the intervals.
    """
    wrong = 1 - level
    shown, bent, both = -ndtri(STRICT * wrong), -ndtri(wrong), -ndtri(wrong / 2)
    half = -ndtri(min(LENIENT * wrong, 0.5))
    below, above, bend, less_above, less_below = np.moveaxis(statistics, -1, 0)

    def one_sided(first: FloatArray, more: FloatArray, less: FloatArray) -> NDArray[np.bool_]:
        answer: NDArray[np.bool_] = (first > shown) & (more > bent) & (less > half)
        return answer

    lower = one_sided(below, bend, less_above) & (asymmetry < 0)
    upper = one_sided(above, -bend, less_below) & (asymmetry > 0)
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
