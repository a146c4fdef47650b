"""Ctrl-C while a command writes a report: one sentence, exit 130, and what was there stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cxdrivers.cli import STOPPED

pytestmark = pytest.mark.skipif(os.name != "posix", reason="sends the signal of a terminal")

SLOWED = """
import sys, time
from pathlib import Path
from cxdrivers.report import files, write
{slowed}
from cxdrivers.cli import main
print("begun", flush=True)
sys.exit(main(["demo", "--out", sys.argv[1], "--formats", "csv", "--n-boot", "5", "--force"]))
"""
WAIT = "(Path(sys.argv[1]).with_name('here').touch(), time.sleep(30))"
MOMENTS = {
    "while it computes": f"write.results_of = lambda *_, **__: {WAIT}",
    "while it draws": (
        f"write.results_of = lambda *_, **__: None; write.report_contents = lambda *_, **__: {WAIT}"
    ),
    "while it writes": (
        "write.results_of = lambda *_, **__: None\n"
        "names = ['weights', 'a', 'b', 'c', 'd', 'e']\n"
        "new = {f'tables/{name}.csv': b'new' for name in names}\n"
        "write.report_contents = lambda *_, **__: new\n"
        "kept = Path.write_bytes\n"
        "def slow(path, content):\n"
        "    Path(sys.argv[1]).with_name('here').touch()\n"
        "    time.sleep(0.2)\n"
        "    return kept(path, content)\n"
        "Path.write_bytes = slow"
    ),
}


@pytest.fixture(params=MOMENTS)
def stopped(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[int, str, Path]]:
    """Stop a command at a moment; return its status, what it said, and the folder."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "report.html").write_bytes(b"old")
    (folder / "tables").mkdir()
    (folder / "tables" / "weights.csv").write_bytes(b"old")
    code = SLOWED.format(slowed=MOMENTS[request.param])
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        while not (tmp_path / "here").exists() and child.poll() is None:
            time.sleep(0.02)
        child.send_signal(signal.SIGINT)
        _, said = child.communicate()
        yield child.returncode, said, folder
    finally:
        child.kill()
        child.wait()


def test_a_stopped_command_leaves_a_whole_report_and_one_sentence(
    stopped: tuple[int, str, Path],
):
    status, said, folder = stopped
    assert status == STOPPED
    assert said.splitlines()[-1] == "Stopped. Nothing was written half."
    assert "Traceback" not in said
    assert not list(folder.parent.glob("**/.cxdrivers-*"))
    assert (folder / "report.html").read_bytes() == b"old"
    tables = [path.read_bytes() for path in (folder / "tables").iterdir()]
    old = tables == [b"old"]
    assert old or (tables == [b"new"] * 6)
