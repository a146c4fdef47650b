"""Choose what the command is asked to do with a file, and spoil what it is asked."""

from __future__ import annotations

from pathlib import Path

from numpy.random import Generator

from tests.fuzzing.hostile import TEXTS, chance, pick

OUT = "../out"
REPORTS = 0.01
"""How often the whole report is written: it takes as long as a hundred other commands."""

WITH_TABLE = (
    "check CASE",
    "check CASE --language nl",
    "check CASE --codebook good.toml",
    "codebook CASE --language nl",
    f"codebook CASE --out {OUT}/c.toml",
    "weights CASE --n-boot 5",
    "weights CASE --codebook good.toml --csv --n-boot 0",
    "mentions CASE --codebook good.toml --method lexicon",
)
WITH_OTHER = {
    "codebook": ("check good.csv --codebook CASE", "weights good.csv --codebook CASE --n-boot 0"),
    "lexicon": ("mentions good.csv --codebook good.toml --method lexicon --lexicon CASE",),
    "labels": ("mentions good.csv --codebook good.toml --method lexicon --labels CASE",),
    "benchmark": ("benchmark good.csv --codebook good.toml --field CASE",),
}
WHOLE = f"report CASE --codebook good.toml --n-boot 5 --out {OUT}"
PLAIN = (
    f"report good.csv --codebook good.toml --n-boot 0 --formats csv --out {OUT}/r",
    "weights good.csv --codebook good.toml --method lmg --kind linear --n-boot 5 --seed 1",
    "weights good.csv --codebook good.toml --kind top_box --threshold 8 --n-boot 0 --always wave",
    "check good.csv --decimal , --sheet Data --language nl",
    f"codebook good.csv --out {OUT}/c.toml --force",
    f"mentions good.csv --codebook good.toml --sample {OUT}/s.csv --size 9 --seed 2",
    f"mentions good.csv --codebook good.toml --out {OUT}/m.html --method lexicon",
    "advocacy good.csv --codebook good.toml --n-boot 5 --threshold 9",
    "groups good.csv --codebook good.toml --by organisation --minimum 25 --csv",
    f"benchmark good.csv --codebook good.toml --by organisation --out {OUT}/b.json",
    "demo --help --language nl",
)
NUMBERS = ("-1", "0", "1", "nan", "inf", "1e9", "0x10", "1_0", "9" * 30, "1.5", "-9e99", "٣")
PATHS = (".", "..", "/", "/dev/null", "-", "--", "good.csv", "good.toml", "nowhere/x", "a" * 300)


def arguments_of(kind: str, file: Path, rng: Generator) -> list[str]:
    """Return the arguments of a command, good for a file of a kind, spoilt where there is none."""
    if kind in WITH_OTHER:
        asked = pick(rng, WITH_OTHER[kind])
    elif kind == "arguments":
        return _spoilt(pick(rng, PLAIN).split(), rng)
    else:
        asked = WHOLE if chance(rng, REPORTS) else pick(rng, WITH_TABLE)
    return [file.name if word == "CASE" else word for word in asked.split()]


def _spoilt(words: list[str], rng: Generator) -> list[str]:
    """Return arguments of which some are gone, twice there, or something else."""
    for _ in range(pick(rng, (1, 1, 2, 3))):
        place, kind = int(rng.integers(len(words))), int(rng.integers(8))
        if kind == 0 and len(words) > 1:
            del words[place]
        elif kind == 1:
            words.insert(place, words[int(rng.integers(len(words)))])
        elif words[place].startswith(OUT):
            words[place] = f"{OUT}/{pick(rng, PATHS[2:])}"
        elif words[max(place - 1, 0)].startswith("--out"):
            continue
        elif kind == 2 or (place and not words[place].startswith("--")):
            words[place] = pick(rng, pick(rng, (TEXTS, NUMBERS, PATHS)))
    return words
