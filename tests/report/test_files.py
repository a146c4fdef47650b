"""Files arrive whole or not at all, and never over somebody's work unasked."""

from pathlib import Path

import pandas as pd
import pytest

from cxdrivers.errors import CxError
from cxdrivers.report.files import csv_bytes, write_file, write_whole


def test_a_new_folder_holds_exactly_the_files(tmp_path):
    written = write_whole(tmp_path / "a" / "b", {"x.txt": b"1", "in/y.txt": b"2"}, force=False)
    assert [path.read_bytes() for path in written] == [b"1", b"2"]
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


def test_a_file_that_is_there_is_kept_without_force(tmp_path):
    (tmp_path / "x.txt").write_bytes(b"mine")
    with pytest.raises(
        CxError, match=r"already holds 'x.txt'\. Give another folder, or add --force"
    ):
        write_whole(tmp_path, {"x.txt": b"new", "y.txt": b"new"}, force=False)
    assert [path.name for path in tmp_path.iterdir()] == ["x.txt"]
    assert (tmp_path / "x.txt").read_bytes() == b"mine"


def test_force_replaces_only_its_own_files(tmp_path):
    (tmp_path / "x.txt").write_bytes(b"old")
    (tmp_path / "mine.txt").write_bytes(b"mine")
    write_whole(tmp_path, {"x.txt": b"new"}, force=True)
    assert (tmp_path / "x.txt").read_bytes() == b"new"
    assert (tmp_path / "mine.txt").read_bytes() == b"mine"


def test_a_failure_halfway_leaves_nothing_behind(tmp_path, monkeypatch):
    kept = Path.write_bytes

    def full_disk(path: Path, content: bytes) -> int:
        if path.name == "y.txt":
            raise OSError(28, "No space left on device")
        return kept(path, content)

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(CxError, match=r"cannot be written: No space left on device. Nothing was"):
        write_whole(tmp_path / "out", {"x.txt": b"1", "y.txt": b"2"}, force=False)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_halfway_over_an_earlier_report_puts_everything_back(tmp_path):
    (tmp_path / "x.txt").write_bytes(b"old")
    (tmp_path / "in").write_bytes(b"a file where a folder must come")
    contents = {"x.txt": b"new", "z.txt": b"new", "in/y.txt": b"new"}
    with pytest.raises(CxError, match=r"cannot be written: File exists\. Nothing was written"):
        write_whole(tmp_path, contents, force=True)
    left = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert left == {"x.txt": b"old", "in": b"a file where a folder must come"}


def test_a_file_cannot_be_a_folder(tmp_path):
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(CxError, match=r"'out' is a file. Give the name of a folder."):
        write_whole(tmp_path / "out", {"x.txt": b"1"}, force=True)


def test_one_file_is_not_replaced_without_force(tmp_path):
    target = tmp_path / "c.toml"
    write_file(target, b"1", force=False)
    with pytest.raises(CxError, match=r"'c.toml' already exists. Give another name, or"):
        write_file(target, b"2", force=False)
    write_file(target, b"3", force=True)
    assert target.read_bytes() == b"3"
    assert [path.name for path in tmp_path.iterdir()] == ["c.toml"]


def test_one_file_in_a_folder_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(CxError, match="The folder 'nowhere' cannot be written"):
        write_file(tmp_path / "nowhere" / "c.toml", b"1", force=False)


def test_csv_opens_as_numbers_in_either_language_and_keeps_every_digit():
    table = pd.DataFrame({"driver": ["a"], "share": [0.1 + 0.2], "n": [1500]})
    assert (
        csv_bytes(table, "en").decode("utf-8-sig")
        == "driver,share,n\r\na,0.30000000000000004,1500\r\n"
    )
    assert (
        csv_bytes(table, "nl").decode("utf-8-sig")
        == "driver;share;n\r\na;0,30000000000000004;1500\r\n"
    )


@pytest.mark.parametrize("label", ["=cmd()", "+1", "-1", "@x", "\tx"])
def test_a_label_that_a_spreadsheet_would_run_is_made_harmless(label):
    text = csv_bytes(pd.DataFrame({"driver": [label]}), "en").decode("utf-8-sig")
    assert f"'{label}" in text
