"""Tests of the gallery: its page and pictures are those of the charts there are now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from tests.studies.gallery import page, small_svg
from tests.studies.gallery_charts import DRAWINGS

DOCS = Path(__file__).parents[2] / "docs"
MOST_BYTES = 60_000


def test_the_page_is_what_the_command_writes():
    assert (DOCS / "gallery.md").read_text(encoding="utf-8") == page(DRAWINGS)


def test_every_picture_of_the_page_is_there_and_no_other():
    named = re.findall(r"\(gallery/(\w+)\.svg\)", page(DRAWINGS))
    assert named == list(DRAWINGS)
    assert {file.stem for file in (DOCS / "gallery").iterdir()} == set(named)


@pytest.mark.parametrize("stem", DRAWINGS)
def test_a_picture_is_small_and_its_words_are_text(stem: str):
    file = DOCS / "gallery" / f"{stem}.svg"
    assert file.stat().st_size <= MOST_BYTES
    words = re.findall(r"<text[^>]*>([^<]+)</text>", file.read_text(encoding="utf-8"))
    assert len(words) > 5


def test_the_same_figure_gives_the_same_bytes_without_a_date():
    def drawn() -> str:
        figure = Figure()
        figure.subplots().plot([0.1234567, 1], [1, 2])
        return small_svg(figure, "line")

    assert drawn() == drawn()
    assert "dc:date" not in drawn()
    assert "Verdana" in drawn()
    assert not re.search(r"\d\.\d{3}", drawn().partition("<defs>")[2])
