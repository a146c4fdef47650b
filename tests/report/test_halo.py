"""Tests of `report.sections.halo`."""

from __future__ import annotations

from types import SimpleNamespace

from cxdrivers.answers.scales.halo import compare_halo
from cxdrivers.report.sections.halo import halo_section
from cxdrivers.wording import sentence
from tests.answers.scales.halo_surveys import of_frame, opinions


def test_the_section_has_the_table_the_sentences_and_the_raw_numbers():
    halo = compare_halo(of_frame(opinions()), n_boot=0)
    for language, title in (("en", "With and without halo"), ("nl", "Met en zonder halo")):
        section = halo_section(SimpleNamespace(halo=halo), language)
        assert (section.stem, section.title) == ("halo", title)
        assert section.paragraphs[1:] == tuple(halo.sentences(language))
        assert section.table.equals(halo.table(language))
        assert section.data.equals(halo.tidy())
        assert section.notes == (halo.footer(language),)


def test_where_there_is_no_comparison_the_section_says_why():
    results = SimpleNamespace(halo=sentence("halo.one_driver"))
    section = halo_section(results, "en")
    assert section.paragraphs == (
        "There is only one driver, so there are no others whose level could be held constant.",
    )
    assert section.table is None
