"""Columns that are no ratings find their place, or are asked about."""

from __future__ import annotations

import numpy as np

from tests.codebook.draft_samples import (
    ROWS,
    asked,
    comments,
    drafted,
    grades,
    items_of,
)


def test_respondents_who_answered_more_than_once_are_clusters() -> None:
    people = [float(row // 2) for row in range(ROWS)]
    draft = drafted({"ID": people, "Overall": grades(1, 7), "Fees": grades(1, 7)})
    assert draft.codebook is not None
    assert (draft.codebook.cluster, draft.codebook.respondent) == ("ID", None)
    assert "cluster is 'ID': it has 60 different values in 120 of 120 rows" in comments(draft)
    agents = [f"M{row % 12}" for row in range(ROWS)]
    both = drafted({"ID": people, "agent": agents, "Overall": grades(), "Fees": grades()})
    assert both.codebook is not None
    assert (both.codebook.cluster, both.codebook.respondent) == ("agent", "ID")
    assert asked(both) == [
        (
            "Which rows belong together? 'agent' stands under cluster, but 'ID' repeats as well: "
            "some respondents answered more than once."
        )
    ]


def test_a_team_is_the_cluster_only_without_employees_and_with_enough_of_them() -> None:
    ratings = {"cijfer": grades(), "prijs": grades()}
    agents, teams = ([f"x{row % many}" for row in range(ROWS)] for many in (24, 12))
    both = drafted({**ratings, "agent": agents, "team": teams}).codebook
    assert both is not None
    assert (both.cluster, both.segments) == ("agent", ("team",))
    alone = drafted({**ratings, "team": teams}).codebook
    assert alone is not None
    assert (alone.cluster, alone.segments) == ("team", ())
    three = drafted({**ratings, "team": ["a", "b", "c"] * (ROWS // 3)}).codebook
    assert three is not None
    assert (three.cluster, three.segments) == (None, ("team",))


def test_a_column_that_may_be_a_grade_or_a_number_is_left_out_and_asked_about() -> None:
    draft = drafted({"medewerker": grades(), "prijs": grades(), "cijfer": grades()})
    assert items_of(draft) == {"prijs": ("prijs",)}
    assert asked(draft) == [
        (
            "Is 'medewerker' the number of an employee or team, or a grade for them? It is left "
            "out; a number belongs under cluster, a grade under a driver."
        )
    ]
    assert "could be more than one thing (see the open questions): 'medewerker'." in comments(draft)


def test_two_weights_are_left_open() -> None:
    weights = {name: [1 + row / ROWS for row in range(ROWS)] for name in ("weight", "weegfactor")}
    draft = drafted({**weights, "prijs": grades(), "cijfer": grades()})
    assert draft.codebook is not None
    assert draft.codebook.weight is None
    assert asked(draft) == [
        "Which column is the weight: 'weight', 'weegfactor'? Write the right one under [columns]."
    ]


def test_a_weight_with_blanks_is_asked_about_before_it_stops_the_analysis() -> None:
    weights = [1 + row / ROWS for row in range(ROWS)]
    ratings = {"prijs": grades(), "cijfer": grades()}
    three = drafted({"weight": [*weights[3:], *[np.nan] * 3], **ratings})
    assert asked(three) == [
        (
            "weight 'weight' is blank in 3 rows. Do those rows belong in the survey? Leave them "
            "out of the file, or take weight out of this codebook."
        )
    ]
    one = drafted({"weight": [*weights[1:], np.nan], **ratings})
    assert asked(one, "nl") == [
        (
            "weight 'weight' is leeg in 1 rij. Hoort die rij in het onderzoek? Laat die rij weg "
            "uit het bestand, of haal weight uit dit codeboek."
        )
    ]


def test_yes_and_no_are_a_role_of_two_answers_and_never_a_weight() -> None:
    pairs = {name: ["ja", "nee"] * (ROWS // 2) for name in ("gewicht", "echt_aanbevolen")}
    draft = drafted({**pairs, "prijs": grades(), "cijfer": grades()})
    assert draft.codebook is not None
    assert (draft.codebook.weight, draft.codebook.recommended) == (None, "echt_aanbevolen")
    assert "Not used: 'gewicht'." in comments(draft)
