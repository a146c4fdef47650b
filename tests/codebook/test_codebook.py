"""A codebook refuses to contradict itself, and says how to mend it."""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable

import pytest

from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.errors import SurveyError

OUTCOME = Question("satisfaction", ("grade",))
EMPATHY = Question("empathy", ("friendly", "listens"))


def test_a_question_is_labelled_in_the_language_of_the_reader_unless_the_client_has_a_label() -> (
    None
):
    assert EMPATHY.label_in("nl") == "Empathie"
    assert EMPATHY.label_in("en") == "Empathy"
    assert Question("empathy", ("a",), label="Warmte").label_in("en") == "Warmte"
    assert Question("Q7ART", ("Q7ART",)).label_in("nl") == "Q7ART"


def test_a_codebook_lists_every_column_with_what_it_is() -> None:
    codebook = Codebook(
        OUTCOME, (EMPATHY,), weight="w", cluster="agent", segments=("team", "region")
    )
    assert list(codebook.columns()) == [
        ("grade", "satisfaction"),
        ("friendly", "empathy"),
        ("listens", "empathy"),
        ("w", "weight"),
        ("agent", "cluster"),
        ("team", "segments"),
        ("region", "segments"),
    ]
    assert codebook.labels("en") == {"satisfaction": "satisfaction", "empathy": "Empathy"}


def test_a_question_lists_its_codes_of_both_kinds() -> None:
    question = Question("empathy", ("a",), not_applicable=(99.0,), dont_know=("x",))
    assert question.codes == (99.0, "x")


def asked(**fields: object) -> Callable[[], object]:
    return lambda: Question(**({"key": "empathy", "items": ("a", "b")} | fields))  # type: ignore[arg-type]


def booked(**fields: object) -> Callable[[], object]:
    return lambda: Codebook(**({"outcome": OUTCOME, "drivers": (EMPATHY,)} | fields))  # type: ignore[arg-type]


CONTRADICTIONS = [
    (asked(items=()), "'empathy' has no items. Name at least one column of the survey in items."),
    (
        asked(key=" "),
        (
            "A driver or outcome with the items 'a', 'b' has no name. Give it one, such as "
            "[drivers.empathy]."
        ),
    ),
    (
        asked(scale=(10.0, 1.0)),
        (
            "The scale of 'empathy' runs from 10 to 1. Write the lowest answer first; if a low "
            "answer is the good one, list the items under reversed."
        ),
    ),
    (
        asked(scale=(5.0, 5.0)),
        (
            "The scale of 'empathy' begins and ends at 5. Give the lowest and the highest possible "
            "answer, such as scale = [1, 10]."
        ),
    ),
    (
        asked(scale=(1.0, math.inf)),
        (
            "The scale of 'empathy' runs from 1 to inf. Give two ordinary numbers, such as scale = "
            "[1, 10], or leave scale out when any number may be given."
        ),
    ),
    (
        asked(reversed=("c",), scale=(1.0, 5.0)),
        (
            "'empathy' lists 'c' under reversed, but not under items. List every reversed column "
            "under items too."
        ),
    ),
    (
        asked(reversed=("b",)),
        (
            "'empathy' has reversed items ('b') but no scale. Give scale = [lowest, highest]: "
            "turning an answer round needs both ends."
        ),
    ),
    (
        asked(not_applicable=(99.0, 98.0), dont_know=(98.0,)),
        (
            "'empathy' lists the codes '98' both as not applicable and as don't know. Keep each "
            "under the one it means."
        ),
    ),
    (
        asked(dont_know=(math.nan, "")),
        (
            "'empathy' lists 'nan', '' as a code. A code is a number such as 99 or a text such as "
            '"n.v.t."; a blank answer needs no code, so remove it.'
        ),
    ),
    (booked(language="de"), "Language 'de' is not available. Choose one of 'en', 'nl'."),
    (booked(decimal=";"), """decimal is ';'. It must be "." or ","."""),
    (
        booked(weight=" ", segments=("",)),
        (
            "The codebook names a column without a name in 'weight', 'segments'. Fill in the "
            "column as the survey calls it, or remove it there."
        ),
    ),
    (
        booked(drivers=(EMPATHY, Question("empathy", ("c",)))),
        (
            "The codebook names the drivers 'empathy' more than once. Give each driver a name of "
            "its own."
        ),
    ),
    (
        booked(drivers=(Question("satisfaction", ("c",)),)),
        (
            "'satisfaction' is both the outcome and a driver. An outcome cannot explain itself: "
            "remove it from the drivers."
        ),
    ),
    (
        booked(drivers=(EMPATHY, Question("focus", ("listens", "grade")))),
        (
            "The columns 'grade', 'listens' stand more than once among the items. Keep each column "
            "once, with one driver."
        ),
    ),
    (
        booked(weight="listens"),
        "'listens' is both the weight and an item. Check which of the two it is.",
    ),
]


@pytest.mark.parametrize(("make", "message"), CONTRADICTIONS)
def test_a_contradiction_is_refused_with_one_next_step(
    make: Callable[[], object], message: str
) -> None:
    with pytest.raises(SurveyError) as caught:
        make()
    assert str(caught.value) == message
    assert caught.value.say("nl") not in ("", message)
    assert str(pickle.loads(pickle.dumps(caught.value))) == message  # noqa: S301  (our own bytes)
