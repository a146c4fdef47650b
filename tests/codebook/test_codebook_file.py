"""A codebook file is read back as it was written, and says what is wrong with it."""

from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.codebook.codebook_file import TOP_FIELDS, read_codebook
from cxdrivers.codebook.codebook_text import codebook_text, write_codebook
from cxdrivers.codebook.group_names import GroupNames, code_text
from cxdrivers.errors import SurveyError
from cxdrivers.wording import LANGUAGES

GOOD = """
title = "A survey"
language = "nl"
[defaults]
scale = [1, 10]
dont_know = [98, "weet niet"]
[outcome]
items = ["grade"]
[drivers.empathy]
items = ["friendly", "rude"]
reversed = ["rude"]
not_applicable = 99
[drivers."Eigen driver"]
items = "own"
scale = [1, 5]
dont_know = []
[columns]
weight = "w"
segments = "team"
cluster = ""
[groups.team]
label = { nl = "Afdeling", en = "Department" }
values = { 1 = "noord", 2 = { nl = "zuid", en = "south" } }
[groups."Q 9"]
[file]
sheet = "Data"
decimal = ","
"""
AWKWARD = [
    'say "hi"',
    "a.b",
    "two words",
    "ster🌟",
    "tab\there",
    "line\nbreak",
    "\x7f",
    "[x]",
    "#",
    "é",
]


def written(tmp_path: Path, text: str | bytes) -> Path:
    file = tmp_path / "client.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_a_file_with_defaults_and_single_values_is_read(tmp_path: Path) -> None:
    codebook = read_codebook(written(tmp_path, GOOD))
    assert codebook == Codebook(
        outcome=Question("outcome", ("grade",), None, (1.0, 10.0), (), (), (98.0, "weet niet")),
        drivers=(
            Question(
                "empathy",
                ("friendly", "rude"),
                None,
                (1.0, 10.0),
                ("rude",),
                (99.0,),
                (98.0, "weet niet"),
            ),
            Question("Eigen driver", ("own",), None, (1.0, 5.0)),
        ),
        title="A survey",
        language="nl",
        weight="w",
        segments=("team",),
        groups=(
            GroupNames(
                "team",
                {"nl": "Afdeling", "en": "Department"},
                {1: "noord", 2: {"nl": "zuid", "en": "south"}},
            ),
            GroupNames("Q 9"),
        ),
        sheet="Data",
        decimal=",",
    )


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert read_codebook(written(tmp_path, b"\xef\xbb\xbf" + GOOD.encode())).title == "A survey"


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_names_survive_the_file(tmp_path: Path, name: str) -> None:
    codebook = Codebook(
        Question("outcome", (name,)),
        (Question(name, (f"{name} 2",), label=name),),
        cluster=name,
        groups=(GroupNames(name, name, {name: f"{name} 2"}),),
    )
    comments = {f"drivers.{name}": [f"About {name}"], "top": [name], "end": [name]}
    comments[f"groups.{name}"] = [name]
    text = write_codebook(codebook, comments)
    assert read_codebook(written(tmp_path, text)) == codebook
    assert text.count("# ") >= 3


names = st.text(min_size=1).filter(str.strip)
numbers = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e299, max_value=1e299)
codes = st.lists(numbers | names, max_size=3, unique_by=str)


@st.composite
def questions(draw: st.DrawFn, key: str, items: list[str]) -> Question:
    both = draw(codes)
    cut = draw(st.integers(0, len(both)))
    ends = draw(st.none() | st.lists(numbers, min_size=2, max_size=2, unique=True).map(sorted))
    chosen = draw(st.lists(st.sampled_from(items), unique=True)) if ends else []
    return Question(
        key=key,
        items=tuple(items),
        label=draw(st.none() | st.text()),
        scale=(ends[0], ends[1]) if ends else None,
        reversed=tuple(chosen),
        not_applicable=tuple(both[:cut]),
        dont_know=tuple(both[cut:]),
    )


@st.composite
def group_names(draw: st.DrawFn, column: str) -> GroupNames:
    """Names of which no label is that of another code, nor a code."""
    told = draw(st.lists(numbers.map(float) | names, max_size=9, unique_by=code_text))
    marks = draw(st.lists(st.text(), min_size=len(told), max_size=len(told)))
    labels = [f"{place}. {mark}. " + "x" * 400 for place, mark in enumerate(marks)]
    chosen = draw(st.sampled_from([20, 400]))
    return GroupNames(
        column,
        draw(st.none() | st.text() | st.dictionaries(st.sampled_from(LANGUAGES), st.text())),
        {
            code: draw(st.sampled_from([label[:chosen], {"nl": label}, " "]))
            for code, label in zip(told, labels, strict=True)
        },
    )


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    keys = draw(st.lists(names, min_size=2, max_size=4, unique=True))
    columns = draw(st.lists(names, min_size=2 * len(keys), max_size=12, unique=True))
    drawn = [draw(questions(key, columns[2 * n : 2 * n + 2])) for n, key in enumerate(keys)]
    role = st.none() | names.filter(lambda name: name not in columns)
    return Codebook(
        outcome=drawn[0],
        drivers=tuple(drawn[1:]),
        title=draw(st.text()),
        language=draw(st.sampled_from(["en", "nl"])),
        note=draw(st.text()),
        weight=draw(role),
        verbatim=draw(role),
        segments=tuple(draw(st.lists(names, max_size=3))),
        groups=tuple(
            draw(group_names(column)) for column in draw(st.lists(names, max_size=2, unique=True))
        ),
        sheet=draw(st.none() | names),
        decimal=draw(st.sampled_from([None, ".", ","])),
    )


@given(codebook=codebooks(), comment=st.text())
def test_what_is_written_is_read_back_equal(codebook: Codebook, comment: str) -> None:
    places = ("top", "file", "outcome", "columns", "end", f"drivers.{codebook.drivers[0].key}")
    text = write_codebook(codebook, {place: [comment, comment] for place in places})
    with tempfile.TemporaryDirectory() as folder:
        assert read_codebook(written(Path(folder), text)) == codebook


def test_few_codes_of_a_column_stand_in_one_line_and_many_each_in_its_own() -> None:
    few = GroupNames("Q21", "Gender", {1: "man", 2: "woman"})
    many = GroupNames("Q 20", values={code: f"from {code}0 to {code}9 years" for code in range(8)})
    codebook = Codebook(Question("o", ("a",)), (Question("b", ("b",)),), groups=(few, many))
    text = write_codebook(codebook, {"groups.Q21": ["Who?"]})
    head = '# Who?\n[groups.Q21]\nlabel = "Gender"\nvalues = { 1 = "man", 2 = "woman" }\n'
    assert head in text
    assert '\n[groups."Q 20".values]\n0 = "from 00 to 09 years"\n1 = "from 10 to' in text


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["a", "", "nl"])
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["items", "scale", "label", "values", "empathy"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
trees = st.dictionaries(
    st.sampled_from([*TOP_FIELDS, "drivres"]),
    values,
)


@given(tree=trees)
def test_any_tree_is_a_codebook_or_a_readable_error(tree: dict[str, Any]) -> None:
    tree = {"outcome": {"items": ["grade"]}, "drivers": {"empathy": {"items": ["a"]}}} | tree
    with tempfile.TemporaryDirectory() as folder:
        file = written(Path(folder), "\n".join(f"{key} = {toml(tree[key])}" for key in tree))
        error, codebook = None, None
        try:
            codebook = read_codebook(file)
        except SurveyError as refused:
            error = refused
    assert codebook is not None or (error is not None and error.say("nl") != str(error))


def toml(value: object) -> str:
    """Write a value inline, the slow and obvious way; what TOML cannot say becomes 0."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(part) for part in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value or 0)


def test_a_codebook_without_an_outcome_is_valid_toml_and_says_what_is_missing(
    tmp_path: Path,
) -> None:
    text = codebook_text(None, (Question("empathy", ("a",)),), {"language": "en"})
    assert tomllib.loads(text)["outcome"] == {"items": []}
    with pytest.raises(SurveyError) as caught:
        read_codebook(written(tmp_path, text))
    assert str(caught.value) == (
        "The codebook 'client.toml' does not say which column is the outcome. Fill in items = "
        '["COLUMN"] under [outcome].'
    )
