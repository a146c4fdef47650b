"""Put files in a folder whole or not at all, and never over somebody's work unasked."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from cxdrivers.errors import CxError

OLD = ".old"
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What begins a cell that a spreadsheet may run as a formula."""


def write_whole(folder: Path, contents: Mapping[str, bytes], *, force: bool) -> tuple[Path, ...]:
    """Write files to a folder; on any failure the folder is as it was.

    Raises
    ------
    CxError
        When the folder is a file, cannot be written, or already holds one of the files and
        `force` is not given.
    """
    check_free(folder, contents, force=force)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        waiting = Path(tempfile.mkdtemp(prefix=".cxdrivers-", dir=folder.parent))
    except OSError as error:
        raise CxError("folder_not_writable", folder=folder.name, reason=error.strerror) from error
    try:
        for name, content in contents.items():
            target = waiting / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        _move_in(waiting, folder, contents)
    except OSError as error:
        raise CxError("folder_not_writable", folder=folder.name, reason=error.strerror) from error
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
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
    taken = [name for name in names if (folder / name).exists()]
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
        waiting.unlink(missing_ok=True)
        folder = path.parent.name or "."
        raise CxError("folder_not_writable", folder=folder, reason=error.strerror) from error


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
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value


def _move_in(waiting: Path, folder: Path, contents: Mapping[str, bytes]) -> None:
    """Move the files in, each beside what it replaces; on failure put back what was there."""
    if not folder.exists():
        waiting.chmod(0o755)
        waiting.rename(folder)
        return
    old = waiting / OLD
    old.mkdir()
    moved: list[str] = []
    try:
        for name in contents:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            moved.append(name)
            if target.exists():
                (old / name).parent.mkdir(parents=True, exist_ok=True)
                target.rename(old / name)
            (waiting / name).rename(target)
    except OSError:
        for name in moved:
            if (old / name).exists():
                (old / name).replace(folder / name)
            elif not (waiting / name).exists():
                (folder / name).unlink()
        raise
