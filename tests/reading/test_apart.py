"""A file is read by a child, and nothing that breaks there breaks more than the reading."""

from __future__ import annotations

import pickle
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

from cxdrivers.errors import SurveyError
from cxdrivers.reading import apart
from cxdrivers.reading.apart import read_apart
from cxdrivers.reading.readers import read_table
from tests.reading.test_readers import WRITERS, write

BINARY = [name for name in WRITERS if not name.endswith(".csv")]


def reader(folder: Path, body: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a reader of our own where the child finds it; return a file for it."""
    (folder / "own_parts.py").write_text(f"def parts(path):\n    {body}\n", encoding="utf-8")
    start = apart.START.replace(
        "from cxdrivers",
        f"import cxdrivers.reading as room; room.__path__.append({str(folder)!r}); from cxdrivers",
        1,
    )
    monkeypatch.setattr(apart, "START", start)
    path = folder / "client.sav"
    path.write_bytes(b"$FL2")
    return path


@pytest.mark.parametrize("name", BINARY)
def test_a_child_reads_the_same_as_this_process(name, tmp_path, monkeypatch):
    path = write(tmp_path, name)
    by_child = read_table(path)
    monkeypatch.setattr(apart, "PYTHON", None)
    here = read_table(path)
    pd.testing.assert_frame_equal(by_child.frame, here.frame, check_exact=True)
    assert by_child.value_labels == here.value_labels
    assert by_child.missing_codes == here.missing_codes


def test_where_no_child_can_be_started_the_file_is_read_all_the_same(tmp_path, monkeypatch):
    path = write(tmp_path, "client.xlsx")
    monkeypatch.setattr(apart, "PYTHON", str(tmp_path / "no python"))
    assert len(read_table(path).frame) == 200
    monkeypatch.setattr(apart, "PYTHON", "/bin/true")
    assert len(read_table(path).frame) == 200


@pytest.mark.parametrize(
    "body",
    [
        "import os; os.abort(); yield",
        "yield {'names': []}; import os; os._exit(0)",
        "raise RuntimeError; yield",
        "import faulthandler; faulthandler._sigsegv(); yield",
    ],
)
def test_a_reader_that_breaks_means_that_the_file_is_damaged(body, tmp_path, monkeypatch):
    path = reader(tmp_path, body, monkeypatch)
    with pytest.raises(SurveyError) as caught:
        list(read_apart("own_parts", path, "sav"))
    assert str(caught.value) == (
        "The file 'client.sav' cannot be read as an SPSS file: it is damaged or cut off (the"
        " program that reads such files stopped on it, or had too little memory). Nothing of it"
        " was used; copy or export it again."
    )
    assert "(het programma dat zulke bestanden leest, is erop gestopt of had" in (
        caught.value.say("nl")
    )


def test_a_reader_that_comes_to_no_end_is_ended(tmp_path, monkeypatch):
    path = reader(tmp_path, "import time; time.sleep(600); yield", monkeypatch)
    monkeypatch.setattr(apart, "SECONDS", 1)
    with pytest.raises(SurveyError, match=r"cut off \(reading it did not come to an end\)"):
        list(read_apart("own_parts", path, "sav"))


def test_what_a_reader_prints_does_not_mix_with_what_it_reads(tmp_path, monkeypatch):
    body = "import os; os.write(1, b'noise'); print('more'); yield [1.5, None, 'x']"
    path = reader(tmp_path, body, monkeypatch)
    assert list(read_apart("own_parts", path, "sav")) == [[1.5, None, "x"]]


def test_nothing_that_can_run_is_taken_from_the_child():
    for thing in (subprocess.run, pytest.fail, Path("x")):
        child = type("Child", (), {"stdout": BytesIO(pickle.dumps(thing))})
        assert apart._next(child) is None


def test_a_file_is_read_in_a_program_without_a_module_of_its_own(tmp_path):
    """As in a notebook, a script without a guard, or ``python -c``."""
    path = write(tmp_path, "client.sav")
    code = (
        "from cxdrivers.reading.readers import read_table;"
        f" print(len(read_table({str(path)!r}).frame))"
    )
    script = tmp_path / "script.py"
    script.write_text(code, encoding="utf-8")
    for command in (["-c", code], [str(script)]):
        done = subprocess.run(
            [sys.executable, *command],
            env={"PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.stdout, done.stderr) == ("200\n", "")
