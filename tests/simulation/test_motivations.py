"""The Dutch texts: who is named in them, and whether they fit the customer."""

from __future__ import annotations

import re

import pytest

from cxdrivers.simulation.motivations import BANDS, band_of, phrases, possible_sentences
from cxdrivers.simulation.simulate import simulate_survey
from cxdrivers.simulation.world import World

NAMES = [name for gender in phrases()["employee"].values() for name in gender["name"]]
PEOPLE = """medewerker medewerkster medewerkers dame mevrouw meneer man vrouw jongeman adviseur
collega telefoniste hij zij iemand mens personeel team geholpen gesproken"""
EMPLOYEE = re.compile(rf"\b({'|'.join([*PEOPLE.split(), *NAMES])})\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def simulated():
    return simulate_survey(3000, seed=4)


@pytest.mark.parametrize("band", BANDS)
def test_every_text_with_an_employee_names_one_in_its_first_sentence(band):
    texts = list(possible_sentences(band, mention=True, lead=True))
    assert [text for text in texts if not EMPLOYEE.search(text)] == []


@pytest.mark.parametrize("band", BANDS)
@pytest.mark.parametrize("lead", [True, False])
def test_no_text_without_an_employee_names_one(band, lead):
    texts = list(possible_sentences(band, mention=False, lead=lead))
    assert [text for text in texts if EMPLOYEE.search(text)] == []


@pytest.mark.parametrize("band", BANDS)
def test_every_band_can_be_said_in_a_thousand_ways_with_and_without_an_employee(band):
    for mention in (True, False):
        leads, follows = (
            len(set(possible_sentences(band, mention=mention, lead=lead))) for lead in (True, False)
        )
        assert leads * (1 + follows) > 1000


def test_every_sentence_is_complete():
    for band in BANDS:
        for mention in (True, False):
            for lead in (True, False):
                for text in possible_sentences(band, mention=mention, lead=lead):
                    assert text[0].isupper()
                    assert text[-1] in ".!"
                    assert "{" not in text


def test_no_phrase_stands_in_two_bands():
    leads = [
        text
        for band in BANDS
        for kind in ("with", "without")
        for text in phrases()[band][kind]["lead"]
    ]
    assert len(leads) == len(set(leads))


def test_every_grade_has_a_band():
    assert [band_of(grade) for grade in (1, 5, 6, 7, 8, 9, 10)] == [
        *("low", "low", "middle", "middle", "good", "good", "top")
    ]


def test_a_text_names_an_employee_exactly_when_the_truth_says_so(simulated):
    texts = simulated.frame["motivation"]
    written = texts.notna()
    named = texts[written].map(lambda text: EMPLOYEE.search(text) is not None)
    assert (named.to_numpy() == simulated.truth.mention[written]).all()


def test_a_text_agrees_with_its_grade(simulated):
    grades = simulated.frame["satisfaction"]
    for phrase, low, high in (
        ("goud waard", 10, 10),
        ("van het kastje naar de muur", 1, 5),
        ("matige communicatie", 6, 7),
        ("doet wat het belooft", 8, 9),
    ):
        holds = simulated.frame["motivation"].str.contains(phrase, case=False, na=False)
        assert holds.any()
        assert grades[holds].between(low, high).all()


def test_the_first_name_is_that_of_the_agent(simulated):
    heard = {}
    for text, agent in zip(simulated.frame["motivation"], simulated.frame["agent"], strict=True):
        named = {name for name in NAMES if text and re.search(rf"\b{name}\b", text)}
        heard.setdefault(agent, set()).update(named)
    assert max(len(names) for names in heard.values()) == 1
    assert len({next(iter(names)) for names in heard.values() if names}) > 40


def test_who_met_no_menu_does_not_speak_of_one(simulated):
    absent = simulated.survey.not_applicable["ivr_menu"]
    speaks = simulated.frame["motivation"].str.contains("keuzemenu", case=False, na=False)
    assert speaks.sum() > 50
    assert not (speaks & absent).any()


def test_about_one_in_eight_wrote_nothing_and_the_others_hundreds_of_texts(simulated):
    texts = simulated.frame["motivation"]
    assert texts.isna().mean() == pytest.approx(0.12, abs=0.025)
    assert texts.nunique() > 1500


def test_an_organisation_of_ones_own_speaks_of_general_matters():
    world = World(organisations=("Gemeente",), no_menu_at=())
    texts = simulate_survey(400, world=world, seed=2).frame["motivation"].dropna()
    assert texts.str.contains("mijn aanvraag").any()
    assert not texts.str.contains("mijn polis").any()
