"""Tests of the section on the client's engine, and that every program adds up to the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from tests.studies import benchmarks, benchmarks_engine, benchmarks_engine_contenders
from tests.studies.benchmarks_engine import Found, asked, measured_engine
from tests.studies.benchmarks_engine_contenders import PROGRAMS, measure_task
from tests.studies.benchmarks_engine_data import CLIENTS, Answers
from tests.studies.benchmarks_engine_page import LABELS, section
from tests.studies.benchmarks_engine_plan import MAIN, PARTS, Case, Plan, task_of
from tests.studies.benchmarks_engine_tasks import (
    Numbers,
    Task,
    centred,
    largest_gap,
    shares_of,
)
from tests.studies.benchmarks_page import Measured, with_part

ROWS = 100_000
PLAN = Plan(ROWS, steps=(10, 100), rounds=1, shapes=((MAIN, ""), (Answers(drivers=9), "team")))


@pytest.fixture(scope="module")
def small() -> Found:
    """Return the whole study of a thousandth of the rows, in this process."""

    def here(task: Task, **more: int) -> Mapping[str, float]:
        if task.program == "make":
            task.answers.write(Path(task.folder), **more)
            return {}
        return measure_task(task)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(benchmarks_engine, "asked", here)
        patch.setattr(benchmarks_engine_contenders, "OFTEN_ENOUGH", 1)
        return measured_engine(PLAN)


def test_every_program_adds_up_to_the_same(small: Found):
    assert small.gap == 0
    assert 0 < small.weighted_gap < 1e-13
    assert small.share_gap < 1e-9


def test_the_section_tells_every_program_with_its_figures(small: Found):
    said = section(small)
    assert all(said.count(label) >= 1 for label in LABELS.values())
    assert "{" not in said
    assert "nan" not in said
    assert "| program | 10,000 | 100,000 |" in said
    assert "| all together, 7 drivers |" in said
    assert "| 10,000 teams, 9 drivers |" in said


def test_what_was_done_with_a_tenth_of_the_rows_is_extrapolated(small: Found):
    case = Case(task_of("pandas, products"), PLAN.tenth)
    told = Found(PLAN, dict(small.measured), 0, 0, 0)
    told.measured[case.key] = Measured(3.0, 250, said={"wall": 3.0})
    by_hand = PLAN.rung(ROWS)[0]
    told.measured[by_hand.key] = Measured(10.0, 200, said={"wall": 5.0})
    assert "| pandas, a column for each product, `groupby` | ≈ 30 s | ≈ 3 | ≈ 30 s | 250 |" in (
        section(told)
    )


def test_nothing_is_measured_twice():
    keys = [case.key for case in Plan()]
    assert len(keys) == len(set(keys))
    assert {case.task.program for case in Plan()} == {*PROGRAMS}
    assert Plan().ladder == tuple(million * 10**6 for million in (1, 3, 10, 30, 100))


def test_answers_are_whole_grades_of_clients_of_many_sizes(tmp_path: Path):
    MAIN.write(tmp_path / "a", files=2, rows_a_file=20_000)
    table = pq.read_table(tmp_path / "a").to_pandas()
    grades = table[list(MAIN.columns)]
    assert set(grades.to_numpy().ravel()) == set(range(1, 11))
    assert table["respondent"].tolist() == list(range(40_000))
    sizes = table["client"].value_counts()
    assert len(sizes) > 0.9 * CLIENTS
    assert sizes.max() > 10 * sizes.median()


def test_the_same_seed_makes_the_same_answers_and_few_files_are_the_first_of_many(tmp_path: Path):
    answers = Answers(blanks=True)
    answers.write(tmp_path / "two", files=2, rows_a_file=500)
    answers.write(tmp_path / "one", files=1, rows_a_file=500)
    first, again = (pq.read_table(tmp_path / name / "000.parquet") for name in ("one", "two"))
    assert first.equals(again)
    assert first["driver_1"].null_count > 0


def test_whole_numbers_are_centred_afterwards_without_loss():
    rows = np.array([[3, 9], [10, 1], [7, 7]], dtype=np.float64)
    moved = rows - 5.5

    def sums(values: np.ndarray) -> Numbers:
        pairs = [values[:, i] @ values[:, j] for i, j in ((0, 0), (0, 1), (1, 1))]
        return Numbers(np.array([4]), np.array([[len(values), *values.sum(axis=0), *pairs]]))

    np.testing.assert_array_equal(centred(sums(rows), 2).values, sums(moved).values)


def test_shares_follow_from_regressions_on_every_subset():
    correlation = np.array([[1, 0.5, 0.6], [0.5, 1, 0.4], [0.6, 0.4, 1]])
    sums = np.array([[1, 0, 0, 0, *correlation[np.triu_indices(3)]]])
    both = (0.6**2 + 0.4**2 - 2 * 0.6 * 0.4 * 0.5) / (1 - 0.5**2)
    expected = [(0.6**2 + both - 0.4**2) / 2, (0.4**2 + both - 0.6**2) / 2]
    np.testing.assert_allclose(shares_of(Numbers(np.array([0]), sums), 2).values, [expected])


def test_only_small_groups_may_be_told_by_one_program_alone():
    ours = Numbers(np.array([2]), np.array([[4.0]]))
    theirs = Numbers(np.array([1, 2]), np.array([[8.0], [5.0]]))
    assert largest_gap(ours, theirs) == pytest.approx(0.2)
    with pytest.raises(ValueError, match="a group is missing"):
        _ = largest_gap(ours, Numbers(np.array([3]), np.array([[4.0]])))
    with pytest.raises(ValueError, match="a group is missing"):
        _ = largest_gap(ours, Numbers(np.array([1, 2]), np.array([[30.0], [5.0]])))


def test_a_fresh_process_answers_or_tells_its_error(tmp_path: Path):
    folder = tmp_path / "answers"
    made = asked(Task("make", str(folder), MAIN), files=1, rows_a_file=2_000)
    assert made == {}
    told = asked(Task("package", str(folder), MAIN, parts=PARTS, out=str(tmp_path / "out.npz")))
    assert told["seconds"] > 0
    assert told["megabytes"] > 50
    assert len(Numbers.read(tmp_path / "out.npz").groups) > 0
    with pytest.raises(RuntimeError, match=r"by hand: .*IO Error"):
        _ = asked(Task("by hand", str(tmp_path / "nowhere"), MAIN))


def test_a_section_stands_in_the_place_of_an_older_one_and_the_rest_stays():
    page = with_part("# Title\n\nFigures.\n", "## First\n\nOne.\n")
    assert page == "# Title\n\nFigures.\n\n## First\n\nOne.\n"
    both = with_part(page, "## Second\n\nTwo.\n")
    changed = with_part(both, "## First\n\nThree.\n")
    assert changed == "# Title\n\nFigures.\n\n## First\n\nThree.\n\n## Second\n\nTwo.\n"
    assert with_part(changed, "## Second\n\nTwo.\n") == changed


def test_only_this_section_is_measured_when_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: Found
):
    out = tmp_path / "benchmarks.md"
    out.write_text("# Title\n\nFigures of another day.\n", encoding="utf-8")
    monkeypatch.setattr(benchmarks, "installed", lambda *_: pytest.fail("installed"))
    monkeypatch.setattr(benchmarks, "_run", lambda *_, **__: pytest.fail("fitted"))
    monkeypatch.setattr(
        benchmarks,
        "measured_engine",
        lambda plan: small if plan == Plan(ROWS) else pytest.fail("all rows"),
    )
    benchmarks.main(["--only", "engine", "--rows", str(ROWS), "--out", str(out)])
    text = out.read_text(encoding="utf-8")
    assert text.startswith("# Title\n\nFigures of another day.\n\n## The client's engine\n")
