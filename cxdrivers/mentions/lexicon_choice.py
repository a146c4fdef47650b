"""Choose the lexicons by which texts are read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cxdrivers.errors import CxError
from cxdrivers.mentions.lexicon import LEXICON_LANGUAGES, Lexicon, load_lexicon
from cxdrivers.mentions.lexicon_file import read_lexicon_file

AUTO = "auto"

LexiconChanges = str | Path | Mapping[str, Any] | Lexicon


def lexicons_of(language: str, lexicon: LexiconChanges | None = None) -> tuple[Lexicon, ...]:
    """Return one lexicon, or for ``"auto"`` one of each language, with a client's changes.

    Parameters
    ----------
    language
        ``"nl"``, ``"en"`` or ``"auto"``.
    lexicon
        Changes to the lexicon of that language, or a whole one in its place. With ``"auto"`` they
        must say of which language they are.

    Raises
    ------
    CxError
        For another language, changes that do not say theirs, or a fault in them.
    """
    known = (*LEXICON_LANGUAGES, AUTO)
    if language not in known:
        raise CxError("language_unknown", language=language, languages=known)
    asked = LEXICON_LANGUAGES if language == AUTO else (language,)
    if lexicon is None:
        return tuple(load_lexicon(name) for name in asked)
    own, path = _language_of(lexicon)
    own = asked[0] if own is None and len(asked) == 1 else own
    if own is None:
        raise CxError("lexicon_language_needed", path=path, languages=LEXICON_LANGUAGES)
    if own not in asked:
        wanted = asked[0] if len(asked) == 1 else asked
        raise CxError("lexicon_language_differs", path=path, language=own, wanted=wanted)
    changed = lexicon if isinstance(lexicon, Lexicon) else load_lexicon(own).extended(lexicon)
    return tuple(changed if name == own else load_lexicon(name) for name in asked)


def _language_of(changes: LexiconChanges) -> tuple[str | None, str]:
    if isinstance(changes, Lexicon):
        return changes.language, "lexicon="
    file = read_lexicon_file(changes)
    return file.language, file.path
