"""A drafted codebook is right where names, labels and answers are clear, and asks where not."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.codebook.codebook import Question
from cxdrivers.codebook.drafting import draft_codebook
from cxdrivers.errors import CxError, SurveyError
from cxdrivers.reading.table import Source, Table
from cxdrivers.vocabulary import DRIVERS
from tests.codebook.draft_samples import (
    ROWS,
    asked,
    comments,
    grades,
    items_of,
    read_back,
    table,
    with_code,
)

ENGLISH = {
    "reliability": "rel",
    "empathy": "emp",
    "customer_focus": "focus",
    "customer_knowledge": "knowledge",
    "wait_time": "wait",
    "accessibility": "access",
    "ivr_menu": "ivr",
}
DUTCH = {
    "reliability": "betrouwbaarheid",
    "empathy": "empathie",
    "customer_focus": "klantfocus",
    "customer_knowledge": "klantkennis",
    "wait_time": "wachttijd",
    "accessibility": "toegankelijkheid",
    "ivr_menu": "keuzemenu",
}
ROLES = {
    "en": ("respondent", "organisation", "agent", "wave", "weight", "motivation", "recommended"),
    "nl": (
        "respondentnummer",
        "organisatie",
        "medewerker_id",
        "meting",
        "weegfactor",
        "toelichting",
        "echt_aanbevolen",
    ),
}


def contact_centre(stems: dict[str, str], language: str, outcome: str) -> Table:
    respondent, organisation, agent, wave, weight, verbatim, recommended = ROLES[language]
    columns: dict[str, Any] = {
        respondent: [f"R{row}" for row in range(ROWS)],
        organisation: ["A", "B", "C", "D"] * (ROWS // 4),
        agent: [f"M{row % 24}" for row in range(ROWS)],
        wave: [2024.0, 2025.0] * (ROWS // 2),
        weight: [0.5 + row / ROWS for row in range(ROWS)],
    }
    for driver, stem in stems.items():
        for number in (1, 2, 3):
            answers = with_code(99) if driver == "ivr_menu" else grades()
            columns[f"{stem}_{number}"] = answers
    columns[outcome] = grades()
    columns[verbatim] = [f"Motivation number {row}" for row in range(ROWS)]
    columns[recommended] = [0.0, 1.0, 0.0] * (ROWS // 3)
    return table(columns)


@pytest.mark.parametrize(
    ("stems", "language", "outcome"),
    [
        (ENGLISH, "en", "satisfaction"),
        (DUTCH, "nl", "tevredenheid"),
        (DUTCH, "nl", "rapportcijfer"),
    ],
)
def test_a_contact_centre_survey_is_drafted_completely(
    stems: dict[str, str], language: str, outcome: str
) -> None:
    draft = draft_codebook(contact_centre(stems, language, outcome), language=language)
    codebook = draft.codebook
    assert codebook is not None
    roles = ROLES[language]
    assert codebook.outcome == Question(outcome, (outcome,), scale=(1.0, 10.0))
    assert items_of(draft) == {
        driver: tuple(f"{stems[driver]}_{number}" for number in (1, 2, 3)) for driver in DRIVERS
    }
    assert {driver.scale for driver in codebook.drivers} == {(1.0, 10.0)}
    assert [driver.not_applicable for driver in codebook.drivers] == [()] * 6 + [(99.0,)]
    assert (codebook.respondent, codebook.segments, codebook.cluster) == (
        roles[0],
        (roles[1],),
        roles[2],
    )
    assert (codebook.wave, codebook.weight, codebook.verbatim) == roles[3:6]
    assert codebook.recommended == roles[6]
    assert codebook.language == language
    assert len(draft.open_questions) == 1
    assert read_back(draft) == codebook


def test_a_guessed_code_is_asked_about_in_both_languages() -> None:
    draft = draft_codebook(contact_centre(ENGLISH, "en", "satisfaction"))
    assert asked(draft) == [
        (
            "Does the answer 99 to 'ivr_menu' mean not applicable? That is a guess; if it means no "
            "answer, move it to dont_know, and if it is a real answer, remove it and mend the "
            "scale."
        )
    ]
    assert asked(draft, "nl")[0].startswith(
        "Betekent het antwoord 99 bij 'ivr_menu' niet van toepassing? Dat is een vermoeden;"
    )
    assert "A guess: 99 taken as not applicable." in comments(draft)


LIKERT = {1.0: "Zeer ontevreden", 5.0: "Zeer tevreden", 8.0: "Weet niet", 9.0: "N.v.t."}
SPSS_LABELS = {
    "V1": "Het probleem is in één keer opgelost",
    "V2": "De medewerker luisterde goed",
    "V3": "De medewerker was vriendelijk",
    "V4": "Ik werd snel te woord gestaan",
    "V5": "Prijs van het abonnement",
    "V6": "Hoe tevreden bent u over het geheel genomen?",
    "V7": "Hoe waarschijnlijk is het dat u ons aanbeveelt?",
    "V8": "Kunt u uw cijfer toelichten?",
    "V9": "Sector",
    "V10": "Weegfactor",
    "V11": "Naam medewerker",
    "V12": "Wat was de aanleiding van uw contact?",
}


def spss() -> Table:
    columns: dict[str, Any] = {f"V{number}": grades(1, 5) for number in range(1, 7)}
    columns["V1"] = with_code(9, 1, 5)
    columns["V7"] = grades(0, 10)
    columns["V8"] = [f"tekst {row}" for row in range(ROWS)]
    columns["V9"] = grades(1, 6)
    columns["V10"] = [1 + row / ROWS for row in range(ROWS)]
    columns["V11"] = [f"M{row % 12}" for row in range(ROWS)]
    columns["V12"] = grades(1, 6)
    reasons = dict(enumerate(("Factuur", "Storing", "Klacht", "Prijs", "Product", "Anders"), 1))
    values = {f"V{number}": LIKERT for number in range(1, 7)} | {"V12": reasons}
    return table(columns, column_labels=SPSS_LABELS, value_labels=values)


def test_labels_of_an_spss_file_say_what_the_names_do_not() -> None:
    draft = draft_codebook(spss())
    codebook = draft.codebook
    assert codebook is not None
    assert codebook.outcome == Question(
        "V6",
        ("V6",),
        {"en": "overall satisfaction", "nl": "algemene tevredenheid"},
        (1.0, 5.0),
        (),
        (9.0,),
        (8.0,),
    )
    assert items_of(draft) == {
        "reliability": ("V1",),
        "empathy": ("V2", "V3"),
        "wait_time": ("V4",),
        "V5": ("V5",),
    }
    assert [driver.label for driver in codebook.drivers] == [None, None, None, SPSS_LABELS["V5"]]
    assert codebook.drivers[0].not_applicable == (9.0,)
    assert codebook.verbatim == "V8"
    assert codebook.segments == ("V9",)
    assert codebook.weight == "V10"
    assert codebook.cluster == "V11"
    assert codebook.language == "nl"
    for asked_first in ("V1: Het probleem is", "V2: De medewerker luisterde", "V6: Hoe tevreden"):
        assert asked_first in comments(draft)
    assert "V5: Prijs" not in comments(draft)
    assert "Niet gebruikt: 'V12'." in comments(draft)
    assert read_back(draft) == codebook


def test_another_outcome_is_no_driver_and_is_asked_about() -> None:
    draft = draft_codebook(spss(), language="en")
    assert asked(draft) == [
        (
            "Is 'V6' the outcome? It could also be 'V7'; these are left out of the drivers, "
            "because they may measure the same."
        )
    ]
    assert "Not used, because they could be the outcome themselves: 'V7'." in comments(draft)


def test_the_frame_is_not_changed() -> None:
    given_table = contact_centre(DUTCH, "nl", "cijfer")
    before = given_table.frame.copy(deep=True)
    draft_codebook(given_table)
    pd.testing.assert_frame_equal(given_table.frame, before)


@pytest.mark.parametrize("cell", [("a", [1]), ["a"], {"a": 1}, {1, 2}, ("a", 1)])
def test_cells_that_hold_several_things_are_texts_and_no_answer_stays_none(cell: object) -> None:
    agents = [cell, None, "b", 1.5, True, pd.Timestamp("2026-01-01")] * 20
    frame = pd.DataFrame({"cijfer": grades(), "emp": grades(), "agent": agents}, index=[0] * ROWS)
    said = comments(draft_codebook(frame, language="en"))
    assert "'agent' (5 different values in 100 of 120 rows)" in said
    assert frame["agent"].tolist() == agents


def test_lists_of_arrow_are_texts_as_well() -> None:
    tags = pd.Series([[1, 2], None] * (ROWS // 2), dtype=pd.ArrowDtype(pa.list_(pa.int64())))
    frame = pd.DataFrame({"cijfer": grades(), "emp": grades(), "tags": tags})
    assert "'tags'" in comments(draft_codebook(frame))


def test_a_draft_in_an_unknown_language_is_refused() -> None:
    with pytest.raises(CxError, match="Language 'de' is not available"):
        draft_codebook(table({"a": grades()}), language="de")


COLUMN_NAMES = [
    "Overall",
    "satisfaction",
    "NPS",
    "rel_1",
    "rel_2",
    "Q7_a",
    "weight",
    "ID",
    "agent",
    "team",
    "wave",
    "sector",
    "toelichting",
    "recommended",
    "wait_seconds",
    "x",
]
ANSWERS = st.sampled_from([0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 99, -1, 7.5, None])
WORDS = st.sampled_from(["7", "8", "n.v.t.", "long text", "", None, "9"])


@given(
    names=st.lists(st.sampled_from(COLUMN_NAMES), min_size=1, max_size=8, unique=True),
    data=st.data(),
)
def test_any_file_gives_text_that_reads_back_and_loses_no_column(
    names: list[str], data: st.DataObject
) -> None:
    rows = data.draw(st.integers(0, 12))
    columns = {}
    for name in names:
        number = data.draw(st.booleans())
        kind = st.lists(ANSWERS if number else WORDS, min_size=rows, max_size=rows)
        columns[name] = pd.Series(data.draw(kind), dtype=float if number else object)
    labels = {name: data.draw(st.sampled_from(["", "Algemeen oordeel", "Menu"])) for name in names}
    given_table = Table(pd.DataFrame(columns), Source("x.csv", "csv"), column_labels=labels)
    for language in ("en", "nl"):
        draft = draft_codebook(given_table, language=language)
        assert all(f"'{name}'" in draft.text or f'"{name}"' in draft.text for name in names)
        if draft.codebook is None:
            with pytest.raises(SurveyError, match=r"which column is the outcome|names no drivers"):
                read_back(draft)
        else:
            assert read_back(draft) == draft.codebook
