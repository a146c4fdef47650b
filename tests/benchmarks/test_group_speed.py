"""How much sooner, and in how much less room, many groups are estimated than one after the other.

As in `test_speed` the times of one run on one machine are compared, so no number here is a number
of seconds.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from time import process_time

import numpy as np
import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

import cxdrivers as cx
from cxdrivers.answers.groups.group_estimates import group_estimates
from cxdrivers.moments.design import design_of
from cxdrivers.moments.grouped_rows import grouped_moments
from cxdrivers.survey.survey import Survey
from tests.samples import answers, survey_of

pytestmark = pytest.mark.slow

SLOPES = (0.4, 0.35, 0.15, 0.12, 0.03, 0.02, 0.0)
GROUPS, CUSTOMERS, PARTS = 1000, 100, 25


@pytest.fixture(scope="module")
def survey() -> Survey:
    frame = answers(SLOPES, n=GROUPS * CUSTOMERS)
    blank = np.random.default_rng(1).random((len(frame), 7)) < 0.05
    drivers = frame.columns[:7]
    frame[drivers] = frame[drivers].mask(pd.DataFrame(blank, columns=drivers))
    made = survey_of(frame.assign(team=np.repeat(np.arange(GROUPS), CUSTOMERS)))
    assert not any(finding.severity == "stop" for finding in made.found)
    _ = design_of(made, blanks=True)
    return made


def test_groups_with_their_errors_are_20_times_faster_than_one_weighing_each(
    survey: Survey, record_property: Callable
):
    """Theirs is a loop over ten groups, without any resample that could tell an error."""
    teams = survey.respondents["team"].to_numpy()

    def one_by_one() -> None:
        for team in range(10):
            _ = cx.driver_weights(survey.of_rows(teams == team), n_boot=0, missing="listwise")

    def at_once() -> None:
        _ = group_estimates(grouped_moments(survey, "team", parts=PARTS))

    with threadpool_limits(1):
        ours, theirs = min(map(_once, [at_once] * 2)), min(map(_once, [one_by_one] * 2))
    ratio = theirs * GROUPS / 10 / ours
    record_property("ratio", ratio)
    assert ratio > 20, f"only {ratio:.0f} times faster"


def test_ten_times_as_many_groups_would_need_less_than_two_gibibytes(
    survey: Survey, record_property: Callable
):
    """All that is made grows with the rows or with the groups, so a tenth is measured."""
    tracemalloc.start()
    _ = group_estimates(grouped_moments(survey, "team", parts=PARTS))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    record_property("MiB", peak / 2**20)
    assert 10 * peak < 2**31


def _once(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start
