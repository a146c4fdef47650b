"""Tests of `tests.studies.parts` and of the page that it writes."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from cxdrivers.models.part_slopes import FEWEST_PARTS
from cxdrivers.moments.moments import moments_of
from tests.studies import parts
from tests.studies.parts import JACKKNIFE, PARTS, ROWS, main, measure, summary
from tests.studies.parts_cells import CELLS, PartCell, spread_over, summed
from tests.studies.populations import SLOPES, Cell, blank_design, draw

CELL = PartCell(Cell("normal", 300, 0.3), 10)
PAGE = Path(__file__).parents[2] / "docs" / "parts.md"


@pytest.mark.parametrize("kind", ["normal", "weights", "clusters"])
@pytest.mark.parametrize("one_in", [1, 3])
def test_the_sums_of_a_survey_are_those_of_its_rows(kind: str, one_in: int):
    cell = PartCell(Cell(kind, 600, 0.3), 10, one_in=one_in)
    design = draw(cell.population, 1, blank_design())
    found, rows = summed(design, cell, 1).moments(0), moments_of(design)
    np.testing.assert_allclose(found.covariance, rows.covariance, atol=1e-10)
    np.testing.assert_allclose(found.mean, rows.mean, atol=1e-10)
    assert (found.n, found.n_effective) == (rows.n, pytest.approx(rows.n_effective))


def test_parts_of_some_differ_as_parts_of_all_would():
    rng = np.random.default_rng(1)
    sums = rng.normal(100, 5, size=(4000, 2))
    spread = spread_over(sums, np.array([8e6, 8e6]), 0.25)
    np.testing.assert_allclose(spread.sum(axis=0), 8e6)
    np.testing.assert_allclose(spread.std(axis=0), 2 * sums.std(axis=0))


def test_twenty_samples_show_what_each_way_holds():
    found = summary(measure(CELL, range(20), 60), CELL)
    for rule in (ROWS, PARTS):
        assert len(found[rule]["coverage"]) == len(SLOPES) + 1
        assert np.mean(found[rule]["coverage"]) > 0.88
    assert len(found[JACKKNIFE]["coverage"]) == len(SLOPES)
    assert np.mean(found["effect"]["coverage"]) > 0.88
    few = PartCell(Cell("normal", 150, 0.3), FEWEST_PARTS - 3, rows=False)
    assert set(measure(few, range(2), 20)) == {PARTS, JACKKNIFE}


def test_the_page_is_made_of_kept_cells_and_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    few = PartCell(Cell("normal", 150, 0.0), 5)
    monkeypatch.setattr(parts, "CELLS", (few, CELL))
    out, cache = tmp_path / "docs" / "parts.md", tmp_path / "kept" / "parts.json"
    arguments = ["--out", str(out), "--cache", str(cache), "--samples", "3", "--resamples", "30"]
    main(arguments)
    text = out.read_text(encoding="utf-8")
    assert "| normal answers, r = 0 | 150 | 5 | rows |" in text
    assert "| normal answers | 300 | 10 | leaving parts out ± t |" in text
    assert "- 10 parts: 1." in text
    assert "{" not in text
    monkeypatch.setattr(parts, "measure", lambda *_: pytest.fail("measured again"))
    out.unlink()
    main(arguments)
    assert out.read_text(encoding="utf-8") == text


def test_the_page_that_is_published_has_every_cell():
    text = PAGE.read_text(encoding="utf-8")
    assert len(re.findall(r"^\|.* \| parts \| \d", text, re.MULTILINE)) == len(CELLS)
