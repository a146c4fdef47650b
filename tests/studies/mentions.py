"""How well mentions are found: ``python -m tests.studies.mentions --out FILE``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from cxdrivers.mentions.detector import METHODS, find_mentions
from cxdrivers.mentions.mention_model import load_mention_model
from cxdrivers.mentions.motivations import load_motivations
from cxdrivers.mentions.retraining import train_shipped
from cxdrivers.mentions.tokens import BoolArray
from cxdrivers.models.proportions import wilson_interval
from cxdrivers.wording import LANGUAGES

UNSEEN = Path(__file__).parents[1] / "mentions" / "unseen" / "motivations.csv"
TEMPLATE = Path(__file__).with_name("mentions_page.md")
NAMES = {"nl": "Dutch", "en": "English"}
GOAL = {"precision": 0.90, "recall": 0.85}
FIRST_SIGHT = {"nl": (98, 120, 114), "en": (57, 67, 60)}
"""Rightly found, found, and there: by `both`, the first time the unseen texts were measured."""


class Found(NamedTuple):
    """How often something was rightly found, found, and there."""

    right: int
    found: int
    there: int

    @property
    def precision(self) -> float:
        """Part of what was found that is right."""
        return self.right / self.found

    @property
    def recall(self) -> float:
        """Part of what is there that was found."""
        return self.right / self.there

    def cells(self) -> list[str]:
        """Return precision and recall with their intervals, as on the page."""
        return [_cell(self.right, self.found), _cell(self.right, self.there)]


def unseen_motivations() -> pd.DataFrame:
    """Read the texts that no rule was made with."""
    return pd.read_csv(UNSEEN, encoding="utf-8", keep_default_na=False)


def counted(found: BoolArray, there: Sequence[int] | BoolArray) -> Found:
    """Count what is right, found and there."""
    truth = np.asarray(there, dtype=bool)
    return Found(int((found & truth).sum()), int(found.sum()), int(truth.sum()))


def unseen_counts(language: str) -> dict[str, Found]:
    """Return what each method finds in the unseen texts of a language, and who is absent."""
    texts = unseen_motivations()
    texts = texts[texts["language"] == language]
    found = {name: find_mentions(texts["text"], method=name) for name in METHODS}
    counts = {name: counted(made.mention, texts["mention"]) for name, made in found.items()}
    return counts | {"absent": counted(found["lexicon"].absent, texts["absent"])}


def unseen_table() -> str:
    """Return precision and recall on the unseen texts, by language and method."""
    rows = [
        [NAMES[language], _method(method), *counts.cells()]
        for language in LANGUAGES
        for method, counts in unseen_counts(language).items()
    ]
    return _markdown(["texts", "by", "precision", "recall"], rows)


def verdict() -> str:
    """Say in which languages the goal is reached by both together."""
    parts = []
    for language in LANGUAGES:
        both = unseen_counts(language)["both"]
        reached = [name for name, goal in GOAL.items() if round(getattr(both, name), 2) >= goal]
        missed = [name for name in GOAL if name not in reached]
        parts += [f"{NAMES[language]}: {name} reached" for name in reached]
        parts += [f"{NAMES[language]}: {name} missed" for name in missed]
    return "; ".join(parts) + "."


def kinds_table() -> str:
    """Return which part of every kind of text is said to mention somebody."""
    texts = unseen_motivations()
    found = find_mentions(texts["text"]).mention
    parts = texts.assign(found=found).groupby(["mention", "kind"], sort=True)["found"]
    rows = [
        ["mention" if mention else "none", kind, _cell(int(values.sum()), len(values)), len(values)]
        for (mention, kind), values in sorted(parts, key=lambda item: (-item[0][0], item[0][1]))
    ]
    return _markdown(["text", "kind", "found", "n"], rows)


def shipped_table() -> str:
    """Return precision and recall on the shipped motivations, voices left out for the model."""
    rows = []
    texts = load_motivations()
    for language in LANGUAGES:
        some = texts[texts["language"] == language]
        lexicon = find_mentions(some["text"], language=language, method="lexicon").mention
        training = train_shipped(language)
        model = training.probabilities >= training.model.threshold
        found = {"lexicon": lexicon, "model": model, "both": lexicon | model}
        rows += [
            [NAMES[language], _method(name), *counted(flags, some["mention"]).cells()]
            for name, flags in found.items()
        ]
    return _markdown(["texts", "by", "precision", "recall"], rows)


def page() -> str:
    """Return the page as Markdown."""
    unseen, shipped = unseen_motivations(), load_motivations()
    first = {language: Found(*FIRST_SIGHT[language]) for language in LANGUAGES}
    said = {
        f"first_{language}": f"precision {_short(made.precision)} and recall {_short(made.recall)}"
        for language, made in first.items()
    }
    return TEMPLATE.read_text(encoding="utf-8").format(
        unseen_texts=len(unseen),
        unseen_voices=unseen["voice"].nunique(),
        unseen=unseen_table(),
        verdict=verdict(),
        kinds=kinds_table(),
        shipped_texts=f"{len(shipped):,}",
        shipped_voices=shipped["voice"].nunique(),
        shipped=shipped_table(),
        longest=" and ".join(
            f"{load_mention_model(language).longest} in {NAMES[language]}" for language in LANGUAGES
        ),
        **said,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.studies.mentions", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/mention-detection.md"), help="page")
    parser.parse_args(arguments).out.write_text(page(), encoding="utf-8")


def _method(name: str) -> str:
    return "nobody there (`absent`)" if name == "absent" else f"`{name}`"


def _cell(part: int, whole: int) -> str:
    low, high = wilson_interval(np.array(part / whole), np.array(float(whole)), 0.95)
    return f"{_short(part / whole)} ({_short(float(low))}–{_short(float(high))})"


def _short(value: float) -> str:
    return f"{value:.2f}".removeprefix("0") if value < 1 else "1.00"


def _markdown(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    def lines() -> Iterator[str]:
        yield f"| {' | '.join(heads)} |"
        yield f"|{'---|' * len(heads)}"
        for row in rows:
            yield f"| {' | '.join(map(str, row))} |"

    return "\n".join(lines())


if __name__ == "__main__":
    main()
