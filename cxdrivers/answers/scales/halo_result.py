"""Hold the weights of the same drivers with and without halo."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd

from cxdrivers.answers.scales.halo_words import (
    case_sentences,
    moved_drivers,
    reader_table,
    style_sentences,
    verdict_sentences,
)
from cxdrivers.answers.settings import Settings
from cxdrivers.formatting import count, level_percent
from cxdrivers.wording import Sentence, of_language, say

EVERYBODY, WITHOUT, LEVEL = CASES = ("everybody", "without", "level")
"""Whose weights: everybody's, those without straight-liners, those with the general level held."""
COLUMNS = (
    "driver",
    "estimate",
    "conf_low",
    "conf_high",
    "share",
    "share_low",
    "share_high",
    "rank",
    "rank_low",
    "rank_high",
)


@dataclass(frozen=True, eq=False)
class HaloComparison:
    """The drivers of everybody, without straight-liners, and with the general level held.

    Attributes
    ----------
    cases
        Case → its part of `tidy`: ``everybody``, ``without`` and ``level``.
    left_out
        Case → why it is not there, as a sentence to `say`.
    settings
        How the weights were made.
    labels
        What the drivers are called, by language and key.
    first_share, correlation
        Which part of the drivers' variance one direction holds (λ₁/p), and their mean
        correlation. NaN for fewer than three drivers that enough respondents rated.
    straight, asked
        Respondents who gave the same answer throughout, of those who answered six questions or
        more on one scale.
    questions
        The columns whose mean was held; none when it was that of the other drivers.
    """

    cases: dict[str, pd.DataFrame]
    left_out: dict[str, Sentence]
    settings: Settings
    labels: dict[str, dict[str, str]]
    first_share: float
    correlation: float
    straight: int
    asked: int
    questions: tuple[str, ...]

    def tidy(self) -> pd.DataFrame:
        """Return one row a driver and case.

        Columns
        -------
        driver, case
            Their keys.
        estimate, conf_low, conf_high, share, share_low, share_high, rank, rank_low, rank_high
            As in `DriverWeights.tidy`. Beside the level of the other drivers an estimate is what
            the driver adds to R² beside it, and a share its part of the sum of these.
        n
            Respondents.
        """
        parts = [table.copy() for table in self.cases.values()]
        for case, part in zip(self.cases, parts, strict=True):
            part.insert(1, "case", case)
        return pd.concat(parts, ignore_index=True)

    def moved(self, case: str) -> tuple[str, ...]:
        """Return the drivers that a case puts elsewhere, further than chance may.

        Those whose rank lies outside the interval of the other, both ways; without straight-liners,
        or with other questions held, also those whose share does. Without resamples, those of
        another rank.
        """
        shares = case == WITHOUT or bool(self.questions)
        return moved_drivers(self.cases[EVERYBODY], self.cases[case], shares=shares)

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the shares side by side, in the order of everybody's."""
        return reader_table(self.cases, self._labels(language), language)

    def summary(self, language: str = "en") -> str:
        """Return the finding in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the finding as a list of plain sentences, the most important first."""
        labels = self._labels(language)
        others = [case for case in CASES[1:] if case in self.cases]
        moved = {case: self.moved(case) for case in others}
        told = style_sentences(
            (self.first_share, self.correlation),
            (self.straight, self.asked),
            drivers=len(self.cases[EVERYBODY]),
            language=language,
        )
        for case in CASES[1:]:
            if case in self.left_out:
                told.append(self.left_out[case].say(language))
            else:
                key = "questions" if case == LEVEL and self.questions else case
                both = (self.cases[EVERYBODY], self.cases[case])
                told += case_sentences(key, both, moved[case], labels, language)
        return [
            *verdict_sentences(moved, self.cases, labels, language),
            *told,
            self._caution(language),
        ]

    def footer(self, language: str = "en") -> str:
        """Return the line under the table: respondents, resamples, seed."""
        used = [
            f"{say(f'halo.case.{case}', language)} {count(table['n'].iloc[0], language)}"
            for case, table in self.cases.items()
        ]
        return say(
            "halo.footer" if self.settings.n_boot else "halo.footer_without_interval",
            language,
            used=", ".join(used),
            level=level_percent(self.settings.level, language),
            resamples=self.settings.n_boot,
            seed=str(self.settings.seed),
        )

    def _caution(self, language: str) -> str:
        return say("halo.caution_questions" if self.questions else "halo.caution", language)

    def _labels(self, language: str) -> dict[str, str]:
        return of_language(self.labels, language)

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.footer()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.footer())}</p>"
