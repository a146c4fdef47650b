"""Hold the weights of drivers among everybody, among users, and among complete cases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cxdrivers.answers.blanks.users_absence_words import absence_sentences, absence_shown
from cxdrivers.answers.blanks.users_complete_words import (
    complete_sentence,
    reader_table_of_complete,
)
from cxdrivers.answers.blanks.users_words import footer, reader_table, users_sentences
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.vocabulary import LINEAR
from cxdrivers.wording import Sentence, of_language, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

EVERYBODY, USERS = "everybody", "users"
COLUMNS = (
    "estimate",
    "conf_low",
    "conf_high",
    "share",
    "share_low",
    "share_high",
    "rank",
    "rank_low",
    "rank_high",
    "effect",
    "effect_low",
    "effect_high",
)
OF_COMPLETE = ("share", "share_low", "share_high", "rank", "n")


@dataclass(frozen=True, eq=False)
class UsersComparison:
    """What drivers add among everybody, and among those to whom they applied.

    Attributes
    ----------
    everybody
        The weights of all usable rows: a driver that did not apply to some is a pair of columns.
    users
        For each driver that did not apply to some: the weights of the rows where it applied, or
        why there are none.
    complete
        The weights of the rows where every driver applied and was answered, or why there are none.
    n_complete
        How many rows those are.
    absence
        What not having met a driver goes with: see `not_met`.
    """

    everybody: DriverWeights
    users: dict[str, DriverWeights | Sentence]
    complete: DriverWeights | Sentence
    n_complete: int
    absence: pd.DataFrame

    @property
    def drivers(self) -> tuple[str, ...]:
        """Keys of the drivers that did not apply to some."""
        return tuple(self.users)

    @property
    def n(self) -> int:
        """Respondents that were used."""
        return self.everybody.n

    def tidy(self) -> pd.DataFrame:
        """Return two rows for each driver that did not apply to some.

        Columns
        -------
        driver
            Its key.
        among
            ``everybody`` or ``users``.
        estimate, conf_low, conf_high, share, share_low, share_high, rank, rank_low, rank_high
            As in `DriverWeights.tidy`, each with the interval of its own resamples. NaN where
            there are no weights among users. Among everybody a weight is also that of having met
            the driver or not.
        effect, effect_low, effect_high
            The own effect of its rating.
        n
            Respondents with a rating.
        base
            Respondents in the regression.
        """
        found = [row for driver in self.drivers for row in self._rows(driver)]
        return pd.DataFrame(found, columns=["driver", "among", *COLUMNS, "n", "base"])

    def not_met(self) -> pd.DataFrame:
        """Return what not having met a driver goes with, beside the other drivers.

        One row for each driver that did not apply to some: `driver`, `route`, `estimate`,
        `conf_low`, `conf_high`, `p_value` and `n` (respondents to whom it did not apply). The
        estimate holds them against those who met it and found it average: in outcome units, or
        with ``kind`` ``top_box`` and ``ordinal`` in the probability of reaching the threshold.
        Drivers that did not apply to the same respondents have the same `route` and one effect,
        of having met none of them. NaN where it cannot be told.
        """
        return self.absence.copy()

    def complete_case(self) -> pd.DataFrame:
        """Return all drivers with their weights beside those of complete cases only.

        Columns: `driver`, `share`, `share_low`, `share_high`, `rank`, `n` (respondents with a
        rating), and the same with ``complete_`` in front, of the respondents to whom every driver
        applied and who answered them all; NaN where those are too few.
        """
        table = self.everybody.tidy()[["driver", *OF_COMPLETE]]
        if isinstance(self.complete, DriverWeights):
            complete = self.complete.tidy()[[*OF_COMPLETE]]
        else:
            complete = pd.DataFrame(np.nan, index=table.index, columns=[*OF_COMPLETE])
            complete["n"] = self.n_complete
        return table.join(complete.add_prefix("complete_"))

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the drivers that did not apply to some as a reader wants them, users' first."""
        return reader_table(
            self.tidy(),
            self.absence,
            self._labels(language),
            self.everybody.settings,
            language,
        )

    def complete_table(self, language: str = "en") -> pd.DataFrame:
        """Return all rows and complete cases side by side as a reader wants them."""
        return reader_table_of_complete(
            self.complete_case(),
            self._labels(language),
            self.everybody.settings.level,
            language,
        )

    def summary(self, language: str = "en") -> str:
        """Return the finding in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the finding as a list of plain sentences, the most important first."""
        labels = self._labels(language)
        return [
            *users_sentences(self.tidy(), self._reasons, labels, language, n=self.n),
            *absence_sentences(
                self.absence,
                labels,
                self.everybody.settings,
                labels[self.everybody.moments.outcome],
                language,
            ),
            self.lost(language),
            say("weights.association", language),
        ]

    def lost(self, language: str = "en") -> str:
        """Return what would have been lost with complete cases only, as a sentence."""
        reason = self.complete if isinstance(self.complete, Sentence) else None
        return complete_sentence(
            self.complete_case(),
            (self.n_complete, self.n),
            reason,
            self._labels(language),
            language,
        )

    def footer(self, language: str = "en") -> str:
        """Return the line under the table: what the numbers are, how they were resampled, seed."""
        groups = [found for found in self.users.values() if isinstance(found, DriverWeights)]
        drawn = (groups or [self.everybody])[0].settings.n_boot
        return footer(self.everybody, language, n_boot=drawn)

    def plot(self, ax: Axes | None = None, *, language: str = "en") -> Axes:
        """Draw each driver's share among users and among everybody, with their intervals."""
        from cxdrivers.charts.users import draw_users  # noqa: PLC0415  (charts need matplotlib)

        kind = self.everybody.settings.kind
        rows = self.absence.set_index("driver").iterrows()
        words = {str(driver): absence_shown(row, kind, language) for driver, row in rows}
        heading = say(f"users.chart.{'not_met' if kind == LINEAR else 'not_met_points'}", language)
        return draw_users(
            self.tidy(), self._labels(language), beside=(heading, words), ax=ax, language=language
        )

    @property
    def _reasons(self) -> dict[str, Sentence]:
        found = self.users.items()
        return {driver: why for driver, why in found if isinstance(why, Sentence)}

    @cached_property
    def _of_everybody(self) -> pd.DataFrame:
        return self.everybody.tidy().set_index("driver")

    def _rows(self, driver: str) -> list[dict[str, object]]:
        """Return one driver among everybody and among its users."""
        whole = dict(self._of_everybody.loc[driver])
        users = self.users[driver]
        absent = dict(zip(self.absence["driver"], self.absence["n"], strict=True))[driver]
        part: dict[str, object] = dict.fromkeys(COLUMNS, np.nan)
        if isinstance(users, DriverWeights):
            part = dict(users.tidy().set_index("driver").loc[driver])
        return [
            {"driver": driver, "among": among, "n": whole["n"], "base": base}
            | {name: found[name] for name in COLUMNS}
            for among, found, base in (
                (EVERYBODY, whole, self.n),
                (USERS, part, self.n - absent),
            )
        ]

    def _labels(self, language: str) -> dict[str, str]:
        return of_language(self.everybody.labels, language)

    def __repr__(self) -> str:
        shown = self.table().to_string(index=False) if self.users else self.summary()
        return f"{shown}\n{self.footer()}"

    def _repr_html_(self) -> str:
        shown = self.table().to_html(index=False) if self.users else escape(self.summary())
        return f"{shown}<p>{escape(self.footer())}</p>"
