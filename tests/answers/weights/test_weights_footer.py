"""Tests of `answers.weights.weights_footer`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.answers.weights.drawn import DrawnParts
from cxdrivers.answers.weights.weights_footer import drawn_units
from cxdrivers.moments.design import design_of
from tests.answers.advice.part_surveys import part_frame, part_survey, whole

SURVEY = part_survey(part_frame())


def test_rows_and_parts_are_called_by_what_is_drawn():
    assert drawn_units(design_of(SURVEY), None, "en") == "respondents"
    parts = DrawnParts(whole(SURVEY, parts=20))
    assert drawn_units(parts, None, "en") == "20 random parts of 260 respondents"


@pytest.mark.parametrize(
    ("lost", "english", "dutch"),
    [
        (1, "1 of the 261 respondents is in none", "1 van de 261 respondenten zit in geen"),
        (2, "2 of the 262 respondents are in none", "2 van de 262 respondenten zitten in geen"),
    ],
)
def test_respondents_that_cannot_be_used_are_counted(lost: int, english: str, dutch: str):
    weights = cx.driver_weights(replace(whole(SURVEY), rows=np.array([260 + lost])), n_boot=50)
    assert english in weights.footer("en")
    assert dutch in weights.footer("nl")
    assert "in none of these" not in cx.driver_weights(whole(SURVEY), n_boot=50).footer()


def test_pairs_over_their_own_rows_are_said_so_and_nobody_is_called_lost():
    paired = replace(whole(SURVEY), rows=np.array([280]), pairwise=True)
    weights = cx.driver_weights(paired, n_boot=50)
    assert "every two questions are held together over those who answered" in weights.footer("en")
    assert "elke twee vragen zijn bij elkaar genomen over wie ze allebei" in weights.footer("nl")
    assert "in none of these" not in weights.footer()
