"""Find between which probabilities a text is better left in doubt."""

from __future__ import annotations

import numpy as np

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.proportions import BoolArray

GRID = np.round(np.arange(0.01, 1.0, 0.01), 2)
MIDDLE = 0.5
NEVER_BELOW, NEVER_ABOVE = 0.0, 1.01


def doubt_band(
    probabilities: FloatArray, truth: BoolArray, *, goal: float, masses: FloatArray | None = None
) -> tuple[float, float]:
    """Return the narrowest band outside which texts are right as often as is asked for.

    Parameters
    ----------
    probabilities, truth
        Shape ``(n,)``: of texts that the model did not learn from, and whether there is a mention.
    goal
        Which part must be right of the texts from `high` on, and of those below `low`.
    masses
        Shape ``(n,)``: how many texts each stands for; by default one.

    Returns
    -------
    low, high
        Whole hundredths. `low` is 0 where no band below is right often enough, and `high` is above
        1 where none above is.

    Examples
    --------
    >>> doubt_band(np.array([0.1, 0.4, 0.6, 0.9]), np.array([False, True, True, True]), goal=0.9)
    (0.4, 0.5)
    """
    each = np.ones(len(truth)) if masses is None else masses
    low, high = NEVER_BELOW, NEVER_ABOVE
    for cut in GRID[GRID <= MIDDLE]:
        below = probabilities < cut
        if below.any() and each[below & ~truth].sum() >= goal * each[below].sum():
            low = float(cut)
    for cut in GRID[GRID >= MIDDLE][::-1]:
        above = probabilities >= cut
        if above.any() and each[above & truth].sum() >= goal * each[above].sum():
            high = float(cut)
    return low, high
