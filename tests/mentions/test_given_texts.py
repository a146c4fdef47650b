"""Tests of `cxdrivers.mentions.given_texts`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.errors import CxError
from cxdrivers.mentions.given_texts import texts_with_index


@pytest.mark.parametrize(
    "texts",
    [
        ["a", None, "b"],
        ("a", np.nan, "b"),
        iter(["a", pd.NA, "b"]),
        np.array(["a", float("nan"), "b"], dtype=object),
        pd.Series(["a", pd.NaT, "b"], dtype=object),
        pd.Series(["a", None, "b"], dtype="string"),
        pd.Series(["a", None, "b"], dtype="category"),
    ],
)
def test_texts_come_in_any_kind_of_list(texts: Any):
    assert texts_with_index(texts)[0] == ("a", None, "b")


def test_the_labels_of_a_column_are_kept():
    index = pd.MultiIndex.from_tuples([("x", 2), ("y", 1)])
    assert texts_with_index(pd.Series(["a", "b"], index=index))[1] is index
    assert texts_with_index(["a", "b"])[1].tolist() == [0, 1]


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA])
def test_a_column_of_blanks_holds_no_text(missing: object):
    assert texts_with_index(pd.Series([missing, missing], dtype=object))[0] == (None, None)
    assert texts_with_index(pd.Series([np.nan, np.nan]))[0] == (None, None)
    assert texts_with_index([])[0] == ()


@pytest.mark.parametrize(
    ("value", "shown", "kind"),
    [(8, "8", "int"), (b"a", "b'a'", "bytes"), (["a"], "['a']", "list"), (True, "True", "bool")],
)
def test_a_value_that_is_no_text_is_named_with_its_row(value: object, shown: str, kind: str):
    with pytest.raises(CxError) as caught:
        texts_with_index(pd.Series(["a", value], index=["r1", "r2"], dtype=object))
    assert str(caught.value) == (
        f"Row 'r2' of the texts holds {shown} ({kind}), which is neither a text nor missing. "
        "Check that this is the column with the motivations."
    )
    assert caught.value.say("nl").startswith(f"Rij 'r2' van de teksten bevat {shown} ({kind}):")


def test_one_text_alone_is_not_a_list_of_letters():
    with pytest.raises(CxError) as caught:
        texts_with_index("Kim heeft mij heel erg goed geholpen met alles")
    assert str(caught.value) == (
        "texts is one text, 'Kim heeft mij heel erg goed geholpen me…. Put it in a list: "
        "find_mentions([text])."
    )
    assert "Zet hem in een lijst" in caught.value.say("nl")


@pytest.mark.parametrize("texts", [pd.DataFrame({"a": ["b"]}), {"a": "b"}, 3])
def test_a_whole_table_is_not_a_column(texts: Any):
    with pytest.raises(CxError) as caught:
        texts_with_index(texts)
    assert str(caught.value) == (
        f"texts is a {type(texts).__name__}. Give one column of texts, such as "
        'table["motivation"], or a list of texts.'
    )
    assert "Geef één kolom met teksten" in caught.value.say("nl")


def test_a_survey_is_answered_with_the_column_that_its_codebook_calls_verbatim():
    survey = cx.load_example()
    with pytest.raises(cx.CxError, match=r'calls verbatim: survey\.frame\["motivation"\]\.'):
        cx.find_mentions(survey, language="nl")


def test_a_survey_without_motivations_says_where_the_codebook_names_them():
    frame = pd.DataFrame({"grade": [7, 8, 9], "friendly": [6, 7, 9]})
    survey = cx.Survey.from_frame(frame, outcome="grade", drivers=["friendly"])
    with pytest.raises(cx.CxError, match=r"names no column with motivations\. .* name it verbatim"):
        cx.find_mentions(survey, language="nl")
