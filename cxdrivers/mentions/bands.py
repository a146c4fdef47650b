"""Put texts in bands of the score that was given with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import FloatArray

ALL, NO_SCORE = "all", "no_score"
STARTS = (6.0, 8.0, 10.0)
"""Where the second band and those after it begin: 1–5, 6–7, 8–9 and 10."""


@dataclass(frozen=True, eq=False)
class Bands:
    """Which band each text is in.

    Attributes
    ----------
    names
        What each band is called: ``"6–7"``, ``"no_score"``, or ``"all"`` without scores.
    place
        Shape ``(texts,)``: the band of each.
    """

    names: tuple[str, ...]
    place: NDArray[np.intp]


def score_bands(
    scores: Sequence[float] | pd.Series | None, n: int, *, starts: Sequence[float] = STARTS
) -> Bands:
    """Return the band of the score of every text; bands without texts are left out.

    Parameters
    ----------
    scores
        One a text, NaN where none was given; None for one band.
    n
        How many texts there are.
    starts
        Where the second band and those after it begin, rising.

    Raises
    ------
    FitError
        When there are not as many scores as texts, they are no numbers, or bands do not rise.

    Examples
    --------
    >>> score_bands([10, 3, 7, 6], 4).names
    ('1–5', '6–7', '10')
    """
    if scores is None:
        return Bands((ALL,), np.zeros(n, dtype=np.intp))
    if len(scores) != n:
        raise FitError("band_scores_length", found=len(scores), n=n)
    if not starts or list(starts) != sorted(set(starts)):
        raise FitError("band_starts", starts=", ".join(f"{start:g}" for start in starts))
    given = pd.Series(scores)
    values = pd.to_numeric(given, errors="coerce").to_numpy(np.float64, na_value=np.nan)
    wrong = given.notna().to_numpy() & ~np.isfinite(values)
    if wrong.any():
        examples = list(dict.fromkeys(str(value) for value in given[wrong]))
        raise FitError("band_scores_not_numbers", count=int(wrong.sum()), examples=examples)
    place = np.searchsorted(np.asarray(starts, np.float64), values, side="right")
    scored = np.isfinite(values)
    place[~scored] = len(starts) + 1
    names = (*_names(values[scored], starts), NO_SCORE)
    used, home = np.unique(place, return_inverse=True)
    return Bands(tuple(names[band] for band in used), home.astype(np.intp))


def _names(values: FloatArray, starts: Sequence[float]) -> list[str]:
    lowest = 0.0 if values.min(initial=1.0) < 1 else 1.0
    firsts = [min(lowest, starts[0] - 1), *starts]
    lasts = [*(start - 1 for start in starts), max(values.max(initial=0.0), starts[-1])]
    return [
        f"{first:g}" if first >= last else f"{first:g}–{last:g}"
        for first, last in zip(firsts, lasts, strict=True)
    ]
