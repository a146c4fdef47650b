"""Read a file in a process of its own, so that what breaks on it breaks nothing else.

The libraries behind SPSS, Excel and Parquet files are written in C and Rust: a damaged byte can
make them end the whole program, or ask for all its memory. A child reads, and hands over plain
values.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Timer
from typing import Any

from cxdrivers.errors import SurveyError
from cxdrivers.reading.contents import damaged
from cxdrivers.wording import sentence

PYTHON: str | None = None if getattr(sys, "frozen", False) else sys.executable or None
"""What starts the child; where there is no such program, a file is read in this process."""

START = (
    "import json, sys; asked = json.load(sys.stdin); sys.path[:] = asked['search'];"
    " from cxdrivers.reading.child import answer; answer(asked)"
)
READY = "ready"
FAILED = "failed"
DONE = "done"

SECONDS, SECONDS_OF_A_MEGABYTE = 120, 3
"""How long a file may take: no honest one needs a tenth of it."""

PLAIN = {
    "datetime": ("date", "datetime", "time", "timedelta"),
    "cxdrivers.wording": ("Sentence",),
}
"""The only things besides numbers, texts and lists that are taken from the child."""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if name in PLAIN.get(module, ()):
            return getattr(import_module(module), name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def read_apart(kind: str, path: Path, content: str, **options: Any) -> Iterator[Any]:
    """Yield what a reader yields, read by another process.

    Parameters
    ----------
    kind
        Module of this room whose `parts` reads the file.
    path
        The file.
    content
        What it holds, a key under ``errors.content``.
    options
        For the reader; plain values.

    Raises
    ------
    SurveyError
        That of the reader; and when the reading ended before it was done, or took too long: the
        file is damaged.
    """
    child, begun = _started(kind, path, options), False
    if child is not None:
        patience = SECONDS + SECONDS_OF_A_MEGABYTE * path.stat().st_size / 2**20
        watch = Timer(patience, child.kill)
        watch.daemon = True
        watch.start()
        try:
            begun = _next(child) == READY
            if begun:
                yield from _told(child, path, content, watch)
        finally:
            watch.cancel()
            _end(child)
    if not begun:
        yield from import_module(f"cxdrivers.reading.{kind}").parts(path, **options)


def _started(kind: str, path: Path, options: dict[str, Any]) -> subprocess.Popen[bytes] | None:
    """Return a child that has been told what to read; None where none can be started."""
    if PYTHON is None:
        return None
    asked = {"search": sys.path, "kind": kind, "path": str(path), "options": options}
    try:
        child = subprocess.Popen(  # noqa: S603  (this very Python, and code of our own)
            [PYTHON, "-I", "-c", START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return None
    with suppress(BrokenPipeError), child.stdin as told:  # type: ignore[union-attr]
        told.write(json.dumps(asked).encode("ascii"))
    return child


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.stdout.close()  # type: ignore[union-attr]
    child.wait()


def _told(child: subprocess.Popen[bytes], path: Path, content: str, watch: Timer) -> Iterator[Any]:
    while True:
        part = _next(child)
        if part == DONE:
            return
        if part is None:
            reason = "stopped" if watch.is_alive() else "slow"
            raise damaged(path.name, content, sentence(f"errors.reading.{reason}"))
        if isinstance(part, tuple) and part[0] == FAILED:
            raise SurveyError(part[1], **part[2])
        yield part


def _next(child: subprocess.Popen[bytes]) -> Any:
    """Return what the child says next, None when it says nothing any more."""
    try:
        return _Unpickler(child.stdout).load()  # type: ignore[arg-type]
    except (EOFError, pickle.UnpicklingError, ValueError):
        return None
