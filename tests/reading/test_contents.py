"""What a file holds, whatever it is called."""

import os
import zipfile
from pathlib import Path

import pytest

from cxdrivers.codebook.codebook_file import read_codebook
from cxdrivers.errors import CxError, SurveyError
from cxdrivers.mentions.lexicon_file import read_lexicon_file
from cxdrivers.reading.readers import read_table
from cxdrivers.report.files import read_bytes

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("client.csv", PNG, "a picture \\(PNG\\)"),
        ("client.xlsx", PNG, "a picture \\(PNG\\)"),
        ("client.csv", b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture \\(JPEG\\)"),
        ("client.csv", OFFICE, "a document of an older Office program"),
        ("client.csv", b"%PDF-1.7\n", "a PDF document"),
        ("client.sav", b"\x1f\x8b\x08\x00", "a gzip archive"),
        ("client.csv", b"\n<!DOCTYPE html><html>", "a web page"),
        ("client.csv", b"a;b\n1;\x002\n", "bytes that are no text"),
        ("client.csv", "a;b\n1;\x002\n".encode("utf-16"), "bytes that are no text"),
        ("client.parquet", b"\x00\x01\x02", "bytes that are no text"),
    ],
)
def test_content_that_is_no_table_is_refused(tmp_path, name, content, what):
    (tmp_path / name).write_bytes(content)
    extension = Path(name).suffix
    message = (
        f"'{name}' is called {extension}, but it holds {what}. Open it in the program that made it"
        " and export the answers as CSV, Excel, SPSS or Parquet."
    )
    with pytest.raises(SurveyError, match=message):
        read_table(tmp_path / name)


def test_a_zip_archive_is_refused_as_such(tmp_path):
    for name in ("client.csv", "client.sav"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("data.csv", "a;b\n1;2\n")
        with pytest.raises(SurveyError, match="but it holds a ZIP archive"):
            read_table(tmp_path / name)


def test_names_that_look_like_a_signature_are_still_names(tmp_path):
    (tmp_path / "client.csv").write_text("PAR1;PK\n7;8\n", encoding="utf-8")
    assert list(read_table(tmp_path / "client.csv").frame) == ["PAR1", "PK"]


def test_a_device_or_a_pipe_is_not_read_for_ever(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("needs pipes with a name")
    for name in ("client.csv", "c.toml", "deck.pptx"):
        os.mkfifo(tmp_path / name)
    with pytest.raises(SurveyError, match=r"^'client\.csv' is no file but a device or a pipe\."):
        read_table(tmp_path / "client.csv")
    with pytest.raises(SurveyError, match=r"it is no file but a device or a pipe"):
        read_codebook(tmp_path / "c.toml")
    with pytest.raises(CxError, match=r"it is no file but a device or a pipe"):
        read_lexicon_file(tmp_path / "c.toml")
    with pytest.raises(CxError, match=r"it is no file but a device or a pipe"):
        read_bytes(tmp_path / "deck.pptx")


def test_a_codebook_or_lexicon_of_very_many_megabytes_is_not_read(tmp_path):
    path = tmp_path / "c.toml"
    with path.open("wb") as file:
        file.truncate(9 * 2**20)
    for read in (read_codebook, read_lexicon_file):
        with pytest.raises(CxError) as caught:
            read(path)
        assert "it is 9 MB, and at most 8 MB are read" in str(caught.value)
        assert "het is 9 MB groot, en er wordt hoogstens 8 MB gelezen" in caught.value.say("nl")


def test_a_file_in_a_folder_that_may_not_be_entered_is_told(tmp_path, monkeypatch):
    def refuse(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", refuse)
    with pytest.raises(SurveyError, match=r"'client\.csv' may not be opened \(permission denied\)"):
        read_table(tmp_path / "client.csv")
