"""Ctrl-C at any line and a disk that is full at any step leave an earlier report as it was."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from cxdrivers.errors import CxError
from cxdrivers.report import files
from cxdrivers.report.files import undisturbed, write_file, write_whole

OLD = {"report.html": b"old", "tables/a.csv": b"old", "mine.txt": b"mine"}
NEW = {"report.html": b"new", "tables/a.csv": b"new", "tables/b.csv": b"new"}
WHOLE = OLD | NEW
WATCHED = {files.__file__, shutil.__file__}


def everything_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def report_in(folder: Path) -> Path:
    for name, content in OLD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@contextmanager
def stopped_at(line: int) -> Iterator[list[int]]:
    """Send this process Ctrl-C when so many lines have run of what writes and clears away."""
    ran = [0]

    def count(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line" and frame.f_code.co_filename in WATCHED:
            ran[0] += 1
            if ran[0] == line:
                signal.raise_signal(signal.SIGINT)
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        yield ran
    finally:
        sys.settrace(before)


@contextmanager
def full_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Refuse a step that needs room on the disk, and all such steps after it."""
    left = [step]

    def limited(name: str, module: Any) -> None:
        kept: Callable[..., Any] = getattr(module, name)

        def sometimes(*given: Any, **more: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return kept(*given, **more)

        patch.setattr(module, name, sometimes)

    with monkeypatch.context() as patch:
        limited("mkdir", os)
        limited("write_bytes", Path)
        limited("mkdtemp", sys.modules["tempfile"])
        limited("mkstemp", sys.modules["tempfile"])
        yield left


WRITERS: dict[str, Callable[[Path], object]] = {
    "a report": lambda folder: write_whole(folder, NEW, force=True),
    "one file": lambda folder: write_file(folder / "report.html", b"new", force=True),
}


@pytest.mark.parametrize("job", WRITERS)
def test_stopped_at_any_line_all_files_are_old_or_all_are_new(job: str, tmp_path: Path):
    """A line more each time, until it comes to its end unstopped."""
    endings, line = [], 0
    while len(endings) < 2 or endings[-1]:
        line += 1
        folder = report_in(tmp_path / str(line))
        with stopped_at(line) as ran:
            try:
                WRITERS[job](folder)
            except KeyboardInterrupt:
                stopped = True
            else:
                stopped = False
        assert stopped == (ran[0] >= line)
        found = everything_in(folder)
        new = WHOLE if job == "a report" else OLD | {"report.html": b"new"}
        assert found in (OLD, new)
        assert not list(folder.parent.glob("**/.cxdrivers-*"))
        shutil.rmtree(folder)
        endings.append(stopped)
    assert line > 20


@pytest.mark.parametrize("job", WRITERS)
def test_a_disk_that_is_full_at_any_step_leaves_what_was_there(
    job: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    step, refused, told_once = 0, True, ""
    while refused:
        folder = report_in(tmp_path / str(step))
        told = ""
        with full_at(step, monkeypatch) as left:
            try:
                WRITERS[job](folder)
            except CxError as error:
                told = str(error)
        refused = left[0] < 0
        new = WHOLE if job == "a report" else OLD | {"report.html": b"new"}
        assert everything_in(folder) == (OLD if told else new)
        assert "cannot be written: No space left on device. Nothing" in told or not told
        assert not list(tmp_path.glob("**/.cxdrivers-*"))
        step += 1
        told_once = told_once or told
    assert told_once


def test_ctrl_c_waits_for_a_short_job_and_then_stops():
    done = []

    def short() -> None:
        with undisturbed():
            signal.raise_signal(signal.SIGINT)
            done.append(True)

    with pytest.raises(KeyboardInterrupt):
        short()
    assert done == [True]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_second_ctrl_c_does_not_wait():
    def long() -> None:
        with undisturbed():
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
            pytest.fail("it waited")

    with pytest.raises(KeyboardInterrupt):
        long()


def test_two_commands_into_one_new_folder_leave_one_whole_report(tmp_path: Path):
    first, second = dict.fromkeys(NEW, b"first"), dict.fromkeys(NEW, b"second")
    write_whole(tmp_path / "out", first, force=False)
    with pytest.raises(CxError, match="already holds"):
        write_whole(tmp_path / "out", second, force=False)
    assert everything_in(tmp_path / "out") == first


def test_a_link_that_leads_nowhere_is_not_replaced_unasked(tmp_path: Path):
    (tmp_path / "c.toml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(CxError, match=r"'c\.toml' already exists"):
        write_file(tmp_path / "c.toml", b"new", force=False)
    assert (tmp_path / "c.toml").is_symlink()
