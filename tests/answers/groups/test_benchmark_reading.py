"""Whatever stands in a file, loading it is a benchmark or a sentence, and never a traceback."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cxdrivers as cx
from cxdrivers.answers.groups import benchmark_reading
from cxdrivers.answers.groups.benchmark import Benchmark
from cxdrivers.answers.groups.benchmark_file import benchmark_bytes
from tests.answers.groups.benchmark_samples import client_surveys

Tree = dict[str, Any]


@cache
def written() -> bytes:
    return benchmark_bytes(Benchmark.of(client_surveys())._content)


def sound() -> Tree:
    tree: Tree = json.loads(written())
    return tree


def load(folder: Path, content: bytes | str) -> Benchmark:
    path = folder / "field.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return Benchmark.load(path)


def refused(folder: Path, content: bytes | str, sentence: str) -> None:
    with pytest.raises(cx.CxError, match=sentence):
        load(folder, content)


def test_a_sound_file_is_loaded(tmp_path):
    assert len(load(tmp_path, json.dumps(sound())).clients) == 5


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(cx.CxError, match=r"no benchmark file 'gone\.json'\. Check the name"):
        Benchmark.load(tmp_path / "gone.json")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        pickle.dumps({"format": "cxdrivers benchmark"}),
        b'{"format": "cxdrivers benchmark"',
        b"[" * 100_000,
    ],
)
def test_what_is_no_json_is_said(tmp_path, content: bytes):
    refused(tmp_path, content, r"'field\.json' is no JSON in UTF-8: it is cut off, or another kind")


def test_a_file_that_is_cut_off_is_said(tmp_path):
    refused(tmp_path, written()[:-30], r"is no JSON in UTF-8: it is cut off")


@pytest.mark.parametrize("content", ["[1, 2]", '{"format": "another"}', "3", "null"])
def test_a_file_of_something_else_is_foreign(tmp_path, content: str):
    refused(tmp_path, content, r"The file 'field\.json' is no benchmark\. Give the path")


@pytest.mark.parametrize("version", [2, "1", None, True, 1.5])
def test_a_file_of_another_version_is_said(tmp_path, version: object):
    content = json.dumps(sound() | {"version": version})
    refused(tmp_path, content, r"has version '.*', and this version of the package reads ver")


def test_a_file_that_is_too_large_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(benchmark_reading, "LARGEST", 1000)
    refused(tmp_path, written(), r"has [\d\xa0]+ bytes, more than the 1\xa0000 .* was not opened")


def test_a_file_that_may_not_be_opened_is_said(tmp_path, monkeypatch):
    def forbidden(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    refused(
        tmp_path, written(), r"'field\.json' cannot be read \(Permission denied\)\. Check whether"
    )


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(cx.CxError, match=r"There is no benchmark file"):
        Benchmark.load(tmp_path)


def test_a_name_that_is_there_twice_is_refused(tmp_path):
    text = json.dumps(sound())[:-1] + ', "minimum": 25}'
    refused(tmp_path, text, r"cannot be used: the file has the name 'minimum' twice in one table")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(tmp_path, number: str):
    text = json.dumps(sound() | {"left_out": 987}).replace(": 987,", f": {number},")
    refused(tmp_path, text, rf"the file has {number} where a number must stand")


def test_a_number_of_many_digits_is_refused(tmp_path):
    text = json.dumps(sound() | {"left_out": 987}).replace(": 987,", f": {'9' * 5000},")
    refused(tmp_path, text, r"the file has a whole number of 5\xa0000 digits")


def test_a_number_that_overflows_is_refused(tmp_path):
    tree = sound()
    tree["clients"][0]["effect"][0] = 98765
    text = json.dumps(tree).replace("[98765,", "[1e999,")
    refused(tmp_path, text, r"'clients\[1\]\.effect' must be finite numbers")


def of_client(part: str, change: Callable[[Any], Any]) -> Callable[[Tree], None]:
    def changed(tree: Tree) -> None:
        tree["clients"][1][part] = change(tree["clients"][1][part])

    return changed


def put(part: str, value: object) -> Callable[[Tree], None]:
    def changed(tree: Tree) -> None:
        tree[part] = value

    return changed


def at(place: int, value: object) -> Callable[[list[Any]], list[Any]]:
    return lambda numbers: [*numbers[:place], value, *numbers[place + 1 :]]


def cell(row: int, column: int, value: object) -> Callable[[Any], Any]:
    return lambda matrix: at(row, at(column, value)(matrix[row]))(matrix)


def swollen(matrix: list[list[float]]) -> list[list[float]]:
    """Return a matrix whose first two columns go together more than they vary."""
    much = 2 * (matrix[0][0] * matrix[1][1]) ** 0.5
    return cell(1, 0, much)(cell(0, 1, much)(matrix))


def nulled(tree: Tree) -> None:
    """Take away a row of a matrix of a driver that was rated."""
    matrix = tree["clients"][1]["covariance"]
    for place in range(len(matrix)):
        matrix[0][place] = matrix[place][0] = None


def named_twice(tree: Tree) -> None:
    tree["named"] = True
    for client in tree["clients"]:
        client["name"] = "Acme"


TROUBLES = [
    (put("clients", None), r"'clients' must be a list of at least 4 clients"),
    (lambda tree: tree["clients"].__delitem__(slice(2)), r"'clients' must be a list of at least 4"),
    (put("drivers", []), r"'drivers' must be texts that are not empty"),
    (put("drivers", ["empathy", 3, "x"]), r"'drivers' must be texts"),
    (put("drivers", ["a", "b", "a"]), r"'drivers' has 'a' twice"),
    (put("outcome", ""), r"'outcome' must be texts"),
    (put("outcome", "empathy"), r"'outcome' has 'empathy' twice"),
    (put("scale", [1, 10]), r"'scale' must be 0 to 100"),
    (put("named", "yes"), r"'named' must be true or false"),
    (put("minimum", 10), r"'minimum' must be a whole number of at least 25"),
    (put("minimum", True), r"'minimum' must be a whole number"),
    (put("left_out", -1), r"'left_out' must be a whole number of at least 0"),
    (put("rows", [[1, 2]]), r"the file has 'rows', which a benchmark does not have"),
    (lambda tree: tree.pop("labels"), r"the file lacks 'labels'"),
    (put("labels", {"en": {}}), r"'labels' lacks 'nl'"),
    (put("labels", []), r"'labels' must be a table"),
    (lambda tree: tree["labels"]["nl"].update(empathy=3), r"'labels\.nl' must be texts"),
    (lambda tree: tree["labels"]["nl"].pop("empathy"), r"'labels\.nl' lacks 'empathy'"),
    (lambda tree: tree["clients"][1].update(rows=[1]), r"'clients\[2\]' has 'rows', which"),
    (lambda tree: tree["clients"].__setitem__(1, 5), r"'clients\[2\]' must be a table"),
    (named_twice, r"'clients' has 'Acme' twice"),
    (of_client("n", lambda _: -5), r"'clients\[2\]\.n' must be a whole number of at least 50"),
    (of_client("n", lambda n: n + 0.5), r"'clients\[2\]\.n' must be a whole number"),
    (of_client("n_effective", lambda n: n * 2), r"\.n_effective' must lie between 1 and \d+"),
    (of_client("n_effective", lambda _: "all"), r"\.n_effective' must lie between"),
    (of_client("degrees", lambda _: 0), r"\.degrees' must be a whole number of at least 1"),
    (of_client("rated", at(0, 10_000)), r"\.rated' must lie between 0 and"),
    (of_client("rated", at(0, None)), r"\.rated' must lie between 0 and"),
    (of_client("rated", at(0, 9)), r"\.mean' must be null for a driver with fewer than 25 ratings"),
    (of_client("mean", at(0, 101)), r"\.mean' must lie between 0 and 100"),
    (of_client("mean", at(0, None)), r"\.mean' must be null for a driver with fewer .* only there"),
    (of_client("mean", lambda numbers: numbers[:-1]), r"\.mean' must be a list of 4 numbers"),
    (of_client("mean", lambda _: {}), r"\.mean' must be a list of 4 numbers"),
    (of_client("weight", at(0, 1.5)), r"\.weight' must lie between -1 and 1"),
    (of_client("weight", at(0, True)), r"\.weight' must be finite numbers"),
    (of_client("weight", at(0, "0.1")), r"\.weight' must be finite numbers"),
    (of_client("weight_variance", at(0, -0.1)), r"\.weight_variance' has a variance that cannot"),
    (of_client("effect", at(0, None)), r"\.effect_variance' has a variance that cannot be"),
    (of_client("covariance", lambda rows: rows[:-1]), r"must be a matrix of 4 rows and columns"),
    (of_client("covariance", at(0, [1.0])), r"\.covariance' must be a list of 4 numbers"),
    (of_client("covariance", cell(0, 1, 7.0)), r"\.covariance' is not symmetric"),
    (of_client("covariance", cell(0, 0, -7.0)), r"\.covariance' has a variance that cannot be"),
    (of_client("covariance", cell(0, 0, 0.0)), r"\.covariance' cannot be a covariance of real"),
    (of_client("covariance", swollen), r"\.covariance' cannot be a covariance of real answers"),
    (nulled, r"\.covariance' must be null for a driver with fewer than 25 ratings"),
]


@pytest.mark.parametrize(("change", "sentence"), TROUBLES)
def test_what_cannot_be_is_refused_with_its_place(
    tmp_path, change: Callable[[Tree], object], sentence: str
):
    tree = sound()
    change(tree)
    whole = rf"The benchmark file 'field\.json' cannot be used: .*{sentence}.*Ask its maker"
    refused(tmp_path, json.dumps(tree), whole)


def test_the_reader_s_language_is_used(tmp_path):
    with pytest.raises(cx.CxError) as caught:
        load(tmp_path, json.dumps(sound() | {"named": 3}))
    assert caught.value.say("nl").startswith(
        "Het benchmarkbestand 'field.json' is niet te gebruiken: 'named' moet true of false zijn."
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
PARTS = [(part, None) for part in sound()] + [("clients", part) for part in sound()["clients"][0]]


@given(part=st.sampled_from(PARTS), value=JSON)
def test_no_value_anywhere_leads_to_a_traceback(tmp_path_factory, part, value):
    tree = sound()
    whole, inner = part
    if inner is None:
        tree[whole] = value
    else:
        tree[whole][0][inner] = value
    said = ""
    try:
        load(tmp_path_factory.mktemp("given"), json.dumps(tree)).tidy()
    except cx.CxError as error:
        said = str(error)
    assert said == "" or "field.json" in said
