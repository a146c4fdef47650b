"""Tests of `tests.studies.coverage` and of the page that it writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.studies import coverage, coverage_page
from tests.studies.coverage import main, measure, summary
from tests.studies.coverage_drivers import driver_rows, worst_covered
from tests.studies.populations import SLOPES, Cell, true_weights

CELL = Cell("normal", 150, 0.0)
FITTED = Cell("top_box", 300, 0.3)


FEW = ["--fitted-samples", "2", "--fitted-resamples", "20"]


@pytest.fixture
def two_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "CELLS", (CELL, FITTED))
    monkeypatch.setattr(coverage_page, "CELLS", (CELL, FITTED))
    monkeypatch.setattr(coverage_page, "FITTED_CELLS", (FITTED,))
    monkeypatch.setattr(coverage_page, "KINDS", ("normal", "top_box"))


def test_coverage_bias_and_width_are_counted_over_the_samples():
    truth = np.array([0.3, 0.2])
    ends = np.array([[0.3, 0.1, 0.5], [0.4, 0.35, 0.45], [0.2, 0.1, 0.25], [0.5, 0.2, 0.6]])
    values = np.repeat(ends[:, :, np.newaxis], 3, axis=2)
    found = summary({"classic": values}, truth)["classic"]
    assert found["bias"][0] == pytest.approx(0.05)
    assert found["coverage"] == [0.5, 0.75, 0.5]
    assert found["above"] == [0.25, 0.25, 0.0]
    assert found["below"] == [0.25, 0.0, 0.5]
    assert found["width"][0] == pytest.approx((0.4 + 0.1 + 0.15 + 0.4) / 4)


def test_twenty_samples_already_show_what_the_classic_interval_misses():
    found = summary(measure(CELL, range(20), 100), true_weights(CELL))
    assert found["classic"]["coverage"][6] == 0
    assert found["adjusted"]["coverage"][6] > 0.8
    assert len(found["shares"]["coverage"]) == len(SLOPES)


def test_six_samples_of_a_top_box_are_covered_and_the_rules_differ_by_the_noise_of_the_fits():
    """Seven slopes are worth 7 / 2 of log-likelihood; without drivers there is 0.67 a customer."""
    found = summary(measure(FITTED, range(6), 40), true_weights(FITTED))
    assert np.mean(found["adjusted"]["coverage"][:7]) > 0.8
    noise = found["classic"]["bias"][7] - found["adjusted"]["bias"][7]
    assert noise == pytest.approx(7 / 2 / (300 * 0.67), rel=0.1)


@pytest.mark.usefixtures("two_cells")
def test_the_page_shows_every_cell_and_a_second_run_takes_them_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out, cache = tmp_path / "docs" / "coverage.md", tmp_path / "kept" / "coverage.json"
    arguments = ["--out", str(out), "--cache", str(cache), "--samples", "3", "--resamples", "30"]
    arguments += ["--fitted-samples", "2", "--fitted-resamples", "20"]
    main([*arguments, "--jobs", "1"])
    text = out.read_text(encoding="utf-8")
    assert "### n = 150, r = 0.0" in text
    assert "3 samples a cell, 30 resamples a sample" in text
    assert "2 samples a cell and 20 resamples a sample" in text
    assert "| McFadden's R², all drivers | 0.2996 |" in text
    assert "The lowest of these 7 coverages is" in text
    assert "{" not in text
    monkeypatch.setattr(coverage, "ProcessPoolExecutor", lambda *_: pytest.fail("measured again"))
    out.unlink()
    main(arguments)
    assert out.read_text(encoding="utf-8") == text


@pytest.mark.usefixtures("two_cells")
def test_other_settings_measure_again_and_leave_the_cells_that_they_are_not_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    cache, out = tmp_path / "coverage.json", tmp_path / "coverage.md"
    arguments = ["--out", str(out), "--cache", str(cache), "--jobs", "1", "--samples", "2"]
    arguments += ["--resamples", "20", "--fitted-resamples", "20", "--fitted-samples"]
    main([*arguments, "2"])
    first = json.loads(cache.read_text())
    asked: list[Cell] = []
    measured = coverage._measured

    def noted(plan: dict[Cell, dict[str, Any]], jobs: int) -> Iterator[tuple[Cell, dict[str, Any]]]:
        asked.extend(plan)
        return measured(plan, jobs)

    monkeypatch.setattr(coverage, "_measured", noted)
    main([*arguments, "3"])
    second = json.loads(cache.read_text())
    assert asked == [FITTED]
    assert second[CELL.key] == first[CELL.key]
    assert (first[FITTED.key]["samples"], second[FITTED.key]["samples"]) == (2, 3)


@pytest.mark.usefixtures("two_cells")
def test_kinds_that_are_not_asked_for_are_not_measured_and_the_page_says_how_to(tmp_path: Path):
    out = tmp_path / "coverage.md"
    arguments = ["--out", str(out), "--cache", str(tmp_path / "coverage.json"), "--jobs", "1"]
    main([*arguments, *FEW, "--kinds", "top_box"])
    kept = json.loads((tmp_path / "coverage.json").read_text())
    assert list(kept) == [FITTED.key]
    text = out.read_text(encoding="utf-8")
    assert "**Not measured yet**: Normal answers (1 cell). Nothing on this page" in text
    assert "with `--kinds normal` instead of `--measured`" in text
    assert "--jobs 2 --measured\n" in text


def test_the_worst_covered_driver_is_named_with_what_its_interval_looks_like():
    figures = {
        "coverage": [0.95, 0.90, *[0.96] * 6],
        "below": [0.03, 0.07, *[0.02] * 6],
        "above": [0.02, 0.03, *[0.02] * 6],
        "bias": [0.0, -0.004, *[0.0] * 6],
        "bias_error": [0.001] * 8,
        "width": [0.0784] * 8,
    }
    cells = {FITTED.key: {"samples": 400, "level": 0.95, "adjusted": figures}}
    said = worst_covered(cells, [FITTED], {"top_box": "Top box"})
    assert said == (
        "The lowest of these 7 coverages is 90.0 %, of Empathy (Top box, n = 300, r = 0.3): there"
        " the interval lay below the truth in 7.0 % of the samples and above it in 3.0 %, the"
        " estimate was off by 0.20 of its standard deviation, and the interval had 1.00 of the"
        " width that a normal estimate would need."
    )
    heads, _, _, row, *_ = driver_rows(cells, [FITTED])
    assert dict(zip(heads, row, strict=True)) == {
        "driver": "Empathy",
        "slope": ".35",
        "covered, mean": "90.0 %",
        "lowest": "90.0 %",
        "low": "7.0 %",
        "high": "3.0 %",
        "bias": "−0.20",
        "width": "1.00",
    }
