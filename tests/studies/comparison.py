"""Ask other Python packages what cxdrivers is asked: ``python -m tests.studies.comparison``.

The packages are installed in a folder of their own, which is removed again unless one is named; the
page says so of one that does not install. Each question goes to a fresh process with one thread.
The figures on the page come from here; the rest of it stands in `comparison_page.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pandas as pd
from tqdm import tqdm

import cxdrivers as cx
from tests.studies.comparison_cases import OUTCOME, TABLES, WEIGHT
from tests.studies.comparison_page import LIBRARIES, NOT_OFFERED, OLDER, Answer, Key, page
from tests.studies.comparison_reference import correlation
from tests.studies.contenders import survey
from tests.studies.peers import Peer, installed

OLDER_PACKAGES = ("numpy<2", "pandas<3", "ipython<9")
"""What the last release of dominance-analysis still works with."""
ROOT = Path(__file__).parents[2]
TRICKY = ["wait", "time", "wait time", "menu"]
MANY = 16
PATIENCE = 100.0
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
HERE = Path(sys.executable)


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask everything and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.studies.comparison", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/comparison.md"), help="the page")
    parser.add_argument("--peers", type=Path, help="folder to keep the other packages in")
    chosen = parser.parse_args(arguments)
    with ExitStack() as stack:
        kept: Path = chosen.peers or Path(stack.enter_context(TemporaryDirectory()))
        tables = Path(stack.enter_context(TemporaryDirectory()))
        peers = all_peers(kept)
        write_tables(tables)
        answers = ask_all(peers, tables)
        text = page(answers, peers, read_tables(tables))
    chosen.out.write_text(text, encoding="utf-8")


def all_peers(folder: Path) -> list[Peer]:
    """Return the packages with what pip installs today, and one also with older packages."""
    today = [installed(name, folder) for name in tqdm(LIBRARIES, desc="installing")]
    older = folder / "older"
    older.mkdir(parents=True, exist_ok=True)
    limits = older / "limits.txt"
    limits.write_text("\n".join(OLDER_PACKAGES), encoding="utf-8")
    with patch.dict(os.environ, PIP_CONSTRAINT=str(limits)):
        last = installed("dominance-analysis", older)
    return [*today, replace(last, name=OLDER)]


def example_scores() -> pd.DataFrame:
    """Return the drivers' scores, grade and weight of the example survey; n.v.t. is a blank."""
    example = cx.load_example()
    return example.scores.assign(**{OUTCOME: example.outcome, WEIGHT: example.weights})


def write_tables(folder: Path) -> None:
    """Write every table of answers that is asked about."""
    scores = example_scores()
    complete = scores.dropna().reset_index(drop=True)
    plain = complete.drop(columns=WEIGHT)
    drivers = list(plain.columns[:-1])
    tables = {
        "complete": plain,
        "weights": complete,
        "blanks": scores.drop(columns=WEIGHT),
        "names": plain[[*drivers[: len(TRICKY)], OUTCOME]].set_axis([*TRICKY, OUTCOME], axis=1),
        "tied": plain.assign(both=plain[drivers[:2]].mean(axis=1)),
        "many": survey(MANY),
    }
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False)
    correlation(OUTCOME).to_csv(folder / "matrix.csv")


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Return the tables as every program read them."""
    return {name: pd.read_csv(folder / f"{name}.csv") for name in set(TABLES.values())}


def ask_all(peers: Sequence[Peer], folder: Path) -> dict[Key, Answer]:
    """Return what every program said to every question that it can be asked."""
    programs = [("cxdrivers", "cxdrivers", HERE)]
    programs += [
        (peer.name, peer.name.partition(",")[0], peer.python) for peer in peers if peer.python
    ]
    plan = [
        (name, program, python, question)
        for name, program, python in programs
        for question in TABLES
        if (program, question) not in NOT_OFFERED
    ]
    return {
        (name, question): ask(program, python, question, folder)
        for name, program, python, question in tqdm(plan, desc="asking")
    }


def ask(program: str, python: Path, question: str, folder: Path) -> Answer:
    """Ask one question in a fresh process."""
    done = subprocess.run(
        [str(python), "-m", "tests.studies.comparison_cases", program, question, str(folder)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        cwd=ROOT,
        env=os.environ | ONE_THREAD,
    )
    if done.returncode:
        return Answer(trouble=error_of(done.stderr))
    return Answer(**json.loads(done.stdout.splitlines()[-1]))


def error_of(traceback: str) -> str:
    """Return the first line of the error that ended a program, without the name of its module."""
    found = re.findall(r"^(?:\w+\.)*(\w*(?:Error|Exception)\b.*)$", traceback, re.MULTILINE)
    return str(found[-1]) if found else "no message"


if __name__ == "__main__":
    main()
