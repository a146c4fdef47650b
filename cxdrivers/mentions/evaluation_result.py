"""Hold how well mentions are found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.mentions.bands import ALL
from cxdrivers.mentions.detection_quality import (
    Cells,
    Estimate,
    cohens_kappa,
    omission,
    precision,
    recall,
)
from cxdrivers.mentions.evaluation_words import evaluation_sentences, evaluation_table

MEASURES: dict[str, Callable[[Cells, float], Estimate]] = {
    "precision": precision,
    "recall": recall,
    "omission": omission,
}


@dataclass(frozen=True, eq=False)
class MentionEvaluation:
    """Precision and recall of found mentions, weighed back to all texts.

    Attributes
    ----------
    bands
        Names of the bands of scores.
    cells
        What is known of the texts by what was found in them and by band.
    labels
        One row a labelled text: `row`, `text`, `band`, `found`, `label` and `second_label`.
    blank
        Rows that nobody has labelled.
    level
        Of the intervals.
    starts
        Where the second band of scores and those after it begin.
    """

    bands: tuple[str, ...]
    cells: Cells
    labels: pd.DataFrame
    blank: int
    level: float
    starts: tuple[float, ...]

    def tidy(self) -> pd.DataFrame:
        """Return one row a band and measure; the band ``"all"`` comes first.

        Columns
        -------
        band
            Its name.
        measure
            ``precision`` (of the found mentions, the share that is one), ``recall`` (of all
            mentions, the share that was found) or ``omission`` (of the texts in which none was
            found, the share with one).
        estimate, conf_low, conf_high
            A proportion with its interval.
        n
            Labelled texts that it rests on.
        """
        kinds: list[tuple[tuple[str, ...], Cells]] = [((ALL,), self.cells.together())]
        if self.bands != (ALL,):
            kinds.append((self.bands, self.cells))
        parts = [
            self._rows(names, cells, measure) for names, cells in kinds for measure in MEASURES
        ]
        table = pd.concat(parts, ignore_index=True)
        order = {name: place for place, name in enumerate((ALL, *self.bands))}
        return table.sort_values(
            "band", key=lambda names: names.map(order), kind="stable"
        ).reset_index(drop=True)

    @property
    def agreement(self) -> tuple[float, float, float]:
        """Cohen's κ of two coders with its interval; NaN without texts that both labelled."""
        both = self.labels.dropna(subset="second_label")
        first, second = (both[name].to_numpy(np.float64) for name in ("label", "second_label"))
        return cohens_kappa(first, second, self.level)

    def disagreements(self) -> pd.DataFrame:
        """Return the texts that the two coders labelled differently."""
        both = self.labels.dropna(subset="second_label")
        return both[both["label"] != both["second_label"]].reset_index(drop=True)

    def mistakes(self) -> pd.DataFrame:
        """Return the labelled texts in which a mention was missed, or found where there is none."""
        wrong = self.labels["found"] != self.labels["label"]
        return self.labels[wrong].reset_index(drop=True)

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return precision and recall as a reader wants them: a row a band."""
        return evaluation_table(self.tidy(), self.level, language)

    def summary(self, language: str = "en") -> str:
        """Return how well mentions are found, in a few plain sentences."""
        both = self.labels.dropna(subset="second_label")
        return " ".join(
            evaluation_sentences(
                self.tidy(),
                (len(self.labels), self.blank),
                self.agreement,
                (len(both), len(self.disagreements())),
                level=self.level,
                language=language,
            )
        )

    def _rows(self, names: tuple[str, ...], cells: Cells, measure: str) -> pd.DataFrame:
        estimate, low, high = MEASURES[measure](cells, self.level)
        bases: dict[str, FloatArray] = {"precision": cells.labels[1], "omission": cells.labels[0]}
        base = bases.get(measure, self._mentions(names))
        return pd.DataFrame(
            {
                "band": names,
                "measure": measure,
                "estimate": estimate,
                "conf_low": low,
                "conf_high": high,
                "n": base.astype(np.int64),
            }
        )

    def _mentions(self, names: tuple[str, ...]) -> FloatArray:
        """Return how many labelled texts of each band have a mention."""
        if names == (ALL,):
            return np.array([float(self.labels["label"].sum())])
        sums = self.labels.groupby("band")["label"].sum()
        return sums.reindex(list(names), fill_value=0).to_numpy(np.float64)

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.summary()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.summary())}</p>"
