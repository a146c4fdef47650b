"""Measure how sums are made where the rows are: by hand, by the package, by other programs.

The answers are made in a temporary folder, which takes about 1.5 gigabytes for 100 million rows,
and removed again.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tqdm import tqdm

from tests.studies.benchmarks_engine_data import Answers
from tests.studies.benchmarks_engine_plan import BY_HAND, Case, Plan
from tests.studies.benchmarks_engine_tasks import Numbers, Task, largest_gap, shares_of
from tests.studies.benchmarks_page import Measured
from tests.studies.peers import last_line

WORKER = ("-m", "tests.studies.benchmarks_engine_contenders")
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
HUNDREDTHS = 100
ENOUGH = 30
"""Answers of a client whose shares are compared."""
NO_SUMS = ("nothing", "weights")


@dataclass(frozen=True, eq=False)
class Found:
    """What was measured.

    Attributes
    ----------
    plan
        What was asked for.
    measured
        By `Case.key`.
    gap, weighted_gap
        How far sums are at most from those made by hand, without and with weights, in parts of the
        largest sum of their column.
    share_gap
        The same of the package's shares and those that follow from sums made by hand.
    """

    plan: Plan
    measured: Mapping[tuple[Task, int], Measured]
    gap: float
    weighted_gap: float
    share_gap: float

    def of(self, case: Case) -> Measured:
        """Return what was measured of a case."""
        return self.measured[case.key]


def measured_engine(plan: Plan) -> Found:
    """Make the answers, measure everything, and compare what came out.

    Raises
    ------
    RuntimeError
        When a program stops.
    """
    cases = list(plan)
    with TemporaryDirectory(prefix="cxdrivers-") as name:
        here = Path(name)
        for answers in tqdm({case.task.answers: None for case in cases}, desc="making answers"):
            _make(plan, here, answers)
        outs = {case.key: here / f"{place}.npz" for place, case in enumerate(cases)}
        measured = {
            case.key: _best(plan, here, case, outs[case.key])
            for case in tqdm(cases, desc="adding up")
        }
        numbers = {key: Numbers.read(out) for key, out in outs.items()}
    return Found(
        plan,
        measured,
        gap=_largest_gap(plan, numbers, weighted=False),
        weighted_gap=_largest_gap(plan, numbers, weighted=True),
        share_gap=_share_gap(plan, numbers),
    )


def _make(plan: Plan, here: Path, answers: Answers) -> None:
    """Write answers, in a process of its own.

    The peak of a program's memory is told as no less than that of the process that started it.
    """
    largest = max(case.rows for case in plan if case.task.answers == answers)
    task = Task("make", str(_folder(here, answers, largest)), answers)
    rows_a_file = plan.rows // HUNDREDTHS
    _ = asked(task, rows_a_file=rows_a_file, files=largest // rows_a_file)


def _folder(here: Path, answers: Answers, rows: int) -> Path:
    return here / f"{answers.name}_{rows}"


def _with_rows(plan: Plan, here: Path, case: Case) -> Path:
    """Return a folder with so many rows: links to the first files of the largest table."""
    folder = _folder(here, case.task.answers, case.rows)
    if not folder.exists():
        folder.mkdir()
        largest = _folder(here, case.task.answers, plan.rows)
        for file in sorted(largest.iterdir())[: case.rows * HUNDREDTHS // plan.rows]:
            os.link(file, folder / file.name)
    return folder


def _best(plan: Plan, here: Path, case: Case, out: Path) -> Measured:
    task = replace(case.task, folder=str(_with_rows(plan, here, case)), out=str(out))
    told = min((asked(task) for _ in range(case.rounds)), key=lambda each: each["seconds"])
    return Measured(told["seconds"], told["megabytes"], said={"wall": told["wall"]})


def asked(task: Task, **more: int) -> Mapping[str, float]:
    """Return what a fresh process says.

    Raises
    ------
    RuntimeError
        When it stops.
    """
    done = subprocess.run(
        [sys.executable, *WORKER, task.to_json(), json.dumps(more)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | ONE_THREAD,
    )
    if done.returncode:
        message = f"{task.program}: {last_line(done.stderr)}"
        raise RuntimeError(message)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def _largest_gap(
    plan: Plan, numbers: Mapping[tuple[Task, int], Numbers], *, weighted: bool
) -> float:
    """Return how far sums are at most from those made by hand of the same rows."""
    gaps = []
    for case in plan:
        task, rows = case.key
        by_hand = replace(task, program=BY_HAND, parts=0), rows
        if task.weighted == weighted and task.program not in NO_SUMS and by_hand in numbers:
            gaps.append(largest_gap(numbers[case.key], numbers[by_hand]))
    return max(gaps)


def _share_gap(plan: Plan, numbers: Mapping[tuple[Task, int], Numbers]) -> float:
    """Return how far shares of the package are at most from those of sums made by hand."""
    first, *_ = plan.weighings
    by_hand, *_ = plan.rung(first.rows)
    theirs = numbers[by_hand.key]
    enough = theirs.values[:, 0] >= ENOUGH
    kept = Numbers(theirs.groups[enough], theirs.values[enough])
    return largest_gap(numbers[first.key], shares_of(kept, first.task.answers.drivers))
