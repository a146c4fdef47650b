"""Have cases tried by processes that may break, and go on when one does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Timer

from tests.fuzzing.cases import Case
from tests.fuzzing.trials import FINDING, PATIENCE, Ending

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Tried:
    """A case with its ending.

    Attributes
    ----------
    case, ending
        What was tried, and how it ended.
    is_caught
        Whether a library broke on it when it read in the process itself, so that what counts is
        how it ended when it read apart.
    """

    case: Case
    ending: Ending
    is_caught: bool = False


class Worker:
    """A process that tries cases; a new one comes in its place when it breaks."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None

    def tries(self, case: Case) -> Tried:
        """Return how a case ends; one that breaks the process is tried again, reading apart."""
        ending = self._ask(case, is_apart=False)
        if ending is not None:
            return Tried(case, ending)
        again = self._ask(case, is_apart=True)
        broken = Ending(FINDING, "the process broke, or did not come to an end")
        return Tried(case, again or broken, is_caught=True)

    def end(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def _ask(self, case: Case, *, is_apart: bool) -> Ending | None:
        process = self.process = self.process or _started()
        if process.stdin is None or process.stdout is None:
            return None
        watch = Timer(PATIENCE, process.kill)
        watch.start()
        try:
            asked = {"seed": case.seed, "number": case.number, "apart": is_apart}
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            watch.cancel()
        if not line.endswith("\n"):
            self.end()
            return None
        told = json.loads(line)
        if told["kind"] == FINDING:
            self.end()
        return Ending(told["kind"], told["detail"])


def all_tried(cases: Iterable[Case], workers: int) -> Iterator[Tried]:
    """Yield every case with its ending, in their order."""
    with _workers(workers) as ask, ThreadPoolExecutor(workers) as pool:
        yield from pool.map(ask, cases)


@contextmanager
def _workers(count: int) -> Iterator[Callable[[Case], Tried]]:
    """Lend a function that gives a case to a worker that is free."""
    free: SimpleQueue[Worker] = SimpleQueue()
    for _ in range(count):
        free.put(Worker())

    def ask(case: Case) -> Tried:
        worker = free.get()
        try:
            return worker.tries(case)
        finally:
            free.put(worker)

    try:
        yield ask
    finally:
        for worker in _left(free):
            worker.end()


def _left(free: SimpleQueue[Worker]) -> Iterator[Worker]:
    try:
        while True:
            yield free.get_nowait()
    except Empty:
        return


def _started() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.fuzzing.worker"],
        cwd=ROOT,
        env=os.environ | ONE_THREAD,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
