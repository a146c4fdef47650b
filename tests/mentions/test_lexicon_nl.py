"""Tests of `cxdrivers/mentions/lexicon/nl.toml`: what each rule finds, and what it leaves alone."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from cxdrivers.mentions.characters import form_of
from cxdrivers.mentions.detector import find_mentions
from cxdrivers.mentions.lexicon import load_lexicon
from cxdrivers.mentions.mentions_result import Mentions
from cxdrivers.mentions.word_classes import class_members
from tests.mentions.dutch_cases import ABSENT, FIRED, MASKED, NOTHING, SERVICE

LEXICON = load_lexicon("nl")


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(rule, text) for rule, texts in table.items() for text in texts]


TEXTS = [text for table in (FIRED, ABSENT, MASKED, SERVICE) for _, text in cases(table)] + NOTHING


@cache
def all_read() -> Mentions:
    """Read the texts of all tables at once, which is quicker than one by one."""
    return find_mentions(TEXTS, language="nl", method="lexicon")


def read(text: str) -> pd.Series:
    if text in TEXTS:
        return all_read().tidy().iloc[TEXTS.index(text)]
    return find_mentions([text], language="nl", method="lexicon").tidy().iloc[0]


@pytest.mark.parametrize(("rule", "text"), cases(FIRED))
def test_words_for_an_employee_are_a_mention_by_their_rule(rule: str, text: str):
    found = read(text)
    assert found["mention"]
    assert rule in found["rules"]


@pytest.mark.parametrize(("rule", "text"), cases(ABSENT))
def test_nobody_to_be_had_is_absence_and_no_mention(rule: str, text: str):
    found = read(text)
    assert found["absent"]
    assert not found["mention"]
    assert rule in found["rules"]


@pytest.mark.parametrize("text", [text for _, text in cases(MASKED)] + NOTHING)
def test_false_friends_and_things_are_no_mention(text: str):
    assert not read(text)["mention"]


@pytest.mark.parametrize(("rule", "text"), cases(MASKED))
def test_a_false_friend_is_kept_out_by_its_own_rule(rule: str, text: str):
    assert rule in {span.rule for span in all_read().found[TEXTS.index(text)]}


@pytest.mark.parametrize(("rule", "text"), cases(SERVICE))
def test_a_service_is_a_mention_only_when_asked_for(rule: str, text: str):
    asked = find_mentions([text], language="nl", method="lexicon", service_nouns=True)
    assert asked.mention.tolist() == [True]
    found = read(text)
    assert not found["mention"]
    assert rule in found["rules"]


def test_every_rule_of_the_lexicon_is_shown_at_work_here():
    assert {rule.name for rule in LEXICON.rules} == {*FIRED, *ABSENT, *MASKED, *SERVICE}


def test_every_word_is_written_as_the_reader_will_see_it():
    words = {word for one in LEXICON.classes.values() for word in one.words}
    assert {word for word in words if form_of(word) != word} == set()


@pytest.mark.parametrize(
    "text",
    [
        "Eerst nam niemand op, daarna een aardige dame.",
        "Er was geen mens in de winkel. Later kwam er toch een verkoper.",
    ],
)
def test_absence_and_a_mention_may_stand_in_one_text(text: str):
    found = read(text)
    assert found["absent"]
    assert found["mention"]


@pytest.mark.parametrize(
    "text",
    [
        "Ne sympathieke kerel, rap en proper gewerkt.",
        "Den technieker heeft alles proper achtergelaten.",
        "Madam aan 't loket keek ni op",
        "da frommes van de verzekering is ne goeie",
        "dieje monteur was kei aardig",
        "wat een aardig wichtje aan de kassa",
        "leef luuj allemaol",
        "Wytske fan de balje hat my holpen",
    ],
)
def test_regional_words_for_a_person_are_known(text: str):
    assert read(text)["mention"]


@pytest.mark.parametrize(
    "text",
    [
        "DE MONTEUR WAS TE LAAT",
        "de  MONTEUR\u200b was te laat",
        "de monteurrrr was te laat 😡",
        "de motneur… te laat",
        "<p>de kassiÃ¨re</p>",
        "uw collegaâ€™s dachten mee",
    ],
)
def test_capitals_slips_and_broken_encodings_hide_nobody(text: str):
    assert read(text)["mention"]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("De chauffeur was vriendelijk en geduldig.", 1),
        ("De chauffeur was onbeschoft.", -1),
        ("De chauffeur was niet vriendelijk.", -1),
        ("De chauffeur droeg een pet.", 0),
    ],
)
def test_a_mention_has_the_sign_of_what_is_said_around_it(text: str, polarity: int):
    assert read(text)["polarity"] == polarity


@pytest.mark.parametrize(
    "form", ["verkopen", "bellen", "bestellen", "postcode", "export", "assistentie", "medewerking"]
)
def test_a_real_word_is_no_typing_error_of_an_occupation(form: str):
    assert not class_members([form], LEXICON.classes, LEXICON.known)["role"][0]


@pytest.mark.parametrize(
    "text",
    [
        "Heb zelf nog een medewerker aangesproken.",
        "Volgens jullie collega was het klaar.",
        "Als je een medewerker spreekt, krijg je goede hulp.",
        "Mijn vrouw had een vriendelijke medewerker aan de lijn.",
        "Voor mij is deze medewerker een topper.",
        "Ik ben door een aardige dame geholpen.",
        "De buurman is geholpen door een vriendelijke monteur.",
        "Respect voor de chauffeurs in dit weer.",
    ],
)
def test_an_employee_beside_the_writers_own_people_is_still_found(text: str):
    assert read(text)["mention"]


def test_a_name_that_is_also_a_word_needs_a_capital_and_a_context():
    assert read("Gesproken met Mark over de rekening")["mention"]
    assert not read("De mark is afgeschaft en de max is bereikt.")["mention"]


def test_the_labelled_cases_are_found_with_little_wrong():
    folder = os.environ.get("CXDRIVERS_SHARED")
    if not folder:
        pytest.skip("CXDRIVERS_SHARED names no folder")
    labelled = pd.read_csv(Path(folder) / "data" / "agent_mention_cases_nl.csv")
    for wanted in ("mention", "absent"):
        found = find_mentions(labelled["text"], language="nl", method="lexicon").tidy()[wanted]
        right = (found & (labelled[wanted] == 1)).sum()
        assert right / found.sum() >= 0.95
        assert right / labelled[wanted].sum() >= 0.95
