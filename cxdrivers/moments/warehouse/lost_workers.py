"""Give a query of Spark up when nobody is left to do it; Spark itself would wait for ever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from threading import Event, Thread
from typing import Any

import narwhals as nw

from cxdrivers.errors import CxError

PATIENCE = 120.0
"""Seconds without any worker after which a query is given up."""
BETWEEN_LOOKS = 1.0

_numbers = count()


@contextmanager
def guarded(frame: nw.LazyFrame[Any]) -> Iterator[None]:
    """Watch over the workers of Spark while a query of a lazy frame runs.

    A worker that is lost while others are left, or that is back in time, costs time only: Spark
    does its share again. Other engines than a cluster of Spark are left alone.

    Parameters
    ----------
    frame
        The query.

    Raises
    ------
    CxError
        When there was no worker for `PATIENCE` seconds, instead of the one that says what Spark
        makes of being cancelled.
    """
    context = _cluster(frame)
    if context is None:
        yield
        return
    tag = f"cxdrivers-{next(_numbers)}"
    done, given_up = Event(), Event()
    watching = Thread(target=_watch, args=(context, tag, done, given_up), daemon=True)
    context.addJobTag(tag)
    watching.start()
    try:
        yield
    except CxError as error:
        if given_up.is_set():
            raise CxError("spark_without_workers", seconds=PATIENCE) from error
        raise
    finally:
        done.set()
        watching.join()
        context.removeJobTag(tag)


def _cluster(frame: nw.LazyFrame[Any]) -> Any:
    """Return the connection to a cluster that can be asked for its workers, or None."""
    if not frame.implementation.is_pyspark():
        return None
    native: Any = nw.to_native(frame)
    context = native.sparkSession.sparkContext
    return None if context.master.startswith("local") else context


def _watch(context: Any, tag: str, done: Event, given_up: Event) -> None:
    """Cancel the jobs with a tag when there was no worker for some time."""
    alone = 0.0
    while not done.wait(BETWEEN_LOOKS):
        # The status holds the driver too, which does no work.
        workers = context._jsc.sc().getExecutorMemoryStatus().size() - 1
        alone = alone + BETWEEN_LOOKS if workers == 0 else 0.0
        if alone >= PATIENCE:
            given_up.set()
            context.cancelJobsWithTag(tag)
            return
