"""Hold one trouble that a check found in a survey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cxdrivers.wording import Sentence, sentence

SEVERITIES = ("stop", "warn", "note")


@dataclass(frozen=True)
class Finding:
    """One trouble: what it is, where, in how many rows, what it means and one safe next step."""

    check: str
    severity: str
    column: str
    rows: int
    facts: dict[str, Any]

    @property
    def meaning(self) -> Sentence:
        """What was found and what it does to the numbers."""
        return sentence(f"findings.{self.check}.meaning", **self._values)

    @property
    def next_step(self) -> Sentence:
        """One thing to do that is safe even if the trouble is another one."""
        return sentence(f"findings.{self.check}.next_step", **self._values)

    def row(self, language: str) -> dict[str, Any]:
        """Return the finding as a row of the table, in a language."""
        return {
            "check": self.check,
            "severity": self.severity,
            "column": self.column,
            "rows": self.rows,
            "meaning": self.meaning.say(language),
            "next_step": self.next_step.say(language),
        }

    @property
    def _values(self) -> dict[str, Any]:
        return {"column": self.column, "count": self.rows, **self.facts}
