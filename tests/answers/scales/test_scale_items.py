"""Tests of `answers.scales.scale_items`."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.answers.scales.scale_items import FEWEST, item_covariances, item_set, start_of
from cxdrivers.errors import FitError
from tests.scale_samples import scale_answers

NAN = np.nan


def _values(n: int = 200) -> np.ndarray:
    return scale_answers({"empathy": (0.9, 0.7, 0.5)}, n=n).iloc[:, :3].to_numpy(copy=True)


def _covariances(values: np.ndarray, masses: np.ndarray | None = None) -> np.ndarray:
    """Return the covariances of the items of one question in every resample."""
    items = item_set([values])
    everybody = np.ones(len(values))
    drawn = everybody[np.newaxis] if masses is None else masses
    return item_covariances(items, drawn, start_of(items, everybody))


def test_complete_answers_give_the_plain_covariances():
    values = _values()
    expected = np.cov(values, rowvar=False, ddof=0)
    np.testing.assert_allclose(_covariances(values)[0], expected, atol=1e-9)


def test_weights_count_as_repeated_rows():
    values = _values()
    masses = np.random.default_rng(1).integers(0, 4, 200)
    found = _covariances(values, masses[np.newaxis].astype(float))[0]
    repeated = np.cov(np.repeat(values, masses, axis=0), rowvar=False, ddof=0)
    np.testing.assert_allclose(found, repeated, atol=1e-9)


def test_blanks_that_follow_from_other_answers_do_no_harm():
    """A second item that only the satisfied answer: complete rows see too little of it."""
    values = _values(4000)
    truth = np.cov(values, rowvar=False)
    holed = values.copy()
    holed[values[:, 0] < 7, 1] = NAN
    found = _covariances(holed)[0]
    complete = np.cov(holed[np.isfinite(holed).all(axis=1)], rowvar=False)
    np.testing.assert_allclose(found, truth, atol=0.08)
    assert abs(complete[0, 1] - truth[0, 1]) > 0.3


def test_who_answered_nothing_of_a_question_says_nothing_of_it():
    values = _values()
    away = np.vstack([values, np.full((50, 3), NAN)])
    items = item_set([away])
    assert items.rows.sum() == 200
    both = item_set([away, np.ones((250, 1)) * np.arange(250)[:, np.newaxis]])
    assert (both.rows.sum(), both.sizes) == (200, (3, 1))
    np.testing.assert_allclose(_covariances(away), _covariances(values), atol=1e-9)


def test_items_that_hardly_anybody_answered_together_tell_nothing():
    values = _values()
    values[: 200 - FEWEST, 0], values[200 - FEWEST + 1 :, 1] = NAN, NAN
    assert np.isnan(_covariances(values)).all()


def test_a_resample_without_any_of_the_respondents_tells_nothing():
    values = np.vstack([_values(), np.full((50, 3), NAN)])
    masses = np.ones((2, 250))
    masses[1, :200] = 0
    covariance = _covariances(values, masses)
    assert np.isfinite(covariance[0]).all()
    assert np.isnan(covariance[1]).all()


@pytest.mark.parametrize("kernel", ["likeliest", "likeliest_moments"])
def test_blanks_that_cannot_be_estimated_tell_nothing(kernel: str, monkeypatch: pytest.MonkeyPatch):
    def without_end(*_: object) -> None:
        raise FitError("blanks_without_end", count=1, steps=2000)

    monkeypatch.setattr(f"cxdrivers.answers.scales.scale_items.{kernel}", without_end)
    assert np.isnan(_covariances(_values())).all()
