"""Hints find the seven drivers, the outcome and the roles in Dutch and English names."""

from __future__ import annotations

import pytest

from cxdrivers.codebook.draft_hints import (
    code_means,
    drivers_hinted,
    fold,
    hints,
    is_generic,
    outcome_tier,
    role_tier,
)
from cxdrivers.vocabulary import DRIVERS
from cxdrivers.wording import LANGUAGES, catalogue


def test_there_are_hints_for_exactly_the_seven_drivers() -> None:
    assert tuple(hints().drivers) == DRIVERS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("driver", DRIVERS)
def test_every_driver_is_recognised_by_its_own_label(driver: str, language: str) -> None:
    assert drivers_hinted(catalogue(language)[f"drivers.{driver}.label"]) == (driver,)
    assert drivers_hinted(driver) == (driver,)


@pytest.mark.parametrize(
    ("text", "driver"),
    [
        ("De medewerker nam mij serieus", "empathy"),
        ("Afspraken werden nagekomen", "customer_focus"),
        ("De medewerker kende mijn dossier", "customer_knowledge"),
        ("De kosten van het gesprek", "wait_time"),
        ("De openingstijden", "accessibility"),
        ("Hoeveel opties het keuze-menu had", "ivr_menu"),
        ("My question was solved", "reliability"),
    ],
)
def test_items_are_recognised_by_what_they_ask(text: str, driver: str) -> None:
    assert drivers_hinted(text) == (driver,)


@pytest.mark.parametrize(
    "text", ["price", "Voldeed het aan uw verwachting?", "officeho", "relatie"]
)
def test_other_words_hint_at_no_driver(text: str) -> None:
    assert drivers_hinted(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Overall",
        "global",
        "satisfaction",
        "tevredenheid",
        "Rapportcijfer",
        "sat",
        "CSAT",
        "cijfer",
        "overall_rating",
        "Algemene tevredenheid",
        "Q12_overall",
        "Welk cijfer geeft u ons?",
        "All things considered, how satisfied are you in general?",
        "klanttevredenheid",
    ],
)
def test_clear_words_for_the_outcome_are_of_the_first_tier(text: str) -> None:
    assert outcome_tier(text) == 0


@pytest.mark.parametrize(
    ("text", "tier"),
    [("tevreden_prijs", 1), ("Q7ALL", 2), ("NPS", 3), ("loyalty", 4), ("price", None)],
)
def test_vaguer_words_for_the_outcome_are_of_later_tiers(text: str, tier: int | None) -> None:
    assert outcome_tier(text) == tier


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("weight", ["weight", "Weegfactor", "WEIGHT", "w", "wgt"]),
        ("respondent", ["respondent", "ID", "RESPNUM", "klantnummer", "respondent_id"]),
        ("agent", ["medewerker_id", "AgentCode", "Naam medewerker"]),
        ("wave", ["wave", "meting", "Kwartaal", "wave_2"]),
        ("verbatim", ["motivation", "toelichting"]),
        ("recommended", ["recommended", "echt_aanbevolen", "really_recommended"]),
        ("mention", ["mention", "medewerker_genoemd"]),
        ("segments", ["organisation", "Organisatie", "client", "sector", "kanaal", "Q21Gender"]),
    ],
)
def test_roles_are_recognised_in_both_languages(role: str, names: list[str]) -> None:
    assert [role_tier(role, name) for name in names] == [0] * len(names)


def test_names_are_folded_before_they_are_searched() -> None:
    assert fold("ClientName") == "client name"
    assert fold("Één_keer-goed") == "een keer goed"


@pytest.mark.parametrize("stem", ["Q7", "V", "vraag 5", "a", "item", "stelling", "Q5a"])
def test_a_stem_that_says_nothing_makes_no_driver(stem: str) -> None:
    assert is_generic(stem)


@pytest.mark.parametrize("stem", ["rel", "CUEX", "Q7ART", "Betrouwbaarheid"])
def test_a_stem_that_says_something_makes_a_driver(stem: str) -> None:
    assert not is_generic(stem)


@pytest.mark.parametrize("text", ["n.v.t.", "Nvt", "N/A", "Not applicable", "Niet van toepassing"])
def test_codes_say_that_it_did_not_apply(text: str) -> None:
    assert code_means(text, "not_applicable")
    assert not code_means(text, "dont_know")


@pytest.mark.parametrize("text", ["Weet niet", "Don't know", "geen mening", "BLANK", "Refused"])
def test_codes_say_that_there_is_no_answer(text: str) -> None:
    assert code_means(text, "dont_know")
    assert not code_means(text, "not_applicable")
