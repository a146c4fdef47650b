"""Hold the failures that set the dissatisfied apart, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.answers.advice.key_failures_words import (
    failure_sentences,
    footer,
    headline,
    reader_table,
)
from cxdrivers.answers.draws import Draws
from cxdrivers.answers.weights.weights_columns import rank_columns
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.moments.design import Design
from cxdrivers.moments.expanded import expanded_level_of
from cxdrivers.moments.schemes import REPLICATE_WEIGHTS, scheme_of
from cxdrivers.wording import Sentence, of_language

SHARE, STEP_REACH, STEP_OTHERS, REACH, OTHERS, INSIDE = range(6)


@dataclass(frozen=True, eq=False)
class KeyFailures:
    """The failures of q drivers, those that set the dissatisfied apart first.

    Attributes
    ----------
    cuts
        Driver → the highest rating that is a failure.
    bound
        The highest answer of the dissatisfied.
    order, size
        Places of the drivers in the order in which the set grows, and how many of them it holds.
    rank
        Shape ``(q,)``.
    estimate
        Shape ``(5, q)``: Shapley shares; reach among the dissatisfied and the others after each
        step of `order`; and that of each driver by itself.
    replicates
        Shape ``(B, 6, q)``: the same, and whether the driver is in the set that a resample grows;
        None without resamples.
    n_failed, n_rated
        Shape ``(q,)``: respondents whom it failed, and who rated it.
    n_blank, n_dissatisfied
        Blank answers, which are no failures; and respondents that are dissatisfied.
    left_out
        Drivers without failures, with the reason.
    design, draws
        The rows; resamples, level of the intervals, seed.
    outcome, labels
        Its key; what drivers and outcome are called, by language and key.
    """

    cuts: dict[str, float]
    bound: float
    order: tuple[int, ...]
    size: int
    rank: NDArray[np.int64]
    estimate: FloatArray
    replicates: FloatArray | None
    n_failed: NDArray[np.int64]
    n_rated: NDArray[np.int64]
    n_blank: int
    n_dissatisfied: int
    left_out: dict[str, Sentence]
    design: Design
    draws: Draws
    outcome: str
    labels: dict[str, dict[str, str]]

    @property
    def drivers(self) -> tuple[str, ...]:
        """Keys of the drivers that can fail."""
        return tuple(self.cuts)

    @property
    def key_drivers(self) -> tuple[str, ...]:
        """Keys of the drivers in the set, in the order in which they joined."""
        return tuple(self.drivers[place] for place in self.order[: self.size])

    @property
    def n(self) -> int:
        """Respondents that were used."""
        return len(self.design.outcome)

    def tidy(self) -> pd.DataFrame:
        """Return one row a driver, in the order of the codebook.

        Columns
        -------
        driver, failed
            Its key, and the highest rating that is a failure.
        estimate, conf_low, conf_high
            Its Shapley share of how much more often the dissatisfied have a failure: 0.1 is ten
            percentage points.
        rank, rank_low, rank_high
            By that share.
        reach, reach_low, reach_high
            Which part of the dissatisfied it failed.
        others, others_low, others_high
            Which part of the others it failed.
        key, p_key
            Whether it is in the set, and in which part of the resamples.
        n, n_failed
            Respondents who rated it, and whom it failed.
        """
        table = pd.DataFrame({"driver": self.drivers, "failed": list(self.cuts.values())})
        for name, row in (("", SHARE), ("reach", REACH), ("others", OTHERS)):
            names = _names(name)
            columns = (self.estimate[row], self._low[row], self._high[row])
            table = table.assign(**dict(zip(names, columns, strict=True)))
        ranked = rank_columns(self._drawn[:, SHARE], len(self.drivers), self._level)
        inside = [driver in self.key_drivers for driver in self.drivers]
        table = table.assign(
            rank=self.rank,
            rank_low=ranked["rank_low"],
            rank_high=ranked["rank_high"],
            key=inside,
            p_key=_part(self._drawn[:, INSIDE]),
            n=self.n_rated,
            n_failed=self.n_failed,
        )
        first = ["driver", "failed", "estimate", "conf_low", "conf_high", "rank"]
        first += ["rank_low", "rank_high"]
        return table[[*first, *(name for name in table.columns if name not in first)]]

    def growth(self) -> pd.DataFrame:
        """Return one row a step: the driver that joins, and what the set then reaches.

        Columns: `step`, `driver`, `reach` (part of the dissatisfied with one of these failures),
        `others` (part of the others), each with `_low` and `_high`; `estimate`, the first minus the
        second, and `key`, whether the driver is in the set.
        """
        table = pd.DataFrame(
            {
                "step": range(1, len(self.order) + 1),
                "driver": [self.drivers[place] for place in self.order],
            }
        )
        for name, row in (("reach", STEP_REACH), ("others", STEP_OTHERS)):
            columns = (self.estimate[row], self._low[row], self._high[row])
            table = table.assign(**dict(zip(_names(name), columns, strict=True)))
        return table.assign(
            estimate=self.estimate[STEP_REACH] - self.estimate[STEP_OTHERS],
            key=table["step"] <= self.size,
        )

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the table as a reader wants it, the largest share first."""
        labels = of_language(self.labels, language)
        return reader_table(self.tidy(), labels, self.draws.level, language)

    def headline(self, language: str = "en") -> str:
        """Return the finding in one sentence."""
        labels = of_language(self.labels, language)
        return headline(self.growth(), labels, self.draws.level, language)

    def summary(self, language: str = "en") -> str:
        """Return the finding in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the finding as a list of plain sentences, the most important first."""
        labels = of_language(self.labels, language)
        return [
            self.headline(language),
            *failure_sentences(self.tidy(), self.left_out, labels, language, blank=self.n_blank),
        ]

    def footer(self, language: str = "en") -> str:
        """Return the line under the table: who is dissatisfied, what fails, resamples, seed."""
        outcome = of_language(self.labels, language)[self.outcome]
        facts = {"n": self.n, "low": self.n_dissatisfied, "outcome": outcome, "bound": self.bound}
        drawn = 0 if self.replicates is None else len(self.replicates)
        return footer(facts, self.draws, scheme_of(self.design), drawn, language)

    @cached_property
    def _drawn(self) -> FloatArray:
        """Resamples that vary as samples do: replicate weights do not."""
        if self.replicates is None or scheme_of(self.design) == REPLICATE_WEIGHTS:
            return np.empty((0, INSIDE + 1, len(self.drivers)))
        return self.replicates

    @cached_property
    def _ends(self) -> tuple[FloatArray, FloatArray]:
        if self.replicates is None:
            nothing = np.full(self.estimate.shape, np.nan)
            return nothing, nothing
        return self.draws.interval(self.design, self.estimate, self.replicates[:, :INSIDE])

    @property
    def _low(self) -> FloatArray:
        return self._ends[0]

    @property
    def _high(self) -> FloatArray:
        return self._ends[1]

    @property
    def _level(self) -> float:
        return expanded_level_of(self.design, self.draws.level)

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.headline()}\n{self.footer()}"

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{escape(line)}</p>" for line in (self.headline(), self.footer()))
        return f"{self.table().to_html(index=False)}{lines}"


def _names(stem: str) -> tuple[str, str, str]:
    """Return the columns of a quantity and its interval."""
    if not stem:
        return "estimate", "conf_low", "conf_high"
    return stem, f"{stem}_low", f"{stem}_high"


def _part(inside: FloatArray) -> FloatArray:
    """Return how often each driver is in the set, of the resamples that grow one."""
    told = inside[np.isfinite(inside).all(axis=1)]
    if not len(told):
        return np.full(inside.shape[1], np.nan)
    part: FloatArray = told.mean(axis=0)
    return part
