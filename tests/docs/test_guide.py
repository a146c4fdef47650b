"""Every block of code in the documents runs and gives what stands under it."""

import doctest
import re
from pathlib import Path

import pytest

import cxdrivers as cx
from cxdrivers.codebook.codebook_file import read_codebook

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def blocks(page: Path, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if blocks(page, "pycon")], ids=lambda page: page.name
)
def test_the_code_on_a_page_gives_what_stands_under_it(page):
    test = doctest.DocTestParser().get_doctest(
        "\n".join(blocks(page, "pycon")), {}, page.name, str(page), 0
    )
    failures: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    runner.run(test, out=failures.append)
    assert test.examples
    assert not failures, "".join(failures)


def test_the_codebook_in_the_guide_is_a_codebook(tmp_path):
    (block,) = blocks(ROOT / "docs" / "guide.md", "toml")
    path = tmp_path / "guide.toml"
    path.write_text(block, encoding="utf-8")
    codebook = read_codebook(path)
    drivers = [driver.key for driver in codebook.drivers]
    assert drivers == ["reliability", "parking", "channel", "both"]
    assert codebook.drivers[0].not_applicable == (99.0, "n.v.t.")
    assert codebook.labels("nl")["parking"] == "Parkeren"


def test_the_table_in_the_readme_is_what_the_example_gives():
    shown = next(block for block in blocks(ROOT / "README.md", "text") if "remark" in block)
    made = repr(cx.driver_weights(cx.load_example(), seed=7))
    assert shown.split() == made.split()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_project_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


def test_the_version_is_the_same_everywhere():
    for name in ("pyproject.toml", "CITATION.cff"):
        text = (ROOT / name).read_text("utf-8")
        assert re.search(rf'^version[ =:]+"?{re.escape(cx.__version__)}"?$', text, re.MULTILINE)
