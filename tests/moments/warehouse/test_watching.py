"""Progress is shown while DuckDB works, and not after."""

from __future__ import annotations

from threading import Event
from threading import enumerate as all_threads

import pytest

from cxdrivers.moments.warehouse import watching
from cxdrivers.moments.warehouse.watching import NAME, watched


class Working:
    """A connection that has come a bit further whenever it is asked."""

    def __init__(self) -> None:
        self.part = -30.0
        self.done = Event()

    def query_progress(self) -> float:
        self.part = min(self.part + 30.0, 100.0)
        if self.part == 100:
            self.done.set()
        return self.part


def test_a_bar_moves_as_far_as_the_query_is(monkeypatch, capsys):
    monkeypatch.setattr(watching, "PROGRESS_AFTER", 0.0)
    monkeypatch.setattr(watching, "LOOK_EVERY", 0.001)
    connection = Working()
    with watched(connection):
        connection.done.wait()
    assert "%|" in capsys.readouterr().err
    assert NAME not in [thread.name for thread in all_threads()]


def test_short_work_shows_nothing_and_an_error_comes_through(capsys):
    with pytest.raises(KeyError), watched(Working()):
        raise KeyError
    assert capsys.readouterr().err == ""
    assert NAME not in [thread.name for thread in all_threads()]
