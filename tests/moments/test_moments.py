"""Tests of `cxdrivers.moments.moments`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cxdrivers.errors import FitError
from cxdrivers.moments.design import design_of
from cxdrivers.moments.moments import Moments, moments_of
from tests.samples import answers, survey_of

MATRIX = [[1.0, 0.5, 0.3], [0.5, 1.0, 0.4], [0.3, 0.4, 1.0]]
NAMES = ["satisfaction", "empathy", "wait_time"]


def test_rows_give_their_mean_and_covariance_with_the_outcome_last():
    frame = answers()
    moments = moments_of(design_of(survey_of(frame)), "satisfaction")
    np.testing.assert_allclose(moments.covariance, frame.cov(ddof=0), atol=1e-12)
    assert moments.mean is not None
    np.testing.assert_allclose(moments.mean, frame.mean(), atol=1e-12)
    assert (moments.n, moments.n_effective, moments.outcome) == (300, 300.0, "satisfaction")


def test_weighted_rows_give_weighted_moments_and_the_effective_n_of_kish():
    frame = answers()
    weights = np.random.default_rng(3).uniform(0.2, 4, 300)
    moments = moments_of(design_of(survey_of(frame.assign(w=weights), weight="w")))
    expected = np.cov(frame, rowvar=False, aweights=weights, ddof=0)
    np.testing.assert_allclose(moments.covariance, expected, atol=1e-12)
    assert moments.n == 300
    assert moments.n_effective == pytest.approx(weights.sum() ** 2 / (weights**2).sum())


def test_whole_weights_give_the_moments_of_repeated_rows():
    frame = answers()
    times = np.arange(300) % 4 + 1
    weighted = moments_of(design_of(survey_of(frame.assign(w=times), weight="w")))
    repeated = moments_of(design_of(survey_of(frame.loc[frame.index.repeat(times)])))
    np.testing.assert_allclose(weighted.covariance, repeated.covariance, atol=1e-12)


def test_a_grade_far_from_zero_loses_no_digits():
    frame = answers()
    near = moments_of(design_of(survey_of(frame))).covariance
    far = moments_of(design_of(survey_of(frame + 1e6))).covariance
    np.testing.assert_allclose(far, near, atol=1e-8)


def test_a_matrix_is_put_in_the_order_of_drivers_then_outcome():
    moments = Moments.from_covariance(MATRIX, names=NAMES, outcome="satisfaction", n=200)
    assert moments.drivers == ("empathy", "wait_time")
    assert moments.groups == ((0,), (1,))
    np.testing.assert_array_equal(
        moments.covariance, [[1.0, 0.4, 0.5], [0.4, 1.0, 0.3], [0.5, 0.3, 1.0]]
    )
    assert (moments.n, moments.n_effective, moments.mean) == (200, 200.0, None)


def test_a_data_frame_brings_its_own_names():
    frame = pd.DataFrame(MATRIX, index=NAMES, columns=NAMES)
    moments = Moments.from_covariance(frame, outcome="empathy", n=200)
    assert moments.drivers == ("satisfaction", "wait_time")


@pytest.mark.parametrize(
    ("matrix", "names", "message"),
    [
        (np.eye(3)[:2], NAMES, r"The matrix is 2 × 3, and 3 names are given: 'satisfaction'"),
        (np.eye(3), NAMES[:2], r"The matrix is 3 × 3, and 2 names are given.* one name for each"),
        (np.ones(3), NAMES, r"The matrix is 3, and 3 names are given"),
    ],
)
def test_a_matrix_of_another_shape_is_refused(matrix, names, message):
    with pytest.raises(FitError, match=message):
        Moments.from_covariance(matrix, names=names, outcome="satisfaction", n=200)


def test_a_matrix_without_names_explains_its_last_row():
    moments = Moments.from_covariance([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]], n=200)
    assert (moments.drivers, moments.outcome) == (("x1", "x2"), "outcome")


def test_rows_of_different_lengths_are_refused():
    with pytest.raises(FitError, match=r"Give rows of equal length, with a number for every"):
        Moments.from_covariance([[1.0, 0.5], [0.5]], names=NAMES[:2], outcome="empathy", n=200)


def test_a_matrix_of_words_is_refused():
    matrix = [["1", "high"], ["high", "1"]]
    with pytest.raises(FitError, match=r"^The matrix cannot be read as numbers"):
        Moments.from_covariance(matrix, names=NAMES[:2], outcome="empathy", n=200)


def test_a_name_given_twice_is_refused_as_such():
    names = ["empathy", "empathy", "satisfaction"]
    with pytest.raises(FitError, match=r"'empathy'.*(twice|more than once)"):
        Moments.from_covariance(MATRIX, names=names, outcome="satisfaction", n=200)


def test_a_matrix_without_drivers_is_refused():
    with pytest.raises(FitError, match=r"driver"):
        Moments.from_covariance([[1.0]], names=["satisfaction"], outcome="satisfaction", n=200)


def test_a_matrix_that_is_not_symmetric_is_refused_with_the_two_names():
    matrix = np.array(MATRIX)
    matrix[0, 2] = 0.2
    message = r"not symmetric: the value for 'satisfaction' and 'wait_time' differs .* typing error"
    with pytest.raises(FitError, match=message):
        Moments.from_covariance(matrix, names=NAMES, outcome="satisfaction", n=200)


def test_a_matrix_with_rounded_last_digits_is_not():
    matrix = np.array(MATRIX)
    matrix[0, 2] += 1e-12
    Moments.from_covariance(matrix, names=NAMES, outcome="satisfaction", n=200)


@pytest.mark.parametrize("hole", [np.nan, np.inf])
def test_a_matrix_with_a_hole_is_refused(hole: float):
    matrix = np.array(MATRIX)
    matrix[0, 2] = matrix[2, 0] = hole
    with pytest.raises(
        FitError, match=r"missing or infinite values\. Every pair of 'satisfaction'"
    ):
        Moments.from_covariance(matrix, names=NAMES, outcome="satisfaction", n=200)


def test_a_matrix_without_variance_is_refused_with_the_name():
    matrix = np.array(MATRIX)
    matrix[1, :] = matrix[:, 1] = 0.0
    with pytest.raises(FitError, match=r"no positive variance for 'empathy'\. Leave out"):
        Moments.from_covariance(matrix, names=NAMES, outcome="satisfaction", n=200)


def test_a_matrix_that_no_answers_can_have_is_refused_with_its_eigenvalue():
    matrix = np.array([[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]])
    with pytest.raises(FitError, match=r"smallest eigenvalue is -0\.8\. .* pairwise deletion"):
        Moments.from_covariance(matrix, names=NAMES, outcome="satisfaction", n=200)


def test_an_outcome_that_is_not_named_is_refused_with_the_nearest():
    with pytest.raises(
        FitError, match=r"'satisfacton' is not among the names\. Did you mean 'satisfaction'\?"
    ):
        Moments.from_covariance(MATRIX, names=NAMES, outcome="satisfacton", n=200)


def test_too_small_an_n_is_refused():
    with pytest.raises(FitError, match=r"3 usable rows are too few for 2 columns"):
        Moments.from_covariance(MATRIX, names=NAMES, outcome="satisfaction", n=3)
