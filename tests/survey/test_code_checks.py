"""Tests of `cxdrivers.survey.code_checks`: ends that turn back, and ends that flatten."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

import cxdrivers as cx
from cxdrivers.survey.code_checks import odd_ends
from tests.samples import survey_of
from tests.survey.sick_surveys import five_points


def _sixes(seed: int, mean: Callable[[np.ndarray], np.ndarray]) -> cx.Survey:
    """Return 900 answers from 1 to 6 to one driver, and an outcome that follows them."""
    rng = np.random.default_rng(seed)
    rating = rng.integers(1, 7, 900).astype(float)
    outcome = mean(rating) + rng.normal(size=900)
    return survey_of(pd.DataFrame({"empathy": rating, "satisfaction": outcome}))


def test_a_driver_that_matters_below_a_point_only_has_no_odd_end():
    for seed in range(50):
        assert [*odd_ends(_sixes(seed, lambda rating: np.minimum(rating, 3)))] == []
        assert [*odd_ends(_sixes(seed, lambda rating: np.maximum(rating, 4)))] == []


def test_a_driver_that_does_nothing_has_no_odd_end():
    for seed in range(50):
        assert [*odd_ends(_sixes(seed, np.zeros_like))] == []


def test_a_driver_that_matters_at_the_extremes_only_has_no_odd_end():
    steps = {1: 0.0, 6: 8.0}
    for seed in range(50):
        survey = _sixes(seed, lambda rating: np.array([steps.get(int(one), 4.0) for one in rating]))
        assert [*odd_ends(survey)] == []


def test_a_code_at_the_low_end_is_found():
    [found] = odd_ends(_sixes(1, lambda rating: np.where(rating == 1, 4.0, rating)))
    assert (found.facts["value"], found.facts["beside"]) == (1, 2)
    assert found.facts["mean"] > found.facts["mean_beside"]


def test_a_driver_in_which_high_is_bad_has_codes_too():
    [found] = odd_ends(_sixes(1, lambda rating: np.where(rating == 6, 9.0, 10 - rating)))
    assert found.facts["value"] == 6


def test_the_same_code_in_several_questions_makes_one_finding():
    frame = five_points()
    frame.loc[::6, "reliability"] = 6.0
    [found] = odd_ends(survey_of(frame))
    assert (found.column, found.facts["columns"]) == ("", ["reliability", "empathy"])


def test_an_airport_keeps_six_for_not_used(shared_file: Callable[[str], object]):
    frame = pd.read_csv(shared_file("data/sfo_2018.csv"), low_memory=False)
    drivers = ["Q7ART", "Q7FOOD", "Q7WIFI", "Q7RENTAL"]
    frame = frame[[*drivers, "Q7ALL"]].apply(pd.to_numeric, errors="coerce")
    raw = cx.Survey.from_frame(frame, outcome="Q7ALL", drivers=drivers, dont_know=[0])
    [found] = odd_ends(raw)
    assert (found.facts["value"], found.facts["columns"]) == (6, drivers)
    known = cx.Survey.from_frame(
        frame, outcome="Q7ALL", drivers=drivers, dont_know=[0], not_applicable=[6]
    )
    assert [*odd_ends(known)] == []
