"""Tests of `cxdrivers.survey.coding`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cxdrivers.codebook.codebook import Question
from cxdrivers.errors import SurveyError
from cxdrivers.survey.coding import Answers, coded_answers, numeric_column


def _coded(*columns: object, **fields: object) -> Answers:
    frame = pd.DataFrame(dict(zip("abc", columns, strict=False)))
    return coded_answers(frame, Question("empathy", tuple(frame.columns), **fields))


def test_numbers_are_themselves_and_a_blank_is_nan():
    coded = _coded([7.0, np.nan, 3.5])
    np.testing.assert_array_equal(coded.values[:, 0], [7, np.nan, 3.5])
    assert not coded.not_applicable.any()
    assert not coded.dont_know.any()
    assert not coded.off_scale.any()


def test_each_item_is_a_column():
    coded = _coded([1, 2], [3, 4], [5, 6])
    np.testing.assert_array_equal(coded.values, [[1, 3, 5], [2, 4, 6]])


@pytest.mark.parametrize("kind", ["int64", "float32", "float64", "Int64", "Float64", "category"])
def test_every_kind_of_numbers_reads_alike(kind: str):
    coded = _coded(pd.Series([7, 99, 3]).astype(kind), dont_know=(99.0,))
    np.testing.assert_array_equal(coded.values[:, 0], [7, np.nan, 3])
    np.testing.assert_array_equal(coded.dont_know[:, 0], [False, True, False])


def test_a_gap_of_pandas_is_a_gap():
    coded = _coded(pd.Series([7, pd.NA, 3], dtype="Int64"), not_applicable=(3.0,))
    np.testing.assert_array_equal(coded.values[:, 0], [7, np.nan, np.nan])
    np.testing.assert_array_equal(coded.not_applicable[:, 0], [False, False, True])


@pytest.mark.parametrize("kind", [object, "string", "str", "category"])
def test_numbers_written_as_text_are_numbers(kind):
    coded = _coded(pd.Series(["7", " 8 ", "3.5", None, ""]).astype(kind))
    np.testing.assert_array_equal(coded.values[:, 0], [7, 8, 3.5, np.nan, np.nan])


def test_a_code_in_words_is_found_whatever_its_capitals_and_spaces():
    coded = _coded(
        ["N.v.t. ", "8", "weet niet", None], not_applicable=("n.v.t.",), dont_know=("Weet niet",)
    )
    np.testing.assert_array_equal(coded.values[:, 0], [np.nan, 8, np.nan, np.nan])
    np.testing.assert_array_equal(coded.not_applicable[:, 0], [True, False, False, False])
    np.testing.assert_array_equal(coded.dont_know[:, 0], [False, False, True, False])


@pytest.mark.parametrize("code", [99, 99.0, "99"])
@pytest.mark.parametrize("cells", [[99, 7], [99.0, 7.0], ["99", "7"]])
def test_a_code_is_the_same_as_number_and_as_text(code, cells):
    coded = _coded(cells, not_applicable=(code,))
    np.testing.assert_array_equal(coded.values[:, 0], [np.nan, 7])
    np.testing.assert_array_equal(coded.not_applicable[:, 0], [True, False])


def test_a_blank_is_neither_not_applicable_nor_dont_know():
    coded = _coded([np.nan, 98, 99], not_applicable=(98,), dont_know=(99,))
    np.testing.assert_array_equal(coded.not_applicable[:, 0], [False, True, False])
    np.testing.assert_array_equal(coded.dont_know[:, 0], [False, False, True])


def test_an_answer_off_the_scale_is_marked_and_stays_to_be_seen():
    coded = _coded([0, 1, 10, 11, np.nan], scale=(1, 10))
    np.testing.assert_array_equal(coded.off_scale[:, 0], [True, False, False, True, False])
    np.testing.assert_array_equal(coded.values[:, 0], [0, 1, 10, 11, np.nan])


def test_a_code_is_not_off_the_scale():
    assert not _coded([99, 5], scale=(1, 10), dont_know=(99,)).off_scale.any()


def test_an_infinite_answer_is_off_every_scale():
    np.testing.assert_array_equal(_coded([np.inf, 5.0]).off_scale[:, 0], [True, False])


def test_a_reversed_item_is_turned_round_its_scale_and_the_others_are_not():
    coded = _coded([1, 2, 7], [1, 2, 7], scale=(1, 7), reversed=("b",))
    np.testing.assert_array_equal(coded.values, [[1, 7], [2, 6], [7, 1]])


def test_a_code_is_looked_for_before_an_item_is_turned_round():
    coded = _coded([9, 1], scale=(1, 7), reversed=("a",), not_applicable=(9,))
    np.testing.assert_array_equal(coded.values[:, 0], [np.nan, 7])


@pytest.mark.parametrize(
    "cells",
    [
        [True, False, True],
        ["ja", "nee", "ja"],
        [" Ja", "NEE ", "ja"],
        ["yes", "no", "yes"],
        ["j", "n", "j"],
        ["y", "n", "y"],
        ["TRUE", "FALSE", "TRUE"],
        ["waar", "onwaar", "waar"],
        pd.Categorical(["ja", "nee", "ja"]),
        pd.Series(["ja", "nee", "ja"], dtype="string"),
        np.array([np.True_, np.False_, np.True_], dtype=object),
    ],
)
def test_yes_and_no_are_one_and_zero(cells):
    coded = _coded(cells)
    np.testing.assert_array_equal(coded.values[:, 0], [1, 0, 1])
    assert coded.yes_no["a"].number(cells[0]) == 1


@pytest.mark.parametrize(
    "cells",
    [
        ["ja", None, "nee"],
        ["ja", " ", "nee"],
        ["ja", "NA", "nee"],
        pd.Series(["ja", pd.NA, "nee"], dtype="string"),
        pd.Series([True, pd.NA, False], dtype="boolean"),
        pd.Series([True, None, False], dtype=object),
    ],
)
def test_a_gap_between_yes_and_no_is_a_gap(cells):
    np.testing.assert_array_equal(_coded(cells).values[:, 0], [1, np.nan, 0])


def test_a_column_with_one_of_the_two_words_is_read_as_well():
    np.testing.assert_array_equal(_coded(["ja", "JA"]).values[:, 0], [1, 1])
    np.testing.assert_array_equal(_coded([None, "no"]).values[:, 0], [np.nan, 0])


def test_codes_beside_yes_and_no_keep_their_meaning():
    coded = _coded(
        ["ja", "N.v.t.", "weet niet", "nee", "99"],
        not_applicable=("n.v.t.", 99),
        dont_know=("weet niet",),
    )
    np.testing.assert_array_equal(coded.values[:, 0], [1, np.nan, np.nan, 0, np.nan])
    np.testing.assert_array_equal(coded.not_applicable[:, 0], [False, True, False, False, True])
    np.testing.assert_array_equal(coded.dont_know[:, 0], [False, False, True, False, False])


def test_yes_and_no_fit_the_scale_from_zero_to_one_and_are_turned_round_on_it():
    coded = _coded(["ja", "nee", None], ["ja", "nee", "nee"], scale=(0, 1), reversed=("b",))
    np.testing.assert_array_equal(coded.values, [[1, 0], [0, 1], [np.nan, 1]])
    assert not coded.off_scale.any()


def test_yes_and_no_are_off_every_other_scale_and_numbers_beside_them_are_not():
    coded = _coded(["ja", "nee", None], [1, 10, 7], scale=(1, 10))
    np.testing.assert_array_equal(coded.off_scale, [[True, False], [True, False], [False, False]])
    assert [*coded.yes_no] == ["a"]


def test_zeros_and_ones_are_numbers_and_no_words():
    for cells in ([1, 0], ["1", "0"], ["1 - ja", "0 - nee"]):
        coded = _coded(cells)
        np.testing.assert_array_equal(coded.values[:, 0], [1, 0])
        assert coded.yes_no == {}


def test_yes_and_no_with_something_else_are_refused_with_what_else_there_is():
    one = (
        r"^Column 'a' is answered with 'ja', 'nee', but in 1 row with something else \(for example "
        r"'Misschien'\)\. Yes and no are read as 1 and 0 only where there is nothing else"
    )
    with pytest.raises(SurveyError, match=one):
        _coded(["ja", "nee", None, "Misschien"])
    with pytest.raises(SurveyError) as caught:
        _coded(["ja", "nee", "nee", "7", "x"])
    assert caught.value.say("nl").startswith(
        "Kolom 'a' is beantwoord met 'ja', 'nee', maar in 2 rijen met iets anders (bijvoorbeeld "
        "'7', 'x'). Ja en nee worden alleen als 1 en 0 gelezen waar niets anders staat"
    )


def test_a_stray_yes_among_numbers_is_text_in_a_rating():
    with pytest.raises(SurveyError, match=r"text that is no number in 1 row \(for example 'ja'\)"):
        _coded(["7", "8", "ja"])


def test_the_categories_of_a_factor_stay_what_they_are():
    coded = _coded(["nee", "ja", "nee"], kind="factor")
    assert coded.categories == ("ja", "nee")
    np.testing.assert_array_equal(coded.values[:, 0], [1, 0, 1])


def test_some_of_the_rows_keep_their_words():
    coded = _coded(["ja", "nee"])
    assert coded.of_rows(np.array([True, False])).yes_no == coded.yes_no


def test_a_weight_of_yes_and_no_is_no_weight():
    frame = pd.DataFrame({"w": ["ja", "nee", "ja"]})
    with pytest.raises(SurveyError, match=r"text that is no number in 3 rows"):
        numeric_column(frame, "w")


def test_the_frame_stays_as_it_was():
    frame = pd.DataFrame({"a": [99, 2, 7]})
    coded = coded_answers(
        frame, Question("q", ("a",), scale=(1, 7), reversed=("a",), dont_know=(99,))
    )
    coded.values[:] = -1
    assert frame["a"].tolist() == [99, 2, 7]


def test_text_that_is_no_number_is_refused_with_its_column_count_and_examples():
    message = (
        r"Column 'a' holds text that is no number in 4 rows \(for example 'Goed', 'slecht', 'x'\)"
    )
    with pytest.raises(SurveyError, match=message):
        _coded(["7", "Goed", "slecht", "x", "Goed"])


def test_only_when_all_strange_texts_have_a_decimal_comma_that_is_the_reason():
    with pytest.raises(SurveyError, match=r"decimal comma as text in 2 rows .*'7,5', '1\.234,5'"):
        _coded(["7,5", "8", "1.234,5"])
    with pytest.raises(SurveyError, match=r"text that is no number in 2 rows"):
        _coded(["7,5", "8", "goed"])


def test_a_decimal_comma_is_never_taken_for_a_thousands_comma_without_a_word():
    """Three decimals look like thousands; no rating runs into the thousands."""
    with pytest.raises(SurveyError, match=r"decimal comma as text in 2 rows .*'7,333', '6,667'"):
        _coded(["7,333", "8", "6,667"])


def test_the_decimal_mark_of_a_file_may_be_found_in_the_column():
    frame = pd.DataFrame({"a": ["7,5", "n.v.t.", "8", None]})
    question = Question("empathy", ("a",), not_applicable=("n.v.t.",))
    coded = coded_answers(frame, question, decimal=None)
    np.testing.assert_array_equal(coded.values[:, 0], [7.5, np.nan, 8, np.nan])
    with pytest.raises(SurveyError, match=r"decimal comma as text in 1 row"):
        coded_answers(frame, question)


def test_a_column_that_must_be_numbers_is_read_like_a_rating():
    frame = pd.DataFrame({"w": ["1.5", None, "2"]})
    np.testing.assert_array_equal(numeric_column(frame, "w"), [1.5, np.nan, 2])
    with pytest.raises(SurveyError, match=r"Column 'w' holds text that is no number in 1 row"):
        numeric_column(pd.DataFrame({"w": ["1.5", "heavy"]}), "w")
