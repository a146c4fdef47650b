"""Hold the numbers and words that the sliders' script reads.

No answer of a customer is among them: averages of at least ten customers, and sums over all.
Resamples are in the order of their numbers. In the order in which they were drawn, who knows the
seed would know which customers each of them counts, and could solve for the answers.
"""

from __future__ import annotations

from base64 import b64encode

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from cxdrivers.answers.advice.scenario_grid import ScenarioGrid
from cxdrivers.answers.advice.scenario_groups import SURE
from cxdrivers.answers.advice.scenario_numbers import PER
from cxdrivers.answers.advice.scenario_tables import MEAN, PER_POINT, RECOMMENDED, TOP_BOX
from cxdrivers.answers.advice.scenario_told import DIGITS, GAIN_DIGITS, Told, mean_digits_of
from cxdrivers.formatting import CONVENTIONS, MINUS, MISSING
from cxdrivers.moments.expanded import expanded_level_of
from cxdrivers.moments.replicate_weights import replicate_degrees
from cxdrivers.moments.schemes import REPLICATE_WEIGHTS, scheme_of
from cxdrivers.wording import of_language, say

HALF = 0.5
"""A slider's step; its gains decide how many decimals differences in means have."""


def panel_numbers(grid: ScenarioGrid, language: str) -> dict[str, object]:
    """Return the numbers and words that the sliders' script reads.

    Parameters
    ----------
    grid
        What every step of every driver goes with.
    language
        Of words and numbers.
    """
    numbers, sums, groups = grid.numbers, grid.sums, grid.sums.groups
    drawn = numbers.replicates
    return {
        "sizes": grid.sizes,
        "today": _rounded(sums.today),
        "singles": _rounded(sums.singles.ravel()),
        "pairs": _packed(sums.pairs),
        "groups": None
        if groups is None
        else {
            "shares": _rounded(groups.shares),
            "felt": _rounded(groups.felt),
            "moves": _packed(groups.moves),
            "thresholds": _rounded(groups.thresholds),
        },
        "sure": SURE,
        "readings": None if groups is None else [_rounded(one) for one in grid.readings],
        "sample": [_rounded(one) for one in numbers.estimate],
        "replicates": None if drawn is None else _packed(_in_order(drawn)),
        "interval": _interval(grid),
        "quantities": _quantities(grid, told_of(grid, language)),
        "steps": [_step(size, language) for size in grid.sizes],
        "reach": [_reach(grid, driver, language) for driver in grid.drivers],
        "words": _words(language),
    }


def told_of(grid: ScenarioGrid, language: str) -> Told:
    """Return what sentences of a grid need, with as many decimals as half a point each has."""
    scenarios, means = grid.scenarios, grid.numbers.estimate[:, 0]
    halves = [means[grid.world(driver, HALF)] - means[0] for driver in grid.drivers]
    return Told(
        titles={},
        labels=of_language(scenarios.labels, language),
        question=scenarios.question,
        threshold=None if scenarios.scale is None else scenarios.scale.threshold,
        unscaled=(),
        level=scenarios.draws.level,
        language=language,
        mean_digits=mean_digits_of(halves),
    )


def _quantities(grid: ScenarioGrid, told: Told) -> list[dict[str, object]]:
    """Return how each quantity is shown, and between which bounds its resamples are added."""
    scale, language = grid.scenarios.scale, told.language
    bounds: dict[str, object] = {TOP_BOX: (0.0, 1.0), RECOMMENDED: (0.0, float(PER))}
    if scale is not None:
        bounds[MEAN] = (float(scale.grades[0]), float(scale.grades[-1]))
    gain = "{gain}"
    return [
        {
            "bounds": bounds.get(name),
            "times": PER_POINT[name],
            "digits": DIGITS[name],
            "gainDigits": told.mean_digits if name == MEAN else GAIN_DIGITS[name],
            "percent": name == TOP_BOX,
            "gainWords": say("panel.points", language, gain=gain) if name == TOP_BOX else gain,
            "spoken": say(
                "panel.spoken",
                language,
                quantity=told.quantity(name),
                changed="{changed}",
                gain=gain,
            ),
        }
        for name in grid.scenarios.quantities
    ]


def _interval(grid: ScenarioGrid) -> dict[str, float | None]:
    """Return how ends are read off resamples: as percentiles, or by replicate weights."""
    rows, level = grid.scenarios.design, grid.scenarios.draws.level
    drawn = grid.numbers.replicates
    if scheme_of(rows) == REPLICATE_WEIGHTS and drawn is not None:
        scale = 1 / len(drawn) if rows.replicate_scale is None else rows.replicate_scale
        reach = float(stdtrit(replicate_degrees(rows), (1 + level) / 2))
        return {"tail": None, "reach": reach, "scale": scale}
    tail = (1 - expanded_level_of(rows, level)) / 2
    return {"tail": tail, "reach": None, "scale": None}


def _reach(grid: ScenarioGrid, driver: str, language: str) -> list[str]:
    """Return for each size how many cannot move as far, "" when all can."""
    kept = [reach.partly + reach.stuck for reach in grid.reached[driver]]
    n = grid.scenarios.n
    return [say("panel.reach", language, count=count, n=n) if count else "" for count in kept]


def _step(size: float, language: str) -> str:
    way = "more" if size > 0 else "less"
    return say(f"panel.step.{way}", language, count=abs(size))


def _words(language: str) -> dict[str, str]:
    """Return how the language writes numbers, and what the script says itself."""
    rule = CONVENTIONS[language]
    return {
        "decimal": rule.decimal,
        "thousands": rule.thousands,
        "percent": rule.percent,
        "minus": MINUS,
        "missing": MISSING,
        "between": ", " if rule.decimal == "." else "; ",
        "today": say("panel.step.today", language),
    }


def _in_order(replicates: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return resamples from the lowest numbers of today to the highest."""
    return replicates[np.lexsort(replicates[:, 0].T[::-1])]


def _rounded(numbers: npt.NDArray[np.float64]) -> list[float]:
    return [float(f"{value:.12g}") for value in numbers]


def _packed(numbers: npt.NDArray[np.float64]) -> str:
    """Return numbers in single precision, little end first, as text."""
    return b64encode(numbers.astype("<f4").tobytes()).decode("ascii")
