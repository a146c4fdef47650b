"""Estimate how reliable scales are and how alike, in a sample and in its resamples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from tqdm import tqdm

from cxdrivers.answers.scales.scale_items import ItemSet, item_covariances, item_set, start_of
from cxdrivers.answers.weights.estimation import BAR, PROGRESS_AFTER
from cxdrivers.codebook.codebook import RATING, Question
from cxdrivers.moments.design import Design
from cxdrivers.moments.incomplete import Likeliest
from cxdrivers.moments.schemes import replicate_count, scheme_masses
from cxdrivers.survey.coding import FloatArray
from cxdrivers.survey.discrimination import htmt_of, shared_variance
from cxdrivers.survey.reliability import alpha_of, correlations_of, omega_of
from cxdrivers.survey.survey import Survey


@dataclass(frozen=True, eq=False)
class Scale:
    """A driver, or the outcome, that is the mean of several items.

    Attributes
    ----------
    key, items
        Of the question.
    n
        Respondents who answered at least one of the items.
    covariance
        Shape ``(k, k)``: the likeliest from all answers given; NaN where they do not tell it.
    reliability
        Shape ``(2,)``: Cronbach's alpha and McDonald's omega.
    replicates
        Shape ``(B, 2)``: the same in every resample.
    """

    key: str
    items: tuple[str, ...]
    n: int
    covariance: FloatArray
    reliability: FloatArray
    replicates: FloatArray

    @property
    def alpha(self) -> float:
        """Cronbach's alpha."""
        return float(self.reliability[0])

    @property
    def omega(self) -> float:
        """McDonald's omega."""
        return float(self.reliability[1])


@dataclass(frozen=True, eq=False)
class Pair:
    """Two drivers of several items each.

    Attributes
    ----------
    driver, other
        Their keys.
    n
        Respondents who answered at least one item of both.
    htmt
        Shape ``(1,)``: the heterotrait–monotrait ratio.
    replicates
        Shape ``(B, 1)``: the same in every resample.
    shared
        Squared correlation of the two means, corrected for unreliability.
    """

    driver: str
    other: str
    n: int
    htmt: FloatArray
    replicates: FloatArray
    shared: float


def is_scale(question: Question) -> bool:
    """Say whether a question is scored as the mean of several items."""
    return question.kind == RATING and len(question.items) > 1


def estimated_scales(
    survey: Survey, design: Design, *, n_boot: int, seed: int, pairs: bool = True
) -> tuple[tuple[Scale, ...], tuple[Pair, ...]]:
    """Return the outcome and the drivers that are scales, and every pair of those drivers.

    Parameters
    ----------
    survey
        Its questions.
    design
        The rows to use, and how they were sampled.
    n_boot, seed
        How many resamples, and where they start; the same respondents are drawn for everything.
    pairs
        Whether drivers are held against each other.
    """
    scales = [question for question in survey.codebook.questions if is_scale(question)]
    answers = {
        question.key: survey.answers[question.key].values[design.base.used] for question in scales
    }
    drivers = [key for key in answers if key in survey.drivers]
    names = [*((key,) for key in answers), *(combinations(drivers, 2) if pairs else ())]
    sets = [item_set([answers[key] for key in chosen]) for chosen in names]
    masses = np.ones(len(design.outcome)) if design.weights is None else design.weights
    starts = [start_of(items, masses) for items in sets]
    replicates = _replicates(sets, starts, design, n_boot=n_boot, seed=seed)
    found: dict[str, Scale] = {}
    alike: list[Pair] = []
    for chosen, items, start, drawn in zip(names, sets, starts, replicates, strict=True):
        covariance = item_covariances(items, masses[np.newaxis], start)
        n, figures = int(items.rows.sum()), _figures(items, covariance)[0]
        if len(chosen) == 1:
            question = next(question for question in scales if question.key == chosen[0])
            found[question.key] = Scale(
                question.key, question.items, n, covariance[0], figures, drawn
            )
        else:
            omegas = (found[chosen[0]].omega, found[chosen[1]].omega)
            shared = float(shared_variance(covariance[0], items.sizes[0], omegas))
            alike.append(Pair(chosen[0], chosen[1], n, figures, drawn, shared))
    return tuple(found.values()), tuple(alike)


def _figures(items: ItemSet, covariance: FloatArray) -> FloatArray:
    """Return alpha and omega of one question, or HTMT of two, shape ``(B, figures)``."""
    if len(items.sizes) == 1:
        return np.stack([alpha_of(covariance), omega_of(covariance)], axis=-1)
    return htmt_of(correlations_of(covariance), items.sizes[0])[:, np.newaxis]


def _replicates(
    sets: Sequence[ItemSet],
    starts: Sequence[Likeliest | None],
    design: Design,
    *,
    n_boot: int,
    seed: int,
) -> list[FloatArray]:
    """Return the figures of every set in every resample."""
    count = replicate_count(design, n_boot=n_boot) if n_boot else 0
    found = [np.empty((count, 2 if len(items.sizes) == 1 else 1)) for items in sets]
    done = 0
    with tqdm(total=count, delay=PROGRESS_AFTER, leave=False, bar_format=BAR) as progress:
        for masses in scheme_masses(design, n_boot=n_boot, seed=seed) if count else ():
            rows = slice(done, done + len(masses))
            for place, items in enumerate(sets):
                drawn = item_covariances(items, masses, starts[place])
                found[place][rows] = _figures(items, drawn)
                progress.update(done + len(masses) * (place + 1) // len(sets) - progress.n)
            done += len(masses)
    return found
