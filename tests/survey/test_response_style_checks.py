"""Tests of `cxdrivers.survey.response_style_checks`: straight-liners and one impression."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.survey.ratings import ratings_of
from cxdrivers.survey.response_style_checks import first_share, halo, same_answers
from tests.samples import answers, survey_of
from tests.survey.sick_surveys import WIDE, alike, sound, troubled


def test_the_first_share_is_the_largest_eigenvalue_over_the_number_of_drivers():
    share, correlation = first_share(ratings_of(survey_of(sound())))
    matrix = sound().drop(columns="satisfaction").corr()
    assert share == pytest.approx(np.linalg.eigvalsh(matrix)[-1] / 3)
    assert correlation == pytest.approx(matrix.to_numpy()[np.triu_indices(3, 1)].mean())


def test_drivers_that_hardly_anybody_rated_together_are_left_out():
    frame = answers((0.3,) * 5).clip(1, 10)
    frame.loc[:159, "wait_time"] = 0
    frame.loc[200:, "customer_knowledge"] = 0
    share, _ = first_share(ratings_of(survey_of(frame, not_applicable=[0])))
    kept = frame[["reliability", "empathy", "customer_focus", "customer_knowledge"]]
    other = frame[["reliability", "empathy", "customer_focus", "wait_time"]]
    shares = [np.linalg.eigvalsh(part.replace(0, np.nan).corr())[-1] / 4 for part in (kept, other)]
    assert min(abs(share - one) for one in shares) < 1e-12


def test_two_drivers_are_too_few_for_an_impression():
    assert first_share(ratings_of(survey_of(sound().drop(columns="empathy")))) is None


def test_respondents_without_a_voice_are_not_counted():
    frame = alike(8).assign(w=np.where(np.arange(300) % 8 == 0, 0.0, 1.0))
    assert [*same_answers(troubled(frame, drivers=WIDE, weight="w"))] == []


def test_a_strong_general_opinion_is_halo_and_a_common_one_is_not():
    for correlation, found in ((0.6, 0), (0.85, 1)):
        frame = answers((0.3,) * 7, correlation=correlation, n=1500)
        assert len([*halo(survey_of(frame))]) == found


def test_grades_on_one_scale_are_compared_also_when_some_items_are_reversed():
    """Who gives an 8 to "friendly" and to "unfriendly" has not read them."""
    frame = alike(8)
    drivers = tuple(
        cx.Question(driver, tuple(items), scale=(1, 10), reversed=(items[0],))
        for driver, items in WIDE.items()
    )
    codebook = cx.Codebook(cx.Question("satisfaction", ("satisfaction",)), drivers)
    [found] = same_answers(cx.Survey(pd.DataFrame(frame), codebook))
    assert (found.rows, found.facts["answer"]) == (38, 8)
