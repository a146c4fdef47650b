"""Hold the weights of the same drivers by every policy for blanks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from cxdrivers.answers.blanks.missing_words import footer_of, policy_table, sentences_of
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.survey.base import Base
from cxdrivers.survey.coding import BoolArray
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import LISTWISE
from cxdrivers.wording import Sentence, of_language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = (
    "driver", "policy", "estimate", "conf_low", "conf_high", "share", "share_low", "share_high",
    "rank", "effect", "effect_low", "effect_high", "n",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class MissingComparison:
    """The weights of the same drivers by every policy for blanks.

    Attributes
    ----------
    survey
        That all of them were made of.
    weights
        Policy → weights.
    left_out
        Policy → why there are no weights by it, as a sentence to `say`.
    """

    survey: Survey
    weights: dict[str, DriverWeights]
    left_out: dict[str, Sentence]

    def tidy(self) -> pd.DataFrame:
        """Return one row a driver and policy, the columns as in `DriverWeights.tidy`.

        Columns: `driver`, `policy`, `estimate`, `conf_low`, `conf_high`, `share`, `share_low`,
        `share_high`, `rank`, `effect`, `effect_low`, `effect_high` and `n` (respondents with a
        rating among those that the policy uses).
        """
        tables = [
            weights.tidy().assign(policy=policy)[list(COLUMNS)]
            for policy, weights in self.weights.items()
        ]
        return pd.concat(tables, ignore_index=True)

    def answers(self) -> pd.DataFrame:
        """Return one row a driver: what became of the question.

        Of the respondents that could be used, with an outcome, a voice and every control.
        Columns: `driver`, `answered`, `not_applicable`, `blank` (no answer although it applied)
        and `estimated` (blanks that are estimated: all but those of respondents who answered
        nothing). An interaction is no question and has no row.
        """
        away, eligible, used = self.survey.not_applicable, self._eligible, self._base.used
        rows = []
        for question in self.survey.codebook.drivers:
            if question.interaction:
                continue
            blank = self._base.no_score[question.key] & eligible
            apart = away[question.key].to_numpy() & eligible
            rows.append(
                {
                    "driver": question.key,
                    "answered": int((eligible & ~blank & ~apart).sum()),
                    "not_applicable": int(apart.sum()),
                    "blank": int(blank.sum()),
                    "estimated": int((blank & used).sum()),
                }
            )
        return pd.DataFrame(rows)

    def rows(self) -> pd.DataFrame:
        """Return one row a policy: `policy`, `n` (respondents it uses) and `lost` (the others)."""
        eligible = int(self._eligible.sum())
        used = {policy: self._used(policy) for policy in (*self.weights, *self.left_out)}
        return pd.DataFrame(
            {"policy": policy, "n": count, "lost": eligible - count}
            for policy, count in used.items()
        )

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the shares by every policy side by side, in the order of the first policy."""
        counts = self.answers().set_index("driver")["blank"]
        return policy_table(self.tidy(), counts, self._labels(language), self._level, language)

    def summary(self, language: str = "en") -> str:
        """Return in plain words what is blank, and whether the order of drivers hangs on it."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the summary as a list of sentences."""
        return sentences_of(
            self.tidy(),
            self.answers(),
            self.rows(),
            left_out=self.left_out,
            unresampled=self._unresampled,
            labels=self._labels(language),
            language=language,
        )

    def footer(self, language: str = "en") -> str:
        """Return the line under the table: how many resamples, and where they start."""
        resamples = {len(weights.replicates) for weights in self.weights.values()}
        seed = next(iter(self.weights.values())).settings.seed
        return footer_of(max(resamples), seed, language)

    def plot(self, ax: Axes | None = None, *, language: str = "en") -> Axes:
        """Draw the shares by every policy with their intervals, a row a driver."""
        from cxdrivers.charts.missing import draw_missing  # noqa: PLC0415  (needs matplotlib)

        return draw_missing(self.tidy(), self._labels(language), ax=ax, language=language)

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.footer()}\n{self.summary()}"

    def _repr_html_(self) -> str:
        below = f"<p>{escape(self.footer())}</p><p>{escape(self.summary())}</p>"
        return self.table().to_html(index=False) + below

    @cached_property
    def _base(self) -> Base:
        """The rows that are used where blanks are estimated."""
        design = next(iter(self.weights.values())).model.design
        return replace(design.base, keeps_blanks=True)

    @property
    def _eligible(self) -> BoolArray:
        base = self._base
        return ~(base.no_outcome | base.no_weight | base.no_control)

    @property
    def _unresampled(self) -> list[str]:
        """The policies without resamples, where others have them."""
        made = {policy: len(weights.replicates) for policy, weights in self.weights.items()}
        return [policy for policy, count in made.items() if not count and any(made.values())]

    @property
    def _level(self) -> float:
        return next(iter(self.weights.values())).settings.level

    def _used(self, policy: str) -> int:
        return replace(self._base, keeps_blanks=policy != LISTWISE).n

    def _labels(self, language: str) -> dict[str, str]:
        return of_language(next(iter(self.weights.values())).labels, language)
