"""Try cases, one after another, as they are asked for on the standard input."""

from __future__ import annotations

import json
import resource
import sys
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

from cxdrivers.reading import apart
from tests.fuzzing.cases import Case
from tests.fuzzing.trials import FINDING, Ending, tried

WITHIN = 2 * 2**30
"""Bytes that a process may take."""
READ_APART = 20
"""Of so many cases one reads in a process of its own; the others read here, which is quicker."""


def main() -> None:
    """Answer every line of the standard input with a line."""
    warnings.simplefilter("error")
    python = apart.PYTHON
    resource.setrlimit(resource.RLIMIT_AS, (2 * WITHIN, 2 * WITHIN))
    for line in sys.stdin:
        asked = json.loads(line)
        case = Case(asked["seed"], asked["number"])
        is_apart = asked["apart"] or case.number // 7 % READ_APART == 0
        apart.PYTHON = python if is_apart else None
        with TemporaryDirectory(prefix="cxdrivers-fuzzing-") as folder:
            ending = tried(case, Path(folder))
        taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        if taken > WITHIN:
            ending = Ending(FINDING, f"took {taken / 2**20:.0f} MB: {ending}")
        sys.stdout.write(json.dumps({"kind": ending.kind, "detail": ending.detail}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
