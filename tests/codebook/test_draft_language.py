"""The language of a draft is that of the questions, else of the columns, else of the texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.codebook.draft_hints import fold, hints
from cxdrivers.codebook.draft_language import language_of
from cxdrivers.codebook.drafting import draft_codebook
from cxdrivers.reading.table import Source, Table
from tests.codebook.draft_samples import table

DUTCH = {"a": "Hoe tevreden bent u over de wachttijd?", "b": "De medewerker luisterde goed"}
ENGLISH = {"a": "How satisfied are you with the waiting time?", "b": "The employee listened"}


def spoken(**texts: dict[str, str]) -> str:
    return language_of(table({"a": [1.0, 2.0], "b": [3.0, 4.0]}, **texts))


def test_the_questions_say_it():
    assert spoken(column_labels=DUTCH) == "nl"
    assert spoken(column_labels=ENGLISH) == "en"


def test_the_answers_say_it():
    dutch = {1.0: "Zeer ontevreden", 5.0: "Zeer tevreden", 9.0: "Weet niet"}
    english = {1.0: "Very dissatisfied", 5.0: "Very satisfied", 9.0: "Don't know"}
    assert spoken(value_labels={"a": dutch, "b": dutch}) == "nl"
    assert spoken(value_labels={"a": english, "b": english}) == "en"


def test_questions_go_before_the_names_of_the_columns():
    names = {"satisfaction": [1.0], "customer_knowledge": [2.0], "overall_rating": [3.0]}
    labels = {"satisfaction": "Hoe tevreden bent u?"}
    assert language_of(table(names)) == "en"
    assert language_of(table(names, column_labels=labels)) == "nl"


def test_names_of_columns_go_before_the_texts_of_customers():
    answers = {"toelichting": ["the agent was very friendly"], "wachttijd": [7.0]}
    assert language_of(table(answers)) == "nl"
    assert language_of(table({"Q1": ["de medewerker was heel aardig"], "Q2": [7.0]})) == "nl"


def test_a_file_without_words_or_with_as_many_of_both_is_english():
    assert language_of(table({"Q1": [1.0], "Q2": [2.0]})) == "en"
    assert spoken(column_labels={"a": "Medewerker", "b": "Employee"}) == "en"
    assert language_of(Table(pd.DataFrame(), Source("x.csv", "csv"))) == "en"


def test_no_word_is_of_both_languages_and_all_are_written_as_they_are_searched():
    dutch, english = hints().languages["nl"], hints().languages["en"]
    assert not dutch & english
    shared = {"met", "focus", "overall", "wave", "over", "man", "is", "was"}
    assert not shared & (dutch | english)
    assert all(fold(word) == word for word in dutch | english)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("sfo_2018.csv", "en"),
        ("airport_reviews_sample.csv", "en"),
        ("flip_bank.csv", "en"),
        ("CUB_univer.csv", "en"),
        ("agent_mention_cases_nl.csv", "nl"),
    ],
)
def test_surveys_of_others_are_read_in_their_language(
    name: str, language: str, shared_file: Callable[[str], Path]
):
    assert draft_codebook(shared_file(f"data/{name}")).language == language


WORDS = {language: sorted(words) for language, words in hints().languages.items()}


@given(
    dutch=st.lists(st.sampled_from(WORDS["nl"]), max_size=9, unique=True),
    english=st.lists(st.sampled_from(WORDS["en"]), max_size=9, unique=True),
    data=st.data(),
)
def test_the_language_with_most_words_counts_in_whatever_order_they_come(
    dutch: list[str], english: list[str], data: st.DataObject
):
    words = data.draw(st.permutations(dutch + english))
    labels = {f"c{place}": word.upper() + "?" for place, word in enumerate(words)}
    file = table({name: [1.0] for name in labels}, column_labels=labels)
    assert language_of(file) == ("nl" if len(dutch) > len(english) else "en")
