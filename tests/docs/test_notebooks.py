"""Notebooks are stored as they ran: whole, clean, and using nothing but what is public."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest

import cxdrivers as cx

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LARGEST = 400_000
FOLDERS = re.compile(r"(?<![\w.<:/])/(?:home|root|tmp|work|Users|usr|var|opt|private)/|\b[A-Z]:\\")
DRAWS = re.compile(r"\.plot\w*\(|subplots\(")
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def told(path: Path) -> str:
    return "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")


def plain_code(path: Path) -> str:
    """Return the code without the lines that only a notebook understands."""
    lines = "\n".join(cell.source for cell in code_cells(path)).splitlines()
    return "\n".join(line for line in lines if not line.startswith(("%", "!")))


def shown_texts(path: Path) -> list[str]:
    """Return everything a cell has shown but its pictures."""
    outputs = [output for cell in code_cells(path) for output in cell.outputs]
    data = [output.get("data", {}) for output in outputs]
    kinds = ("text/plain", "text/html", "image/svg+xml")
    texts = [each[kind] for each in data for kind in kinds if kind in each]
    return [*texts, *(output["text"] for output in outputs if "text" in output)]


def test_there_are_notebooks():
    assert len(NOTEBOOKS) >= 8


@every_notebook
def test_a_notebook_is_valid_and_small(path: Path):
    nbformat.validate(read(path))
    assert path.stat().st_size < LARGEST


@every_notebook
def test_every_cell_ran_in_its_order_and_shows_something(path: Path):
    cells = code_cells(path)
    assert [cell.execution_count for cell in cells] == [*range(1, len(cells) + 1)]
    assert not [cell.source for cell in cells if not cell.outputs]


@every_notebook
def test_every_cell_that_draws_shows_its_picture(path: Path):
    drawing = [cell for cell in code_cells(path) if DRAWS.search(cell.source)]
    shown = [
        any("image/png" in output.get("data", {}) for output in cell.outputs) for cell in drawing
    ]
    assert shown
    assert all(shown)


@every_notebook
def test_no_cell_ended_in_an_error_or_a_warning(path: Path):
    outputs = [output for cell in code_cells(path) for output in cell.outputs]
    assert "error" not in {output.output_type for output in outputs}
    assert "stderr" not in {output.get("name") for output in outputs}
    assert not [text for text in shown_texts(path) if "Warning" in text]


@every_notebook
def test_nothing_tells_where_or_when_a_notebook_ran(path: Path):
    notebook = read(path)
    assert notebook.metadata == METADATA
    assert {str(cell.metadata) for cell in notebook.cells} == {"{}"}
    outputs = [output for cell in code_cells(path) for output in cell.outputs]
    assert {str(output.get("metadata", {})) for output in outputs} == {"{}"}
    assert not FOLDERS.findall("\n".join([told(path), plain_code(path), *shown_texts(path)]))
    assert not [text for text in shown_texts(path) if re.search(r"at 0x[0-9a-f]+", text)]
    assert [cell.id for cell in notebook.cells] == [
        f"cell-{place:02}" for place in range(len(notebook.cells))
    ]


def test_a_folder_would_be_found():
    assert FOLDERS.search("written to /home/somebody/report")
    assert FOLDERS.search(r"C:\Users\somebody")
    assert not FOLDERS.search("[methods](../docs/methods.md) and </tmp>")


@every_notebook
def test_a_notebook_uses_public_names_only(path: Path):
    used = re.findall(r"\bcx\.(\w+)", f"{plain_code(path)}\n{told(path)}")
    assert set(used) <= set(cx.__all__)
    imports = [node for node in ast.walk(ast.parse(plain_code(path))) if is_import(node)]
    ours = [ast.unparse(node) for node in imports if "cxdrivers" in ast.unparse(node)]
    assert ours == ["import cxdrivers as cx"]


def is_import(node: ast.AST) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


@every_notebook
def test_links_of_a_notebook_lead_somewhere(path: Path):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", told(path))
    assert not [link for link in links if not (path.parent / link).exists()]


@every_notebook
def test_a_notebook_ends_with_what_one_may_say(path: Path):
    headings = re.findall(r"^#+ (.+)$", told(path), re.MULTILINE)
    assert headings[-1].startswith("What you may say to the client")
