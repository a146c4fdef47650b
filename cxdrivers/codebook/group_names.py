"""Say what a reader calls a column that makes groups, and the codes in it."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from cxdrivers.errors import SurveyError, nearest
from cxdrivers.reading.table import Code
from cxdrivers.wording import LANGUAGES, Words, in_language, say


@dataclass(frozen=True)
class GroupNames:
    """What a reader calls a column that makes groups, and the codes in it.

    Tables with raw numbers keep the codes; everything that is shown to a person has the labels.

    Attributes
    ----------
    column
        As the survey calls it: a segment, the wave, a cluster, or any other to tell groups apart.
    label
        What charts and reports call it, as one text or one for each language; without it, `column`.
    values
        Code → what they call that group, as one text or one for each language. 1, 1.0, "1" and
        "1.0" are one code here, kept as "1", as groups of a column with numbers are called. A code
        that is not here is shown as it is.
    """

    column: str
    label: Words | None = None
    values: Mapping[Code, Words] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_words(self)
        by_code: dict[Code, Words] = {}
        for code, words in self.values.items():
            name = code_text(code)
            if name in by_code:
                raise SurveyError("group_names_code_twice", column=self.column, code=name)
            by_code[name] = words
        object.__setattr__(self, "values", by_code)  # one spelling of every code, so that equal
        for language in LANGUAGES:  # codebooks are equal
            _check_labels(self, language)

    def label_in(self, language: str) -> str:
        """Return what the column is called in a language."""
        return _one_line(in_language(self.label or "", language)) or self.column

    def value_in(self, code: str, language: str) -> str:
        """Return what a group is called in a language.

        A code without a label is shown as it is; where it would pass for the label of another, it
        says that it is a code.

        Examples
        --------
        >>> gender = GroupNames("Q21", values={1: "man", 2: {"nl": "vrouw", "en": "woman"}})
        >>> [gender.value_in(code, "en") for code in ("1", "2", "3", "man")]
        ['man', 'woman', '3', 'man (code)']
        """
        label = self._labels[language].get(code)
        if label is None and code in self._taken[language]:
            return say("group_names.code", language, code=code)
        return label or code

    def has(self, code: str) -> bool:
        """Return whether a code has a label."""
        return any(code in labels for labels in self._labels.values())

    @cached_property
    def _labels(self) -> dict[str, dict[Code, str]]:
        """The labels that are not blank, by language and code."""
        found = {}
        for language in LANGUAGES:
            said = {code: in_language(words, language) for code, words in self.values.items()}
            found[language] = {code: _one_line(text) for code, text in said.items() if text.strip()}
        return found

    @cached_property
    def _taken(self) -> dict[str, frozenset[str]]:
        """The labels by language."""
        return {language: frozenset(said.values()) for language, said in self._labels.items()}


def code_text(code: Code) -> str:
    """Return the one spelling of a code, whether it came as a number or as a text.

    Examples
    --------
    >>> code_text(1), code_text(1.0), code_text("1.0"), code_text("2025-1"), code_text(2.5)
    ('1', '1', '1', '2025-1', '2.5')
    """
    whole = re.fullmatch(r"(-?\d+)\.0+", str(code))
    return whole[1] if whole else str(code)


def group_names_of(
    given: GroupNames | Iterable[GroupNames] | Mapping[str, Any] | None,
) -> tuple[GroupNames, ...]:
    """Return what columns and codes are called, from a mapping of columns as in a codebook file.

    Parameters
    ----------
    given
        `GroupNames`, one or several, or column → a mapping with its `label` and its `values`.

    Raises
    ------
    SurveyError
        When anything else is given, or stands in a mapping.
    """
    if given is None or isinstance(given, GroupNames):
        return () if given is None else (given,)
    if not isinstance(given, Mapping):
        listed = (given,) if isinstance(given, str) or not isinstance(given, Iterable) else given
        return tuple(_checked_names(names) for names in listed)
    found = []
    for column, about in given.items():
        if not isinstance(about, Mapping):
            raise SurveyError("group_names_no_table", column=column, found=reprlib.repr(about))
        strange = [name for name in about if name not in GROUP_FIELDS]
        if strange:
            near = nearest(str(strange[0]), GROUP_FIELDS)
            facts = {"column": column, "name": strange[0], "known": GROUP_FIELDS}
            raise SurveyError("group_names_unknown", near=near, **facts)
        found.append(GroupNames(column, **about))
    return tuple(found)


def check_group_names(groups: Iterable[GroupNames]) -> None:
    """Refuse two tables of names for one column.

    Raises
    ------
    SurveyError
        Naming the column.
    """
    seen: set[str] = set()
    for names in groups:
        if names.column in seen:
            raise SurveyError("group_names_twice", column=names.column)
        seen.add(names.column)


def _checked_names(names: object) -> GroupNames:
    if not isinstance(names, GroupNames):
        raise SurveyError("group_names_no_names", found=reprlib.repr(names))
    return names


def _check_words(names: GroupNames) -> None:
    """Refuse what is no label and no labels of codes."""
    if not (names.label is None or _are_words(names.label)):
        found = reprlib.repr(names.label)
        raise SurveyError("group_names_no_label", column=names.column, found=found)
    if not isinstance(names.values, Mapping):
        found = reprlib.repr(names.values)
        raise SurveyError("group_names_no_values", column=names.column, found=found)
    for code, words in names.values.items():
        if not _are_words(words):
            facts = {"column": names.column, "code": code_text(code)}
            raise SurveyError("group_names_no_text", **facts, found=reprlib.repr(words))


def _are_words(given: object) -> bool:
    """Return whether this is a text, or one for each of some languages."""
    if isinstance(given, Mapping):
        return all(name in LANGUAGES and isinstance(text, str) for name, text in given.items())
    return isinstance(given, str)


def _check_labels(names: GroupNames, language: str) -> None:
    """Refuse labels with which two groups would look the same."""
    codes: dict[str, Code] = {}
    labels = {code: names.value_in(str(code), language) for code in names.values}
    for code, label in labels.items():
        facts = {"column": names.column, "code": code, "label": label}
        if label in codes:
            raise SurveyError("group_names_alike", **facts, other=codes[label])
        if label != code and label in labels:
            raise SurveyError("group_names_code", **facts)
        codes[label] = code


def _one_line(text: str) -> str:
    return " ".join(text.split())


GROUP_FIELDS = tuple(part.name for part in fields(GroupNames) if part.name != "column")
"""The fields that a table of names may hold."""
