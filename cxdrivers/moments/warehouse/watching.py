"""Show how far DuckDB has come with a query that takes long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from tqdm import tqdm

from cxdrivers.moments.warehouse.memory_route import PROGRESS_AFTER

BAR = "{l_bar}{bar}| [{elapsed}<{remaining}]"
NAME = "cxdrivers-progress"
LOOK_EVERY = 0.25
"""Seconds between two looks."""


@contextmanager
def watched(connection: Any) -> Iterator[None]:
    """Show how much of the queries of a connection is done, as a part of 100.

    Parameters
    ----------
    connection
        One of DuckDB that this thread uses and nobody else.
    """
    done = Event()
    with tqdm(total=100, delay=PROGRESS_AFTER, leave=False, bar_format=BAR) as bar:
        watcher = Thread(name=NAME, target=_watch, args=(connection, bar, done), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()


def _watch(connection: Any, bar: tqdm[Any], done: Event) -> None:
    while not done.wait(LOOK_EVERY):
        part = connection.query_progress()
        if part > bar.n:
            bar.update(part - bar.n)
