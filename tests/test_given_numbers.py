"""What is a number is one whoever made it, and a truth value or a text is none."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pytest

from cxdrivers.given_numbers import is_number


@pytest.mark.parametrize("value", [8, 8.5, np.int64(8), np.float32(8.5), -1, 0])
def test_numbers_of_python_and_numpy_are_numbers(value):
    assert is_number(value)


@pytest.mark.parametrize(
    "value",
    [True, np.bool_(1), "8", None, math.nan, math.inf, np.float64("nan"), [8], Decimal(8)],
)
def test_what_cannot_be_counted_with_is_none(value):
    assert not is_number(value)
