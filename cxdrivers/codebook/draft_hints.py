"""Tell from a name or a label what a column or a code probably is.

The hints stand in ``hints.toml``, for a person to read and extend; this module only searches them.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Pattern = re.Pattern[str]


@dataclass(frozen=True)
class Hints:
    """The hints of ``hints.toml``, compiled; tiers run from the clearest to the vaguest."""

    drivers: dict[str, Pattern]
    outcome: tuple[Pattern, ...]
    roles: dict[str, tuple[Pattern, ...]]
    either: Pattern
    codes: dict[str, Pattern]
    scale: dict[str, Pattern]
    generic_stem: Pattern
    concepts: dict[str, Pattern]
    languages: dict[str, frozenset[str]]


@cache
def hints() -> Hints:
    """Read the hints."""
    tree = tomllib.loads(files("cxdrivers.codebook").joinpath("hints.toml").read_text("utf-8"))
    return Hints(
        drivers=_each(tree["drivers"]),
        outcome=tuple(map(_any, tree["outcome"]["tiers"])),
        roles={role: tuple(map(_any, tiers)) for role, tiers in tree["roles"].items()},
        either=_any(tree["either"]["agent_or_rating"]),
        codes=_each(tree["codes"]),
        scale=_each(tree["scale"]),
        generic_stem=_any(tree["stems"]["generic"]),
        concepts=_each(tree["concepts"]),
        languages={language: frozenset(words) for language, words in tree["languages"].items()},
    )


def fold(text: str) -> str:
    """Return a name or label as the hints expect it.

    Examples
    --------
    >>> fold("Q7ALL"), fold("ClientName"), fold("echt_aanbevolen"), fold("n.v.t.")
    ('q 7 all', 'client name', 'echt aanbevolen', 'n v t')
    """
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", " ", plain)
    return re.sub(r"[\W_]+", " ", plain.casefold()).strip()


def drivers_hinted(text: str) -> tuple[str, ...]:
    """Return those of the seven drivers that a name or label speaks of."""
    folded = fold(text)
    return tuple(driver for driver, pattern in hints().drivers.items() if pattern.search(folded))


def outcome_tier(text: str) -> int | None:
    """Return how clearly a name or label speaks of an outcome: 0 is clearest, None not at all."""
    return _tier(hints().outcome, text)


def role_tier(role: str, text: str) -> int | None:
    """Return how clearly a name or label speaks of a role such as ``weight``."""
    return _tier(hints().roles[role], text)


def is_agent_or_rating(name: str) -> bool:
    """Return whether a name may be an employee's number as well as a grade for the employee."""
    return hints().either.search(fold(name)) is not None


def code_means(text: str, meaning: str) -> bool:
    """Return whether a code's label says ``not_applicable`` or ``dont_know``."""
    return hints().codes[meaning].search(fold(text)) is not None


def scale_end_is(text: str, end: str) -> bool:
    """Return whether the label of an answer sounds like the ``good`` or the ``bad`` end."""
    return hints().scale[end].search(fold(text)) is not None


def speaks_of(text: str, concept: str) -> bool:
    """Return whether the question of an outcome asks for a concept such as ``satisfaction``."""
    return hints().concepts[concept].search(fold(text)) is not None


def is_generic(stem: str) -> bool:
    """Return whether a stem says nothing about what is asked ("Q7", "v", "item")."""
    letters = re.sub(r"[\d ]+", " ", fold(stem)).strip()
    return hints().generic_stem.search(letters) is not None


def _tier(tiers: tuple[Pattern, ...], text: str) -> int | None:
    folded = fold(text)
    return next((tier for tier, pattern in enumerate(tiers) if pattern.search(folded)), None)


def _each(tree: dict[str, Any]) -> dict[str, Pattern]:
    return {name: _any(patterns) for name, patterns in tree.items()}


def _any(patterns: Iterable[str]) -> Pattern:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
