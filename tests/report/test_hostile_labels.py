"""Names that try to do harm come through every file harmless and readable."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import lxml.etree
import openpyxl
import pandas as pd
import pytest

from cxdrivers.charts.style import plain_letters, svg_of
from cxdrivers.report.files import csv_bytes, write_whole
from cxdrivers.report.page.templates import report_file
from cxdrivers.report.sections.weights import weights_section
from tests.report.hostile_survey import (
    GROUPS,
    LABELS,
    NOTE,
    OUTCOME,
    SCRIPT,
    SHOWN,
    TITLE,
    WAVES,
    hostile_report,
    hostile_run,
)
from tests.report.read_back import csv_rows, page_parts, parts_of, slide_table, slides_by_stem

ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
STEMS = re.compile(r"report\.(html|pptx|xlsx)|(tables|charts)/[a-z_0-9]+\.(csv|svg|png)")
OURS = frozenset(
    re.findall(
        r"[\w:]+",
        """
        html head meta title style body header h1 h2 h3 p nav ul li a main section figure div
        table thead tbody tr th td footer script label input span button
        svg desc metadata defs g path use clippath rect style image
        rdf:rdf cc:work dc:type dc:date dc:format dc:creator cc:agent dc:title
        """,
    )
)
"""Elements that our own page and drawings are made of."""


def seen(texts: object) -> set[str]:
    """Return texts as a reader sees them: white space is one space."""
    return {" ".join(str(text).split()) for text in texts}


class Elements(HTMLParser):
    """Collect elements, their attributes and what stands in scripts, as a browser would."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.lasttag == "script" and data.strip():
            self.scripts[-1] += data


def test_the_page_has_no_element_attribute_or_script_but_its_own():
    page = Elements()
    page.feed(hostile_report()["report.html"].decode())
    assert {tag for tag, _ in page.found} <= OURS
    assert not [name for _, attrs in page.found for name in attrs if name.startswith("on")]
    scripts = [attrs for tag, attrs in page.found if tag == "script"]
    assert [attrs.get("type") for attrs in scripts] == ["application/json", None]
    assert page.scripts[-1] == report_file("panel.js")
    assert SCRIPT not in hostile_report()["report.html"].decode()


def test_the_page_shows_every_name_as_it_was_written():
    page = page_parts(hostile_report()["report.html"])
    assert seen(row[0] for row in page["weights"].table[1:]) == set(SHOWN.values())
    assert set(GROUPS) <= {row[0] for row in page["groups"].table}
    assert {WAVES[0]} <= {row[0] for row in page["changes"].table}
    assert OUTCOME in page["summary"].sentences[0]
    root = lxml.html.document_fromstring(hostile_report()["report.html"].decode())
    assert root.findtext(".//h1") == TITLE.replace("\x0b", " ")
    assert NOTE in root.text_content()


def test_no_character_in_any_file_breaks_it_or_turns_words_around():
    for name, content in hostile_report().items():
        for part, found in parts_of(name, content):
            if part.endswith((".html", ".svg", ".csv", ".xml", ".rels", ": name")):
                assert ILLEGAL.search(found.decode("utf-8")) is None, part


def test_every_part_of_every_package_and_every_drawing_is_sound_xml():
    checked = 0
    for name, content in hostile_report().items():
        for part, found in parts_of(name, content):
            if part.endswith((".xml", ".rels", ".svg")):
                lxml.etree.fromstring(found)
                checked += 1
    assert checked > 100


def test_no_workbook_holds_anything_that_a_spreadsheet_would_run():
    sheets = 0
    for name in ("report.xlsx", "report.pptx"):
        for part, found in parts_of(name, hostile_report()[name]):
            if re.search(r"\.xlsx!xl/worksheets/[^/]+\.xml$", part):
                sheets += 1
                links = re.findall(rb"<hyperlink [^>]*", found)
                assert all(b"location=\"'" in link and b"r:id" not in link for link in links), part
                assert re.search(rb"<f[ >]", found) is None, part
            assert "externalLink" not in part
            if part.endswith(".rels"):
                assert b'TargetMode="External"' not in found, part
    assert sheets > 20


def test_the_references_of_charts_lead_to_their_own_sheets_only():
    book = openpyxl.load_workbook(BytesIO(hostile_report()["report.xlsx"]))
    names = {name.replace("'", "''") for name in book.sheetnames}
    references = [
        reference.decode()
        for part, found in parts_of("report.xlsx", hostile_report()["report.xlsx"])
        if "/charts/" in part
        for reference in re.findall(rb"<c:f>([^<]*)</c:f>", found)
    ]
    assert len(references) > 30
    for reference in references:
        sheet, _, cells = reference.rpartition("!")
        assert sheet.strip("'").replace("&amp;", "&") in names, reference
        assert re.fullmatch(r"\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", cells), reference


def test_the_workbook_shows_every_name_as_it_was_written():
    book = openpyxl.load_workbook(BytesIO(hostile_report()["report.xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert "f" not in {cell.data_type for cell in cells}
    texts = seen(cell.value for cell in cells)
    assert {*SHOWN.values(), *GROUPS, *WAVES} <= texts
    assert {" ".join(NOTE.split()), TITLE.strip()} <= texts
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in book.sheetnames)


def test_the_deck_opens_and_shows_every_name_as_it_was_written():
    deck = hostile_report()["report.pptx"]
    assert slides_by_stem(deck)["title"].shapes.title.text_frame.text == TITLE.replace("\x0b", " ")
    assert seen(row[0] for row in slide_table(deck, "own")[1:]) == set(SHOWN.values())
    assert set(GROUPS) <= {row[0] for row in slide_table(deck, "groups")}


def test_no_cell_of_a_csv_file_begins_like_a_formula_and_every_name_can_be_read():
    names: set[str] = set()
    for name, content in hostile_report().items():
        if name.endswith(".csv"):
            rows = csv_rows(content, "nl")
            cells = [cell for row in rows for cell in (*row, *row.values())]
            risky = [cell for cell in cells if cell[:1] in "=+-@\t\r\n" and cell]
            assert [cell for cell in risky if not re.fullmatch(r"-[\d,]+(e-?\d+)?", cell)] == []
            names |= {cell.removeprefix("'") for cell in cells}
    assert {*LABELS, *GROUPS, *WAVES} <= names


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠"])
def test_whatever_way_a_formula_begins_a_csv_file_makes_a_text_of_it(begin: str):
    cell = f"{begin}cmd()"
    (row,) = csv_rows(csv_bytes(pd.DataFrame({"driver": [cell]}), "en"), "en")
    assert row["driver"] == f"'{cell}"


def test_files_have_our_own_names_only_and_stay_in_their_folder(tmp_path: Path):
    assert [name for name in hostile_report() if not STEMS.fullmatch(name)] == []
    paths = write_whole(tmp_path / "out" / "in", hostile_report(), force=False)
    made = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert made == set(paths)
    assert [path for path in made if tmp_path / "out" / "in" not in path.parents] == []


def test_a_chart_shows_dollar_signs_and_words_from_right_to_left_as_they_are():
    with plain_letters():
        figure = weights_section(hostile_run(), "nl").chart.figure
    labels = figure.axes[0].get_yticklabels()
    assert {SHOWN["g"], SHOWN["f"], SHOWN["+1"]} <= seen(label.get_text() for label in labels)
    assert [label for label in labels if label.get_parse_math()] == []
    assert "<svg" in svg_of(figure, stem="weights", title=SHOWN["g"], description="")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_another_office_opens_deck_and_workbook_and_shows_the_names(tmp_path: Path):
    report = hostile_report()
    for name, kind in (("deck", "pptx"), ("book", "xlsx")):
        (tmp_path / f"{name}.{kind}").write_bytes(report[f"report.{kind}"])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(tmp_path / name) for name in ("deck.pptx", "book.xlsx")]
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=180)
    assert {path.name for path in tmp_path.glob("*.pdf")} == {"deck.pdf", "book.pdf"}
    if shutil.which("pdftotext") is None:
        return
    for name in ("deck", "book"):
        read = ["pdftotext", str(tmp_path / f"{name}.pdf"), "-"]
        told = subprocess.run(read, check=True, capture_output=True).stdout.decode()
        assert [one for one in (SCRIPT, "+1", "../x", "CON") if one not in told] == [], name
        assert not re.search(r"#NAME\?|#REF!|Err:\d", told)
