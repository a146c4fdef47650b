"""What the page about warehouses shows can be done as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cxdrivers as cx
from cxdrivers.cli import main
from cxdrivers.codebook.codebook_text import write_codebook
from tests.moments.warehouse.servers import PAGE

TEXT = PAGE.read_text("utf-8")


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with what a reader of the page is said to have."""
    example = cx.load_example()
    example.frame.to_parquet(tmp_path / "answers.parquet")
    (tmp_path / "client.toml").write_text(write_codebook(example.codebook), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def python_with(word: str) -> str:
    """Return the one block of Python on the page that holds a word."""
    (block,) = [
        block
        for block in re.findall(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
        if word in block
    ]
    return block


@pytest.mark.usefixtures("client")
def test_the_command_prints_weights_of_every_group(capsys):
    commands = re.findall(r"^cxdrivers (.*)$", TEXT, re.MULTILINE)
    assert commands
    for command in commands:
        assert main([*command.split(), "--n-boot", "20"]) == 0
    assert "Webwinkel" in capsys.readouterr().out


@pytest.mark.usefixtures("client")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of how Ibis asks DuckDB and pandas
def test_a_table_of_ibis_is_added_up():
    found: dict[str, object] = {}
    exec(python_with("import ibis"), found)  # noqa: S102  (it is a page of this project)
    assert found["moments"].n.tolist() == [415, 380, 353, 342]
