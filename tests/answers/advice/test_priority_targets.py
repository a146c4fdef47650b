"""A target is one number on the scale from 1 to 10, or a number by driver on its own scale."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cxdrivers.answers.advice.priority_targets import targets_of
from cxdrivers.codebook.codebook import Question
from cxdrivers.errors import FitError

GRADE = Question("empathy", ("a",), scale=(1, 10))
STARS = Question("speed", ("b",), scale=(1, 5))
PLACED, KNOWN = (GRADE, STARS), ("empathy", "speed", "seconds")


def test_by_default_the_target_is_eight_of_ten_and_as_far_up_other_scales():
    assert targets_of(PLACED, None, KNOWN) == {
        "empathy": 8.0,
        "speed": pytest.approx(1 + 7 / 9 * 4),
    }
    assert targets_of(PLACED, 10, KNOWN) == {"empathy": 10.0, "speed": 5.0}


def test_a_driver_may_have_a_target_of_its_own_on_its_own_scale():
    assert targets_of(PLACED, {"speed": 4.5}, KNOWN) == {"empathy": 8.0, "speed": 4.5}


def test_numbers_of_numpy_are_targets():
    assert targets_of(PLACED, np.int64(8), KNOWN) == targets_of(PLACED, 8, KNOWN)
    assert targets_of(PLACED, {"speed": np.float32(4.5)}, KNOWN)["speed"] == 4.5


@pytest.mark.parametrize(
    ("target", "message", "dutch"),
    [
        (
            "8",
            (
                "target is '8'. Give one number on a scale from 1 to 10, such as 8, or a number by "
                'driver, such as {"empathy": 9}.'
            ),
            "Geef één getal op een schaal van 1 tot 10",
        ),
        (
            80,
            (
                "target is 80, but one target for all drivers stands on a scale from 1 to 10. For "
                'other scales give a number by driver, such as {"empathy": 4.5}.'
            ),
            "Geef voor andere schalen een getal per driver",
        ),
        (
            {"empaty": 8},
            (
                "target names the driver 'empaty', which is not in the survey. Did you mean "
                "'empathy'? It has 'empathy', 'speed', 'seconds'."
            ),
            "Bedoelde u 'empathy'?",
        ),
        (
            {"seconds": 8},
            (
                "target names 'seconds', which has no place between 0 and 100: it is no single "
                "rating, never varies, or has no scale in the codebook. Leave it out of target; "
                "'empathy', 'speed' have a place."
            ),
            "Laat die weg uit target",
        ),
        (
            {"speed": math.nan},
            "The target of 'speed' is nan. Give a number on its scale, such as 8.",
            "Geef een getal op de schaal",
        ),
        (
            {"speed": 8},
            (
                "The target of 'speed' is 8, but its scale runs from 1 to 5. Choose a number on "
                "that scale."
            ),
            "Kies een getal op die schaal.",
        ),
    ],
)
def test_a_target_that_cannot_be_is_refused_with_one_next_step(target, message, dutch):
    with pytest.raises(FitError) as caught:
        targets_of(PLACED, target, KNOWN)
    assert str(caught.value) == message
    assert dutch in caught.value.say("nl")
