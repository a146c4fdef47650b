"""The site has every page and every public name, and nothing in it leads nowhere."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import cxdrivers as cx
from tests.docs.test_guide import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
TREE = re.compile(r"^```\{toctree\}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DOCUMENTED = re.compile(r"^\.\. auto(?:class|function):: (\w+)$", re.MULTILINE)
QUOTED = re.compile(r"`([\w.*-]+/[\w./*-]*|[\w-]+\.(?:py|toml|md|txt))`")


def in_the_navigation() -> list[str]:
    trees = TREE.findall((DOCS / "index.md").read_text("utf-8"))
    lines = [line for tree in trees for line in tree.splitlines()]
    return [line for line in lines if line and not line.startswith(":")]


def test_every_page_stands_once_in_the_navigation():
    there = [page.relative_to(DOCS).with_suffix("").as_posix() for page in PAGES]
    assert sorted([*in_the_navigation(), "index"]) == sorted(there)


def test_every_public_name_is_in_the_reference_once():
    pages = (DOCS / "api").glob("*.md")
    found = Counter(name for page in pages for name in DOCUMENTED.findall(page.read_text("utf-8")))
    assert found == Counter(cx.__all__)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_links_between_pages_lead_to_a_page_and_a_heading(page):
    links = re.findall(r"\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)", page.read_text("utf-8"))
    lost = [
        f"{target}#{anchor}"
        for target, anchor in links
        if not (page.parent / target).exists()
        or (anchor and anchor not in anchors(page.parent / target if target else page))
    ]
    assert not lost


def anchors(page: Path) -> set[str]:
    """Return what headings are called in links, as GitHub and the site do."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


def test_every_file_that_a_newcomer_is_sent_to_is_there():
    page = (DOCS / "where-to-change.md").read_text("utf-8")
    named = {path for path in QUOTED.findall(page) if not path.startswith("*_")}
    assert len(named) > 80
    assert not [path for path in named if not list(ROOT.glob(path.rstrip("/")))]


def test_every_row_for_a_newcomer_names_what_to_change_and_what_to_run():
    lines = (DOCS / "where-to-change.md").read_text("utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    rows = [row for row in rows if row[0] != "I want to …"]
    assert len(rows) >= 20
    assert not [row for row in rows if len(row) != 3 or not all(row)]
