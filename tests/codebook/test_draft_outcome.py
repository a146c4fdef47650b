"""The outcome is chosen where the hint is clear, and left open where two columns could be it."""

from __future__ import annotations

import pytest

from cxdrivers.errors import SurveyError
from tests.codebook.draft_samples import (
    ROWS,
    asked,
    comments,
    drafted,
    grades,
    items_of,
    read_back,
)


def test_two_columns_that_could_be_the_outcome_leave_it_open() -> None:
    draft = drafted({"Overall": grades(1, 7), "satisfaction": grades(1, 7), "price": grades(1, 7)})
    assert draft.codebook is None
    assert asked(draft) == [
        (
            "Which column is the outcome: 'Overall', 'satisfaction'? The others are left out of "
            "the drivers: they may measure the same."
        )
    ]
    assert "The outcome is left open: 'Overall', 'satisfaction' could each be it." in comments(
        draft
    )
    assert "[drivers.price]" in draft.text
    with pytest.raises(SurveyError, match="does not say which column is the outcome"):
        read_back(draft)


def test_names_that_say_nothing_leave_the_outcome_open_and_group_the_items() -> None:
    draft = drafted({name: grades() for name in ("IMAG1", "IMAG2", "PERQ1", "PERQ2", "CUSCO")})
    assert draft.codebook is None
    assert asked(draft) == [
        (
            "Which column is the outcome? No name or label says so. It may be one of 'IMAG1', "
            "'IMAG2', 'PERQ1', 'PERQ2', 'CUSCO'."
        )
    ]
    for table_text in (
        '[drivers.IMAG]\nitems = ["IMAG1", "IMAG2"]',
        '[drivers.PERQ]\nitems = ["PERQ1", "PERQ2"]',
        '[drivers.CUSCO]\nitems = ["CUSCO"]',
    ):
        assert table_text in draft.text


def test_a_mean_of_items_that_speaks_of_the_outcome_is_offered_as_candidate() -> None:
    draft = drafted({"Satisfaction": [1 + row / 17 for row in range(ROWS)], "Image": grades()})
    assert asked(draft) == [
        "Which column is the outcome? No name or label says so. It may be one of 'Satisfaction'."
    ]
    assert "speaking of the outcome but holding no grades: 'Satisfaction'" in (comments(draft))


@pytest.mark.parametrize("pair", [("ja", "nee"), ("Yes", "No"), ("TRUE", "FALSE")])
def test_a_column_of_yes_and_no_that_speaks_of_the_outcome_is_offered_as_candidate(pair) -> None:
    draft = drafted({"aanbevelen": [*pair] * (ROWS // 2), "empathie": grades()})
    assert draft.codebook is None
    assert asked(draft) == [
        "Which column is the outcome? No name or label says so. It may be one of 'aanbevelen'."
    ]
    assert "'aanbevelen'. They can be the outcome without a scale." in comments(draft)
    beside = drafted({"aanbevelen": [*pair] * (ROWS // 2), "cijfer": grades(), "prijs": grades()})
    assert beside.codebook is not None
    assert beside.codebook.outcome.items == ("cijfer",)
    assert items_of(beside) == {"prijs": ("prijs",)}


def test_a_text_that_is_sometimes_yes_is_no_candidate() -> None:
    draft = drafted({"aanbevelen": ["ja", "nee", "misschien"] * (ROWS // 3), "empathie": grades()})
    assert asked(draft)[0].endswith("It may be one of 'empathie'.")
    assert "Not used: 'aanbevelen'." in comments(draft)


def test_a_file_without_ratings_asks_for_outcome_and_drivers() -> None:
    draft = drafted({"name": ["a", "b"], "height": [181.5, 172.25]})
    assert draft.codebook is None
    assert asked(draft) == [
        "Which column is the outcome? No column looks like one. Write it in items under [outcome].",
        (
            "Which columns are the drivers? No ratings were found that could explain the outcome. "
            'Add a table such as [drivers.empathy] with items = ["COLUMN"].'
        ),
    ]
    assert "Not used: 'name', 'height'." in comments(draft)


def test_an_outcome_without_drivers_is_asked_about() -> None:
    draft = drafted({"overall": grades()})
    assert draft.codebook is None
    with pytest.raises(SurveyError, match="names no drivers"):
        read_back(draft)


def test_the_outcome_of_the_largest_block_is_chosen_and_explained_by_its_block() -> None:
    names = ("Q7ART", "Q7FOOD", "Q7SIGN", "Q7WIFI", "Q7ALL", "Q9SEATS", "Q9ALL", "DAY")
    draft = drafted({name: grades(1, 5) for name in names})
    assert draft.codebook is not None
    assert draft.codebook.outcome.items == ("Q7ALL",)
    assert items_of(draft) == {name: (name,) for name in names[:4]}
    assert "it closes the largest block of ratings" in comments(draft)
    assert "outside the block of the outcome: 'Q9SEATS', 'DAY'." in comments(draft)
    assert asked(draft) == [
        (
            "Is 'Q7ALL' the outcome? It could also be 'Q9ALL'; these are left out of the drivers, "
            "because they may measure the same."
        )
    ]


def test_likelihood_to_recommend_is_the_outcome_only_when_nothing_is_nearer() -> None:
    alone = drafted({"NPS": grades(0, 10), "price": grades()})
    assert alone.codebook is not None
    assert alone.codebook.outcome.items == ("NPS",)
    assert "no column speaks of satisfaction; this one comes nearest" in comments(alone)
    beside = drafted({"NPS": grades(0, 10), "CSAT": grades(), "price": grades()})
    assert beside.codebook is not None
    assert beside.codebook.outcome.items == ("CSAT",)
    assert items_of(beside) == {"price": ("price",)}


def test_a_few_items_of_satisfaction_are_one_outcome_and_many_are_none() -> None:
    three = drafted({**{f"tevredenheid_{n}": grades() for n in (1, 2, 3)}, "prijs": grades()})
    assert three.codebook is not None
    assert three.codebook.outcome.items == ("tevredenheid_1", "tevredenheid_2", "tevredenheid_3")
    many = drafted({f"tevredenheid_{n}": grades() for n in range(1, 8)})
    assert many.codebook is None


def test_satisfaction_with_one_aspect_is_a_driver() -> None:
    draft = drafted(
        {"a": grades(), "b": grades()},
        column_labels={
            "a": "Hoe tevreden bent u over de wachttijd?",
            "b": "Welk rapportcijfer geeft u?",
        },
    )
    assert draft.codebook is not None
    assert (draft.codebook.outcome.key, items_of(draft)) == ("b", {"wait_time": ("a",)})
