"""A column is a rating by its answers, once codes are set aside."""

from __future__ import annotations

import pandas as pd
import pytest

from cxdrivers.codebook.draft_ratings import Rating, counted, find_rating, scale_covering
from cxdrivers.reading.table import Code


def rated(values: list[float], labels: dict[Code, str] | None = None) -> Rating | None:
    return find_rating(dict.fromkeys(map(float, values), 10), labels or {}, ())


@pytest.mark.parametrize(
    ("values", "scale", "codes"),
    [
        ([1, 2, 3, 4, 5], (1, 5), {}),
        ([1, 2, 3, 4, 5, 6], (1, 7), {}),
        ([3, 4, 5, 6, 7, 8], (1, 10), {}),
        ([*range(11)], (0, 10), {}),
        ([0, 1, 2, 3, 4, 5], (0, 5), {}),
        ([6, 6.5, 7, 7.5, 8], (1, 10), {}),
        ([0, 20, 40, 60, 80, 100], (0, 100), {}),
        ([0, 25, 50, 75, 100, 999], (0, 100), {999: "not_applicable"}),
        ([*range(1, 11), 98, 99], (1, 10), {98: "dont_know", 99: "not_applicable"}),
        ([*range(11), 11], (0, 10), {11: "not_applicable"}),
        ([1, 2, 3, 4, 5, -1], (1, 5), {-1: "dont_know"}),
        ([1, 2, 3, 4, 5, 9], (1, 5), {9: "not_applicable"}),
        ([1, 2, 3, 4, 5, 8, 9], (1, 5), {8: "dont_know", 9: "not_applicable"}),
        ([1, 2, 3, 4, 5, 6, 7, 9], (1, 7), {9: "not_applicable"}),
        ([*range(7)], (1, 5), {0: "dont_know", 6: "not_applicable"}),
        ([*range(7), 9], (1, 5), {0: "dont_know", 6: "not_applicable", 9: "not_applicable"}),
    ],
)
def test_the_scale_and_the_codes_follow_from_the_answers(
    values: list[float], scale: tuple[float, float], codes: dict[float, str]
) -> None:
    rating = rated(values)
    assert rating is not None
    assert (rating.scale, rating.codes) == (scale, codes)
    assert rating.guessed == set(codes)
    assert set(rating.seen) | set(codes) == set(values)
    assert rating.answers == 10 * len(rating.seen)


@pytest.mark.parametrize(
    "values",
    [
        [0, 1],
        [1, 2, 3],
        [*range(1, 14)],
        [1.25, 2.5, 3.75, 5.0],
        [6.1, 6.2, 6.3, 7],
        [-2, -1, 0, 1, 2],
        [18, 19, 20, 21, 22],
        [1, 2, 3, 4, 5, 97, 98, 99, 999],
    ],
)
def test_other_numbers_are_no_rating(values: list[float]) -> None:
    assert rated(values) is None


def test_a_gap_in_few_answers_is_no_code() -> None:
    few = find_rating(dict.fromkeys([1.0, 2.0, 3.0, 4.0, 5.0, 9.0], 2), {}, ())
    assert few is not None
    assert (few.scale, few.codes) == ((1.0, 10.0), {})


def test_value_labels_give_the_scale_and_the_codes_even_unseen() -> None:
    rating = rated(
        [2, 3, 99], {1: "1 heel slecht", 10: "10 heel goed", 98: "Geen mening", 99: "Nvt"}
    )
    assert rating is not None
    assert (rating.scale, rating.labelled, rating.seen) == ((1.0, 10.0), True, (2.0, 3.0))
    assert rating.codes == {98.0: "dont_know", 99.0: "not_applicable"}
    assert rating.guessed == frozenset()


def test_an_answer_beyond_the_labelled_ends_is_a_guessed_code() -> None:
    rating = rated([1, 2, 3, 4, 5, 99], {1: "Very dissatisfied", 5: "Very satisfied"})
    assert rating is not None
    assert (rating.codes, rating.guessed) == ({99.0: "not_applicable"}, {99.0})


def test_a_label_that_says_two_things_is_a_guess() -> None:
    rating = rated([1, 2, 3, 4, 5, 6], {6: "Weet niet / n.v.t."})
    assert rating is not None
    assert (rating.codes, rating.guessed) == ({6.0: "dont_know"}, {6.0})


def test_value_labels_that_name_things_make_no_scale() -> None:
    assert rated([1, 2, 3, 4, 5], {1: "Factuur", 2: "Storing", 3: "Klacht", 5: "Anders"}) is None


def test_the_low_end_may_be_the_good_one() -> None:
    for low, high, reversed_ in [
        ("Helemaal mee eens", "Helemaal mee oneens", True),
        ("Helemaal niet mee eens", "Helemaal mee eens", False),
        ("Excellent", "Poor", True),
    ]:
        rating = rated([1, 2, 3, 4, 5], {1: low, 5: high})
        assert rating is not None
        assert rating.reversed is reversed_


def test_values_are_counted_as_numbers_or_as_trimmed_texts() -> None:
    column = pd.Series(["7", " 7", 7.0, "n.v.t. ", None, "", "nan"], dtype=object)
    assert counted(column) == {7.0: 3, "n.v.t.": 1, "nan": 1}


def test_a_column_with_very_many_values_is_not_counted() -> None:
    assert counted(pd.Series(range(201))) is None


def test_no_usual_scale_covers_everything() -> None:
    assert scale_covering(2, 6) == (1.0, 7.0)
    assert scale_covering(0, 11) is None
