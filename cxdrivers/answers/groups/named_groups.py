"""Put what a reader calls groups into tables with raw numbers, for charts, and into reasons."""

from __future__ import annotations

import pandas as pd

from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.moments.reader_names import ReaderNames
from cxdrivers.wording import Sentence

GROUP_COLUMNS = ("group", "before")
"""Columns of tidy tables with names of groups."""


def with_names(
    table: pd.DataFrame, comparison: GroupComparison, language: str = "en"
) -> pd.DataFrame:
    """Return a tidy table of a comparison with groups as a reader calls them.

    Use it for a chart of codes: it draws the names that its tables hold. A bare number says of
    which column it is, unless groups are waves.

    Parameters
    ----------
    table
        From `GroupComparison.tidy`, `against_rest` or `changes`; it is not changed.
    comparison
        The same.
    language
        Of the labels.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> from cxdrivers.answers.groups.groups import compare_groups
    >>> survey = cx.load_example()
    >>> comparison = compare_groups(survey.of_rows(survey.frame["wave"] == "2025-1"))
    >>> with_names(comparison.tidy(), comparison)["group"].unique().tolist()
    ['Energie', 'Telecom', 'Verzekeraar', 'Webwinkel']
    """
    columns = [name for name in GROUP_COLUMNS if name in table]
    called = {
        group: _name(group, comparison, language)
        for name in columns
        for group in table[name].unique()
    }
    return table.assign(**{name: table[name].map(called) for name in columns})


def reason_with_names(reason: Sentence, names: ReaderNames) -> Sentence:
    """Return why groups are not compared, with them and their column as a reader calls them."""
    facts = dict(reason.values)
    if facts.get("column") == names.by:
        facts["column"] = names.column()
        facts |= {"group": names.group(facts["group"])} if "group" in facts else {}
    return Sentence(reason.key, facts)


def _name(group: str, comparison: GroupComparison, language: str) -> str:
    if comparison.in_time or group == comparison.others:
        return comparison.group_label(group, language)
    return comparison.names(language).told(group)
