"""Laws of reading that hold for whatever stands in a file."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdrivers.answers.groups.benchmark import Benchmark
from cxdrivers.codebook.codebook_file import read_codebook
from cxdrivers.codebook.codebook_text import toml_key, write_codebook
from cxdrivers.errors import CxError
from cxdrivers.mentions.lexicon_file import read_lexicon_file
from cxdrivers.reading.delimited import read_delimited
from tests.fuzzing.hostile import NUMBERS, TEXTS

MANY = settings(max_examples=150)
CELLS = st.sampled_from(TEXTS).map(lambda text: text[:200]) | st.text(max_size=12)
PLAIN = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(NUMBERS) | PLAIN,
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(PLAIN, parts, max_size=3),
    max_leaves=12,
)
KEYS = st.sampled_from(
    (
        *("title", "language", "outcome", "drivers", "items", "scale", "columns", "weight"),
        *("classes", "rules", "words", "name", "flag", "patterns", "clients", "format", "version"),
    )
)
TREES = st.dictionaries(KEYS | PLAIN, VALUES | st.dictionaries(KEYS, VALUES), max_size=5)


def answer_of(job: Callable[[], Any]) -> Any:
    """Return what a job answers; None when it says in two languages what is wrong."""
    try:
        return job()
    except CxError as error:
        if error.say("nl") == error.say("en"):
            raise AssertionError(str(error)) from error
        return None


@given(st.binary(max_size=400))
@MANY
def test_any_bytes_are_a_table_or_an_error_with_a_sentence(content: bytes):
    frame = answer_of(lambda: read_delimited(content, "client.csv"))
    assert frame is None or len(frame) > 0


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=2, max_size=8))
@MANY
def test_a_table_that_was_written_by_a_program_keeps_every_text(rows: list[list[str]]):
    held = StringIO(newline="")
    rows = [[cell.replace("\0", "") for cell in row] for row in rows]
    names = ["tekst", "een", "twee"]
    csv.writer(held, quoting=csv.QUOTE_ALL).writerows([names, *rows])
    kept = [row for row in rows if not all(not cell or cell.isspace() for cell in row)]
    content = held.getvalue().encode("utf-8", "replace")
    frame = answer_of(lambda: read_delimited(content, "client.csv"))
    assert (frame is None) == (not kept)
    if frame is None:
        return
    assert len(frame) == len(kept)
    for place, name in enumerate(names):
        if frame[name].dtype != np.float64:
            written = [row[place].encode("utf-8", "replace").decode() for row in kept]
            blank = [not text or text.isspace() for text in written]
            assert [text or "" for text in frame[name]] == [
                "" if empty else text for text, empty in zip(written, blank, strict=True)
            ]


@given(TREES)
@MANY
def test_any_toml_is_a_codebook_that_is_written_the_same_or_an_error(tree: dict[str, Any]):
    text = _toml(tree)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "c.toml"
        file.write_text(text, encoding="utf-8")
        found = answer_of(lambda: read_codebook(file))
    assert found is None or tomllib.loads(write_codebook(found))


@given(TREES)
@MANY
def test_any_mapping_is_a_lexicon_file_or_an_error(tree: dict[str, Any]):
    found = answer_of(lambda: read_lexicon_file(tree))
    assert found is None or found.path == "lexicon="


@given(TREES)
@MANY
def test_any_json_is_refused_as_a_benchmark_with_a_sentence(tree: dict[str, Any]):
    with TemporaryDirectory() as folder:
        file = Path(folder) / "b.json"
        file.write_text(json.dumps(tree | {"format": "cxdrivers benchmark"}), encoding="utf-8")
        assert answer_of(lambda: Benchmark.load(file)) is None


def _toml(tree: dict[str, Any]) -> str:
    """Return a tree as TOML of one line a key; what TOML does not have is left out."""
    return "\n".join(f"{toml_key(key)} = {_inline(value)}" for key, value in tree.items())


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        inner = (f"{toml_key(key)} = {_inline(part)}" for key, part in value.items())
        return "{" + ", ".join(inner) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, float):
        return str(value)
    shown = json.dumps("" if value is None else value, ensure_ascii=False)
    return shown.replace("\x7f", "\\u007f")
