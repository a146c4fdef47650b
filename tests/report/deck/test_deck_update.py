"""An earlier deck gets new numbers, and what somebody wrote or moved stays."""

from __future__ import annotations

from copy import deepcopy
from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Inches, Pt

import cxdrivers as cx
from cxdrivers.report.deck.deck import updated_deck
from cxdrivers.report.deck.deck_names import digest_of, name_of, named
from tests.report.deck.deck_results import (
    named_shapes,
    parts_of,
    shape_of,
    small_deck,
    small_results,
    small_sections,
)


def _new(language: str = "en") -> tuple[Any, tuple[Any, ...], str]:
    """Return other results than those of the deck: of more respondents."""
    return small_results(400), tuple(small_sections(language, 400).values()), language


def _saved(deck: Any) -> bytes:
    buffer = BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def _parts(lines: tuple[str, ...]) -> set[str]:
    """Return what is told a line a slide, by part: "4: chart"."""
    told = [line.removeprefix("slide ").split(": ") for line in lines]
    return {f"{slide}: {part}" for slide, parts in told for part in parts.split(", ")}


def _shape(deck: Any, beginning: str) -> Any:
    return next(s for slide in deck.slides for s in slide.shapes if s.name.startswith(beginning))


@pytest.fixture(scope="module")
def edited() -> tuple[bytes, bytes, tuple[str, ...], tuple[str, ...]]:
    """Return a deck in which a consultant worked, and the same refreshed, with what was told."""
    deck = Presentation(BytesIO(small_deck()))
    _shape(deck, "cxdrivers:weights:headline").text_frame.text = "What we told the board"
    chart = _shape(deck, "cxdrivers:weights:chart")
    chart.left, chart.width = Inches(3), Inches(6)
    headline = _shape(deck, "cxdrivers:own:headline")
    headline.text_frame.paragraphs[0].runs[0].font.size = Pt(17)
    own = deck.slides.add_slide(deck.slide_layouts[1])
    own.shapes.title.text = "Our own slide"
    copied = deepcopy(_shape(deck, "cxdrivers:own:table")._element)
    own.shapes._spTree.append(copied)
    _shape(deck, "cxdrivers:shapes:chart").name = "cxdrivers:gone:chart:en"
    deck.slides[3].notes_slide.notes_text_frame.text = "Tell them about the queue."
    order = deck.slides._sldIdLst
    order.insert(0, order[-1])
    old = _saved(deck)
    return old, *updated_deck(old, *_new())


def test_charts_get_the_new_numbers_where_they_are(edited: Any):
    chart = shape_of(edited[1], "weights", "chart")
    data = small_sections("en", 400)["weights"].data.sort_values("rank", kind="stable")
    rows = zip(*(series.values for series in chart.chart.series), strict=True)
    assert [next(v for v in row if v is not None) for row in rows] == data["share"].tolist()
    assert (chart.left, chart.width) == (Inches(3), Inches(6))
    assert {"4: chart", "4: source"} <= _parts(edited[2])


def test_a_headline_that_somebody_wrote_stays_and_is_named(edited: Any):
    texts = {shape.text_frame.text for shape in _texts_of(edited[1])}
    assert "What we told the board" in texts
    assert "4: headline" in _parts(edited[3])


def test_a_headline_that_nobody_touched_is_refreshed_in_the_letters_it_has(edited: Any):
    deck = Presentation(BytesIO(edited[1]))
    headline = _shape(deck, "cxdrivers:own:headline")
    text = headline.text_frame.text
    assert digest_of(text) == name_of(headline.name).digest
    assert headline.text_frame.paragraphs[0].runs[0].font.size == Pt(17)
    assert "5: headline" in _parts(edited[2])


def test_a_source_says_the_new_base(edited: Any):
    source = shape_of(edited[1], "scenarios", "source").text_frame.text
    assert "n = 400" in source
    assert "n = 300" in shape_of(edited[0], "scenarios", "source").text_frame.text


def test_a_copy_of_a_table_on_a_slide_of_ones_own_is_refreshed_too(edited: Any):
    report = small_sections("en", 400)["weights"].table
    tables = [s.table for s in _all_shapes(edited[1]) if s.name.startswith("cxdrivers:own:table")]
    assert len(tables) == 2
    for table in tables:
        assert [row.cells[1].text for row in table.rows][1:] == report["share"].tolist()
    assert {"1: table", "5: table"} <= _parts(edited[2])


def test_slides_order_and_notes_of_ones_own_stay(edited: Any):
    deck = Presentation(BytesIO(edited[1]))
    assert deck.slides[0].shapes.title.text == "Our own slide"
    assert deck.slides[4].notes_slide.notes_text_frame.text == "Tell them about the queue."
    assert "5: notes" in _parts(edited[3])
    assert len(deck.slides) == 14


def test_what_has_no_section_any_more_is_left_and_named(edited: Any):
    assert "7: chart" in _parts(edited[3])
    assert shape_of(edited[1], "gone", "chart").chart.series[0].values == (
        shape_of(edited[0], "gone", "chart").chart.series[0].values
    )


def test_texts_beside_a_chart_that_cannot_be_refreshed_do_not_tell_other_numbers():
    deck = Presentation(BytesIO(small_deck()))
    table = _shape(deck, "cxdrivers:own:table").table
    table.cell(0, 1).text_frame.text = "weight"
    _, changed, left = updated_deck(_saved(deck), *_new())
    assert {"4: table", "4: headline", "4: source"} <= _parts(left)
    assert "4: headline" not in _parts(changed)


def test_the_same_results_change_nothing_that_can_be_seen():
    old = small_deck("nl")
    facts = small_results(), tuple(small_sections("nl").values()), "nl"
    new, changed, left = updated_deck(old, *facts)
    assert left == ()
    made = [name for name in named_shapes(old) if name_of(name) is not None]
    assert len(changed) == 13
    assert sum(len(line.split(", ")) for line in changed) == len(made) + 13
    assert changed[2] == "dia 3: kop, onderwerp, grafiek, bron, notities"
    before, after = dict(parts_of(old)), dict(parts_of(new))
    assert before.keys() == after.keys()
    differ = [name for name in before if before[name] != after[name]]
    assert [name for name in differ if name != "docProps/core.xml"] == []
    assert updated_deck(old, *facts)[0] == new


def test_a_deck_without_anything_of_ours_is_refused():
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[0])
    expected = r"^None of the 1 slides has a chart, table or text that was made here\. Give a deck"
    with pytest.raises(cx.CxError, match=expected):
        updated_deck(_saved(deck), *_new())


def test_a_deck_in_another_language_is_refused():
    with pytest.raises(cx.CxError, match=r"in the language 'en' and .* in 'nl'\. Ask for 'en'\.$"):
        updated_deck(small_deck("en"), *_new("nl"))


def test_names_survive_what_powerpoint_adds_and_what_is_not_ours_has_none():
    name = named("weights", "headline", "nl", "Iets")
    assert name_of(f"{name} copy 2") == name_of(name)
    assert str(name_of(name)) == name
    assert name_of("Title 1") is None
    assert digest_of("a  b\nc") == digest_of("a b c") != digest_of("a b d")


def _all_shapes(content: bytes) -> list[Any]:
    return [s for slide in Presentation(BytesIO(content)).slides for s in slide.shapes]


def _texts_of(content: bytes) -> list[Any]:
    return [shape for shape in _all_shapes(content) if shape.has_text_frame]
