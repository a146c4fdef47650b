"""Set what consumers elsewhere say matters to them beside what counts for the client."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cxdrivers.answers.perceptions.published_stated_words import stated_sentences, stated_table
from cxdrivers.answers.perceptions.published_table import figures_of
from cxdrivers.errors import FitError
from cxdrivers.models.proportions import wilson_interval
from cxdrivers.vocabulary import driver_label
from cxdrivers.wording import LANGUAGES

if TYPE_CHECKING:
    from cxdrivers.answers.weights.weights_result import DriverWeights

STATED_DRIVERS = {
    "P13": "wait_time",
    "P14": "customer_knowledge",
    "P15": None,
    "P16": "reliability",
    "P17": None,
    "P18": "wait_time",
}
"""Which of the seven drivers each stated figure belongs to, None where none of them asks that.

Not being told the status is asked by no driver, and the agent's expertise is not the
organisation's knowledge of its customer. A fast solution is solving at once only in part.
"""
NEEDED = ("driver", "share")


@dataclass(frozen=True, eq=False)
class PublishedStated:
    """Published stated figures beside a client's derived weights, never mixed.

    Attributes
    ----------
    rows
        See `tidy`.
    drivers
        How many drivers the weights have.
    level
        Of the intervals of the published shares.
    labels
        What the drivers are called, by language and key.
    """

    rows: pd.DataFrame
    drivers: int
    level: float
    labels: dict[str, dict[str, str]]

    def tidy(self) -> pd.DataFrame:
        """Return one row a published figure.

        Columns
        -------
        id
            Of the figure in `published_figures`.
        stated, stated_low, stated_high, stated_n
            The share of consumers elsewhere who name it, with Wilson's interval.
        driver
            The driver it belongs to, empty where none of the seven asks that or the weights do not
            hold it.
        share, share_low, share_high, rank
            The client's derived weight of that driver; NaN without one.
        """
        return self.rows.copy()

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return both side by side as a reader wants them."""
        return stated_table(self, language)

    def sentences(self, language: str = "en") -> list[str]:
        """Return where the two part, and what neither says, as a list of plain sentences."""
        return stated_sentences(self, language)

    def summary(self, language: str = "en") -> str:
        """Return the contrast in a few plain sentences."""
        return " ".join(self.sentences(language))

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.summary()}"

    def _repr_html_(self) -> str:
        below = "".join(f"<p>{escape(line)}</p>" for line in self.sentences())
        return f"{self.table().to_html(index=False)}{below}"


def published_stated(
    weights: DriverWeights | pd.DataFrame, *, level: float = 0.95
) -> PublishedStated:
    """Set published frustrations and delights beside the derived weights of their drivers.

    Use it when somebody quotes that 82 % of consumers are frustrated by waiting: it shows what
    waiting goes with among the client's own customers. A client's own stated importance is in
    `priorities`.

    Parameters
    ----------
    weights
        What `driver_weights` returned, or a table with `driver` (the keys of the seven drivers)
        and `share`, and with `share_low`, `share_high` and `rank` when there are any.
    level
        Of the intervals of the published shares.

    Raises
    ------
    FitError
        When a table has not those columns, or none of its drivers is one that a figure belongs to.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"driver": ["reliability", "wait_time"], "share": [0.9, 0.1]})
    >>> published_stated(table).tidy()[["id", "stated", "share"]].head(2).to_numpy().tolist()
    [['P13', 0.82, 0.1], ['P14', 0.76, nan]]
    """
    no_labels: dict[str, str] = {}
    if isinstance(weights, pd.DataFrame):
        table, labels = weights, dict.fromkeys(LANGUAGES, no_labels)
    else:
        table, labels = weights.tidy(), weights.labels
    missing = [name for name in NEEDED if name not in table.columns]
    if missing:
        raise FitError("stated_table", missing=missing, needed=[*NEEDED])
    keys = [str(driver) for driver in table["driver"]]
    known = {driver for driver in STATED_DRIVERS.values() if driver is not None}
    if not known & {*keys}:
        raise FitError("stated_no_driver", drivers=keys, known=sorted(known))
    named = {
        code: {key: labels[code].get(key, driver_label(key, code)) for key in keys}
        for code in LANGUAGES
    }
    return PublishedStated(_rows(table.assign(driver=keys), level), len(keys), level, named)


def _rows(table: pd.DataFrame, level: float) -> pd.DataFrame:
    figures = figures_of(tuple(STATED_DRIVERS))
    stated = figures["share"].to_numpy(np.float64)
    n = figures["n"].to_numpy(np.float64)
    low, high = wilson_interval(stated, n, level)
    columns = ["share", "share_low", "share_high", "rank"]
    ranked = (
        table
        if "rank" in table
        else table.assign(rank=table["share"].rank(ascending=False, method="min"))
    )
    derived = ranked.set_index("driver").reindex(columns=columns)
    drivers = [driver if driver in derived.index else None for driver in STATED_DRIVERS.values()]
    rows = pd.DataFrame(
        {
            "id": figures.index,
            "stated": stated,
            "stated_low": low,
            "stated_high": high,
            "stated_n": n,
            "driver": [driver or "" for driver in drivers],
        }
    )
    return rows.join(derived.reindex(drivers).astype(np.float64).reset_index(drop=True))
