"""Scales and codes that were guessed are said to be, and asked about where it matters."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.codebook.codebook import Question
from tests.codebook.draft_samples import (
    ROWS,
    asked,
    comments,
    drafted,
    grades,
    items_of,
    with_code,
)


def test_labels_that_put_the_good_answer_first_turn_the_items_round() -> None:
    good_first = {1.0: "Zeer tevreden", 2.0: "Tevreden", 5.0: "Zeer ontevreden"}
    draft = drafted(
        {"overall": grades(1, 5), "price": grades(1, 5)}, value_labels={"price": good_first}
    )
    assert draft.codebook is not None
    assert draft.codebook.drivers[0].reversed == ("price",)
    assert asked(draft) == ["Is a low answer to 'price' the good one? The labels say so."]
    assert "so the items stand under reversed." in comments(draft)


def test_codes_that_the_file_declares_missing_are_no_answers_and_no_guess() -> None:
    draft = drafted(
        {"overall": grades(), "price": with_code(0)}, missing_codes={"price": (0.0, 99.0)}
    )
    assert draft.codebook is not None
    price = draft.codebook.drivers[0]
    assert (price.scale, price.dont_know) == ((1.0, 10.0), (0.0, 99.0))
    assert draft.open_questions == ()


def test_items_of_one_stem_on_two_scales_are_asked_about() -> None:
    draft = drafted({"rel_1": grades(1, 5), "rel_2": grades(), "cijfer": grades()})
    assert items_of(draft) == {"reliability": ("rel_1", "rel_2")}
    assert asked(draft) == [
        (
            "Do the items of 'reliability' have one scale? Their answers look like different ones. "
            "If they differ, make them drivers of their own."
        )
    ]


def test_a_driver_with_few_answers_takes_over_the_scale_of_the_others() -> None:
    few = [*grades(1, 5, 30), *[np.nan] * (ROWS - 30)]
    draft = drafted({"price": grades(), "speed": grades(), "shop": few, "cijfer": grades()})
    assert draft.codebook is not None
    assert draft.codebook.drivers[2].scale == (1.0, 10.0)
    assert "with 30 answers, from 1 to 5, it was taken over from the other drivers" in (
        comments(draft)
    )


def test_an_end_of_the_scale_that_nobody_used_is_asked_about() -> None:
    draft = drafted({"price": grades(1, 4), "cijfer": grades()})
    assert asked(draft) == ["Does the scale of 'price' run to 5? Nobody gave more than 4."]


def test_a_scale_that_begins_at_zero_is_asked_about() -> None:
    draft = drafted({"price": grades(0, 5), "cijfer": grades()})
    assert asked(draft) == [
        (
            "Is 0 the lowest answer to 'price', or does it mean that there is no answer? It is "
            "taken as an answer."
        )
    ]


def test_codes_on_both_sides_of_a_scale_are_set_aside() -> None:
    draft = drafted({"price": grades(0, 6), "cijfer": grades()})
    assert draft.codebook is not None
    price = draft.codebook.drivers[0]
    assert (price.scale, price.not_applicable, price.dont_know) == ((1.0, 5.0), (6.0,), (0.0,))
    assert len(draft.open_questions) == 2
    assert asked(draft)[1] == (
        "Does the answer 0 to 'price' mean no answer? That is a guess; if it means not "
        "applicable, move it to not_applicable, and if it is a real answer, remove it and mend "
        "the scale."
    )


def test_a_code_that_another_item_has_as_answer_stays_an_answer() -> None:
    draft = drafted({"rel_1": grades(0, 6), "rel_2": grades(1, 7), "cijfer": grades()})
    assert draft.codebook is not None
    driver = draft.codebook.drivers[0]
    assert (driver.not_applicable, driver.dont_know) == ((), (0.0,))
    assert driver.scale == (1.0, 7.0)


@pytest.mark.parametrize(
    ("text", "comment", "questions"),
    [
        ("XX", "A guess: 'XX' taken as no answer.", 1),
        ("BLANK", "'BLANK' stands among the answers; what it means is taken from the words.", 0),
    ],
)
def test_few_texts_in_a_rating_are_a_code(text: str, comment: str, questions: int) -> None:
    grade = [str(int(value)) for value in grades(1, 5)]
    grade[::10] = [text] * len(grade[::10])
    draft = drafted({"Q7ALL": grade, "Q7ART": grades(1, 5)})
    assert draft.codebook is not None
    assert draft.codebook.outcome == Question(
        "Q7ALL", ("Q7ALL",), scale=(1.0, 5.0), dont_know=(text,)
    )
    assert comment in comments(draft)
    assert len(draft.open_questions) == questions


def test_many_texts_make_a_column_no_rating() -> None:
    mixed = ["7", "8", "9", "a lot"] * (ROWS // 4)
    draft = drafted({"price": mixed, "speed": grades(), "cijfer": grades()})
    assert items_of(draft) == {"speed": ("speed",)}
    assert "Not used: 'price'." in comments(draft)


def test_a_text_that_says_what_it_means_is_no_guess() -> None:
    answers = [str(int(value)) for value in grades(1, 5)]
    answers[::2] = ["n.v.t."] * len(answers[::2])
    draft = drafted({"keuzemenu": answers, "cijfer": grades()})
    assert draft.codebook is not None
    assert draft.codebook.drivers[0].not_applicable == ("n.v.t.",)
    assert draft.open_questions == ()
