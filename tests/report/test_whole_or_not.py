"""A report arrives whole or not at all, whatever happens while it is made or written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from cxdrivers.errors import CxError
from cxdrivers.report import write
from cxdrivers.report.files import write_file, write_whole
from cxdrivers.report.write import write_report
from tests.report.handed_over import few_respondents, few_run

CONTENTS = {"report.html": b"new", "tables/a.csv": b"new", "tables/b.csv": b"new", "c/d.svg": b"1"}
STEPS = 6
"""So many renames put `CONTENTS` over an earlier report: two files are set aside first."""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "results_of", lambda *_, **__: few_run())


def everything_in(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def earlier_report(folder: Path) -> dict[str, bytes | None]:
    (folder / "tables").mkdir(parents=True)
    (folder / "report.html").write_bytes(b"old")
    (folder / "tables" / "a.csv").write_bytes(b"old")
    (folder / "tables" / "mine.csv").write_bytes(b"mine")
    return everything_in(folder)


@pytest.mark.parametrize("made", ["deck_bytes", "workbook_bytes", "html_page", "png_of"])
@pytest.mark.parametrize("trouble", [MemoryError, KeyboardInterrupt])
@pytest.mark.usefixtures("quick")
def test_a_failure_while_a_file_is_made_leaves_nothing(
    made: str, trouble: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object, **__: object) -> bytes:
        raise trouble

    def none(*_: object) -> tuple:
        return ()

    monkeypatch.setattr(write, made, fail)
    if made != "png_of":
        monkeypatch.setattr(write, "sections_of", none)
    formats = {"deck_bytes": "pptx", "workbook_bytes": "xlsx", "html_page": "html"}
    with pytest.raises(trouble):
        write_report(
            few_respondents(), tmp_path / "a" / "b", formats=["csv", formats.get(made, "png")]
        )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["report.html", "report.pptx", "report.xlsx"])
def test_a_file_of_somebody_else_is_refused_before_anything_is_computed(name: str, tmp_path: Path):
    (tmp_path / name).write_bytes(b"of somebody else")
    with pytest.raises(CxError, match=f"already holds '{name}'. Give another folder, or add"):
        write_report(few_respondents(), tmp_path, n_boot=10**9)
    assert everything_in(tmp_path) == {name: b"of somebody else"}


def test_a_language_that_does_not_exist_is_refused_before_anything_is_computed(tmp_path: Path):
    with pytest.raises(CxError, match=r"^Language 'fr' is not available\."):
        write_report(few_respondents(), tmp_path, language="fr", n_boot=10**9)


@pytest.mark.usefixtures("quick")
def test_with_force_only_files_of_the_same_name_are_replaced(tmp_path: Path):
    earlier_report(tmp_path)
    write_report(few_respondents(), tmp_path, formats=["csv"], force=True)
    found = everything_in(tmp_path)
    assert found["report.html"] == b"old"
    assert found["tables/mine.csv"] == b"mine"
    assert found["tables/weights.csv"]


@pytest.mark.parametrize("trouble", [OSError(28, "No space left"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", range(STEPS))
def test_stopped_at_any_step_an_earlier_report_is_as_it_was(
    step: int, trouble: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    before = earlier_report(tmp_path)
    left, rename = [step], Path.rename

    def sometimes(path: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] == -1:
            raise trouble
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", sometimes)
    with pytest.raises(CxError if isinstance(trouble, OSError) else KeyboardInterrupt):
        write_whole(tmp_path, CONTENTS, force=True)
    assert everything_in(tmp_path) == before
    left[0] = STEPS
    write_whole(tmp_path, CONTENTS, force=True)
    assert left[0] == 0
    assert everything_in(tmp_path) == before | CONTENTS | {"c": None}


@pytest.mark.parametrize("step", range(len(CONTENTS)))
def test_a_full_disk_leaves_no_folder_that_was_made_on_the_way(
    step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    left, kept = [step], Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return kept(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CxError, match=r"'in' cannot be written: No space left on device\. Nothing"):
        write_whole(tmp_path / "new" / "in", CONTENTS, force=False)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_may_not_be_written_is_named_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def refuse(**_: object) -> str:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("cxdrivers.report.files.tempfile.mkdtemp", refuse)
    with pytest.raises(CxError, match=r"The folder '[^']+' cannot be written: Permission denied\."):
        write_whole(tmp_path, CONTENTS, force=False)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_written_though_the_one_above_it_may_not_be(tmp_path: Path):
    """A folder that is lent to a container is often the only one that may be written."""
    (tmp_path / "lent").mkdir()
    before = tmp_path.stat().st_mtime_ns
    write_whole(tmp_path / "lent", CONTENTS, force=False)
    assert tmp_path.stat().st_mtime_ns == before
    assert {path.name for path in (tmp_path / "lent").iterdir()} == {"report.html", "tables", "c"}


def test_a_link_to_a_folder_is_followed(tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    written = write_whole(tmp_path / "link", CONTENTS, force=False)
    assert written[0] == tmp_path / "link" / "report.html"
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "elsewhere" / "report.html").read_bytes() == b"new"


def test_a_link_in_place_of_a_file_is_replaced_and_its_target_left_alone(tmp_path: Path):
    (tmp_path / "out").mkdir()
    (tmp_path / "theirs.html").write_bytes(b"theirs")
    (tmp_path / "out" / "report.html").symlink_to(tmp_path / "theirs.html")
    write_whole(tmp_path / "out", CONTENTS, force=True)
    assert (tmp_path / "theirs.html").read_bytes() == b"theirs"
    assert (tmp_path / "out" / "report.html").read_bytes() == b"new"


def test_a_link_that_leads_nowhere_is_somebodys_file_too(tmp_path: Path):
    (tmp_path / "report.html").symlink_to(tmp_path / "nowhere")
    with pytest.raises(CxError, match=r"already holds 'report\.html'"):
        write_whole(tmp_path, CONTENTS, force=False)


def test_a_folder_with_the_name_of_a_file_is_never_replaced(tmp_path: Path):
    (tmp_path / "report.html").mkdir()
    (tmp_path / "report.html" / "mine.txt").write_bytes(b"mine")
    before = everything_in(tmp_path)
    with pytest.raises(CxError, match=r"cannot be written: Is a directory\. Nothing was written"):
        write_whole(tmp_path, CONTENTS, force=True)
    assert everything_in(tmp_path) == before


def test_one_file_that_is_stopped_half_way_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    target = tmp_path / "codebook.toml"
    write_file(target, b"old", force=False)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        write_file(target, b"new", force=True)
    assert everything_in(tmp_path) == {"codebook.toml": b"old"}


@pytest.mark.parametrize("name", ["a" * 300, "codebook.toml/in/it"])
def test_a_name_that_cannot_be_is_told_and_not_a_crash(name: str, tmp_path: Path):
    (tmp_path / "codebook.toml").write_bytes(b"mine")
    with pytest.raises(CxError, match=r"cannot be written: (File name too long|Not a directory)\."):
        write_file(tmp_path / name, b"new", force=False)
    with pytest.raises(CxError, match=r"cannot be written: (File name too long|Not a directory)\."):
        write_whole(tmp_path / name, CONTENTS, force=False)
    assert everything_in(tmp_path) == {"codebook.toml": b"mine"}


def test_a_folder_without_a_name_is_named_as_it_was_given(monkeypatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.html").write_bytes(b"mine")
    with pytest.raises(CxError, match=r"^The folder '\.' already holds 'report\.html'\."):
        write_whole(Path(), CONTENTS, force=False)
    with pytest.raises(CxError, match=r"^The folder '\.' cannot be written: "):
        write_file(Path(), b"new", force=True)
    assert everything_in(tmp_path) == {"report.html": b"mine"}


def test_a_new_folder_may_be_read_by_nobody_else_when_that_is_how_folders_are_made(tmp_path: Path):
    before = os.umask(0o077)
    try:
        write_whole(tmp_path / "out", CONTENTS, force=False)
    finally:
        os.umask(before)
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700


def test_a_file_that_somebody_puts_there_meanwhile_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Two reports may be written to one folder at once."""
    kept = Path.write_bytes

    def meanwhile(path: Path, content: bytes) -> int:
        kept(tmp_path / "report.html", b"of the other")
        return kept(path, content)

    monkeypatch.setattr(Path, "write_bytes", meanwhile)
    with pytest.raises(CxError, match=r"already holds 'report\.html'"):
        write_whole(tmp_path, CONTENTS, force=False)
    assert everything_in(tmp_path) == {"report.html": b"of the other"}


def test_what_cannot_be_put_back_is_not_thrown_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Who stops it, and stops it again while it puts back, still has the earlier files."""
    earlier_report(tmp_path)
    rename = Path.rename

    def stop_late(path: Path, target: Path) -> Path:
        if path.name == "d.svg":
            raise KeyboardInterrupt
        return rename(path, target)

    def stop_again(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", stop_late)
    monkeypatch.setattr(Path, "replace", stop_again)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path, CONTENTS, force=True)
    assert sorted(one for one in everything_in(tmp_path).values() if one) == [
        *[b"mine", *[b"new"] * 3, b"old", b"old"]
    ]
