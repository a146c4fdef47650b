"""Tests of `report.steps`: who waits at a terminal reads what is being computed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import StringIO
from itertools import count

import pytest

from cxdrivers.report.results.results import results_of
from cxdrivers.report.steps import STEPS, Steps
from cxdrivers.wording import LANGUAGES
from tests.report.handed_over import few_respondents


class Terminal(StringIO):
    """A terminal that keeps what it was shown."""

    def isatty(self) -> bool:
        return True


def _late() -> Callable[[], float]:
    """Return a clock on which a minute goes by between two looks."""
    return count(0, 60).__next__


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_of_a_report_is_told_in_its_order(language: str):
    shown = StringIO()
    steps = Steps(language, stream=shown, clock=_late())
    results_of(few_respondents(), n_boot=0, level=0.95, seed=1, steps=steps)
    assert steps.of("steps.files", len)("ab") == 2
    lines = shown.getvalue().splitlines()
    assert [line.split()[0] for line in lines] == [
        f"{place}/{len(STEPS)}" for place in range(1, len(STEPS) + 1)
    ]
    first = {"en": "What to do first", "nl": "Wat eerst te doen"}[language]
    assert lines[8] == f"9/15 {first} …"


def test_nothing_is_said_while_it_goes_fast():
    shown = StringIO()
    steps = Steps(stream=shown, clock=lambda: 5.0)
    steps.of("halo.title", len)
    assert shown.getvalue() == ""


def test_only_a_terminal_is_told(monkeypatch: pytest.MonkeyPatch):
    for stream, real in ((Terminal(), True), (StringIO(), True), (Terminal(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setattr(sys, "__stderr__", stream if real else StringIO())
        Steps(clock=_late()).of("halo.title", len)
        told = isinstance(stream, Terminal) and real
        assert bool(stream.getvalue()) == told
