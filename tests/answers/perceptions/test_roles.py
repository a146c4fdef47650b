"""Tests of `answers.perceptions.roles`."""

from __future__ import annotations

import pytest

from cxdrivers.answers.perceptions.published_table import published_figures
from cxdrivers.answers.perceptions.roles import ROLES, in_order, role_of


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Directie", "executive"),
        ("team leaders", "manager"),
        ("MEDEWERKERS", "employee"),
        ("klant", "customer"),
        ("Management", None),
        ("North", None),
    ],
)
def test_a_group_is_known_by_its_name_in_dutch_and_english(label, role):
    assert role_of(label) == role


def test_groups_are_ordered_by_role_and_others_keep_their_order():
    assert in_order(["zzz", "klanten", "aaa", "medewerkers", "directie"]) == [
        "directie",
        "medewerkers",
        "klanten",
        "zzz",
        "aaa",
    ]


def test_groups_of_the_published_gaps_have_their_role_in_both_languages():
    """The managers of one source are no employees who speak with customers."""
    roles = {}
    for language in ("en", "nl"):
        figures = published_figures(language)
        asked = figures[figures["gap"].str.startswith("P")]
        roles[language] = [role_of(group) for group in asked["group"]]
    assert roles["en"] == roles["nl"]
    assert set(roles["en"]) == set(ROLES) - {"manager"}
    english = published_figures()
    managers = english.loc[english["id"] == "G2b", "group"].item()
    assert role_of(managers) == "manager"
