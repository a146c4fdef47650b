"""Write the Dutch sentence with which a simulated customer explains a grade.

The phrases stand in ``motivations_nl.toml``. A text agrees with the grade and either names the
employee or does not; the first name and the pronoun are those of the agent who was spoken to.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from itertools import product
from string import Formatter
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.random import Generator

    from cxdrivers.simulation.customers import Customers
    from cxdrivers.simulation.world import World
    from cxdrivers.survey.coding import BoolArray, FloatArray

BANDS = {"top": (10, 10), "good": (8, 9), "middle": (6, 7), "low": (1, 5)}
"""Lowest and highest grade that a text of the band goes with."""
SECOND_SENTENCE = 0.5
"""Share of the texts that go on after the first sentence."""
CARELESS = 0.12
"""Share of the texts typed without capitals and without a full stop."""
GENDERS = ("woman", "man")
MENU = "keuzemenu"
KINDS = {True: "with", False: "without"}


def write_motivations(
    world: World, customers: Customers, grades: FloatArray, mention: BoolArray, rng: Generator
) -> list[str | None]:
    """Return a text for every customer, None for those who wrote nothing."""
    luck = rng.random((len(grades), 7))
    written = luck[:, 0] >= world.no_motivation
    texts: list[str | None] = [None] * len(grades)
    for row in np.flatnonzero(written):
        organisation = customers.organisation[row]
        bank = _bank(band_of(grades[row]), bool(mention[row]), bool(customers.met_menu[row]))
        agent = int(organisation * world.agents + customers.agent[row])
        texts[row] = _text(bank, world.organisations[organisation], agent, luck[row, 1:])
    return texts


def band_of(grade: float) -> str:
    """Return the band of texts that goes with a grade."""
    return next(band for band, (low, high) in BANDS.items() if low <= grade <= high)


def possible_sentences(band: str, *, mention: bool, lead: bool) -> Iterator[str]:
    """Yield every first (or second) sentence that a text of this band and kind can have."""
    topics = [topic for about in phrases()["topics"].values() for topic in about]
    templates = phrases()[band][KINDS[mention]]["lead" if lead else "follow"]
    for template, gender in product(templates, GENDERS):
        words = {**phrases()["employee"][gender], "topic": topics}
        slots = sorted({name.lower() for _, name, _, _ in Formatter().parse(template) if name})
        choices = [[words[slot]] if isinstance(words[slot], str) else words[slot] for slot in slots]
        for chosen in product(*choices):
            yield _filled(template, dict(zip(slots, chosen, strict=True)))


@cache
def phrases() -> dict[str, Any]:
    """Read the bank of phrases."""
    file = files("cxdrivers").joinpath("simulation", "motivations_nl.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _bank(band: str, mention: bool, met_menu: bool) -> tuple[list[str], list[str]]:  # noqa: FBT001  (cached by position)
    """Return the first and the second sentences; who met no menu does not speak of one."""
    bank = phrases()[band][KINDS[mention]]
    lead, follow = (
        [text for text in bank[place] if met_menu or MENU not in text]
        for place in ("lead", "follow")
    )
    return lead, follow


def _text(
    bank: tuple[list[str], list[str]], organisation: str, agent: int, luck: FloatArray
) -> str:
    employee = phrases()["employee"][GENDERS[agent % 2]]
    topics = phrases()["topics"]
    words = {
        "pron": employee["pron"],
        "poss": employee["poss"],
        "name": employee["name"][agent // 2 % len(employee["name"])],
        "role": _pick(employee["role"], luck[0]),
        "person": _pick(employee["person"], luck[1]),
        "topic": _pick(topics.get(organisation, topics["other"]), luck[2]),
    }
    lead, follow = bank
    sentences = [_pick(lead, luck[3])]
    if luck[4] < SECOND_SENTENCE:
        sentences.append(_pick(follow, luck[4] / SECOND_SENTENCE))
    text = " ".join(_filled(sentence, words) for sentence in sentences)
    return text.lower().removesuffix(".") if luck[5] < CARELESS else text


def _filled(template: str, words: dict[str, str]) -> str:
    capitals = {slot.capitalize(): word[0].upper() + word[1:] for slot, word in words.items()}
    return template.format(**words, **capitals)


def _pick(choices: Sequence[str], luck: float) -> str:
    return choices[int(luck * len(choices))]
