"""The weights of groups are the same numbers on the page, in the files and in words for a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cxdrivers.report.workbook.columns import terms_of
from cxdrivers.wording import LANGUAGES
from tests.report.handed_over import EXAMPLE, Handed, handed_of
from tests.report.read_back import csv_rows, page_parts, sheet_rows, svg_words
from tests.report.shown_numbers import agree, csv_number, figures, finite

SHRUNK = ("shrunk", "shrunk_low", "shrunk_high")
WITH_GROUPS = (EXAMPLE, "CUB_univer")


@pytest.fixture(params=[(name, code) for name in WITH_GROUPS for code in LANGUAGES], ids=" ".join)
def grouped(request: pytest.FixtureRequest, shared_file: Callable[[str], Path]) -> Handed:
    name, language = request.param
    return handed_of(name, language, shared_file)


def drawn_groups(handed: Handed) -> Iterator[tuple[str, str, pd.Series]]:
    """Yield what each group and driver is called, with its weight as far as it is told."""
    compared = handed.results.segments[0]
    for _, row in compared.tidy().iterrows():
        group = compared.group_label(row["group"], handed.language)
        yield group, handed.labels[row["driver"]], row


def test_the_groups_on_the_page_show_the_results(grouped: Handed):
    headings, _whole, *rows = page_parts(grouped.page)["groups"].table
    told = {row[0]: dict(zip(headings, row, strict=True)) for row in rows}
    for group, driver, row in drawn_groups(grouped):
        exact = finite(row, SHRUNK, "%")
        agree(figures(told[group][driver], grouped.language), exact, (group, driver))


def test_the_groups_of_the_workbook_and_the_csv_file_are_the_results(grouped: Handed):
    heading = terms_of(grouped.results, grouped.language).heading
    sheet = sheet_rows(grouped.book, grouped.titles["groups"])
    rows = csv_rows(grouped.files["tables/groups.csv"], grouped.language)
    exact = list(drawn_groups(grouped))
    for (group, driver, found), line, row in zip(exact, sheet, rows, strict=True):
        cells = {name: line[heading(name, "groups")] for name in ("driver", *SHRUNK)}
        assert cells["driver"].value == driver
        assert row["driver"] == found["driver"]
        for name in SHRUNK:
            value = np.nan if cells[name].value is None else cells[name].value
            assert value == pytest.approx(found[name], rel=1e-14, nan_ok=True), (group, name)
            written = csv_number(row[name], grouped.language)
            assert np.array_equal(written, found[name], equal_nan=True)


def test_the_words_for_the_chart_of_groups_say_the_results(grouped: Handed):
    _, words = svg_words(grouped.files["charts/groups.svg"])
    told = {one.partition(": ")[0].rpartition(". ")[2]: one for one in words.split("; ")}
    for group, driver, row in drawn_groups(grouped):
        if np.isfinite(row["shrunk"]):
            name = next(key for key in told if key.endswith(group))
            text = told[name].partition(f"{driver} ")[2]
            agree(figures(text, grouped.language)[:1], [100 * row["shrunk"]], (group, driver))
