"""Hold one trouble that a check found in a survey."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cxdrivers.codebook.codebook import COLUMN_FIELDS, Codebook
from cxdrivers.wording import Sentence, sentence

SEVERITIES = ("stop", "warn", "note")
NAMES = (
    "column",
    "columns",
    "driver",
    "drivers",
    "question",
    "other",
    "clearest",
    "name",
    "first",
    "second",
)
"""Facts that name a column, an item or a question, here or in a sentence among the facts."""


@dataclass(frozen=True)
class Finding:
    """One trouble: what it is, where, in how many rows, what it means and one safe next step.

    It speaks of columns and drivers by the names that the file and the codebook give them, since
    that is where an analyst mends them. A report says the labels of `named` instead.
    """

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

    def named(self, labels: Mapping[str, str]) -> Finding:
        """Return the finding with what readers call its columns and drivers.

        Parameters
        ----------
        labels
            Name of a column or key of a driver → what it is called; others stay as they are.
        """
        column = labels.get(self.column, self.column)
        return replace(self, column=column, facts=_facts_named(self.facts, labels))

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


def named_findings(
    found: Iterable[Finding], codebook: Codebook, language: str
) -> tuple[Finding, ...]:
    """Return findings as a report tells them: with the labels of the codebook in a language."""
    labels = _labels_of(codebook, language)
    return tuple(_strata_named(finding, codebook, language).named(labels) for finding in found)


def _labels_of(codebook: Codebook, language: str) -> dict[str, str]:
    """Return what readers call questions, columns that are the only item of one, and groups.

    A key that is also a column of something else stays as it is, since a finding may mean either.
    """
    labels = codebook.labels(language)
    groups = {names.column: names.label_in(language) for names in codebook.groups}
    alone = {
        question.items[0]: question.key
        for question in codebook.questions
        if len(question.items) == 1
    }
    elsewhere = {
        column for column, place in codebook.columns() if place != column or place in COLUMN_FIELDS
    }
    unclear = {key for key in labels if key in elsewhere and alone.get(key) != key}
    items = {item: labels[key] for item, key in alone.items()}
    found = {**groups, **items, **labels}
    return {name: label for name, label in found.items() if name not in unclear}


def _strata_named(finding: Finding, codebook: Codebook, language: str) -> Finding:
    """Return the finding with what readers call the strata among its facts, which are codes."""
    for names in codebook.groups:
        if names.column == codebook.strata and "strata" in finding.facts:
            called = [names.value_in(code, language) for code in finding.facts["strata"]]
            return replace(finding, facts={**finding.facts, "strata": called})
    return finding


def _facts_named(facts: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    return {name: _named(value, labels, name in NAMES) for name, value in facts.items()}


def _named(value: Any, labels: Mapping[str, str], is_name: bool) -> Any:  # noqa: FBT001
    if isinstance(value, Sentence):
        return replace(value, values=_facts_named(value.values, labels))
    if isinstance(value, list | tuple):
        return [_named(part, labels, is_name) for part in value]
    return labels.get(value, value) if is_name and isinstance(value, str) else value
