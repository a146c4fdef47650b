"""Whether the intervals of scenarios hold the truth as often as they say.

Surveys are drawn from a known world of proportional odds in which some customers recommend, and
each goes through `what_if`. What the change truly goes with is averaged over a large population.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from cxdrivers.answers.advice.scenarios import what_if
from tests.answers.advice.scenario_surveys import (
    CHANGED,
    changed_frame,
    scenario_frame,
    scenario_survey,
    true_numbers,
)

pytestmark = pytest.mark.slow

SAMPLES = 200
RESPONDENTS = 500
PROMISED = 0.905
"""Percentiles of 200 resamples cost a point, and 200 samples leave three points and a half."""


def test_intervals_hold_the_true_difference_and_the_true_level(record_property: Callable):
    population = scenario_frame(400_000, seed=99)
    today, changed = true_numbers(population), true_numbers(changed_frame(population))
    estimates, gains, levels = [], [], []
    for seed in range(5000, 5000 + SAMPLES):
        survey = scenario_survey(scenario_frame(RESPONDENTS, seed=seed))
        table = what_if(survey, CHANGED, n_boot=200, seed=seed).tidy()
        estimates.append(table["estimate"])
        gains.append(table["conf_low"].le(changed - today) & table["conf_high"].ge(changed - today))
        levels.append(table["changed_low"].le(changed) & table["changed_high"].ge(changed))
    bias = np.mean(estimates, axis=0) - (changed - today)
    error = np.std(estimates, axis=0, ddof=1) / np.sqrt(SAMPLES)
    coverage = np.mean([gains, levels], axis=1)
    record_property("coverage", coverage.tolist())
    assert (np.abs(bias) < 3.5 * error).all(), bias / error
    assert (coverage >= PROMISED).all(), coverage
