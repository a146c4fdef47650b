"""Hold what each driver adds to the outcome in every group, each group by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.group_weights_words import (
    Told,
    footer_sentence,
    group_sentences,
    group_table,
    largest_groups,
)
from cxdrivers.answers.weights.part_weights import weights_of_group
from cxdrivers.answers.weights.weights_columns import remarks
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.wording import Sentence, of_language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NUMBERS = (
    "estimate",
    "share",
    "conf_low",
    "conf_high",
    "share_low",
    "share_high",
    "rank",
    "rank_low",
    "rank_high",
    "p_first",
    "p_top_two",
    "effect",
    "effect_low",
    "effect_high",
    "own",
    "own_p_value",
    "n",
)
"""The columns of numbers, as in `DriverWeights.tidy`."""
GROUP = "group"
MOST_ROWS = 20
"""So many groups a notebook or a terminal shows, the largest; `table` and `tidy` have all."""


@dataclass(frozen=True, eq=False)
class GroupWeights:
    """What each of p drivers adds to the outcome in each of K groups, every group by itself.

    Attributes
    ----------
    moments
        The sums of the groups.
    settings
        How the weights were made.
    table_of
        Column of `tidy` → its numbers, shape ``(K, p)``; NaN in a group that cannot be weighed.
    fit
        Shape ``(K, 3)``: what the drivers explain together, and the ends of its interval.
    constant
        Shape ``(K, p)``: drivers that never vary in a group, and have weight 0 there.
    reasons
        Place of a group → why it cannot be weighed.
    labels
        What the drivers are called, by language and key.
    """

    moments: GroupedMoments
    settings: Settings
    table_of: Mapping[str, FloatArray]
    fit: FloatArray
    constant: NDArray[np.bool_]
    reasons: Mapping[int, Sentence]
    labels: dict[str, dict[str, str]]

    @property
    def by(self) -> str:
        """The column that the groups come from."""
        return self.moments.by

    @property
    def column(self) -> str:
        """What the first column of `tidy` is called: `by`, or ``group`` where that is taken."""
        return GROUP if self.by in (*NUMBERS, "driver", "remark") else self.by

    @property
    def groups(self) -> tuple[str, ...]:
        """Names of the groups, in their order."""
        return self.moments.labels

    @property
    def drivers(self) -> tuple[str, ...]:
        """Keys of the drivers."""
        return self.moments.drivers

    @property
    def n(self) -> int:
        """Respondents in all groups."""
        return int(self.moments.n.sum())

    @property
    def r_squared(self) -> pd.Series:
        """What the drivers explain together in each group, NaN where it cannot be weighed."""
        return pd.Series(self.fit[:, 0], index=list(self.groups), name="r_squared")

    def tidy(self) -> pd.DataFrame:
        """Return one row a group and driver: the group, then what `DriverWeights.tidy` has.

        The first column is called as the column that the groups come from (``client``), or
        ``group`` where a driver's column has that name already. In a group that cannot be weighed
        all numbers but `n` are NaN, and `remark` says why: ``too_few_rows``,
        ``weights_too_unequal``, ``moments_of_constant`` (the outcome never varies) or
        ``collinear_drivers``. A group in fewer than eight random parts has estimates and no
        intervals.
        """
        table = pd.DataFrame(
            {
                self.column: np.repeat(np.array(self.groups, dtype=object), len(self.drivers)),
                "driver": np.tile(np.array(self.drivers, dtype=object), len(self.groups)),
                **{name: _whole(name, self.table_of[name].ravel()) for name in NUMBERS},
            }
        )
        columns = [() if never else (0,) for never in self.constant.ravel().tolist()]
        table["remark"] = remarks(table, columns, self.settings.level)
        for place, reason in self.reasons.items():
            rows = slice(place * len(self.drivers), (place + 1) * len(self.drivers) - 1)
            table.loc[rows, "remark"] = reason.key.removeprefix("errors.")
        return table

    def of(self, label: str) -> DriverWeights:
        """Return the weights of one group with all they can show: the same numbers.

        Raises
        ------
        FitError
            When there is no such group, or it cannot be weighed.
        """
        return weights_of_group(self.moments.of(label), self.settings)

    def table(self, language: str = "en", *, most: int | None = None) -> pd.DataFrame:
        """Return one row a group and a column a driver with its share, as a reader wants it.

        Parameters
        ----------
        language
            Of words and numbers.
        most
            So many rows at most: those of the largest groups. By default all.
        """
        places = largest_groups(self.moments, len(self.groups) if most is None else most)
        return group_table(self._told(language), self.table_of["share"], self.fit[:, 0], places)

    def summary(self, language: str = "en") -> str:
        """Return in a few plain sentences what comes first in how many groups, and what is not."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the same as a list, the most important first."""
        return group_sentences(self._told(language), self.table_of)

    def footer(self, language: str = "en", *, most: int | None = None) -> str:
        """Return the line under the table: how many, what was resampled, seed.

        Parameters
        ----------
        language
            Of words and numbers.
        most
            As in `table`; where not all groups have a row, the line says so.
        """
        told = self._told(language)
        below = footer_sentence(told)
        if most is None or most >= len(self.groups):
            return below
        return f"{told.say('largest', shown=most, count=len(self.groups))} {below}"

    def plot(self, ax: Axes | None = None, *, language: str = "en") -> Axes:
        """Draw how the share of every driver differs from group to group."""
        from cxdrivers.charts.group_weights import (  # noqa: PLC0415  (charts need matplotlib)
            draw_group_shares,
        )

        labels = of_language(self.labels, language)
        return draw_group_shares(self.tidy(), labels, ax=ax, language=language)

    def _told(self, language: str) -> Told:
        return Told(
            moments=self.moments,
            settings=self.settings,
            reasons=self.reasons,
            labels=of_language(self.labels, language),
            language=language,
        )

    def __repr__(self) -> str:
        table = self.table(most=MOST_ROWS).to_string(index=False)
        return f"{table}\n{self.footer(most=MOST_ROWS)}"

    def _repr_html_(self) -> str:
        table = self.table(most=MOST_ROWS).to_html(index=False)
        return f"{table}<p>{escape(self.footer(most=MOST_ROWS))}</p>"


def _whole(name: str, values: FloatArray) -> NDArray[Any]:
    """Return whole numbers as such where every group has one."""
    counted = name == "n" or name.startswith("rank")
    return values.astype(np.int64) if counted and np.isfinite(values).all() else values
