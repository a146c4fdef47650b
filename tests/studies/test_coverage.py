"""Tests of `tests.studies.coverage` and of the page that it writes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.studies import coverage, coverage_page
from tests.studies.coverage import main, measure, summary
from tests.studies.populations import SLOPES, Cell, true_weights

CELL = Cell("normal", 150, 0.0)


@pytest.fixture
def one_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "CELLS", (CELL,))
    monkeypatch.setattr(coverage_page, "CELLS", (CELL,))
    monkeypatch.setattr(coverage_page, "KINDS", ("normal",))


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


@pytest.mark.usefixtures("one_cell")
def test_the_page_shows_every_cell_and_a_second_run_takes_them_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out, cache = tmp_path / "docs" / "coverage.md", tmp_path / "kept" / "coverage.json"
    arguments = ["--out", str(out), "--cache", str(cache), "--samples", "3", "--resamples", "30"]
    main([*arguments, "--jobs", "1"])
    text = out.read_text(encoding="utf-8")
    assert "### n = 150, r = 0.0" in text
    assert "3 samples a cell, 30 resamples a sample" in text
    assert "{" not in text
    monkeypatch.setattr(coverage, "_measured", lambda *_: pytest.fail("measured again"))
    out.unlink()
    main(arguments)
    assert out.read_text(encoding="utf-8") == text


@pytest.mark.usefixtures("one_cell")
def test_other_settings_measure_again(tmp_path: Path):
    cache = tmp_path / "coverage.json"
    cache.write_text(json.dumps({"settings": {"samples": 9}, "cells": {CELL.key: "old"}}))
    out = tmp_path / "coverage.md"
    main(["--out", str(out), "--cache", str(cache), "--samples", "2", "--resamples", "20"])
    assert json.loads(cache.read_text())["cells"][CELL.key] != "old"
