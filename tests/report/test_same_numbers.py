"""One run is one set of numbers: every file shows what was computed, and they all agree.

What is expected comes from the results and not from the sections, so that a section which takes
another column is noticed, and every number is compared with the digits it is shown with.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cxdrivers.report.workbook.columns import terms_of
from cxdrivers.wording import LANGUAGES
from tests.report.handed_over import SURVEYS, Handed, handed_of
from tests.report.read_back import (
    as_shown,
    csv_rows,
    opened_book,
    page_parts,
    sheet_bars,
    sheet_rows,
    sheet_texts,
    slide_alt,
    slide_bars,
    slide_book_bars,
    slide_sentences,
    slide_shape,
    slide_table,
    slides_by_stem,
    svg_words,
)
from tests.report.shown_numbers import agree, csv_number, figures, finite, rounded

SHARE = ("share", "share_low", "share_high")
EFFECT = ("effect", "effect_low", "effect_high")
ESTIMATE = ("estimate", "conf_low", "conf_high")
PERFORMANCE = ("performance", "performance_low", "performance_high")
TOLD = {
    "weights": {1: SHARE[:1], 2: SHARE[1:], 4: EFFECT},
    "priorities": {4: PERFORMANCE, 6: SHARE, 7: ESTIMATE},
    "agent_link": {2: ESTIMATE[:1], 3: ESTIMATE[1:]},
    "recommendation": {2: ESTIMATE[:1], 3: ESTIMATE[1:]},
}
"""Section → place in its table → the columns of the tidy table that stand there."""
DRAWN = {
    "weights": SHARE,
    "priorities": ESTIMATE,
    "scenarios": ESTIMATE,
    "agent_link": ESTIMATE,
    "recommendation": ESTIMATE,
}
"""Section → what its chart draws."""
DESCRIBED = {
    "weights": SHARE,
    "priorities": ("performance", "share"),
    "scenarios": ("changed", *ESTIMATE),
    "agent_link": ("estimate", "n"),
    "recommendation": ("estimate", "n"),
}
"""Section → what the words for its chart say of a driver or a score."""
PLACES = {"mean": (1, 2), "top_box": (3, 4), "recommended": (5, 6)}
"""Quantity of a scenario → where its level and its gain stand."""


@pytest.fixture(params=[(name, code) for name in SURVEYS for code in LANGUAGES], ids=" ".join)
def handed(request: pytest.FixtureRequest, shared_file: Callable[[str], Path]) -> Handed:
    name, language = request.param
    return handed_of(name, language, shared_file)


def check_table(rows: list[tuple[str, ...]], stem: str, exact: pd.DataFrame, code: str) -> int:
    """Compare the rows of a reader's table with the results and return how many numbers."""
    seen = 0
    for row in rows:
        label = row[1] if stem == "priorities" else row[0]
        for place, columns in TOLD[stem].items():
            shown = figures(row[place].replace("95\u00a0%", ""), code)
            agree(shown, finite(exact.loc[label], columns, row[place]), (stem, label, place))
            seen += len(shown)
    return seen


def test_the_tables_on_the_page_show_the_results(handed: Handed):
    parts, code = page_parts(handed.page), handed.language
    for stem, exact in handed.exact.items():
        if stem in TOLD:
            rows = list(parts[stem].table[1:])
            assert len(rows) == len(exact)
            assert check_table(rows, stem, exact, code) >= 3 * len(rows)


def test_the_table_of_own_effects_on_its_slide_shows_the_results(handed: Handed):
    _, *rows = slide_table(handed.deck, "own")
    exact = handed.exact["weights"]
    assert {row[0] for row in rows} == set(exact.index)
    assert check_table(rows, "weights", exact, handed.language) == 6 * len(exact)


def test_the_scenarios_on_the_page_show_the_results(handed: Handed):
    table = handed.results.scenarios.tidy().set_index(["scenario", "quantity"])
    titles = handed.results.scenarios.titles(handed.language)
    rows = {row[0]: row for row in page_parts(handed.page)["scenarios"].table}
    for (name, quantity), found in table.iterrows():
        level, gain = (rows[titles[name]][place] for place in PLACES[quantity])
        scale = {"mean": 1, "top_box": 100, "recommended": 1}[quantity]
        agree(figures(level, handed.language), [scale * found["changed"]], (name, quantity))
        agree(figures(gain, handed.language), [scale * found[c] for c in ESTIMATE], name)


def test_the_charts_on_slides_draw_the_results_and_so_do_their_workbooks(handed: Handed):
    for stem, exact in handed.exact.items():
        for read in (slide_bars, slide_book_bars):
            check_bars(read(handed.deck, stem), exact, DRAWN[stem], stem)


def test_the_charts_in_the_workbook_draw_the_results(handed: Handed):
    for stem, exact in handed.exact.items():
        bars = sheet_bars(handed.book, handed.titles[stem])
        check_bars(bars, exact, DRAWN[stem], stem)


def check_bars(bars: dict, exact: pd.DataFrame, columns: tuple[str, ...], stem: str) -> None:
    names = {name.partition(" n = ")[0]: numbers for name, numbers in bars.items()}
    assert set(names) == set(exact.index), stem
    for name, numbers in names.items():
        assert numbers == pytest.approx(tuple(exact.loc[name, list(columns)]), rel=1e-9, abs=1e-12)


def test_the_words_for_a_chart_say_the_results_in_drawings_and_on_slides(handed: Handed):
    for stem, exact in handed.exact.items():
        _, words = svg_words(handed.files[f"charts/{stem}.svg"])
        check_words(words, exact, DESCRIBED[stem], handed.language)
        check_words(slide_alt(handed.deck, stem), exact, DRAWN[stem], handed.language)


def check_words(text: str, exact: pd.DataFrame, columns: tuple[str, ...], code: str) -> None:
    for label, row in exact.iterrows():
        found = re.search(
            rf"[:;.] {re.escape(str(label))}(?:, n = [\d\xa0]+)?([: ](?:\[[^]]*\]|[^;])*)", text
        )
        assert found, label
        shown = figures(found[1], code)[: len(columns)]
        percent = [name not in {"n", "performance"} and "%" in found[1] for name in columns]
        exactly = [
            row[name] * (100 if times else 1) for name, times in zip(columns, percent, strict=True)
        ]
        agree(shown, exactly, (label, found[1]))


def test_every_number_of_the_results_stands_in_the_csv_files_to_the_last_digit(handed: Handed):
    code = handed.language
    for stem, exact in handed.exact.items():
        rows = csv_rows(handed.files[f"tables/{stem}.csv"], code)
        rows = [row for row in rows if row["n"] != "0" and row.get("quantity", "mean") == "mean"]
        for name in {*DRAWN[stem], *DESCRIBED[stem]}:
            written = [csv_number(row[name], code) for row in rows]
            assert np.array_equal(written, exact[name], equal_nan=True), (stem, name)


def test_every_number_of_the_results_stands_in_the_workbook_and_is_shown_alike(handed: Handed):
    terms = terms_of(handed.results, handed.language)
    for stem, exact in handed.exact.items():
        rows = sheet_rows(handed.book, handed.titles[stem])
        if stem == "scenarios":
            word = terms.word("mean", "quantity", stem)
            rows = [row for row in rows if row[terms.heading("quantity", stem)].value == word]
        rows = [row for row in rows if row["n"].value > 0]
        for name in {*DRAWN[stem], *DESCRIBED[stem]}:
            cells = [row[terms.heading(name, stem)] for row in rows]
            assert [one.value for one in cells] == pytest.approx(
                exact[name].tolist(), rel=1e-14, nan_ok=True
            )
            for cell, value in zip(cells, exact[name], strict=True):
                scale = 100 if "%" in cell.number_format else 1
                assert as_shown(cell) == rounded(scale * value, as_shown(cell))


def test_the_workbook_shows_numbers_as_the_page_does(handed: Handed):
    heading, page = terms_of(handed.results, handed.language).heading, page_parts(handed.page)
    for stem in set(TOLD) & set(handed.exact):
        sheet = {
            str(row.get(heading("driver", stem), row.get(heading("score", stem))).value): row
            for row in sheet_rows(handed.book, handed.titles[stem])
        }
        for row in page[stem].table[1:]:
            cells = sheet[row[1] if stem == "priorities" else row[0]]
            for place, columns in TOLD[stem].items():
                shown = [cells[heading(name, stem)] for name in columns]
                if all(cell.value is not None for cell in shown):
                    told = figures(row[place], handed.language)
                    assert {"%" in row[place]} == {"%" in cell.number_format for cell in shown}
                    if stem != "priorities":  # small headroom has more decimals on the page
                        assert [as_shown(cell) for cell in shown] == told


def test_the_sentences_of_the_page_are_those_of_the_slides_and_the_sheets(handed: Handed):
    page, slides = page_parts(handed.page), slides_by_stem(handed.deck)
    compared = set(page) & set(slides) - {"findings", "method", "provenance"}
    assert {"summary", "weights", "priorities", "scenarios"} <= compared
    for stem in compared:
        told = slide_sentences(slides[stem])
        assert [one for one in page[stem].sentences if one.replace("\n", " ") not in told] == []
        if stem != "summary":
            on_sheet = sheet_texts(handed.book, handed.titles[stem])
            assert [one for one in page[stem].sentences if one not in on_sheet] == []


def test_the_first_sentence_of_the_summary_says_the_largest_weight_everywhere(handed: Handed):
    first = page_parts(handed.page)["summary"].sentences[0]
    top = handed.exact["weights"].sort_values("rank").iloc[0]
    told = first[first.index(str(top.name)) :]
    agree(figures(told, handed.language)[:3], [100 * top[name] for name in SHARE], told)
    assert first in slide_sentences(slides_by_stem(handed.deck)["summary"])
    assert first in sheet_texts(handed.book, opened_book(handed.book).worksheets[0]["A1"].value)


def test_a_slide_shows_a_chart_only_where_its_numbers_were_compared(handed: Handed):
    charts = {
        stem
        for stem in slides_by_stem(handed.deck)
        if slide_shape(handed.deck, stem, "chart") is not None
    }
    assert charts - {"shapes"} == set(handed.exact)
