"""What is printed cannot break a terminal, nor be broken by its alphabet."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO, StringIO, TextIOWrapper

import pytest

import cxdrivers as cx
from cxdrivers.cli import STOPPED, main
from cxdrivers.terminal import Screen, plain_output, shown

PRINTS = [sys.executable, "-m", "cxdrivers", "codebook", str(cx.example_path())]
NAME = "\x1b[31m\u202erood\x9b2J"


class Glass(StringIO):
    """A terminal that remembers what was written."""

    def isatty(self) -> bool:
        return True


def test_characters_that_a_terminal_obeys_become_spaces():
    assert shown(NAME + "\n\tbraaf é 🙂\n") == " [31m rood 2J\n\tbraaf é 🙂\n"


def test_a_terminal_gets_harmless_text_and_a_file_gets_every_character(monkeypatch):
    for stream, held in ((Glass(), shown(NAME)), (StringIO(), NAME)):
        monkeypatch.setattr(sys, "stdout", stream)
        with plain_output():
            print(NAME, end="")  # noqa: T201
        assert sys.stdout is stream
        assert stream.getvalue() == held


def test_a_screen_is_its_terminal_in_all_else():
    glass = Glass()
    assert Screen(glass).isatty() is True
    assert Screen(glass).getvalue() == ""


def test_a_letter_that_the_terminal_does_not_have_becomes_a_question_mark(monkeypatch):
    held = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(held, encoding="cp1252"))
    with plain_output():
        sys.stdout.write("0,41 → é 🙂")
    assert held.getvalue() == "0,41 ? é ?".encode("cp1252")


def test_a_name_in_an_error_cannot_colour_the_terminal(capsys):
    assert main(["check", f"{NAME}.csv"]) == 2
    assert "There is no file ' [31m rood 2J.csv'" in capsys.readouterr().err


def test_a_disk_that_is_full_while_printing_is_told():
    if not os.path.exists("/dev/full"):  # noqa: PTH110  (a device, not a path of ours)
        pytest.skip("needs /dev/full")
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(
            PRINTS,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == (
        "cxdrivers: What was asked for cannot be written: No space left on device. Make room on"
        " the disk, or choose another one, and start again.\n"
    )


def test_who_stops_reading_stops_the_command_in_silence():
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        PRINTS,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (STOPPED, "")


def test_what_the_system_refuses_of_a_file_is_told_with_its_name(monkeypatch, capsys):
    def refuse(_: object) -> int:
        raise PermissionError(13, "Permission denied", "/a/geheim.csv")

    monkeypatch.setitem(main.__globals__["COMMANDS"], "check", refuse)
    assert main(["check", "x.csv", "--language", "nl"]) == 2
    assert "Het bestand 'geheim.csv' is niet te lezen: Permission denied." in (
        capsys.readouterr().err
    )


def test_what_the_system_refuses_without_a_file_is_no_fault_of_the_user(monkeypatch):
    def refuse(_: object) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setitem(main.__globals__["COMMANDS"], "check", refuse)
    with pytest.raises(OSError, match="Input/output error"):
        main(["check", "x.csv"])
