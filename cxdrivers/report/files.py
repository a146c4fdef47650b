"""Put files in a folder whole or not at all, and never over somebody's work unasked."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pandas as pd

from cxdrivers.characters import without_controls
from cxdrivers.errors import CxError
from cxdrivers.reading.contents import refusal

LARGEST = 256 * 2**20
"""Bytes of a deck or a template."""
WAITING = ".cxdrivers-"
NEW, OLD = "new", "old"
"""Where files wait: those to come, and those that they replace."""
RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What begins a cell that a spreadsheet may run as a formula."""


def write_whole(folder: Path, contents: Mapping[str, bytes], *, force: bool) -> tuple[Path, ...]:
    """Write files to a folder; on any failure, or when it is stopped, the folder is as it was.

    A link to a folder is followed. A link in place of a file is replaced, and where it leads to
    is left alone.

    Raises
    ------
    CxError
        When the folder is a file, cannot be written, or already holds one of the files and
        `force` is not given.
    """
    check_free(folder, contents, force=force)
    with undisturbed():
        _write_whole(folder, contents, force=force)
    return tuple(folder / name for name in contents)


def check_free(folder: Path, names: Iterable[str], *, force: bool) -> None:
    """Refuse a folder that is a file, or that holds one of the files already.

    Raises
    ------
    CxError
        Naming what is in the way.
    """
    with _writing_to(folder):
        in_the_way = folder.exists() and not folder.is_dir()
    if in_the_way:
        raise CxError("folder_is_a_file", folder=folder.name)
    taken = [name for name in names if os.path.lexists(folder / name)]
    if taken and not force:
        raise CxError("files_exist", folder=_shown(folder), files=taken)


def write_file(path: Path, content: bytes, *, force: bool) -> None:
    """Write one file whole or not at all.

    Raises
    ------
    CxError
        When it is there already and `force` is not given, or cannot be written.
    """
    with undisturbed(), _writing_to(path.parent):
        if os.path.lexists(path) and not force:
            raise CxError("file_exists", file=_shown(path))
        handle, name = tempfile.mkstemp(prefix=WAITING, dir=path.parent)
        waiting = Path(name)
        try:
            os.close(handle)
            waiting.unlink()
            waiting.write_bytes(content)
            waiting.replace(path)
        finally:
            waiting.unlink(missing_ok=True)


def read_bytes(path: str | Path) -> bytes:
    """Return what is in a file.

    Raises
    ------
    CxError
        When it is not there or cannot be read.
    """
    try:
        refused = refusal(Path(path), LARGEST)
        if refused is not None:
            raise CxError("file_not_readable", file=Path(path).name, reason=refused)
        return Path(path).read_bytes()
    except OSError as error:
        raise CxError("file_not_readable", file=Path(path).name, reason=error.strerror) from error


def csv_bytes(table: pd.DataFrame, language: str) -> bytes:
    """Return a table as CSV that a spreadsheet in that language opens as numbers.

    English: comma and decimal point. Dutch: semicolon and decimal comma. Both begin with the mark
    that tells a spreadsheet the text is UTF-8; floats keep every digit.
    """
    safe = table.apply(lambda column: column.map(_harmless))
    marks = {"sep": ";", "decimal": ","} if language == "nl" else {"sep": ",", "decimal": "."}
    text: str = safe.to_csv(index=False, lineterminator="\r\n", **marks)
    return text.encode("utf-8-sig")


def _harmless(value: object) -> object:
    if not isinstance(value, str):
        return value
    plain = without_controls(value)
    return f"'{plain}" if plain.startswith(RISKY) else plain


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait until a short job is done; who asks a second time does not wait."""
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield
        return
    stopped: list[tuple[int, FrameType | None]] = []

    def wait(*how: Any) -> None:
        stopped.append(how)
        if len(stopped) > 1:
            before(*how)

    signal.signal(signal.SIGINT, wait)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if stopped:
        before(*stopped[0])


def _write_whole(folder: Path, contents: Mapping[str, bytes], *, force: bool) -> None:
    real = Path(os.path.realpath(folder))
    missing = _missing_folders(real)
    waiting, done = None, False
    try:
        with _writing_to(folder):
            near = real if real.is_dir() else real.parent
            near.mkdir(parents=True, exist_ok=True)
            waiting = Path(tempfile.mkdtemp(prefix=WAITING, dir=near))
            (waiting / NEW).mkdir()
            for name, content in contents.items():
                target = waiting / NEW / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
            _move_in(waiting, real, contents, force=force)
            done = True
    finally:
        if waiting is not None:
            _clear(waiting, everything=done)
        if not real.exists():
            _take_out(missing)


@contextmanager
def _writing_to(folder: Path) -> Iterator[None]:
    """Say of a folder why it cannot be written, whatever step fails."""
    try:
        yield
    except OSError as error:
        reason = error.strerror
        raise CxError("folder_not_writable", folder=_shown(folder), reason=reason) from error


def _shown(path: Path) -> str:
    """Return the last part of a path; that of the folder we are in has no name."""
    return path.name or str(path)


def _move_in(waiting: Path, folder: Path, contents: Mapping[str, bytes], *, force: bool) -> None:
    """Move the files in, each beside what it replaces; else put back what was there."""
    new, old = waiting / NEW, waiting / OLD
    if not folder.exists():
        new.rename(folder)
        return
    old.mkdir()
    made = [one for name in contents for one in _missing_folders((folder / name).parent)]
    moved: list[str] = []
    try:
        for name in contents:
            if not force:
                check_free(folder, [name], force=False)
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            moved.append(name)
            _set_aside(target, old / name)
            (new / name).rename(target)
        moved.clear()
        made.clear()
    finally:
        for name in moved:
            if os.path.lexists(old / name):
                (old / name).replace(folder / name)
            elif not (new / name).exists():
                (folder / name).unlink()
        _take_out(made)


def _clear(waiting: Path, *, everything: bool) -> None:
    """Take out what waited; files that were replaced and could not be put back are kept."""
    shutil.rmtree(waiting / NEW, ignore_errors=True)
    left = [one for one in (waiting / OLD).rglob("*") if one.is_symlink() or not one.is_dir()]
    if everything or not left:
        shutil.rmtree(waiting, ignore_errors=True)


def _set_aside(target: Path, place: Path) -> None:
    """Keep what a file replaces until all is done; a folder is not replaced by a file."""
    if target.is_dir() and not target.is_symlink():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if os.path.lexists(target):
        place.parent.mkdir(parents=True, exist_ok=True)
        target.rename(place)


def _missing_folders(folder: Path) -> list[Path]:
    """Return a folder and those above it that are not there, the deepest first."""
    return [one for one in (folder, *folder.parents) if not one.exists()]


def _take_out(folders: Iterable[Path]) -> None:
    """Remove folders that were made on the way, as far as nothing has come into them."""
    for folder in folders:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
