"""Tests of `cxdrivers.models.penalised_logit`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.errors import FitError
from cxdrivers.models import penalised_logit
from cxdrivers.models.firth import fit_firth
from cxdrivers.models.penalised_logit import PenalisedLogit
from tests.models.test_firth import sample

EVERYTHING = np.ones(4, dtype=bool)


def logit() -> PenalisedLogit:
    columns, outcome = sample()
    x = np.column_stack([np.ones(60), (columns - columns.mean(axis=0)) / columns.std(axis=0)])
    return PenalisedLogit(x, outcome, np.random.default_rng(2).uniform(0.5, 1.5, 60))


def test_the_pulls_are_the_derivatives_of_the_value():
    model, place = logit(), np.array([-0.3, 0.8, -0.5, 0.2])
    steps = 1e-5 * np.eye(4)
    slow = [(model.at(place + step).value - model.at(place - step).value) / 2e-5 for step in steps]
    np.testing.assert_allclose(model.at(place).pulls.sum(axis=0), slow, rtol=1e-6)


def test_at_the_top_every_derivative_is_zero():
    top = logit().climb(np.zeros(4), EVERYTHING)
    np.testing.assert_allclose(top.pulls.sum(axis=0), 0, atol=1e-9)


def test_what_is_held_stays_and_the_rest_is_at_its_top():
    free = np.array([True, True, False, True])
    here = logit().climb(np.array([0.0, 0.0, 1.5, 0.0]), free)
    assert here.parameters[2] == 1.5
    np.testing.assert_allclose(here.pulls.sum(axis=0)[free], 0, atol=1e-9)
    assert here.value < logit().climb(np.zeros(4), EVERYTHING).value


@given(st.integers(0, 2**32 - 1))
def test_the_way_up_from_anywhere_ends_at_the_same_top(seed: int):
    start = np.random.default_rng(seed).normal(scale=3, size=4)
    top = logit().climb(np.zeros(4), EVERYTHING)
    np.testing.assert_allclose(logit().climb(start, EVERYTHING).parameters, top.parameters, 1e-6)


@given(st.integers(0, 2**32 - 1), st.integers(8, 40))
def test_answers_that_are_separated_or_few_have_a_top(seed: int, n: int):
    rng = np.random.default_rng(seed)
    columns = rng.integers(0, 4, (n, 2)) + 0.0
    columns[:3] = [[0, 0], [1, 0], [0, 1]]
    outcome = (columns[:, 0] > 0).astype(float)
    fit = fit_firth(columns, outcome)
    assert 0 < fit.slopes[0] < 25
    assert np.isfinite(fit.slopes).all()


def test_where_chances_are_0_and_1_only_the_value_is_minus_infinity():
    far = logit().climb(np.array([0.0, 1e6, 0.0, 0.0]), np.array([True, False, True, True]))
    assert far.value == -np.inf


def test_a_fit_that_does_not_come_to_rest_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(penalised_logit, "MOST_STEPS", 2)
    columns, outcome = sample()
    message = r"The logistic regression of 60 respondents on 3 columns did not come to rest in 2 st"
    with pytest.raises(FitError, match=message):
        fit_firth(columns, outcome)
