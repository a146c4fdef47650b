"""Tests of the benchmark page: what its figures say, and that every program computes the same."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from cxdrivers.importance.walk import walked_shares
from tests.studies import benchmarks
from tests.studies.benchmarks_page import Measured, shown_number, shown_time
from tests.studies.contenders import CONTENDERS, measure, survey
from tests.studies.peers import last_line


@pytest.mark.parametrize("name", ["driver_weights", "linear_shares", "walked_shares"])
def test_every_program_of_ours_computes_the_same_shares(name: str):
    frame = survey(4)
    exact = walked_shares(np.cov(frame.to_numpy(), rowvar=False), [(0,), (1,), (2,), (3,)])
    np.testing.assert_allclose(CONTENDERS[name](frame, 0)(), exact, atol=1e-12)


@pytest.mark.parametrize(("drivers", "part"), [(4, 1.0), (7, 1.0), (9, 127 / 511)])
def test_the_loop_says_which_part_of_the_subsets_it_fitted(drivers: int, part: float):
    assert CONTENDERS["statsmodels"](survey(drivers), 0)()["part"] == pytest.approx(part)


def test_a_measurement_holds_time_memory_and_shares():
    found = measure("walked_shares", 3, 0)
    assert found["seconds"] > 0
    assert found["megabytes"] > 10
    assert len(found["shares"]) == 3


def test_a_worker_in_its_own_process_answers_or_tells_its_error():
    here = Path(sys.executable)
    assert benchmarks._run("nothing", here, 3).known == "measured"
    missing = benchmarks._run("dominance-analysis", here, 3)
    assert missing.trouble == "ModuleNotFoundError: No module named 'dominance_analysis'"


def test_what_takes_too_long_is_taken_to_double_with_every_driver(monkeypatch):
    figures = iter([Measured(3.0, 50.0), Measured(known="stopped")])
    monkeypatch.setattr(benchmarks, "_run", lambda *_: next(figures))
    found = benchmarks._climbed("some", Path("python"), (7, 10, 12), 0)
    assert [found[drivers].seconds for drivers in (7, 10, 12)] == [3.0, 24.0, 96.0]
    assert [found[drivers].known for drivers in (7, 10, 12)] == ["measured", "at least", "at least"]


def test_a_program_that_fails_is_not_asked_again(monkeypatch):
    figures = iter([Measured(3.0), Measured(trouble="MemoryError")])
    monkeypatch.setattr(benchmarks, "_run", lambda *_: next(figures))
    assert list(benchmarks._climbed("some", Path("python"), (7, 10, 12), 0)) == [7, 10]


@pytest.mark.parametrize(
    ("seconds", "known", "shown"),
    [
        (0.00034, "measured", "0.34 ms"),
        (0.0456, "measured", "46 ms"),
        (12.3, "extrapolated", "≈ 12 s"),
        (7300.0, "at least", "≥ 2 h"),
        (90_000.0, "measured", "25 h"),
        (8.64e7, "at least", "≥ 1,000 days"),
        (float("nan"), "stopped", "stopped"),
        (float("nan"), "measured", "—"),
    ],
)
def test_times_have_the_unit_that_fits(seconds: float, known: str, shown: str):
    assert shown_time(Measured(seconds, known=known)) == shown


def test_ratios_keep_two_digits():
    assert [shown_number(value) for value in (0.0123, 1.26, 45.6, 123.4, 98765)] == [
        "0.012",
        "1.3",
        "46",
        "120",
        "99,000",
    ]


def test_the_error_of_a_traceback_is_its_last_line():
    assert (
        last_line("Traceback\n  File x\nAttributeError: no bool8\n\n") == "AttributeError: no bool8"
    )
    assert last_line("") == "no message"
