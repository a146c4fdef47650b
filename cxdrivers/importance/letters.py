"""Mark drivers that cannot be told apart with a common letter."""

from __future__ import annotations

from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray


def common_letters(apart: NDArray[np.bool_]) -> list[str]:
    """Return letters such that two drivers share one exactly when they cannot be told apart.

    The compact letter display of Piepho (2004), *Journal of Computational and Graphical
    Statistics* 13(2), 456–466, by insertion and absorption.

    Parameters
    ----------
    apart
        Shape ``(p, p)``, symmetric: whether two drivers can be told apart. The first row stands
        for the driver that gets the first letter, so order them by size.

    Examples
    --------
    >>> apart = np.array([[False, False, True], [False, False, False], [True, False, False]])
    >>> common_letters(apart)
    ['a', 'ab', 'b']
    """
    drivers = range(len(apart))
    columns: list[frozenset[int]] = [frozenset(drivers)]
    for first in drivers:
        for second in range(first + 1, len(apart)):
            if apart[first, second]:
                columns = _split(columns, first, second)
    ordered = sorted(columns, key=lambda column: (min(column), -len(column), sorted(column)))
    return [
        "".join(_letter(place) for place, column in enumerate(ordered) if driver in column)
        for driver in drivers
    ]


def _split(columns: list[frozenset[int]], first: int, second: int) -> list[frozenset[int]]:
    """Separate two drivers in every column that holds both, and drop what another one holds."""
    parts: set[frozenset[int]] = set()
    for column in columns:
        if {first, second} <= column:
            parts |= {column - {first}, column - {second}}
        else:
            parts.add(column)
    return [part for part in parts if not any(part < other for other in parts)]


def _letter(place: int) -> str:
    rounds, letter = divmod(place, len(ascii_lowercase))
    return ascii_lowercase[letter] + "'" * rounds
