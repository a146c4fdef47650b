"""Compute on one thread, so that the last digit does not hang on how many a machine has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_thread() -> Iterator[None]:
    """Let linear algebra use one thread meanwhile: the same bytes everywhere.

    Two threads add up in another order, and a report of rows that two machines agree on would
    differ in its last digits. The matrices here are small: more threads do not make it faster.

    Examples
    --------
    >>> with one_thread():
    ...     pass
    """
    import scipy.linalg  # noqa: F401, PLC0415  (only libraries that are there can be limited)
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    with threadpool_limits(limits=1):
        yield
