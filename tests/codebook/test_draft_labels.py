"""What a draft calls a question is short, its own, and never one item's text for several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.codebook.draft_columns import Column
from cxdrivers.codebook.draft_labels import (
    LONGEST,
    cut,
    label_of_name,
    labels_of_drivers,
    short_enough,
)
from cxdrivers.vocabulary import DRIVERS
from tests.codebook.draft_samples import comments, drafted, grades

ASKED = "Hoe tevreden bent u over de volgende zaken: "


def labels(texts: dict[str, str], outcome: str = "cijfer") -> dict[str, object]:
    """Return the labels of drafted questions by key, from the texts of columns."""
    columns = {name: grades() for name in texts} | {outcome: grades()}
    draft = drafted(columns, column_labels=texts)
    assert draft.codebook is not None
    return {question.key: question.label for question in draft.codebook.questions}


def a_column(name: str, label: str) -> Column:
    return Column(name, label, rows=9, answers=9, distinct=5, text=False, yes_no=False, rating=None)


def test_one_of_the_seven_keeps_its_own_label_also_when_one_item_asks_it():
    found = labels({"q1": "De medewerker was vriendelijk", "q2": "De prijs"})
    assert found == {"cijfer": None, "empathy": None, "q2": "De prijs"}


def test_the_text_of_a_question_that_is_not_its_label_stands_above_it():
    draft = drafted(
        {"q1": grades(), "cijfer": grades()}, column_labels={"q1": "De medewerker luisterde"}
    )
    assert "q1: De medewerker luisterde" in comments(draft)


def test_a_driver_of_several_items_is_called_by_what_they_have_in_common():
    prices = {"tarief_1": "Prijs: redelijk", "tarief_2": "Prijs: helder", "q": "Winkels"}
    assert labels(prices) == {"cijfer": None, "tarief": "Prijs", "q": "Winkels"}
    nothing = {"tarief_1": "De prijs is redelijk", "tarief_2": "De rekening is helder"}
    assert labels(nothing) == {"cijfer": None, "tarief": None}


@pytest.mark.parametrize("end", [": ", "? - ", " - ", "... ", ":  – "])
def test_what_was_asked_of_every_item_is_left_out_however_it_is_set_apart(end: str):
    grid = {
        "pa": f"Q7. How do you rate our{end}Parking",
        "wi": f"Q7. How do you rate our{end}Shops",
    }
    assert labels(grid) == {"cijfer": None, "pa": "Parking", "wi": "Shops"}


def test_what_was_asked_of_every_item_is_left_out():
    grid = {"pa": ASKED + "Parkeren", "wi": ASKED + "Winkels - eten en drinken"}
    assert labels(grid) == {"cijfer": None, "pa": "Parkeren", "wi": "Winkels - eten en drinken"}


def test_one_word_before_a_dash_is_no_question_and_stays():
    kinds = {"pa": "Parkeren - kort", "wi": "Parkeren - lang"}
    assert labels(kinds) == {"cijfer": None, "pa": "Parkeren - kort", "wi": "Parkeren - lang"}


def test_one_word_before_a_dash_stays_also_within_what_was_asked_of_every_item():
    asked = "How satisfied are you with: "
    grid = {"s": f"{asked}Parking - short", "l": f"{asked}Parking - long", "d": f"{asked}Desk"}
    assert labels(grid) == {
        "cijfer": None,
        "s": "Parking - short",
        "l": "Parking - long",
        "d": "Desk",
    }


def test_the_number_of_a_question_is_left_out():
    texts = {"x": "Q7a. Parkeren", "y": "12) Winkels", "z": "24 uur open", "u": "V3 - Bagage"}
    assert labels(texts) == {
        "cijfer": None,
        "x": "Parkeren",
        "y": "Winkels",
        "z": "24 uur open",
        "u": "Bagage",
    }


def test_two_drivers_with_one_text_are_told_apart_by_their_keys():
    assert labels({"pa": "Parkeren", "wi": "Parkeren", "vi": "Winkels"}) == {
        "cijfer": None,
        "pa": None,
        "wi": None,
        "vi": "Winkels",
    }


def test_a_driver_is_not_called_by_what_another_is_called_by_its_key():
    shown = {"parking": "", "q9": "Parking", "q8": "Shops"}
    assert labels(shown) == {"cijfer": None, "parking": None, "q9": None, "q8": "Shops"}
    freed = {"Shops": "Parking", "q9": "Parking", "q8": "Shops"}
    assert labels(freed) == {"cijfer": None, "Shops": None, "q9": None, "q8": None}


def test_a_driver_is_not_called_as_one_of_the_seven_is_in_another_language():
    groups = [("wait_time", [a_column("w", "")]), ("q9", [a_column("q9", "Wachttijd")])]
    assert labels_of_drivers(groups) == [None, None]


@pytest.mark.parametrize("text", ["12.", "...", "7", "?"])
def test_a_text_without_a_letter_is_no_label(text: str):
    assert labels({"q9": text, "check_in": text}) == {
        "cijfer": None,
        "q9": None,
        "check_in": "Check in",
    }


@pytest.mark.parametrize(
    ("text", "english", "dutch"),
    [
        (
            "Hoe tevreden bent u, alles bij elkaar, over uw contact met onze klantenservice?",
            "overall satisfaction",
            "algemene tevredenheid",
        ),
        ("How satisfied are you with us, at this time?", "satisfaction", "tevredenheid"),
        ("Welk rapportcijfer geeft u ons klantcontact?", "grade", "rapportcijfer"),
        (
            "How would you rate the airport as a whole, overall?",
            "rating",
            "oordeel",
        ),
        (
            "Hoe waarschijnlijk is het dat u ons zult aanbevelen?",
            "recommendation",
            "aanbeveling",
        ),
        ("Hoeveel moeite kostte het u om geholpen te worden (CES)?", "effort", "moeite"),
    ],
)
def test_an_outcome_that_is_asked_at_length_is_called_by_its_concept(
    text: str, english: str, dutch: str
):
    found = drafted({"o": grades(), "price": grades()}, column_labels={"o": text})
    assert found.codebook is not None
    assert found.codebook.outcome.label == {"en": english, "nl": dutch}
    assert f"o: {text}" in comments(found)


def test_general_is_a_word_of_the_whole_only_beside_satisfaction():
    practice = "In the general practice, how satisfied were you with everything that was done?"
    whole = "What is your level of general satisfaction with everything that was done for you?"
    for text, said in ((practice, "satisfaction"), (whole, "overall satisfaction")):
        found = drafted({"o": grades(), "price": grades()}, column_labels={"o": text}).codebook
        assert found is not None
        assert found.outcome.label["en"] == said


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Tevredenheid met het bezoek", "tevredenheid met het bezoek"),
        ("NPS van de winkel", "NPS van de winkel"),
        ("Overall satisfaction", {"en": "overall satisfaction", "nl": "algemene tevredenheid"}),
        ("Tevredenheid", {"en": "satisfaction", "nl": "tevredenheid"}),
        ("12.", None),
    ],
)
def test_a_short_text_of_the_outcome_is_its_label_unless_it_is_only_a_concept(
    text: str, label: object
):
    columns = {"cijfer": grades(), "price": grades()}
    found = drafted(columns, column_labels={"cijfer": text}).codebook
    assert found is not None
    assert found.outcome.label == label


def test_an_outcome_without_a_known_concept_is_called_by_the_beginning_of_its_text():
    text = "Hoe lang denkt u als klant bij ons te blijven, als het aan u ligt?"
    found = drafted({"o": grades(), "price": grades()}, column_labels={"o": text}).codebook
    assert found is not None
    assert found.outcome.label == "Hoe lang denkt u als klant bij ons te blijven,…"


def test_column_names_of_several_words_are_labels_without_underscores():
    columns = {
        "terminal_cleanliness": grades(),
        "FoodAndDrink": grades(),
        "overall_rating": grades(),
    }
    found = drafted({**columns, "Q7_ART": grades(), "fees": grades()}).codebook
    assert found is not None
    assert {question.key: question.label for question in found.questions} == {
        "overall_rating": "overall rating",
        "terminal_cleanliness": "Terminal cleanliness",
        "FoodAndDrink": "Food and drink",
        "Q7_ART": None,
        "fees": None,
    }


@given(st.text(max_size=90))
def test_a_label_is_never_too_long_and_never_empty_for_a_text(text: str):
    short = cut(text)
    assert len(short) <= LONGEST
    assert bool(short) == bool(text.split())
    if len(" ".join(text.split())) <= LONGEST:
        assert short == " ".join(text.split())
    else:
        assert short.endswith("…")


@pytest.mark.parametrize(
    ("text", "fits"),
    [("", False), ("Desk", True), ("Desk?", False), ("x" * LONGEST, True), ("x" * 49, False)],
)
def test_a_short_text_that_asks_nothing_can_stand_as_it_is(text: str, fits: bool):
    assert short_enough(text) is fits


@given(st.text(max_size=30))
def test_the_label_of_a_name_has_its_letters_and_no_others(name: str):
    label = label_of_name(name)
    if label is not None:
        assert label.replace(" ", "").casefold() == "".join(filter(str.isalpha, name)).casefold()


TEXTS = st.sampled_from(["", "Parkeren", ASKED, ASKED + "A", "Prijs: x", "Prijs: y", "?", ": a"])


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_no_two_drivers_share_a_drafted_label(texts: list[str]):
    found = labels({f"x{place}_{place % 2}": text for place, text in enumerate(texts)})
    own = [label for key, label in found.items() if label is not None and key not in DRIVERS]
    assert len(set(map(str, own))) == len(own)
    assert all(str(label).strip() for label in own)
