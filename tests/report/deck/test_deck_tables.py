"""Tables of a deck: as large as fits, and refreshed without undoing what somebody did."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.util import Inches, Pt

from cxdrivers.report.deck.deck_frames import Box
from cxdrivers.report.deck.deck_tables import add_table, refresh_table

BOX = Box(Inches(0.6), Inches(2), Inches(12), Inches(4.4))
TABLE = pd.DataFrame(
    {
        "driver": ["Betrouwbaarheid", "Empathie"],
        "aandeel": ["31 %", "26 %"],
        "betekenis": ["Een lange zin over wat er aan de hand is. " * 4, ""],
    }
)


def _drawn(table: pd.DataFrame, box: Box = BOX) -> Any:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    return add_table(slide.shapes, box, table, "nl")[0]


def _texts(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_table_has_its_texts_and_stays_in_its_box():
    frame = _drawn(TABLE)
    assert _texts(frame.table) == [list(TABLE.columns), *TABLE.to_numpy().tolist()]
    assert sum(column.width for column in frame.table.columns) <= BOX.width
    assert sum(row.height for row in frame.table.rows) <= BOX.height


def test_columns_of_numbers_are_flush_right_and_no_other():
    cells = _drawn(TABLE).table.rows[1].cells
    assert [cell.text_frame.paragraphs[0].alignment for cell in cells] == [
        None,
        PP_ALIGN.RIGHT,
        None,
    ]


def test_long_texts_take_the_width_and_short_ones_keep_their_words_whole():
    widths = [column.width for column in _drawn(TABLE).table.columns]
    assert widths[2] > widths[0] > widths[1]


@pytest.mark.parametrize("rows", [1, 8, 60])
def test_more_rows_than_fit_are_cut_and_counted(rows: int):
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    long = pd.concat([TABLE.iloc[[1]]] * rows)
    frame, shown = add_table(slide.shapes, BOX, long, "nl")
    assert shown == len(frame.table.rows) - 1
    assert shown == rows if rows < 10 else shown < rows
    assert sum(row.height for row in frame.table.rows) <= BOX.height


def test_a_refreshed_table_keeps_its_letters_and_a_column_that_was_taken_out_stays_out():
    table = _drawn(TABLE).table
    for row in table._tbl.tr_lst:
        row.remove(row.tc_lst[1])
    grid = table._tbl.tblGrid
    grid.remove(grid.gridCol_lst[1])
    table.cell(1, 0).text_frame.paragraphs[0].runs[0].font.size = Pt(33)
    new = pd.DataFrame(
        {
            "betekenis": ["x", "y", "z"],
            "aandeel": ["1 %", "2 %", "3 %"],
            "driver": ["Empathie", "Wachttijd", "Keuzemenu"],
        }
    )
    assert refresh_table(table, new, "nl")
    assert _texts(table) == [
        ["driver", "betekenis"],
        ["Empathie", "x"],
        ["Wachttijd", "y"],
        ["Keuzemenu", "z"],
    ]
    assert table.cell(1, 0).text_frame.paragraphs[0].runs[0].font.size == Pt(33)
    assert refresh_table(table, new.head(1), "nl")
    assert len(table.rows) == 2


def test_a_table_whose_headings_somebody_changed_is_left_alone():
    table = _drawn(TABLE).table
    table.cell(0, 1).text_frame.text = "gewicht"
    before = deepcopy(_texts(table))
    assert not refresh_table(table, TABLE.iloc[::-1], "nl")
    assert _texts(table) == before


def test_an_empty_cell_has_the_height_of_its_row_and_is_filled_in_the_same_letters():
    table = pd.DataFrame({"driver": ["a", "b"], "remark": ["x", ""]})
    drawn = _drawn(table).table
    size = drawn.cell(1, 1).text_frame.paragraphs[0].runs[0].font.size
    empty = drawn.cell(2, 1).text_frame.paragraphs[0]
    assert int(empty._p.endParaRPr.get("sz")) == size.pt * 100
    assert empty.runs == ()
    assert refresh_table(drawn, table.assign(remark=["x", "y"]), "en")
    assert [run.font.size for run in drawn.cell(2, 1).text_frame.paragraphs[0].runs] == [size]
