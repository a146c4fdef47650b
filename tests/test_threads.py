"""The last digit does not hang on how many threads a machine has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import scipy.linalg
from threadpoolctl import threadpool_info

from cxdrivers.survey.sources import example_path
from cxdrivers.threads import one_thread

THREADS = "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"


def test_a_command_gives_the_same_bytes_on_one_thread_and_on_two():
    answers = {printed_on(count) for count in (1, 2)}
    assert len(answers) == 1
    assert answers.pop().count(b"\n") == 8


def printed_on(threads: int) -> bytes:
    command = [sys.executable, "-m", "cxdrivers", "weights", str(example_path())]
    return subprocess.run(
        [*command, "--csv", "--n-boot", "200", "--seed", "3"],
        env=os.environ | dict.fromkeys(THREADS, str(threads)),
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        check=True,
    ).stdout


def test_what_a_caller_had_chosen_is_there_again_afterwards():
    scipy.linalg.eigvalsh([[1.0]])
    before = [pool["num_threads"] for pool in threadpool_info()]
    with one_thread():
        assert {pool["num_threads"] for pool in threadpool_info()} == {1}
    assert [pool["num_threads"] for pool in threadpool_info()] == before
