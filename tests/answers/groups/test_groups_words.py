"""Tests of `answers.groups.groups_words`: what differs, stands out and changed, in plain words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from cxdrivers.answers.groups.groups_words import (
    Telling,
    change_sentences,
    rest_sentences,
    shrunk_sentence,
    size_sentence,
    spread_sentences,
)
from cxdrivers.moments.reader_names import ReaderNames

LABELS = {"empathy": "Empathy", "focus": "Focus", "wait": "Wait", "grade": "the grade"}
ENGLISH = Telling(LABELS, "grade", 0.95, ReaderNames(None, "client", "en"))
DUTCH = replace(ENGLISH, names=ReaderNames(None, "client", "nl"))


def _spread(*rows: tuple[str, str, float, bool]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": measure,
            "driver": driver,
            "estimate": 0.2,
            "tau": tau,
            "prediction_low": -0.01,
            "prediction_high": 0.31,
            "n": 3,
            "p_value": 0.001 if differs else 0.6,
            "differs": differs,
        }
        for measure, driver, tau, differs in rows
    )


def _contrasts(*rows: tuple[str, str, float, float], clear: str = "stands_out") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "before": "2024",
            "group": "Energie" if clear == "stands_out" else "2025",
            "driver": driver,
            "measure": measure,
            "estimate": size,
            "conf_low": size - 0.05,
            "conf_high": size + 0.05,
            "p_value": p_adjusted / 2,
            "p_adjusted": p_adjusted,
            clear: p_adjusted < 0.05,
        }
        for driver, measure, size, p_adjusted in rows
    )


def test_a_weight_that_differs_is_said_with_how_far_apart_groups_are():
    spread = _spread(("weight", "focus", 0.045, True), ("effect", "focus", 0.02, False))
    assert list(spread_sentences(spread, ENGLISH)) == [
        (
            "How much Focus weighs differs between groups: 20.0\xa0% of all differences in the "
            "grade on average, ± 4.5 percentage points from group to group; in a further group it "
            "would lie between −1.0\xa0% and 31.0\xa0% (95\xa0% range)."
        ),
        (
            "For Focus a difference is shown in weight and not in own effect; a weight also "
            "depends on how much ratings differ within a group, and on the other drivers."
        ),
    ]
    gezegd = list(spread_sentences(spread, DUTCH))
    assert gezegd[0].startswith(
        "Hoe zwaar Focus weegt, verschilt tussen groepen: gemiddeld 20,0\xa0% van alle verschillen"
    )
    assert gezegd[0].endswith("(95\xa0%-voorspellingsinterval).")
    assert gezegd[1].startswith("Voor Focus is een verschil in gewicht aangetoond en niet in eigen")


@pytest.mark.parametrize(
    ("measure", "english", "dutch"),
    [
        (
            "weight",
            (
                "How much Focus weighs differs between the two groups: 20.0\xa0% of all "
                "differences in the grade on average."
            ),
            "Hoe zwaar Focus weegt, verschilt tussen de twee groepen: gemiddeld 20,0\xa0% van",
        ),
        (
            "effect",
            (
                "What a point more for Focus goes with differs between the two groups: 0.20 "
                "points of the grade on average."
            ),
            "Waar een punt meer voor Focus mee samengaat, verschilt tussen de twee groepen: gemi",
        ),
        (
            "mean",
            "How Focus is rated differs between the two groups: 0.20 on average.",
            "Hoe Focus wordt beoordeeld, verschilt tussen de twee groepen: gemiddeld 0,20.",
        ),
    ],
)
def test_of_two_groups_nothing_is_said_of_a_further_one(measure: str, english: str, dutch: str):
    spread = _spread((measure, "focus", 0.1, True)).assign(n=2)
    assert next(spread_sentences(spread, ENGLISH)) == english
    assert next(spread_sentences(spread, DUTCH)).startswith(dutch)


def test_an_effect_that_differs_is_said_in_points_of_the_outcome():
    spread = _spread(("weight", "focus", 0.0, False), ("effect", "focus", 0.12, True))
    assert list(spread_sentences(spread, ENGLISH)) == [
        (
            "What a point more for Focus goes with differs between groups: 0.20 points of the "
            "grade on average, ± 0.12 from group to group; in a further group it would lie "
            "between −0.01 and 0.31 (95\xa0% range)."
        )
    ]
    assert "± 0,12 van groep tot groep" in next(spread_sentences(spread, DUTCH))


def test_ratings_that_differ_do_not_hide_that_weights_are_not_shown_to():
    spread = _spread(
        ("weight", "focus", 0.0, False),
        ("effect", "focus", 0.0, False),
        ("mean", "focus", 0.5, True),
    )
    said = list(spread_sentences(spread, ENGLISH))
    assert said[0].startswith("How Focus is rated differs between groups: 0.20 on average, ± 0.50")
    assert said[1] == (
        "For no driver is a difference between groups in weight or own effect shown; that does "
        "not say that there is none."
    )
    assert list(spread_sentences(spread, DUTCH))[1].startswith(
        "Voor geen enkele driver is een versch"
    )


def test_drivers_that_are_not_shown_to_differ_are_never_said_to_be_the_same():
    spread = _spread(
        ("weight", "focus", 0.1, True),
        ("weight", "empathy", 0.0, False),
        ("weight", "wait", 0.0, False),
    )
    assert list(spread_sentences(spread, ENGLISH))[1] == (
        "For Empathy and Wait no difference between groups in weight or own effect is shown; "
        "that does not say that there is none."
    )
    assert "Voor Empathy en Wait is geen verschil" in list(spread_sentences(spread, DUTCH))[1]


@pytest.mark.parametrize(
    ("measure", "english", "dutch"),
    [
        ("weight", "The weight of Wait differs between", "Ook het gewicht van Wait verschilt"),
        ("effect", "The own effect of Wait differs", "Ook het eigen effect van Wait verschilt"),
        ("mean", "The ratings of Wait differ between", "Ook de oordelen over Wait verschillen"),
    ],
)
def test_the_largest_differences_are_set_out_and_the_others_named(
    measure: str, english: str, dutch: str
):
    spread = _spread(
        (measure, "wait", 0.1, True), (measure, "focus", 0.3, True), (measure, "empathy", 0.2, True)
    )
    said, gezegd = (list(spread_sentences(spread, telling)) for telling in (ENGLISH, DUTCH))
    assert ["Focus" in said[0], "Empathy" in said[1]] == [True, True]
    assert said[2].startswith(english)
    assert gezegd[2].startswith(dutch)


def test_teams_are_said_to_differ_within_their_organisation():
    telling, dutch = (
        replace(ENGLISH, names=ReaderNames(None, "client", language, outer="organisation"))
        for language in ("en", "nl")
    )
    spread = _spread(
        ("weight", "focus", 0.045, True),
        ("effect", "focus", 0.1, True),
        ("mean", "focus", 0.4, True),
    )
    said = list(spread_sentences(spread, telling))
    assert said[0] == (
        "How much Focus weighs differs between groups of one 'organisation': ± 4.5 percentage "
        "points from group to group."
    )
    assert said[1].endswith("± 0.10 points of the grade from group to group.")
    assert said[2].endswith("differs between groups of one 'organisation': ± 0.40 points from "
                            "group to group.")  # fmt: skip
    gezegd = [*spread_sentences(spread, dutch)]
    assert gezegd[0].startswith("Hoe zwaar Focus weegt, verschilt tussen groepen van één 'organis")
    assert "naar de eigen 'organisation' zijn getrokken" in (shrunk_sentence(dutch))
    assert "drawn towards its own 'organisation'" in shrunk_sentence(telling)
    assert size_sentence([30, 40], telling) == (
        "Within them 2 groups of 'client' are compared, each with the others of its own "
        "'organisation': 30 to 40 respondents each, 70 together."
    )


def test_how_many_groups_there_are_is_said_with_their_sizes():
    assert size_sentence([40, 1200], ENGLISH) == (
        "2 groups of 'client' are compared, with 40 to 1\xa0200 respondents each, 1\xa0240 "
        "together."
    )
    assert size_sentence([40, 40], DUTCH) == (
        "2 groepen van 'client' zijn vergeleken, met elk 40 respondenten, samen 80."
    )
    within = replace(DUTCH, names=ReaderNames(None, "client", "nl", outer="sector"))
    assert size_sentence([40, 40], within).startswith("Daarbinnen zijn 2 ")


@pytest.mark.parametrize(
    ("row", "english", "dutch", "ends"),
    [
        (
            ("focus", "weight", 0.1, 0.01),
            "In Energie, Focus weighs more than in the other groups, by 10.0 percentage points",
            "In Energie weegt Focus zwaarder dan in de andere groepen: 10,0 procentpunten",
            "[5.0, 15.0]",
        ),
        (
            ("focus", "weight", -0.1, 0.01),
            "In Energie, Focus weighs less than in the other groups, by 10.0 percentage points",
            "In Energie weegt Focus minder zwaar dan in de andere groepen: 10,0 procentpunten",
            "[5.0, 15.0]",
        ),
        (
            ("wait", "effect", 0.2, 0.01),
            "In Energie, a point more for Wait goes with more than in the other groups, by 0.20",
            "In Energie gaat een punt meer voor Wait met meer samen dan in de andere groepen: 0,20",
            "[0.15, 0.25]",
        ),
        (
            ("wait", "effect", -0.2, 0.01),
            "In Energie, a point more for Wait goes with less than in the other groups, by 0.20",
            "In Energie gaat een punt meer voor Wait met minder samen dan in de andere groepen: 0",
            "[0.15, 0.25]",
        ),
        (
            ("wait", "mean", 0.4, 0.01),
            "In Energie, Wait is rated higher than in the other groups, by 0.40 points",
            "In Energie wordt Wait hoger beoordeeld dan in de andere groepen: 0,40 punten",
            "[0.35, 0.45]",
        ),
        (
            ("wait", "mean", -0.04, 0.01),
            "In Energie, Wait is rated lower than in the other groups, by 0.04 points",
            "In Energie wordt Wait lager beoordeeld dan in de andere groepen: 0,04 punten",
            "[−0.01, 0.09]",
        ),
    ],
)
def test_who_stands_out_is_said_with_a_size_and_a_direction(
    row: tuple[str, str, float, float], english: str, dutch: str, ends: str
):
    (said,), (gezegd,) = (
        list(rest_sentences(_contrasts(row), telling)) for telling in (ENGLISH, DUTCH)
    )
    assert said.startswith(english)
    assert said.endswith(f" {ends}.")
    assert gezegd.startswith(dutch)
    assert gezegd.endswith(f" {ends.replace(', ', '; ').replace('.', ',')}.")


def test_two_groups_are_held_against_each_other_once():
    more = _contrasts(("focus", "mean", 0.4, 0.01), ("wait", "mean", -0.3, 0.01))
    less = more.assign(group="Bank", estimate=-more["estimate"])
    rest = pd.concat([more, less], ignore_index=True)
    said = list(rest_sentences(rest, ENGLISH))
    assert [sentence.partition(", by")[0] for sentence in said] == [
        "In Energie, Focus is rated higher than in the other group",
        "In Bank, Wait is rated higher than in the other group",
    ]
    assert "hoger beoordeeld dan in de andere groep: " in next(rest_sentences(rest, DUTCH))


def test_nobody_standing_out_is_said_with_how_many_were_compared():
    rest = _contrasts(("focus", "weight", 0.1, 0.5), ("wait", "mean", 0.1, 0.5))
    rest = pd.concat([rest, *(rest.assign(group=name) for name in "bc")])
    assert list(rest_sentences(rest, ENGLISH)) == [
        (
            "Adjusted for how many comparisons were made (6), no group is shown to stand out from "
            "the others."
        )
    ]
    assert "springt geen enkele groep er aantoonbaar uit" in next(rest_sentences(rest, DUTCH))


def test_the_clearest_are_said_and_the_others_counted():
    drivers = ("focus", "wait", "empathy")
    three = _contrasts(*((driver, "weight", 0.1, 0.01) for driver in drivers))
    said = list(rest_sentences(three, ENGLISH))
    assert len(said) == 3
    assert said[2] == (
        "1 more comparison stands out, adjusted for how many were made (3); the table has it."
    )
    two = pd.concat([three, three.head(1)])
    assert list(rest_sentences(two, DUTCH))[2] == (
        "Gecorrigeerd voor het aantal vergelijkingen (4) springen nog 2 vergelijkingen eruit; die "
        "staan in de tabel."
    )


def test_a_group_that_is_a_number_is_said_with_its_column():
    rest = _contrasts(("focus", "mean", 0.4, 0.01)).assign(group="7")
    assert next(rest_sentences(rest, ENGLISH)).startswith("In client 7, Focus is rated higher")


@pytest.mark.parametrize(
    ("measure", "english", "dutch"),
    [
        ("weight", "the weight of Focus went {} by", "nam het gewicht van Focus {} met"),
        ("effect", "the own effect of Focus went {} by", "nam het eigen effect van Focus {} met"),
        ("mean", "the rating of Focus went {} by", "{} het oordeel over Focus met"),
    ],
)
@pytest.mark.parametrize("size", [0.3, -0.3])
def test_a_change_is_said_with_its_waves_and_direction(
    measure: str, english: str, dutch: str, size: float
):
    changes = _contrasts(("focus", measure, size, 0.01), clear="changed")
    said = list(change_sentences(changes, ENGLISH))
    went = "up" if size > 0 else "down"
    assert said[0].startswith(f"From client 2024 to client 2025 {english.format(went)}")
    assert said[1] == "What else looks different from one wave to the next may be chance."
    of_ratings = "steeg" if size > 0 else "daalde"
    direction = of_ratings if measure == "mean" else ("toe" if size > 0 else "af")
    gezegd = list(change_sentences(changes, DUTCH))
    assert gezegd[0].startswith(f"Van client 2024 op client 2025 {dutch.format(direction)}")
    assert gezegd[1] == "Wat verder van de ene op de andere meting verschilt, kan toeval zijn."


def test_no_change_is_said_with_the_waves_in_their_order():
    changes = _contrasts(("focus", "weight", 0.1, 0.5), clear="changed")
    assert list(change_sentences(changes, ENGLISH)) == [
        (
            "From one wave to the next (2024 → 2025) no driver is shown to have changed in weight, "
            "own effect or rating; what looks different may be chance."
        )
    ]
    assert "(2024 → 2025) is voor geen enkele driver" in next(change_sentences(changes, DUTCH))


def test_more_changes_are_counted():
    rows = [(driver, "mean", 0.3, 0.01) for driver in ("focus", "wait", "empathy")]
    changes = _contrasts(*rows, clear="changed")
    assert list(change_sentences(changes, ENGLISH))[2] == (
        "1 more change is shown, adjusted for how many were looked at (3); the table has it."
    )
    assert "is nog 1 verandering aangetoond" in list(change_sentences(changes, DUTCH))[2]


def test_what_could_not_be_compared_is_not_said_to_be_alike():
    spread = _spread(("weight", "focus", 0.1, True), ("weight", "wait", 0.0, False))
    spread.loc[1, "p_value"] = np.nan
    assert len(list(spread_sentences(spread, ENGLISH))) == 1
