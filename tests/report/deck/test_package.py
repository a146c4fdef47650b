"""PowerPoint files from elsewhere are read safely, and written as the same bytes every time."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation

from cxdrivers.errors import CxError
from cxdrivers.report.deck import package
from cxdrivers.report.deck.package import day_of, opened, plain, written

UNREADABLE = r"^This is not a PowerPoint file that can be read \(.* bytes\)\. Open it in PowerPoint"


def _saved() -> bytes:
    buffer = BytesIO()
    Presentation().save(buffer)
    return buffer.getvalue()


def _with(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(BytesIO(_saved())) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    return buffer.getvalue()


def _types(old: bytes, new: bytes) -> bytes:
    with ZipFile(BytesIO(_saved())) as zipped:
        return zipped.read("[Content_Types].xml").replace(old, new)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a zip",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked",
        _saved()[:4000],
        _with({"[Content_Types].xml": b"<broken"}),
        _with({"ppt/presentation.xml": b"<a/>"}),
        _with({"ppt/slideMasters/slideMaster1.xml": b"\x00"}),
        _with({"ppt/_rels/presentation.xml.rels": b"<Relationships/>"}),
        _with(
            {
                "[Content_Types].xml": _types(
                    b"vnd.openxmlformats-officedocument.presentationml.presentation.main",
                    b"vnd.ms-powerpoint.presentation.macroEnabled.main",
                )
            }
        ),
    ],
)
def test_what_is_no_presentation_is_refused_with_what_to_do(content: bytes):
    with pytest.raises(CxError, match=UNREADABLE):
        opened(content)


@given(st.integers(0, 20_000), st.binary(min_size=1, max_size=6))
def test_a_damaged_file_is_read_or_refused_and_never_breaks(place: int, noise: bytes):
    content = bytearray(_saved())
    content[place : place + len(noise)] = noise
    with suppress(CxError):
        assert len(opened(bytes(content)).slide_masters) == 1


@pytest.mark.parametrize("packing", [ZIP_BZIP2, ZIP_LZMA])
def test_a_file_that_is_packed_in_another_way_and_damaged_is_refused(packing: int):
    buffer = BytesIO()
    with ZipFile(buffer, "w", packing) as zipped:
        zipped.writestr("[Content_Types].xml", b"<Types/>" * 100)
    content = bytearray(buffer.getvalue())
    content[58:64] = bytes(6)
    with pytest.raises(CxError, match=UNREADABLE):
        opened(bytes(content))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_a_part_that_stands_in_a_file_twice_the_last_is_read():
    buffer = BytesIO()
    with ZipFile(BytesIO(_saved())) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        new.writestr("[Content_Types].xml", b"<broken")
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert len(opened(buffer.getvalue()).slide_masters) == 1


def test_a_file_that_unpacks_to_more_than_is_read_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(package, "MOST_BYTES", 50_000)
    bomb = _with({"docProps/thumbnail.jpeg": bytes(60_000)})
    expected = r"holds \d+ parts of \d+\xa0\d+ bytes in all, more than the 20\xa0000 parts or 50"
    with pytest.raises(CxError, match=expected):
        opened(bomb)


def test_a_presentation_is_written_as_the_same_bytes_every_time():
    deck = opened(_saved())
    content = written(deck)
    assert written(opened(content)) == content
    with ZipFile(BytesIO(content)) as zipped:
        assert {part.date_time[0] for part in zipped.infolist()} == {1980}


def test_characters_that_no_xml_can_hold_become_spaces():
    assert plain("a\x00b\x1fc\ud800d\ufffe") == "a b c d "
    assert plain("é 🙂\n\t") == "é 🙂\n\t"
    assert day_of("2025-06-15").isoformat() == "2025-06-15T00:00:00+00:00"
