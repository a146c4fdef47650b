"""Put files in a folder whole or not at all, and never over somebody's work unasked."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from cxdrivers.characters import without_controls
from cxdrivers.errors import CxError

OLD = ".old"
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
    real = Path(os.path.realpath(folder))
    missing = _missing_folders(real)
    waiting = None
    try:
        near = real if real.is_dir() else real.parent
        near.mkdir(parents=True, exist_ok=True)
        waiting = Path(tempfile.mkdtemp(prefix=".cxdrivers-", dir=near))
        for name, content in contents.items():
            target = waiting / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        _move_in(waiting, real, contents)
    except OSError as error:
        raise CxError("folder_not_writable", folder=folder.name, reason=error.strerror) from error
    finally:
        if waiting is not None:
            shutil.rmtree(waiting, ignore_errors=True)
        if not real.exists():
            _take_out(missing)
    return tuple(folder / name for name in contents)


def check_free(folder: Path, names: Iterable[str], *, force: bool) -> None:
    """Refuse a folder that is a file, or that holds one of the files already.

    Raises
    ------
    CxError
        Naming what is in the way.
    """
    if folder.exists() and not folder.is_dir():
        raise CxError("folder_is_a_file", folder=folder.name)
    taken = [name for name in names if os.path.lexists(folder / name)]
    if taken and not force:
        raise CxError("files_exist", folder=folder.name, files=taken)


def write_file(path: Path, content: bytes, *, force: bool) -> None:
    """Write one file whole or not at all.

    Raises
    ------
    CxError
        When it is there already and `force` is not given, or cannot be written.
    """
    if path.exists() and not force:
        raise CxError("file_exists", file=path.name)
    waiting = path.with_name(f".{path.name}.part")
    try:
        waiting.write_bytes(content)
        waiting.replace(path)
    except OSError as error:
        folder = path.parent.name or "."
        raise CxError("folder_not_writable", folder=folder, reason=error.strerror) from error
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


def _move_in(waiting: Path, folder: Path, contents: Mapping[str, bytes]) -> None:
    """Move the files in, each beside what it replaces; else put back what was there."""
    if not folder.exists():
        waiting.chmod(0o755)
        waiting.rename(folder)
        return
    old = waiting / OLD
    old.mkdir()
    made = [one for name in contents for one in _missing_folders((folder / name).parent)]
    moved: list[str] = []
    try:
        for name in contents:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            moved.append(name)
            _set_aside(target, old / name)
            (waiting / name).rename(target)
        moved.clear()
        made.clear()
    finally:
        for name in moved:
            if os.path.lexists(old / name):
                (old / name).replace(folder / name)
            elif not (waiting / name).exists():
                (folder / name).unlink()
        _take_out(made)


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
