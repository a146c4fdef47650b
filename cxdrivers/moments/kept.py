"""Keep what was made of a survey or a design for as long as that is there.

Several answers of one report lay out the same rows and fill in the same blanks. What they share is
made once; it is dropped with the object that it was made of.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

Made = TypeVar("Made")

_KEPT: WeakKeyDictionary[Any, dict[Hashable, Any]] = WeakKeyDictionary()


def kept(owner: object, name: Hashable, make: Callable[[], Made]) -> Made:
    """Return what `make` returns, made only the first time.

    Parameters
    ----------
    owner
        What it is made of; it never changes.
    name
        What it is, with all that decides how it is made.
    make
        Called at most once for an owner and a name. What it returns must not hold the owner.
    """
    found = _KEPT.setdefault(owner, {})
    if name not in found:
        found[name] = make()
    made: Made = found[name]
    return made
