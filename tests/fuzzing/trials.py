"""Try one case: it should end in an answer, or in an error with a sentence."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from traceback import format_exception

import numpy as np
import pandas as pd
from numpy.random import Generator

from cxdrivers.answers.groups.benchmark import Benchmark
from cxdrivers.cli import BAD_INPUT, main
from cxdrivers.codebook.codebook_file import read_codebook
from cxdrivers.codebook.codebook_text import write_codebook
from cxdrivers.codebook.drafting import draft_codebook
from cxdrivers.errors import CxError
from cxdrivers.mentions.detector import find_mentions
from cxdrivers.mentions.label_table import read_labels
from cxdrivers.reading.readers import read_table
from cxdrivers.wording import LANGUAGES
from tests.fuzzing.cases import ARGUMENTS, SUFFIXES, TABLES, Case
from tests.fuzzing.commands import arguments_of
from tests.fuzzing.good import ROWS, answers, good
from tests.fuzzing.hostile import chance

ANSWER, SENTENCE, FINDING = "answer", "sentence", "finding"
STATUSES = (0, 1, BAD_INPUT)
ALONE = 160
"""Of so many cases one runs the command in a process of its own, with its memory held."""
PATIENCE = 120
MOST_MEMORY = 3 * 2**30
UNASKED = "cxdrivers-demo"
"""Where the demo goes when no folder is asked for."""
SHORTEST = 20


@dataclass(frozen=True)
class Ending:
    """How a case ended.

    Attributes
    ----------
    kind
        ``answer``, ``sentence`` or ``finding``.
    detail
        What was said or raised.
    """

    kind: str
    detail: str = ""


class WrongError(AssertionError):
    """Something that may never happen has happened."""


def tried(case: Case, root: Path, *, commands: float = 0.35) -> Ending:
    """Try a case in a folder of its own.

    Parameters
    ----------
    case
        What to try.
    root
        An empty folder.
    commands
        How often a file is also given to the command.
    """
    rng = np.random.default_rng([case.seed, case.number, 1])
    given, out = root / "in", root / "out"
    given.mkdir()
    out.mkdir()
    for name, kind in (("good.csv", "csv"), ("good.toml", "codebook")):
        (given / name).write_bytes(good(kind))
    file = given / f"case{SUFFIXES.get(case.kind, '.txt')}"
    file.write_bytes(case.content())
    before, words = everything_in(root), [""]
    try:
        ending = _read(case, file, rng)
        if case.kind == ARGUMENTS or chance(rng, commands):
            words = arguments_of(case.kind, file, rng)
            ran = _apart if case.number % ALONE == 0 else _ran
            ending = ran(words, given)
        folders = [out, given / UNASKED] if words[:1] == ["demo"] else [out]
        _check_folders(before, everything_in(root), folders)
    except Exception as error:  # noqa: BLE001  (whatever it is, it is a finding)
        return Ending(FINDING, "".join(format_exception(error)))
    return ending


def everything_in(folder: Path) -> dict[Path, bytes | None]:
    """Return all files with their bytes, and folders, links not followed."""
    return {
        path: path.read_bytes() if path.is_file() and not path.is_symlink() else None
        for path in folder.rglob("*")
    }


def _read(case: Case, file: Path, rng: Generator) -> Ending:
    """Read the file of a case as what it should be."""
    if case.kind == ARGUMENTS:
        return Ending(ANSWER)
    try:
        READERS[case.kind if case.kind not in TABLES else "table"](file, rng)
    except CxError as error:
        said = [error.say(language) for language in LANGUAGES]
        if len(set(said)) < len(said) or min(map(len, said)) < SHORTEST:
            raise WrongError(f"no sentence in every language: {said}") from error
        return Ending(SENTENCE, said[0])
    return Ending(ANSWER)


def _table(file: Path, rng: Generator) -> None:
    table = read_table(file)
    if table.frame.empty or not table.frame.columns.is_unique:
        raise WrongError("a table without rows, or with a name that is there twice")
    for name, column in table.frame.items():
        fits = column.dtype == np.float64 or all(
            cell is None or isinstance(cell, str) for cell in column
        )
        if not fits:
            raise WrongError(f"the column {name!r} holds neither numbers nor texts")
    draft = draft_codebook(table, language=LANGUAGES[int(rng.integers(len(LANGUAGES)))])
    if draft.codebook is not None:
        _same_codebook(file.with_name("draft.toml"), draft.text)


def _same_codebook(file: Path, text: str) -> None:
    """Check that a codebook that was written is read again."""
    file.write_text(text, encoding="utf-8")
    try:
        read_codebook(file)
    finally:
        file.unlink()


def _codebook(file: Path, _: Generator) -> None:
    _same_codebook(file.with_name("again.toml"), write_codebook(read_codebook(file)))


def _lexicon(file: Path, _: Generator) -> None:
    texts: pd.Series = answers()["motivation"]
    found = find_mentions(texts, language="nl", method="lexicon", lexicon=file)
    if len(found.tidy()) != ROWS:
        raise WrongError("not every text has an answer")


def _labels(file: Path, _: Generator) -> None:
    read_labels(file, n=ROWS)


def _benchmark(file: Path, _: Generator) -> None:
    Benchmark.load(file).summary("nl")


READERS: dict[str, Callable[[Path, Generator], None]] = {
    "table": _table,
    "codebook": _codebook,
    "lexicon": _lexicon,
    "labels": _labels,
    "benchmark": _benchmark,
}


def _ran(words: Sequence[str], folder: Path) -> Ending:
    """Run the command in this process."""
    out, err = StringIO(), StringIO()
    with _inside(folder), redirect_stdout(out), redirect_stderr(err):
        try:
            status = main(words)
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else -1
    return _judged(words, status, err.getvalue())


def _apart(words: Sequence[str], folder: Path) -> Ending:
    """Run the command in a process of its own, as from a terminal."""
    if any("\0" in word for word in words):
        return _ran(words, folder)
    code = (
        "import resource, sys;"
        f" resource.setrlimit(resource.RLIMIT_AS, ({MOST_MEMORY}, {MOST_MEMORY}));"
        " from cxdrivers.cli import main; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    return _judged(words, done.returncode, done.stderr.decode("utf-8", errors="replace"))


def _judged(words: Sequence[str], status: int, said: str) -> Ending:
    """Judge what a command said and its status."""
    shown = f"{words} ended with {status}: {said[-2000:]}"
    if status not in STATUSES or "Traceback" in said or "Warning:" in said:
        raise WrongError(shown)
    if status != BAD_INPUT:
        return Ending(ANSWER)
    if not re.search(r"cxdrivers[\w ]*: \S.{10,}", said) or re.search(r"\berrors\.\w", said):
        raise WrongError(shown)
    return Ending(SENTENCE, said)


def _check_folders(
    before: dict[Path, bytes | None], after: dict[Path, bytes | None], folders: Sequence[Path]
) -> None:
    """Check that nothing was written but in folders for output, and nothing half."""
    strange = [path for path in {*before, *after} if before.get(path, 0) != after.get(path, 0)]
    outside = [path for path in strange if not any(map(path.is_relative_to, folders))]
    half = [path for path in strange if path.name.startswith(".cxdrivers-")]
    if outside or half:
        raise WrongError(f"written outside the output folder, or half: {outside} {half}")


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    earlier = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(earlier)
