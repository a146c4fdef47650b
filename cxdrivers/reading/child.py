"""Be the child that reads a file and hands over what it holds (see `apart`)."""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from importlib import import_module
from typing import Any

from cxdrivers.errors import CxError
from cxdrivers.reading.apart import DONE, FAILED, READY

MOST_MEMORY = 2 * 2**30
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def answer(asked: dict[str, Any]) -> None:
    """Write to the standard output what a reader yields, or the error that it raises.

    Parameters
    ----------
    asked
        The module that reads (``kind``), the file (``path``) and the reader's ``options``.
    """
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"), ARROW_DEFAULT_MEMORY_POOL="system")
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    reader = import_module(f"cxdrivers.reading.{asked['kind']}")
    _say(told, READY)
    _hold_memory()
    try:
        for part in reader.parts(asked["path"], **asked["options"]):
            _say(told, part)
    except CxError as error:
        key = error.sentence.key.removeprefix("errors.")
        _say(told, (FAILED, key, dict(error.sentence.values)))
    else:
        _say(told, DONE)
    told.close()


def _say(told: Any, part: Any) -> None:
    told.write(pickle.dumps(part, protocol=pickle.HIGHEST_PROTOCOL))
    told.flush()


def _hold_memory() -> None:
    """Ask the system to refuse more memory than any honest file needs, where it can be asked."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415  (not on every system)

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, resource.RLIM_INFINITY))
