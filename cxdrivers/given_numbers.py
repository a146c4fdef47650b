"""Tell numbers from what somebody gave instead of one."""

from __future__ import annotations

import math
from typing import TypeGuard

import numpy as np


def is_number(value: object) -> TypeGuard[float]:
    """Say whether something is a finite number, of Python or of NumPy, and not a truth value.

    Examples
    --------
    >>> import numpy as np
    >>> is_number(np.int64(8)), is_number(True), is_number("8"), is_number(float("nan"))
    (True, False, False, False)
    """
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        return False
    return math.isfinite(value)
