"""Say what a column of a tidy table is called, and what a word in it means, in a language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from cxdrivers.answers.advocacy.advocacy_tables import PER
from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.answers.outcomes.outcomes_result import OutcomeComparison
from cxdrivers.formatting import count, level_percent
from cxdrivers.report.results.results import Results
from cxdrivers.wording import catalogue, say

CONF = "conf"
"""The ends ``conf_low`` and ``conf_high`` are those of the column `estimate`."""
ENDS = ("low", "high")
LABELLED = ("driver", "scenario")
SENTENCES: Mapping[str, str] = {
    "among": "users.chart.{}",
    "case": "halo.case.{}",
    "check": "findings.{}.name",
    "class": "shapes.class.{}",
    "grid": "priorities.grid.{}",
    "measure": "columns.measure.{}",
    "method": "methods.name.{}",
    "policy": "missing.policy.{}",
    "quadrant": "priorities.quadrant.{}",
    "quadrant_at_means": "priorities.quadrant.{}",
    "quantity": "columns.quantity.{}",
    "remark": "weights.remark.{}",
    "role": "perceptions.role.{}",
    "severity": "findings.{}.name",
    "term": "columns.term.{}",
    "verdict": "shapes.class.{}",
    "whose": "columns.whose.{}",
}
"""Column → the sentence for a word in it."""
SENTENCES_IN: Mapping[tuple[str, str], str] = {
    ("advocacy", "effect"): "advocacy.effect.{}",
    ("scales", "remark"): "scales.remark.{}",
}
"""The same for one section."""


@dataclass(frozen=True, eq=False)
class Terms:
    """What things are called in one report and language.

    Attributes
    ----------
    language
        Of all words.
    level
        Of the intervals.
    labels
        Key of a driver or of the outcome → what the codebook calls it.
    outcomes
        Key of another definition of the outcome → what it is called.
    others
        What tables call the smaller groups together.
    """

    language: str
    level: float
    labels: Mapping[str, str]
    outcomes: Mapping[str, str]
    others: frozenset[str] = frozenset()

    def heading(self, column: str, stem: str) -> str:
        """Return what a column of a section's data is called.

        An end of an interval is called after its middle. A name that is not in the catalogue is a
        client's own, and stays as it is.

        Parameters
        ----------
        column
            As the tidy table has it.
        stem
            Of the section.
        """
        found = self._written(column, stem)
        if found is not None:
            return found
        middle, end = middle_and_end(column)
        name = None if end is None else self._written(middle, stem)
        if name is None:
            return column
        level = level_percent(self.level, self.language)
        return say(f"columns.{end}", self.language, column=name, level=level)

    def word(self, value: object, column: str, stem: str) -> str:
        """Return what a word in a column means; a client's own word stays as it is.

        Parameters
        ----------
        value
            A text, or whether something is so.
        column, stem
            Where it stands.
        """
        if isinstance(value, bool | np.bool_):
            return say(f"columns.answer.{'yes' if value else 'no'}", self.language)
        text = str(value)
        if column in LABELLED:
            return self.labels.get(text, text)
        if column == "outcome":
            return self.outcomes.get(text, self.labels.get(text, text))
        if column == "group" and text in self.others:
            return say("groups.others", self.language)
        template = SENTENCES_IN.get((family_of(stem), column)) or SENTENCES.get(column, "")
        found = catalogue(self.language).get(template.format(text))
        return text if found is None else found.format(customers=count(PER, self.language))

    def is_known(self, column: str, stem: str) -> bool:
        """Return whether a column has a name in the catalogue."""
        middle, end = middle_and_end(column)
        names = (column,) if end is None else (column, middle)
        return any(self._written(name, stem) is not None for name in names)

    def _written(self, column: str, stem: str) -> str | None:
        words = catalogue(self.language)
        in_section = words.get(f"columns.{family_of(stem)}.{column}")
        template = in_section or words.get(f"columns.name.{column}")
        if template is None:
            return None
        return template.format(level=level_percent(self.level, self.language))


def terms_of(results: Results, language: str) -> Terms:
    """Return what things are called in the report of these results."""
    outcomes = results.outcomes
    return Terms(
        language=language,
        level=results.weights.settings.level,
        labels=results.survey.codebook.labels(language),
        outcomes=outcomes.titles(language) if isinstance(outcomes, OutcomeComparison) else {},
        others=frozenset(_pooled(results)),
    )


def _pooled(results: Results) -> Iterator[str]:
    for compared in (*results.segments, results.waves):
        if isinstance(compared, GroupComparison):
            shown = (compared, compared.inner)
            yield from (part.others for part in shown if part is not None and part.others)


def family_of(stem: str) -> str:
    """Return the stem that sections of one kind share.

    Examples
    --------
    >>> family_of("groups_2"), family_of("group-forest")
    ('groups', 'group_forest')
    """
    return re.sub(r"_\d+$", "", stem).replace("-", "_")


def middle_and_end(column: str) -> tuple[str, str | None]:
    """Return the column of which this is an end of the interval, and which end.

    Examples
    --------
    >>> middle_and_end("share_low"), middle_and_end("conf_high"), middle_and_end("n")
    (('share', 'low'), ('estimate', 'high'), ('n', None))
    """
    middle, _, end = column.rpartition("_")
    if not middle or end not in ENDS:
        return column, None
    return "estimate" if middle == CONF else middle, end
