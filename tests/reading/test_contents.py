"""What a file holds, whatever it is called."""

import zipfile
from pathlib import Path

import pytest

from cxdrivers.errors import SurveyError
from cxdrivers.reading.readers import read_table

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
