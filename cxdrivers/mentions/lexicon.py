"""Hold the words and the rules by which mentions are found, and let a client change them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from cxdrivers.errors import CxError
from cxdrivers.mentions.lexicon_changes import (
    changed_classes,
    changed_rules,
    check_new_classes,
)
from cxdrivers.mentions.lexicon_file import read_lexicon_file
from cxdrivers.mentions.rules import Rule
from cxdrivers.mentions.word_classes import WordClass

LEXICON_LANGUAGES = ("nl", "en")


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words and rules of one language.

    Attributes
    ----------
    language
        ``"nl"`` or ``"en"``.
    classes
        Classes of words, by name.
    rules
        In the order in which they stand in the files.
    abbreviations
        After these a full stop does not end the sentence.
    known
        Words that are no typing error of a word of a class.
    """

    language: str
    classes: Mapping[str, WordClass] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    abbreviations: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()

    def extended(self, changes: str | Path | Mapping[str, Any]) -> Lexicon:
        """Return a lexicon with a client's changes; this one stays as it is.

        Parameters
        ----------
        changes
            A TOML file, or the same as a mapping. Words are added to classes (`words`, `endings`,
            `beginnings`) or taken away (`not`), classes are added, and a rule is added, replaced
            by one of the same name, or switched off (`off = true`).

        Raises
        ------
        CxError
            For everything in the file that is not what it must be, with where it stands.

        Examples
        --------
        >>> own = {"classes": {"role": {"words": ["klantgids"]}}}
        >>> "klantgids" in Lexicon("nl").extended(own).classes["role"].words
        True
        """
        file = read_lexicon_file(changes)
        if file.language not in (None, self.language):
            raise CxError(
                "lexicon_language_differs",
                path=file.path,
                language=file.language,
                wanted=self.language,
            )
        classes = changed_classes(self.classes, file)
        rules = changed_rules(self.rules, file, classes)
        if self.rules:
            check_new_classes(file, self.classes, rules)
        return Lexicon(
            language=self.language,
            classes=classes,
            rules=rules,
            abbreviations=self.abbreviations | file.abbreviations,
            known=self.known | file.known,
        )


@cache
def load_lexicon(language: str) -> Lexicon:
    """Return the lexicon of a language that comes with the package.

    Parameters
    ----------
    language
        ``"nl"`` or ``"en"``.

    Raises
    ------
    CxError
        When there is no lexicon of that language.
    """
    if language not in LEXICON_LANGUAGES:
        raise CxError("language_unknown", language=language, languages=LEXICON_LANGUAGES)
    folder = files("cxdrivers").joinpath("mentions", "lexicon")
    return Lexicon(language).extended(Path(str(folder.joinpath(f"{language}.toml"))))
