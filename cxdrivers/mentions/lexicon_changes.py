"""Bring what a lexicon file says into the classes and rules there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cxdrivers.errors import CxError, nearest
from cxdrivers.mentions.lexicon_file import SWITCHES, UNLESS, LexiconFile
from cxdrivers.mentions.rules import RULE_FLAGS, Rule
from cxdrivers.mentions.steps import BUILT_IN, read_pattern, read_token
from cxdrivers.mentions.word_classes import WordClass


def changed_classes(classes: Mapping[str, WordClass], file: LexiconFile) -> dict[str, WordClass]:
    """Return the classes with a file's words added or taken away, and its classes added.

    A word that a file adds counts, also when it was an exception before.
    """
    changed = dict(classes)
    for name, found in file.classes.items():
        if name in BUILT_IN:
            raise CxError("lexicon_class_built_in", path=file.path, name=name)
        old = classes.get(name, WordClass())
        switches = {
            switch: getattr(old, switch) if found[switch] is None else found[switch]
            for switch in SWITCHES
        }
        changed[name] = WordClass(
            words=old.words | found["words"],
            endings=old.endings | found["endings"],
            beginnings=old.beginnings | found["beginnings"],
            exceptions=(old.exceptions - found["words"]) | found["not"],
            **switches,
        )
    return changed


def changed_rules(
    rules: Sequence[Rule], file: LexiconFile, classes: Mapping[str, WordClass]
) -> tuple[Rule, ...]:
    """Return the rules with a file's rules added, put in the place of others, or switched off."""
    changed = {rule.name: rule for rule in rules}
    seen: set[str] = set()
    for place, found in enumerate(file.rules, start=1):
        name = found["name"]
        if not name:
            raise CxError("lexicon_rule_without_name", path=file.path, place=place)
        if name in seen:
            raise CxError("lexicon_rule_twice", path=file.path, rule=name)
        seen.add(name)
        if not found["off"]:
            changed[name] = _rule(found, file.path, classes)
        elif changed.pop(name, None) is None:
            near = nearest(name, changed)
            raise CxError("lexicon_rule_unknown", path=file.path, rule=name, near=near)
    return tuple(changed.values())


def check_new_classes(
    file: LexiconFile, classes: Mapping[str, WordClass], rules: Sequence[Rule]
) -> None:
    """Raise for a class that a client's file adds and no rule uses, as with a misspelt name.

    Parameters
    ----------
    file
        The client's.
    classes
        Those there were before it.
    rules
        Those there are with it.
    """
    used = {name for rule in rules for step in rule.steps for name in step.classes}
    for name in file.classes:
        if name not in used and name not in classes:
            near = nearest(name, sorted(classes))
            raise CxError("lexicon_class_unused", path=file.path, name=name, near=near)


def _rule(found: Mapping[str, Any], path: str, classes: Mapping[str, WordClass]) -> Rule:
    name, flag, patterns = found["name"], found["flag"], found["patterns"]

    def fault(key: str, **facts: Any) -> CxError:
        return CxError(key, path=path, rule=name, **facts)

    if flag not in RULE_FLAGS:
        near = nearest(flag, RULE_FLAGS)
        raise fault("lexicon_flag_unknown", flag=flag or "", near=near, known=RULE_FLAGS)
    if not patterns:
        raise fault("lexicon_rule_without_patterns")
    unless = {
        word: None if found[word] is None else read_token(found[word], classes, fault)
        for word in UNLESS
    }
    steps = tuple(read_pattern(pattern, classes, fault) for pattern in patterns)
    return Rule(name=name, flag=flag, patterns=steps, **unless)
