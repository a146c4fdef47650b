"""A draft calls segments and their codes what an SPSS file does, and asks where no file can say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from cxdrivers.codebook.drafting import draft_codebook
from cxdrivers.codebook.group_names import GroupNames
from tests.codebook.draft_samples import ROWS, comments, drafted, grades, read_back, table

ANSWERS: dict[str, list[Any]] = {"satisfaction": grades(), "empathy": grades()}
GENDER = [float(1 + row % 2) for row in range(ROWS)]


def test_value_labels_of_segments_and_waves_are_taken_over_with_short_labels_of_columns() -> None:
    draft = drafted(
        {**ANSWERS, "gender": GENDER, "wave": GENDER},
        column_labels={"gender": "Gender of\nthe caller", "wave": "When were you asked?"},
        value_labels={"gender": {1.0: "man", 2.0: " woman "}, "wave": {1.0: "spring"}},
    )
    assert draft.codebook is not None
    assert draft.codebook.groups == (
        GroupNames("gender", "Gender of the caller", {1: "man", 2: "woman"}),
        GroupNames("wave", None, {1: "spring"}),
    )
    assert 'values = { 1 = "man", 2 = "woman" }' in draft.text
    assert read_back(draft) == draft.codebook


@pytest.mark.parametrize(
    ("labels", "taken"),
    [
        ({1: "other", 2: "other", 3: "man"}, {1: "other (1)", 2: "other (2)", 3: "man"}),
        ({1: "2", 2: "woman"}, {1: "2 (1)", 2: "woman"}),
        ({1: "1", 2: " "}, {1: "1"}),
        ({1: "other", 2: "other", 3: "other (1)"}, {1: "other (1)", 2: "other (2)"}),
    ],
)
def test_labels_that_would_look_the_same_have_their_code_beside_them(
    labels: dict[float | str, str], taken: dict[float | str, str]
) -> None:
    draft = drafted({**ANSWERS, "gender": GENDER}, value_labels={"gender": labels})
    assert draft.codebook is not None
    assert draft.codebook.groups == (GroupNames("gender", values=taken),)


def test_where_the_file_does_not_say_what_codes_mean_a_comment_shows_how_to() -> None:
    draft = drafted({**ANSWERS, "gender": GENDER, "channel": ["phone", "chat"] * (ROWS // 2)})
    assert draft.codebook is not None
    assert draft.codebook.groups == ()
    said = " ".join(draft.text.replace("\n#", "").split())
    assert (
        "The groups of 'gender' are numbers. Say what each means in a table for "
        'each column, such as [groups.gender] with label = "…" and values = { 1 = "…" }.'
    ) in said
    assert (
        draft_codebook(table({**ANSWERS, "gender": GENDER}), language="nl").text.count(
            "De groepen van 'gender' zijn nummers."
        )
        == 1
    )


def test_nothing_is_said_of_segments_in_words() -> None:
    draft = drafted({**ANSWERS, "channel": ["phone", "chat"] * (ROWS // 2)})
    assert "The groups of" not in draft.text


@pytest.mark.parametrize("dtype", ["int64[pyarrow]", "double[pyarrow]", "Int64", "int8", "float32"])
def test_codes_are_asked_about_however_the_frame_holds_them(dtype: str) -> None:
    frame = pd.DataFrame({**ANSWERS, "gender": pd.Series(GENDER).astype(dtype)})
    assert 'values = { 1 = "…" }' in comments(draft_codebook(frame, language="en"))


@pytest.mark.parametrize(
    ("labels", "first"),
    [({99: "unknown"}, "1"), ({1: "man", 99: "unknown"}, "2"), ({1: "man", 2: " "}, "2")],
)
def test_a_segment_is_asked_about_until_every_code_in_the_data_has_a_label(
    labels: dict[float | str, str], first: str
) -> None:
    draft = drafted({**ANSWERS, "gender": GENDER}, value_labels={"gender": labels})
    assert f'values = {{ {first} = "…" }}' in comments(draft)


def test_the_advice_for_codes_with_a_point_can_be_filled_in_and_read_back() -> None:
    draft = drafted({**ANSWERS, "age group": [1.5, 2.5] * (ROWS // 2)})
    head, entries = '[groups."age group"]', 'values = { "1.5" = "…" }'
    assert f'{head} with label = "…" and {entries}' in comments(draft)
    filled = f"{draft.text}\n{head}\n{entries.replace('…', 'young')}\n"
    assert read_back(replace(draft, text=filled)).groups == (
        GroupNames("age group", values={"1.5": "young"}),
    )


def test_every_segment_that_holds_codes_is_named_however_many_there_are() -> None:
    segments = {f"segment_{place}": GENDER for place in range(14)}
    said = comments(drafted({**ANSWERS, **segments}))
    listed = ", ".join(f"'{name}'" for name in segments)
    assert f"The groups of {listed} are numbers." in said
    assert f"segments are {listed}, because" in said
