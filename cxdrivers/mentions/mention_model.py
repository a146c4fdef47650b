"""Hold what was learnt of mentions: weights of n-grams and flags, in a file that anyone can read.

The file is JSON. Nothing in it is run, so a model of somebody else is safe to load.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import expit

from cxdrivers.errors import CxError
from cxdrivers.given_numbers import is_number
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.mentions.ngrams import (
    LONGEST,
    SHORTEST,
    SYMBOLS,
    IntArray,
    code_of,
    ngram_features,
    text_blocks,
)
from cxdrivers.models.proportions import BoolArray
from cxdrivers.wording import LANGUAGES

FORMAT = "cxdrivers mention model"
VERSION = 1
FLAGS = ("explicit", "implicit", "absent", "service_noun")
"""What the lexicon says of a text, in the order of the columns of `flags`."""
DIGITS = 4
"""Decimals of the weights in a file."""
NUMBERS = ("intercept", "threshold", "low", "high", "longest")


@dataclass(frozen=True, eq=False)
class MentionModel:
    """A logistic regression on n-grams of letters and on the flags of the lexicon.

    Attributes
    ----------
    language
        Of the texts it learnt from.
    ngrams
        N-gram → weight, rounded to four decimals as in the file.
    flags
        Flag of the lexicon → weight.
    intercept
        Log odds of a text without any of them.
    threshold
        From which probability on a text counts as a mention.
    low, high
        Between these a text is in doubt. Below `low` and from `high` on, texts that the model had
        not learnt from were as often right as was asked for; where that could not be reached,
        `low` is 0 or `high` is above 1.
    longest
        How many words a text may have to be judged: letters of longer ones add up to a likely
        mention whatever they say.
    made_of
        What it learnt from: numbers of texts, and of voices that wrote them.
    """

    language: str
    ngrams: Mapping[str, float]
    flags: Mapping[str, float]
    intercept: float
    threshold: float
    low: float
    high: float
    longest: int
    made_of: Mapping[str, int | str] = field(default_factory=dict)

    def probabilities(self, texts: Sequence[str], flags: BoolArray | None = None) -> FloatArray:
        """Return how probable it is that each text speaks of an employee.

        Parameters
        ----------
        texts
            The texts.
        flags
            Shape ``(texts, 4)``: what the lexicon found, in the order of `FLAGS`; None for nothing.

        Returns
        -------
        ndarray, shape ``(texts,)``
            NaN for a text of more than `longest` words.

        Examples
        --------
        >>> model = load_mention_model("en")
        >>> model.probabilities(["The lady at the desk was lovely", "Too dear"]).round() == [1, 0]
        array([ True,  True])
        """
        codes, weights = self._weights
        odds = np.full(len(texts), self.intercept)
        for first, block in text_blocks(texts):
            odds[first : first + len(block)] += ngram_features(block, codes) @ weights
        if flags is not None:
            of_flags = np.array([self.flags[flag] for flag in FLAGS])
            odds += np.asarray(flags, dtype=np.float64).reshape(-1, len(FLAGS)) @ of_flags
        longer = np.array([len(text.split()) > self.longest for text in texts], dtype=bool)
        return np.where(longer, np.nan, expit(odds))

    def save(self, path: str | Path, *, force: bool = False) -> None:
        """Write the model to a file.

        Raises
        ------
        CxError
            When the file is there already and `force` is not given, or cannot be written.
        """
        path = Path(path)
        if path.exists() and not force:
            raise CxError("file_exists", file=path.name)
        try:
            path.write_bytes(self.to_bytes())
        except OSError as error:
            folder = path.parent.name or "."
            raise CxError("folder_not_writable", folder=folder, reason=error.strerror) from error

    def to_bytes(self) -> bytes:
        """Return the file: JSON with sorted keys, an entry a line."""
        content = {
            "format": FORMAT,
            "version": VERSION,
            "language": self.language,
            "made_of": dict(self.made_of),
            "ngrams": dict(self.ngrams),
            "flags": dict(self.flags),
            **{name: getattr(self, name) for name in NUMBERS},
        }
        return (json.dumps(content, sort_keys=True, indent=0) + "\n").encode("ascii")

    @cached_property
    def _weights(self) -> tuple[IntArray, FloatArray]:
        codes = np.array([code_of(ngram) for ngram in self.ngrams], dtype=np.int64)
        weights = np.array(list(self.ngrams.values()), dtype=np.float64)
        order = np.argsort(codes)
        return codes[order], weights[order]


def load_mention_model(source: str | Path) -> MentionModel:
    """Load a model: the one that ships for a language, or one that was saved to a file.

    Parameters
    ----------
    source
        ``"nl"``, ``"en"``, or the path of a file.

    Raises
    ------
    CxError
        When there is no such file, or it is damaged, something else, or of a later version.
    """
    if str(source) in LANGUAGES:
        shipped = files("cxdrivers").joinpath("mentions", "models", f"{source}.json")
        return _model_of(shipped.read_bytes(), f"{source}.json")
    path = Path(source)
    if not path.is_file():
        raise CxError("model_not_found", file=path.name, languages=LANGUAGES)
    return _model_of(path.read_bytes(), path.name)


def _model_of(content: bytes, name: str) -> MentionModel:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise CxError("model_damaged", file=name) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise CxError("model_foreign", file=name)
    if found.get("version") != VERSION:
        version = str(found.get("version"))
        raise CxError("model_of_later_version", file=name, found=version, known=str(VERSION))
    if not _is_whole(found):
        raise CxError("model_damaged", file=name)
    names = ("language", "ngrams", "flags", *NUMBERS, "made_of")
    return MentionModel(**{name: found[name] for name in names})


def _is_whole(found: dict[str, Any]) -> bool:
    """Return whether everything a model needs is there and can be what it says."""
    ngrams, flags = found.get("ngrams"), found.get("flags")
    if not (isinstance(ngrams, dict) and isinstance(flags, dict) and set(flags) == set(FLAGS)):
        return False
    if found.get("language") not in LANGUAGES or not isinstance(found.get("made_of"), dict):
        return False
    known = set(SYMBOLS[1:])
    if not all(SHORTEST <= len(ngram) <= LONGEST and known.issuperset(ngram) for ngram in ngrams):
        return False
    numbers = [found.get(name) for name in NUMBERS]
    if not all(map(is_number, [*ngrams.values(), *flags.values(), *numbers])):
        return False
    if not isinstance(found["longest"], int) or found["longest"] < 1:
        return False
    return bool(0 < found["threshold"] < 1 and 0 <= found["low"] <= found["high"])
