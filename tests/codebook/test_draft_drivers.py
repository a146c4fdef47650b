"""Ratings become drivers by hint, by stem or by their own name; the rest is listed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxdrivers.codebook.drafting import draft_codebook
from cxdrivers.reading.table import Source, Table
from tests.codebook.draft_samples import (
    ROWS,
    comments,
    drafted,
    grades,
    items_of,
    read_back,
)


def test_items_of_a_numbered_grid_are_drivers_of_their_own() -> None:
    draft = drafted({**{f"a{number:02}": grades() for number in range(1, 5)}, "sat": grades()})
    assert list(items_of(draft)) == ["a01", "a02", "a03", "a04"]


def test_labels_split_items_with_one_stem_unless_the_name_settles_it() -> None:
    labels = {"Q5_1": "Medewerker is vriendelijk", "Q5_2": "De wachttijd", "Q5_3": "De prijs"}
    answers = {name: grades() for name in labels}
    split = drafted({**answers, "overall": grades()}, column_labels=labels)
    assert items_of(split) == {"empathy": ("Q5_1",), "wait_time": ("Q5_2",), "Q5_3": ("Q5_3",)}
    renamed = {name.replace("Q5", "rel"): label for name, label in labels.items()}
    kept = drafted(
        {**{name: grades() for name in renamed}, "overall": grades()}, column_labels=renamed
    )
    assert items_of(kept) == {"reliability": ("rel_1", "rel_2", "rel_3")}
    assert "more than one place: 'empathy', 'wait_time'." in comments(kept)


def test_a_label_goes_before_the_name() -> None:
    labels = {"rel_1": "Wachttijd aan de telefoon", "rel_2": "Wachttijd bij de mail"}
    draft = drafted(
        {"rel_1": grades(), "rel_2": grades(), "cijfer": grades()}, column_labels=labels
    )
    assert items_of(draft) == {"wait_time": ("rel_1", "rel_2")}


def test_items_on_two_scales_do_not_share_a_driver_by_hint_alone() -> None:
    draft = drafted({"wachttijd": grades(1, 5), "queue": grades(), "cijfer": grades()})
    assert items_of(draft) == {"wait_time": ("wachttijd",), "queue": ("queue",)}


def test_every_rating_left_out_is_listed_with_the_reason() -> None:
    rare = [*grades(1, 5, 10), *[np.nan] * (ROWS - 10)]
    draft = drafted(
        {
            "lucky": grades(1, 8),
            "shoe": ["a", "b"] * (ROWS // 2),
            "price": grades(1, 7),
            "speed": grades(1, 7),
            "rare": rare,
            "overall": grades(1, 7),
            "wait_seconds": [row * 7.5 for row in range(ROWS)],
            " ": grades(),
        }
    )
    assert items_of(draft) == {"price": ("price",), "speed": ("speed",)}
    said = comments(draft)
    assert "standing apart from the other ratings: 'lucky'. Add those that are ratings." in said
    assert "given by fewer than one row in ten: 'rare'." in said
    assert "speaking of a driver but holding no rating: 'wait_seconds'." in said
    assert "Not used: 'shoe'." in said
    assert "because the name is blank or stands more than once: ' '." in said


def test_two_columns_of_one_name_are_not_used() -> None:
    twice = pd.DataFrame([[1, 2, 3.0]] * 5, columns=["a", "a", "b"])
    draft = draft_codebook(Table(twice, Source("x", "frame")))
    assert "because the name is blank or stands more than once: 'a'." in comments(draft)


def test_keys_are_cleaned_only_where_necessary() -> None:
    names = ("Prijs (in €)", "two\nlines", "two  lines", "Overall")
    draft = drafted({name: grades() for name in names})
    assert list(items_of(draft)) == ["Prijs (in €)", "two lines", "two lines 2"]
    assert read_back(draft) == draft.codebook
