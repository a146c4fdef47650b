"""Tests of `answers.groups.typical_variances`: variances that follow size and not the estimate."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.answers.groups.typical_variances import typical_variances


def test_groups_of_one_size_have_their_mean_variance():
    found = typical_variances(np.array([0.1, 0.2, 0.6]), np.full(3, 40.0))
    np.testing.assert_allclose(found, 0.3)


@given(st.floats(0.1, 5), st.floats(0.1, 50))
def test_variances_that_fall_with_size_are_found_as_they_are(level: float, slope: float):
    sizes = np.array([25.0, 40.0, 100.0, 400.0])
    variances = level / sizes + slope / sizes**2
    np.testing.assert_allclose(typical_variances(variances, sizes), variances)


def test_neither_part_is_negative():
    sizes = np.array([25.0, 50.0, 100.0])
    falls_faster = typical_variances(1 / sizes**3, sizes)
    np.testing.assert_allclose(falls_faster * sizes**2, falls_faster[0] * sizes[0] ** 2)
    falls_slower = typical_variances(np.full(3, 0.5), sizes)
    np.testing.assert_allclose(falls_slower * sizes, falls_slower[0] * sizes[0])


def test_a_group_without_a_variance_changes_nothing():
    variances, sizes = np.array([[0.1, np.nan, 0.3], [np.nan] * 3]), np.array([30.0, 50.0, 90.0])
    found = typical_variances(variances, np.broadcast_to(sizes, (2, 3)))
    np.testing.assert_allclose(
        found[0, [0, 2]], typical_variances(variances[0, [0, 2]], sizes[[0, 2]])
    )
    assert np.isnan([found[0, 1], *found[1]]).all()
