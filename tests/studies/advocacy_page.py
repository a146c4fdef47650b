"""Write what the study of the chain found as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tests.studies.advocacy_worlds import BLANK, BLOCKS, MANY, WORLDS, World

if TYPE_CHECKING:
    from tests.studies.advocacy import Measured

EFFECTS = ("direct", "indirect", "total")
TEMPLATE = Path(__file__).with_suffix(".md")
BEYOND_CHANCE = 3.0
LOWEST, HIGHEST = 0.92, 0.98


def page(found: Mapping[World, Measured], *, samples: int, resamples: int) -> str:
    """Return the page as Markdown.

    Parameters
    ----------
    found
        What was measured in each world.
    samples, resamples
        Surveys of a world, and resamples of a survey.
    """
    return TEMPLATE.read_text(encoding="utf-8").format(
        command="python -m tests.studies.advocacy --out docs/advocacy-chain.md"
        f" --samples {samples} --resamples {resamples}",
        samples=samples,
        resamples=resamples,
        many=f"{MANY * BLOCKS / 1e6:.0f} million",
        error=f"{100 * np.sqrt(0.95 * 0.05 / samples):.1f}",
        blank=f"{100 * BLANK:.0f}",
        worlds="\n".join(_worlds()),
        verdict=verdict(found),
        parts="\n".join(_parts(found)),
        naive="\n".join(_naive(found)),
    )


def verdict(found: Mapping[World, Measured]) -> str:
    """Return in words whether anything is biased, and how far coverages reach."""
    coverages = np.concatenate([each.coverage for each in found.values()])
    biased = [
        f"{effect} in {world.name}"
        for world, each in found.items()
        for effect, bias, error in zip(EFFECTS, each.bias, each.error, strict=True)
        if abs(bias) > BEYOND_CHANCE * error
    ]
    beyond = "No part is biased" if not biased else f"Biased: {', '.join(biased)}"
    outside = int(((coverages < LOWEST) | (coverages > HIGHEST)).sum())
    return (
        f"{beyond} beyond {BEYOND_CHANCE:.0f} Monte-Carlo errors. The intervals of 95 % hold the "
        f"truth in {100 * coverages.min():.0f} to {100 * coverages.max():.0f} of 100 surveys; "
        f"{outside} of {len(coverages)} coverages lie outside 92 to 98."
    )


def _worlds() -> Iterator[str]:
    for world in WORLDS:
        extra = " in teams of ten whose drivers resemble each other" if world.teams else ""
        extra += " with blank ratings of one driver" if world.blanks else ""
        yield f"- **{world.name}**: {world.n} customers{extra}."


def _parts(found: Mapping[World, Measured]) -> Iterator[str]:
    yield "| world | part | truth | mean estimate | bias (error) | covered | penalised |"
    yield "|---|---|---|---|---|---|---|"
    for world, each in found.items():
        for place, effect in enumerate(EFFECTS):
            yield _row(
                [
                    world.name,
                    effect,
                    _points(each.truth[place]),
                    _points(each.estimates[:, place].mean()),
                    f"{_signed(each.bias[place])} ({_points(each.error[place], 2)})",
                    f"{100 * each.coverage[place]:.1f} %",
                    f"{100 * each.penalised.mean():.0f} %" if effect == "total" else "",
                ]
            )


def _naive(found: Mapping[World, Measured]) -> Iterator[str]:
    yield "| world | true total | difference as it is | true indirect part | product of logits |"
    yield "|---|---|---|---|---|"
    for world, each in found.items():
        gap, product = np.nanmean(each.naive, axis=0)
        yield _row(
            [
                world.name,
                _points(each.truth[2]),
                _points(gap),
                f"{each.truth[1]:.3f}",
                f"{product:.3f}",
            ]
        )


def _points(value: float, digits: int = 2) -> str:
    return f"{100 * value:.{digits}f}".replace("-", "−")


def _signed(value: float) -> str:
    return f"{100 * value:+.2f}".replace("-", "−")


def _row(values: Sequence[str]) -> str:
    return f"| {' | '.join(values)} |"
