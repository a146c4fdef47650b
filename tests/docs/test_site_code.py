"""Every block of code on the how-to pages runs, in the order in which a reader would type it."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest
from pptx import Presentation

import cxdrivers as cx
from cxdrivers.cli import main
from cxdrivers.codebook.codebook_text import write_codebook
from tests.docs.test_guide import FLAGS, ROOT, blocks

DOCS = ROOT / "docs"
HOW_TO = sorted((DOCS / "how-to").glob("*.md"))
PAGES = [DOCS / "index.md", DOCS / "nl.md", *HOW_TO]
BLOCK = re.compile(r"^```(sh|python|toml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
QUICK = {"report": 20, "demo": 20, "weights": 20, "advocacy": 20}
"""Resamples for a command whose page names none."""


def marked(page: Path) -> Any:
    """Return a page as a case: one that writes whole reports takes a while."""
    slow = re.search(r"^cxdrivers (report|demo)", page.read_text("utf-8"), re.MULTILINE)
    return pytest.param(page, id=page.stem, marks=[pytest.mark.slow] if slow else [])


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what a reader of the pages is said to have."""
    folder = tmp_path_factory.mktemp("client")
    example = cx.load_example()
    frame = example.frame.iloc[::4]
    frame.to_csv(folder / "client.csv", index=False)
    for name in ("client.sav", "klant.sav"):
        pyreadstat.write_sav(frame, folder / name)
    (folder / "client.toml").write_text(write_codebook(example.codebook), encoding="utf-8")
    Presentation().save(str(folder / "template.pptx"))
    return folder


def run_commands(block: str, capsys: pytest.CaptureFixture[str]) -> None:
    for line in block.splitlines():
        command, *arguments = shlex.split(line, comments=True)
        if command == "cxdrivers":
            quick = QUICK.get(arguments[0])
            few = [] if quick is None or "--n-boot" in arguments else ["--n-boot", str(quick)]
            status = main([*arguments, *few])
            assert status == 0, f"{line}\n{capsys.readouterr().err}"


def label_by_hand(path: Path) -> None:
    """Fill in the column of labels, as a coder would who takes every person for an employee."""
    table = pd.read_csv(path)
    table["label"] = table["text"].str.contains(r"medewerk|\bhij\b|\bze\b", case=False).astype(int)
    table.to_csv(path, index=False)


@pytest.mark.parametrize(
    "page", [page for page in HOW_TO if blocks(page, "pycon")], ids=lambda page: page.stem
)
def test_the_code_on_a_how_to_page_gives_what_stands_under_it(page):
    source = "\n".join(blocks(page, "pycon"))
    test = doctest.DocTestParser().get_doctest(source, {}, page.name, str(page), 0)
    failures: list[str] = []
    doctest.DocTestRunner(optionflags=FLAGS).run(test, out=failures.append)
    assert test.examples
    assert not failures, "".join(failures)


def test_every_how_to_page_shows_how():
    assert HOW_TO
    assert not [page.stem for page in HOW_TO if "```" not in page.read_text("utf-8")]


@pytest.mark.parametrize("page", [marked(page) for page in PAGES])
def test_the_commands_on_a_page_run_one_after_the_other(
    page, client, tmp_path, monkeypatch, capsys
):
    folder = tmp_path / "reader"
    shutil.copytree(client, folder)
    monkeypatch.chdir(folder)
    text = page.read_text("utf-8")
    if "--out client.toml" in text:
        Path("client.toml").unlink()
    names: dict[str, object] = {"cx": cx}
    for kind, block in BLOCK.findall(text):
        if kind == "sh":
            run_commands(block, capsys)
        elif kind == "toml":
            Path("words.toml").write_text(block, encoding="utf-8")
        else:
            if Path("labels.csv").exists():
                label_by_hand(Path("labels.csv"))
            names.setdefault("survey", cx.read_survey("client.sav", codebook="client.toml"))
            exec(compile(block, page.name, "exec"), names)  # noqa: S102  (our own page)
