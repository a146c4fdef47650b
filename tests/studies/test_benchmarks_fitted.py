"""Tests of the section on top box and grades, and that every program computes the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.studies import benchmarks
from tests.studies.benchmarks_fitted import DRIVERS, LOOPS, section, with_section
from tests.studies.benchmarks_page import RESAMPLES, Measured
from tests.studies.fitted_contenders import FITTED_CONTENDERS, graded_survey, measure_fitted

SHARES = {"shares": [0.2, 0.1]}
RESULTS = {
    ("top_box", 0): Measured(0.5, 190, said=SHARES),
    ("top_box", RESAMPLES): Measured(4.0, 210, said=SHARES),
    ("prsquared", 0): Measured(0.32, 170, said=SHARES),
    ("Logit", 0): Measured(0.1, 171, said={"shares": [0.2, 0.1 + 3e-9]}),
    ("GLM", 0): Measured(0.2, 172, said=SHARES),
    ("ordinal", 0): Measured(1.0, 200, said=SHARES),
    ("ordinal", RESAMPLES): Measured(20.0, 230, said=SHARES),
    ("OrderedModel", 0): Measured(40.0, 173, said=SHARES),
}


@pytest.mark.parametrize(("kind", "loops"), LOOPS.items())
def test_every_loop_computes_the_shares_of_the_package(kind: str, loops: dict[str, str]):
    frame = graded_survey(3)
    ours = FITTED_CONTENDERS[kind](frame, 0)()
    for name in loops:
        theirs = FITTED_CONTENDERS[name](frame, 0)()
        np.testing.assert_allclose(theirs, ours, atol=1e-7)


def test_all_ten_grades_occur():
    assert set(graded_survey(DRIVERS)["satisfaction"]) == set(range(1, 11))


def test_a_measurement_holds_time_memory_and_shares():
    found = measure_fitted("Logit", 2, 0)
    assert found["seconds"] > 0
    assert found["megabytes"] > 10
    assert len(found["shares"]) == 2


def test_a_loop_is_extrapolated_and_compared_with_the_package():
    said = section(RESULTS)
    assert '| cxdrivers, `driver_weights(kind="top_box")` | 500 ms | 4 s | 1 | 210 |' in said
    assert "| statsmodels, `Logit`, its `llf` | 100 ms | ≈ 1.7 min | ≈ 25 | 171 |" in said
    assert "| statsmodels, `OrderedModel`, its `llf` | 40 s | ≈ 11 h | ≈ 2,000 | 173 |" in said
    assert "differs by more than 3e-09" in said
    assert "The largest peak of memory of `driver_weights()` is 230 MB." in said
    assert "{" not in said


def test_the_section_stands_in_the_place_of_an_older_one_and_the_rest_stays():
    page = "# Title\n\nSome figures.\n"
    once = with_section(page, RESULTS)
    assert once.startswith("# Title\n\nSome figures.\n\n## Top box and grades\n")
    assert with_section(once, RESULTS) == once


def test_only_the_section_is_measured_when_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "benchmarks.md"
    out.write_text("# Title\n\nFigures of another day.\n", encoding="utf-8")
    monkeypatch.setattr(benchmarks, "installed", lambda *_: pytest.fail("installed"))
    asked: list[tuple[str, int]] = []

    def run(name: str, _: Path, __: int, resamples: int, **___: object) -> Measured:
        asked.append((name, resamples))
        return RESULTS[name, resamples]

    monkeypatch.setattr(benchmarks, "_run", run)
    benchmarks.main(["--only", "fitted", "--out", str(out)])
    text = out.read_text(encoding="utf-8")
    assert "Figures of another day." in text
    assert "≈ 25" in text
    assert sorted(asked) == sorted(RESULTS)
