"""What an engine reads in a cell is what a survey reads in it."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.errors import SurveyError
from cxdrivers.moments.warehouse.expressions import cell_of, numeric_codes, terms_of
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.plan_making import plan_of
from cxdrivers.moments.warehouse.rows import rows_of
from cxdrivers.survey.coding import coded_answers

SCALES = st.sampled_from([None, (1.0, 5.0)])
NUMBERS = st.sampled_from([None, 0, 1, 3, 5, 6, 8, 9])
TEXTS = st.sampled_from([None, "", "  ", "1", " 4 ", "5.0", "-1", "+2", "8", "N.v.t.", "NA", "?"])


def plan(scale: tuple[float, float] | None, *codes: Any) -> SumsPlan:
    away, unknown = codes
    question = Question("x", ("x",), scale=scale, not_applicable=(away,), dont_know=(unknown,))
    return plan_of(Codebook(Question("y", ("y",)), (question,)))


def read(plan: SumsPlan, table: pl.DataFrame) -> dict[str, list[Any]]:
    """Return what an engine reads in the cells of a column."""
    frame = nw.from_native(table.lazy())
    cell = cell_of(plan, plan.questions[0].items[0], frame.collect_schema()["x"])
    fits = cell.fits.fill_null(value=False)
    told = frame.select(
        nw.when(fits).then(cell.number).cast(nw.Float64).alias("number"),
        cell.away.fill_null(value=False).alias("away"),
        cell.off.fill_null(value=False).alias("off"),
    )
    return told.collect().to_dict(as_series=False)


def assert_as_in_a_survey(plan: SumsPlan, cells: list[Any], table: pl.DataFrame) -> None:
    found = read(plan, table)
    question = plan.codebook.drivers[0]
    try:
        answers = coded_answers(pd.DataFrame({"x": pd.Series(cells, dtype=object)}), question)
    except SurveyError:
        assert any(found["off"])
        return
    off = answers.off_scale[:, 0]
    number = np.where(off, np.nan, answers.values[:, 0])
    np.testing.assert_array_equal(np.array(found["number"], dtype=float), number)
    assert found["away"] == answers.not_applicable[:, 0].tolist()
    assert found["off"] == off.tolist()


@given(st.lists(NUMBERS, min_size=1, max_size=8), SCALES)
@pytest.mark.parametrize("kind", [pl.Int8, pl.Float64])
def test_numbers_and_their_codes(kind, cells, scale):
    table = pl.DataFrame({"x": pl.Series(cells, dtype=kind)})
    given_cells = [np.nan if cell is None else cell for cell in cells]
    assert_as_in_a_survey(plan(scale, 9.0, 3.0), given_cells, table)


@given(st.lists(TEXTS, min_size=1, max_size=8), SCALES)
def test_texts_with_numbers_and_codes_in_them(cells, scale):
    cells = [*cells, "4"]  # for want of any number, a survey takes NA for a text
    table = pl.DataFrame({"x": pl.Series(cells, dtype=pl.String)})
    assert_as_in_a_survey(plan(scale, "n.v.t.", 8.0), cells, table)


def test_numbers_that_are_no_numbers_are_blank_and_infinite_ones_are_off():
    found = read(plan(None, 9.0, 8.0), pl.DataFrame({"x": [1.5, float("nan"), float("inf")]}))
    assert found["number"] == [1.5, None, None]
    assert found["off"] == [False, False, True]


def test_decimal_commas_in_texts_are_read_where_the_codebook_has_them():
    book = Codebook(Question("y", ("y",)), (Question("x", ("x",)),), decimal=",")
    found = read(plan_of(book), pl.DataFrame({"x": ["1,5", "2"]}))
    assert found["number"] == [1.5, 2.0]


def test_codes_of_whole_numbers_are_whole():
    assert numeric_codes([98.0, "99", "n.v.t.", 1.5], whole=True) == [98, 99]
    assert numeric_codes([98.0, "99", "n.v.t.", 1.5], whole=False) == [98.0, 99.0, 1.5]


@given(st.lists(st.tuples(*[st.sampled_from([None, 0, 2, 3, 4, 7, 9])] * 4), min_size=1))
@pytest.mark.parametrize("kind", ["rating", "items"])
@pytest.mark.parametrize("missing", ["listwise", "pairwise"])
def test_rows_of_several_items_are_those_of_memory(kind, missing, cells):
    driver = Question("x", ("a", "b", "c"), scale=(1, 4), not_applicable=(9.0,), kind=kind)
    asked = plan_of(Codebook(Question("y", ("y",), scale=(1, 7)), (driver,)), missing=missing)
    table = pl.DataFrame(cells, schema=dict.fromkeys("abcy", pl.Int16), orient="row")
    frame = nw.from_native(table.lazy())
    terms = terms_of(asked, frame.collect_schema())
    values = [value.alias(f"v_{place}") for place, value in enumerate(terms.values)]
    truths = {"usable": terms.usable, "off": terms.off}
    told = [truth.fill_null(value=False).alias(name) for name, truth in truths.items()]
    found = frame.select(*values, *told).collect().to_native().to_pandas()
    rows = rows_of(asked, table.to_pandas().astype(float), np.ones(len(cells)))
    assert found["usable"].tolist() == rows.usable.tolist()
    assert found["off"].tolist() == rows.off.tolist()
    there = found.filter(like="v_").astype(float).to_numpy()[rows.usable]
    np.testing.assert_allclose(there, rows.values[rows.usable])
