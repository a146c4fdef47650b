"""The contents of a page: the findings first, and what is not shown in one place."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pandas as pd

from cxdrivers.report.page.contents import parts_of
from cxdrivers.report.page.document import html_page
from cxdrivers.report.section import Section
from tests.samples import answers, survey_of

TABLE = pd.DataFrame({"driver": ["Empathie"], "aandeel": ["22\xa0% (20–26\xa0%)"]})


def told(stem: str) -> Section:
    return Section(stem, stem.title(), ("Zo is het.",), table=TABLE, data=TABLE)


def reason(stem: str, text: str = "Er is geen kolom.") -> Section:
    return Section(stem, stem.title(), (text,))


SECTIONS = (
    Section("summary", "In het kort", ("Empathie telt het zwaarst: 0,20 [0,18; 0,22] van 8–10.",)),
    told("weights"),
    reason("scenarios", "Er is geen schaal."),
    told("groups"),
    told("group_forest_2"),
    reason("groups_3", "Er is maar één groep."),
    reason("agent_link"),
    reason("advocacy"),
    told("findings"),
    Section("terms", "Begrippen", ("Aandeel: een deel.",)),
    told("provenance"),
)


def page_of(*sections: Section) -> str:
    weights = SimpleNamespace(n=80)
    results = SimpleNamespace(
        survey=survey_of(answers((0.4, 0.3, 0.1), n=80)),
        weights=weights,
        date="2026-01-31",
        provenance=lambda: {"version": "1"},
    )
    return html_page(results, sections, {}, "nl")


def test_the_findings_come_first_and_the_background_last():
    parts = parts_of(SECTIONS, "nl")
    assert [part.title for part in parts] == [
        "Bevindingen",
        "Groepen en metingen",
        "Achtergrond en verantwoording",
    ]
    assert [[section.stem for section in part.sections] for part in parts] == [
        ["summary", "weights"],
        ["groups", "group_forest_2"],
        ["findings", "untold", "terms", "provenance"],
    ]


def test_parts_with_a_reason_only_become_a_line_each_and_the_same_reason_is_said_once():
    (untold,) = (
        section
        for part in parts_of(SECTIONS, "en")
        for section in part.sections
        if section.stem == "untold"
    )
    assert untold.title == "What is not shown here, and why"
    assert untold.paragraphs == (
        "A full report has these parts too. With each stands why it is missing here.",
        "‘Scenarios’: Er is geen schaal.",
        "‘Groups_3’: Er is maar één groep.",
        "‘Agent_Link’, ‘Advocacy’: Er is geen kolom.",
    )


def test_a_reason_stays_where_it_is_when_sliders_stand_below_it():
    first = parts_of(SECTIONS, "nl", kept=("scenarios",))[0]
    assert [section.stem for section in first.sections] == ["summary", "weights", "scenarios"]


def test_without_reasons_nothing_is_said_of_what_is_not_shown():
    parts = parts_of((told("weights"), told("findings")), "nl")
    assert [section.stem for part in parts for section in part.sections] == ["weights", "findings"]


def test_every_section_of_the_page_has_its_link_and_every_link_its_section():
    page = page_of(*SECTIONS)
    links = re.findall(r'href="#([^"]+)"', page)
    assert links == re.findall(r'<section id="([^"]+)"', page)
    assert "untold" in links
    assert "agent_link" not in links


def test_an_interval_is_not_broken_at_the_end_of_a_line_and_words_are_escaped():
    page = page_of(*SECTIONS, Section("method", "<b>", ("1 < 2 & −0,5 [−1,0; 0,1] (n = 3)",)))
    assert '<span class="whole">0,20 [0,18; 0,22]</span> van ' in page
    assert '<span class="whole">8–10</span>.' in page
    assert '1 &lt; 2 &amp; <span class="whole">−0,5 [−1,0; 0,1]</span> (n = 3)' in page
    assert "<b>" not in page


def test_a_table_that_is_too_wide_for_paper_is_printed_small_or_on_a_page_on_its_side():
    def wide(columns: int) -> str:
        table = pd.DataFrame({f"kolom {place}": ["1–12"] for place in range(columns)})
        return page_of(Section("groups", "Groepen", table=table, data=table))

    assert '<div class="scroll"' in wide(7)
    assert '<div class="scroll wide"' in wide(8)
    assert '<div class="scroll wide widest"' in wide(11)
    assert '<th scope="row" class="whole">1–12</th>' in wide(2)
