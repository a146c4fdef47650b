"""Tests of `cxdrivers.survey.twins`: pairs of rows are counted as by hand."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cxdrivers.survey.twins import twins_of

CELLS = st.sampled_from([1.0, 2.0, np.nan])


@given(arrays(np.float64, st.tuples(st.integers(1, 12), st.integers(1, 4)), elements=CELLS))
def test_pairs_are_those_that_a_loop_counts(values: np.ndarray):
    apart = [
        sum(not (a == b or (np.isnan(a) and np.isnan(b))) for a, b in zip(*pair, strict=True))
        for pair in combinations(values, 2)
    ]
    found = twins_of(values)
    assert (found.exact, found.near) == (apart.count(0), apart.count(1))
    seen: list[str] = []
    for row, later in zip(values, found.later, strict=True):
        assert later == (str(row) in seen)
        seen.append(str(row))


def test_the_same_answers_in_other_columns_are_not_alike():
    assert twins_of(np.array([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]])).exact == 0
