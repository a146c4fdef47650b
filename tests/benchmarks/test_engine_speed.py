"""How much longer the package adds up where the rows are than SQL by hand that checks nothing.

As in `test_speed` the times of one run on one machine are compared: seconds that processors were
busy, which other work on the machine hardly changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.studies.benchmarks_engine_contenders import measure_task
from tests.studies.benchmarks_engine_plan import BY_HAND, MAIN, PACKAGE, PARTS, task_of
from tests.studies.benchmarks_engine_tasks import Task

pytestmark = pytest.mark.slow

ROWS_A_FILE, FEWER, MORE = 1_000_000, 2, 8


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a folder with a few files, and one with more."""
    made = tmp_path_factory.mktemp("engine")
    few, more = made / "few", made / "more"
    MAIN.write(few, files=FEWER, rows_a_file=ROWS_A_FILE)
    MAIN.write(more, files=MORE, rows_a_file=ROWS_A_FILE)
    return few, more


def test_a_million_rows_more_cost_no_more_than_half_as_much_again_as_by_hand(
    folders: tuple[Path, Path], record_property: Callable
):
    """What a call costs whatever the rows, to write and read the query, is left out."""
    ratio = _more(folders, task_of(PACKAGE)) / _more(folders, task_of(BY_HAND))
    record_property("ratio", ratio)
    assert ratio < 1.5


def test_parts_cost_a_client_something_and_a_row_little(
    folders: tuple[Path, Path], record_property: Callable
):
    """A client has no more than 200 parts of 30 answers, so most rows are only looked at once."""
    by_client = replace(task_of(PACKAGE), by="")
    ratio = _more(folders, replace(by_client, parts=PARTS)) / _more(folders, by_client)
    record_property("ratio", ratio)
    assert ratio < 2


def _more(folders: tuple[Path, Path], task: Task) -> float:
    """Return what the rows of the larger folder cost that the smaller has not."""
    few, more = (measure_task(replace(task, folder=str(folder)))["seconds"] for folder in folders)
    return float(more - few)
