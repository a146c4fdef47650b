"""Columns of groups and their codes are called what the codebook says, and never two the same."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from cxdrivers.answers.groups.groups import compare_groups
from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.codebook.group_names import GroupNames, group_names_of
from cxdrivers.errors import SurveyError
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import Sentence
from tests.answers.groups.grouped_surveys import grouped_answers
from tests.samples import survey_of

GENDER = GroupNames(
    "Q21",
    {"nl": "Geslacht", "en": "Gender"},
    {1: "man", 2.0: {"nl": "vrouw", "en": "woman"}, "0": " not\nfilled in "},
)


def named(**values: object) -> Callable[[], object]:
    return lambda: GroupNames("Q21", values=values)


def booked(*groups: GroupNames) -> Codebook:
    return Codebook(Question("grade", ("g",)), (Question("empathy", ("e",)),), groups=groups)


def test_a_column_and_its_codes_are_called_what_a_reader_calls_them_in_their_language() -> None:
    assert (GENDER.label_in("nl"), GENDER.label_in("en")) == ("Geslacht", "Gender")
    assert [GENDER.value_in(code, "nl") for code in "120"] == ["man", "vrouw", "not filled in"]
    assert GENDER.value_in("2", "en") == "woman"


def lone_facts(*strata: str) -> dict[str, object]:
    return {"count": 1, "all": 9, "column": "Q21", "strata": [*strata]}


def test_without_labels_a_column_and_its_codes_are_called_what_they_are() -> None:
    plain = GroupNames("Q21", values={"1": " "})
    assert plain.label_in("nl") == "Q21"
    assert [plain.value_in(code, "nl") for code in ("1", "2.0", "a\tb")] == ["1", "2.0", "a\tb"]
    assert not plain.has("1")


@pytest.mark.parametrize("code", [1, 1.0, "1", "1.0", "1.00"])
def test_a_code_is_the_same_code_however_it_is_written(code: float | str) -> None:
    names = GroupNames("Q21", values={code: "man"})
    assert names == GroupNames("Q21", values={"1": "man"})
    assert names.value_in("1", "en") == "man"
    assert names.value_in("01", "en") == "01"


def test_two_groups_of_a_column_with_texts_keep_two_names() -> None:
    assert [GENDER.value_in(code, "nl") for code in ("1", "1.0")] == ["man", "1.0"]
    assert GENDER.has("1")
    assert not GENDER.has("1.0")
    frame = grouped_answers([60, 50], names=["1", "1.0"])
    named = {"group": {"values": {1: "man"}}}
    compared = compare_groups(survey_of(frame, groups=named), by="group")
    assert sorted(compared.table("en")["group"]) == ["1.0", "all groups", "man"]


def test_a_code_that_looks_like_the_label_of_another_is_told_apart_from_it() -> None:
    assert GENDER.value_in("man", "nl") == "man (code)"
    told = Sentence("findings.lone_strata.meaning", lone_facts(GENDER.value_in("man", "nl")))
    assert "'man (code)'" in told.say("nl")
    assert GENDER.value_in("woman", "nl") == "woman"


def test_names_are_equal_after_they_were_copied_or_sent() -> None:
    assert pickle.loads(pickle.dumps(GENDER)) == copy.deepcopy(GENDER) == GENDER  # noqa: S301  (our own bytes)


def test_the_mapping_that_was_given_is_not_changed() -> None:
    given: dict[float | str, str] = {1.0: "man"}
    GroupNames("Q21", values=given)
    assert given == {1.0: "man"}
    assert [str(code) for code in given] == ["1.0"]


CONTRADICTIONS = [
    (
        lambda: GroupNames("Q21", values={1: "man", "1": "m"}),
        (
            "The codebook has two labels for the code '1' of the column 'Q21' (1, 1.0 and \"1\" "
            "are one code). Keep one of them."
        ),
    ),
    (
        named(a="man", b="man"),
        (
            "In the codebook the codes 'a' and 'b' of the column 'Q21' have the same label 'man', "
            "so a reader could not tell these groups apart. Give each a label of its own."
        ),
    ),
    (
        named(a={"en": "man", "nl": "man"}, b={"en": "woman", "nl": " man "}),
        (
            "In the codebook the codes 'a' and 'b' of the column 'Q21' have the same label 'man', "
            "so a reader could not tell these groups apart. Give each a label of its own."
        ),
    ),
    (
        named(a="b", b="woman"),
        (
            "The codebook calls the code 'a' of the column 'Q21' 'b', which is another code of "
            "that column. Give 'a' a label that is no code."
        ),
    ),
    (
        lambda: booked(GENDER, GroupNames("Q21")),
        (
            "The codebook says twice what the groups of the column 'Q21' are called. Keep one "
            "table, [groups.Q21]."
        ),
    ),
    (
        lambda: booked(GroupNames(" ")),
        (
            "The codebook names a column without a name in 'groups'. Fill in the column as the "
            "survey calls it, or remove it there."
        ),
    ),
    (
        lambda: group_names_of({"Q21": {"value": {1: "man"}}}),
        (
            "The names for the groups of the column 'Q21' hold 'value', which is not known. Did "
            "you mean 'values'? Give 'label', 'values': values says for each code what its group "
            "is called."
        ),
    ),
    *(
        (
            named(**{"1": label}),
            (
                f"The label of the code '1' of the column 'Q21' in 'groups' is {label!r}, which is "
                "no text. Give one text, or one for each language: {'en': …, 'nl': …}."
            ),
        )
        for label in (2023, None, {"fr": "homme"}, {"en": 1})
    ),
    (
        lambda: group_names_of({"Q21": {"label": ["a"]}}),
        (
            "The label of the column 'Q21' in 'groups' is ['a'], which is no text. Give one text, "
            "or one for each language: {'en': …, 'nl': …}."
        ),
    ),
    (
        lambda: group_names_of({"Q21": {"values": ["a", "b"]}}),
        (
            "The values of the column 'Q21' in 'groups' are ['a', 'b'], which is no mapping. Give "
            "for each code what its group is called, as in {1: 'man', 2: 'woman'}."
        ),
    ),
    *(
        (
            lambda about=about: group_names_of({"Q21": about}),  # type: ignore[misc]
            (
                f"The column 'Q21' in 'groups' has {about!r}, which is no mapping. Give its "
                "'label' and its 'values', as in {'label': 'Gender', 'values': {1: 'man'}}."
            ),
        )
        for about in (None, "Gender")
    ),
    *(
        (
            lambda given=given: group_names_of(given),  # type: ignore[misc]
            (
                f"Among 'groups' stands {found!r}, which says of no column what its groups are "
                "called. Give a mapping of columns, as in {'Q21': {'values': {1: 'man'}}}."
            ),
        )
        for given, found in ((["Q21"], "Q21"), ("Q21", "Q21"), (21, 21))
    ),
]


@pytest.mark.parametrize(("make", "message"), CONTRADICTIONS)
def test_names_that_would_mislead_a_reader_are_refused_with_one_next_step(
    make: Callable[[], object], message: str
) -> None:
    with pytest.raises(SurveyError) as caught:
        make()
    assert str(caught.value) == message
    assert caught.value.say("nl") not in ("", message)


def test_a_label_may_repeat_its_own_code() -> None:
    assert GroupNames("wave", values={"2025-1": "2025-1"}).value_in("2025-1", "en") == "2025-1"


def test_a_data_frame_takes_the_names_as_a_codebook_file_has_them() -> None:
    frame = pd.DataFrame({"grade": [6, 8, 9], "fast": [7, 7, 9], "Q21": [1, 2, 1]})
    given = {"Q21": {"label": "Gender", "values": {1: "man"}}}
    survey = Survey.from_frame(frame, outcome="grade", groups=given)
    assert survey.codebook.groups == (GroupNames("Q21", "Gender", {1: "man"}),)
    assert survey.drivers == ("fast",)
    again = Survey.from_frame(frame, outcome="grade", groups=survey.codebook.groups)
    assert again.codebook == survey.codebook


def test_names_of_a_column_that_is_not_there_are_refused_with_the_nearest_one() -> None:
    frame = pd.DataFrame({"grade": [6, 8, 9], "fast": [7, 7, 9], "Q21Gender": [1, 2, 1]})
    with pytest.raises(SurveyError) as caught:
        Survey.from_frame(frame, outcome="grade", drivers="fast", groups={"Q21gender": {}})
    assert "the column 'Q21gender' (groups)" in str(caught.value)
    assert "Did you mean 'Q21Gender'?" in str(caught.value)


def test_a_label_of_a_code_that_never_occurs_is_no_trouble() -> None:
    frame = pd.DataFrame({"grade": [6, 8, 9], "fast": [7, 7, 9], "Q21": [1, 2, 1]})
    values = {1: "man", 2: "woman", 98: "other"}
    survey = Survey.from_frame(frame, outcome="grade", groups={"Q21": {"values": values}})
    assert len(survey.respondents) == 3


def test_one_table_of_names_needs_no_list_and_a_codebook_takes_a_mapping_too() -> None:
    frame = pd.DataFrame({"grade": [6, 8, 9], "fast": [7, 7, 9], "Q21": [1, 2, 1]})
    one = GroupNames("Q21", "Gender")
    assert Survey.from_frame(frame, outcome="grade", groups=one).codebook.groups == (one,)
    given: Any = {"Q21": {"label": "Gender"}}
    question = Question("grade", ("g",))
    booked = Codebook(question, (Question("empathy", ("e",)),), groups=given)
    assert booked.groups == (one,)
    assert group_names_of(None) == ()
