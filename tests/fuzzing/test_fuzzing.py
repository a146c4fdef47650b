"""The fuzzing itself: the same cases every time, counted rightly, and nothing found."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import pytest

from cxdrivers.cli import BAD_INPUT
from tests.fuzzing import trials
from tests.fuzzing.__main__ import keep, main
from tests.fuzzing.cases import ARGUMENTS, KINDS, TURNS, Case
from tests.fuzzing.good import MAKERS, good
from tests.fuzzing.page import TEMPLATE, limits, table
from tests.fuzzing.trials import ANSWER, FINDING, SENTENCE, Ending, WrongError
from tests.fuzzing.workers import Tried, Worker

PAGE = Path(__file__).parents[2] / "docs" / "hostile-input.md"
QUICK = "204"


def test_some_hundreds_of_malformed_files_end_in_an_answer_or_a_sentence(tmp_path: Path):
    found = tmp_path / "found"
    asked = ["--cases", QUICK, "--seed", "3", "--workers", "1", "--findings", str(found)]
    assert main(asked) == 0
    assert not found.exists()


@pytest.mark.slow
def test_thousands_of_malformed_files_end_in_an_answer_or_a_sentence(tmp_path: Path):
    assert main(["--cases", "3000", "--seed", "11", "--findings", str(tmp_path / "found")]) == 0


def test_a_case_is_the_same_every_time_and_differs_by_its_seed():
    for number in range(len(TURNS)):
        assert Case(1, number).content() == Case(1, number).content() or _has_dates(number)
    assert Case(1, 0).content() != Case(2, 0).content()


def _has_dates(number: int) -> bool:
    """Workbooks and SPSS files hold the moment at which they were made."""
    return Case(1, number).kind in ("xlsx", "sav", "zsav")


def test_every_kind_has_its_turn_and_a_good_file():
    assert set(TURNS) == set(KINDS) == {*MAKERS, ARGUMENTS}
    assert all(good(kind) for kind in MAKERS)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (-11, ""),
        (1, "Traceback (most recent call last):"),
        (BAD_INPUT, "cxdrivers: "),
        (BAD_INPUT, "cxdrivers: errors.file_damaged"),
        (0, "x.py:3: RuntimeWarning: overflow"),
    ],
)
def test_what_no_command_may_end_in_is_found(status: int, said: str):
    with pytest.raises(WrongError):
        trials._judged(["check"], status, said)


def test_a_file_beside_the_output_folder_is_found(tmp_path: Path):
    before = trials.everything_in(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "fine.txt").write_bytes(b"")
    trials._check_folders(before, trials.everything_in(tmp_path), [tmp_path / "out"])
    (tmp_path / "strange.txt").write_bytes(b"")
    with pytest.raises(WrongError, match=r"outside the output folder.*strange\.txt"):
        trials._check_folders(before, trials.everything_in(tmp_path), [tmp_path / "out"])


def test_a_worker_that_breaks_is_followed_by_another_and_its_case_is_tried_apart():
    worker = Worker()
    try:
        assert worker.tries(Case(3, 0)).ending.kind in (ANSWER, SENTENCE)
        first = worker.process
        assert isinstance(first, subprocess.Popen)
        first.kill()
        first.wait()
        again = worker.tries(Case(3, 0))
        assert again.is_caught
        assert again.ending.kind in (ANSWER, SENTENCE)
    finally:
        worker.end()


def test_a_finding_is_kept_with_what_went_wrong(tmp_path: Path):
    keep(Tried(Case(1, 0), Ending(FINDING, "it broke \udcff")), tmp_path)
    kept = Counter(path.suffix for path in tmp_path.iterdir())
    assert kept == {".csv": 1, ".txt": 1}
    assert (tmp_path / "csv-1-0.txt").read_text("utf-8") == r"it broke \udcff"


def test_the_table_counts_every_ending():
    endings = (ANSWER, SENTENCE, FINDING, SENTENCE)
    shown = table([Tried(Case(1, 0), Ending(ending)) for ending in endings]).splitlines()
    assert shown[2].endswith("| 4 | 1 | 2 | 1 |")
    assert shown[-1] == "| **all** | 4 | 1 | 2 | 1 |"


def test_the_page_tells_the_limits_that_there_are_and_no_finding():
    shown = PAGE.read_text("utf-8")
    assert all(limit in shown for limit in limits().values())
    assert "20,000 cases" in shown
    assert shown.splitlines()[0] == TEMPLATE.read_text("utf-8").splitlines()[0]
    total = next(line for line in shown.splitlines() if line.startswith("| **all**"))
    assert total.endswith("| 0 |")
