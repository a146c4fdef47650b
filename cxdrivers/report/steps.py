"""Say on a terminal which part of a report is being computed, when it takes long."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic
from typing import TextIO, TypeVar

from cxdrivers.wording import say

STEPS = (
    "report.weights.title",
    "scenarios.title",
    "report.outcomes.title",
    "users.title",
    "missing.title",
    "scales.title",
    "precision.section.title",
    "halo.title",
    "priorities.title",
    "shapes.title",
    "key_failures.title",
    "group_report.weights.title",
    "group_report.changes.title",
    "advocacy.title",
    "steps.files",
)
"""What is made of a survey, in this order, by the titles that readers meet."""
QUIET = 2.0
"""Seconds in which nothing is said: who waits no longer need not read."""

Made = TypeVar("Made", bound=Callable[..., object])


class Steps:
    """Lines such as '9/15 What to do first …', once it takes long.

    They go to a terminal only: no other program, no file and no notebook gets them.

    Parameters
    ----------
    language
        Of the lines.
    stream
        Where they go; by default where errors go.
    clock
        Tells seconds.
    """

    def __init__(
        self,
        language: str = "en",
        *,
        stream: TextIO | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.language = language
        self.stream = _terminal() if stream is None else stream
        self.clock = clock
        self.start = clock()

    def of(self, key: str, make: Made) -> Made:
        """Say which step begins, and return what makes it.

        Parameters
        ----------
        key
            One of `STEPS`.
        make
            Called by whoever asked.
        """
        if self.stream is not None and self.clock() - self.start >= QUIET:
            facts = {"step": STEPS.index(key) + 1, "count": len(STEPS)}
            title = say(key, self.language)
            self.stream.write(say("steps.line", self.language, title=title, **facts) + "\n")
            self.stream.flush()
        return make


def _terminal() -> TextIO | None:
    """Return the terminal that shows errors; None where they go anywhere else."""
    err: TextIO | None = sys.stderr
    real: object = sys.__stderr__
    if err is None or err is not real:
        return None
    return err if err.isatty() else None
