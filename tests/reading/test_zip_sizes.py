"""A workbook that would unpack to more than any honest one is refused before it is unpacked."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from cxdrivers.errors import SurveyError
from cxdrivers.reading import zip_sizes
from cxdrivers.reading.readers import read_table
from cxdrivers.reading.zip_sizes import check_area

HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = "</sheetData></worksheet>"
NAMES = '<row r="1"><c r="A1" t="str"><v>a</v></c></row>'


def good() -> bytes:
    held = BytesIO()
    with xlsxwriter.Workbook(held) as workbook:
        workbook.add_worksheet("Data").write_column(0, 0, ["a", 1])
    return held.getvalue()


@pytest.fixture
def swapped(tmp_path: Path):
    """Return a function that writes a workbook with other parts in it."""

    def write(**parts: str) -> Path:
        path = tmp_path / "client.xlsx"
        with ZipFile(BytesIO(good())) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, parts.get(Path(name).stem, old.read(name)))
        return path

    return write


def sheet(rows: str) -> str:
    return HEAD + NAMES + rows + TAIL


@pytest.mark.parametrize(
    ("far", "rows", "columns"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "1.048.576", "16.384"),
        ("<row r='400000'><c r='BZ400000'><v>1</v></c></row>", "400.000", "78"),
        ('<x:row r="900000" spans="1:1"><x:c r="ZZ900000"/></x:row>', "900.000", "702"),
    ],
)
def test_cells_that_lie_far_apart_are_refused(swapped, far, rows, columns):
    message = rf"cells of sheet1\.xml lie spread over {rows} rows and {columns} columns; at most"
    with pytest.raises(SurveyError, match=message):
        read_table(swapped(sheet1=sheet(far)))


def test_what_a_sheet_says_of_its_own_size_is_not_believed(swapped):
    far = '<dimension ref="A1:XFD1048576"/><row r="2"><c r="A2"><v>7</v></c></row>'
    assert read_table(swapped(sheet1=sheet(far))).frame["a"].tolist() == [7]


def test_an_area_is_seen_wherever_the_xml_is_cut():
    text = sheet('<row r="400000"><c r="BZ400000"><v>1</v></c></row>').encode()
    for size in (1, 7, 64):
        pieces = [text[at : at + size] for at in range(0, len(text), size)]
        with pytest.raises(SurveyError, match=r"lie spread over 400.000 rows and 78 columns"):
            check_area(pieces, "client.xlsx", "sheet1.xml")


def test_rows_without_a_number_are_counted():
    rows = (b'<row><c r="CZ1"/></row>' for _ in range(200_000))
    with pytest.raises(SurveyError, match=r"and 104 columns"):
        check_area(rows, "client.xlsx", "sheet1.xml")


def test_a_package_that_unpacks_to_too_much_is_refused(swapped, monkeypatch):
    monkeypatch.setattr(zip_sizes, "MOST_UNPACKED", 2**20)
    path = swapped(sharedStrings="<sst>" + "<si><t/></si>" * 500_000 + "</sst>")
    assert path.stat().st_size < 2**16
    message = r"parts that unpack to 6 MB; at most 1 MB are read\. Keep in a copy only the sheet"
    with pytest.raises(SurveyError, match=message):
        zip_sizes.check_zip(path)


def test_a_part_that_is_larger_than_the_package_says_is_damaged(swapped):
    path = swapped(sheet1=sheet("<row/>" * 100_000))
    content = path.read_bytes()
    with ZipFile(path) as package:
        size = package.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(content.replace(size.to_bytes(4, "little"), (500).to_bytes(4, "little")))
    with pytest.raises(SurveyError, match=r"is damaged or cut off \(Bad CRC-32"):
        read_table(path)


def test_a_package_of_another_program_is_no_workbook(tmp_path):
    path = tmp_path / "client.xlsx"
    with ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", "<office/>")
    with pytest.raises(SurveyError, match=r"is called \.xlsx, but it holds a ZIP archive\."):
        read_table(path)


def test_of_a_formula_the_stored_value_is_taken_and_nothing_is_followed(tmp_path):
    path = tmp_path / "client.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        written = workbook.add_worksheet()
        written.write_row(0, 0, ["a", "b", "c"])
        written.write_formula(1, 0, "=1+1", None, 41)
        written.write_formula(1, 1, "='[other.xlsx]Sheet1'!A1", None, "elsewhere")
        written.write_string(1, 2, "=1+1")
    assert read_table(path).frame.to_dict("list") == {"a": [41], "b": ["elsewhere"], "c": ["=1+1"]}


def test_entities_are_not_expanded_and_files_not_read(swapped, tmp_path):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    kinds = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY s SYSTEM "secret.txt">]>'
    cell = '<row r="2"><c r="A2" t="inlineStr"><is><t>&a;&s;</t></is></c></row>'
    with pytest.raises(SurveyError, match=r"is damaged or cut off \(.*unrecognized entity"):
        read_table(swapped(sheet1=kinds + sheet(cell)))
