"""Hold shares of mentions, as found and as they would be without errors."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.formatting import level_percent, percent
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.mentions.bands import ALL
from cxdrivers.mentions.evaluation_words import band_words, shown
from cxdrivers.wording import say, together


@dataclass(frozen=True, eq=False)
class MentionCorrection:
    """Shares of mentions by band of scores, corrected for what is missed and what is none.

    Attributes
    ----------
    bands
        Names of the bands.
    texts
        Shape ``(bands,)``: written texts.
    found
        Shape ``(bands,)``: share in which a mention was found.
    estimate, conf_low, conf_high
        Shape ``(bands + 1,)``: corrected shares, all bands together last. NaN where the detector
        does no better than chance.
    clipped
        Shape ``(bands + 1,)``: where the correction went below 0 or above 1 and was set to it.
    sensitivity, specificity
        Shape ``(bands,)``: share of the mentions that is found, and of the other texts left alone.
    level, n_boot, seed
        Of the intervals.
    """

    bands: tuple[str, ...]
    texts: NDArray[np.int64]
    found: FloatArray
    estimate: FloatArray
    conf_low: FloatArray
    conf_high: FloatArray
    clipped: NDArray[np.bool_]
    sensitivity: FloatArray
    specificity: FloatArray
    level: float
    n_boot: int
    seed: int

    def tidy(self) -> pd.DataFrame:
        """Return one row a band; the band ``"all"`` comes first.

        Columns
        -------
        band
            Its name.
        share
            Share of the texts in which a mention was found.
        estimate, conf_low, conf_high
            The corrected share, with its interval.
        clipped
            Whether it was set to 0 or 1, since the correction went beyond.
        n
            Written texts.
        """
        whole = int(self.texts.sum())
        overall = float(np.nansum(self.found * self.texts) / whole) if whole else np.nan
        table = pd.DataFrame(
            {
                "band": [*self.bands, ALL],
                "share": [*self.found, overall],
                "estimate": self.estimate,
                "conf_low": self.conf_low,
                "conf_high": self.conf_high,
                "clipped": self.clipped,
                "n": [*self.texts, whole],
            }
        )
        kept = table if self.bands != (ALL,) else table.iloc[:-1]
        first = kept["band"] == ALL
        return pd.concat([kept[first], kept[~first]], ignore_index=True)

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return a row a band: the share as found and as corrected."""
        level = level_percent(self.level, language)
        names = {
            name: say(f"mention_quality.column.{name}", language, level=level)
            for name in ("band", "found", "corrected", "n")
        }
        rows = [
            {
                names["band"]: band_words(row["band"], language),
                names["found"]: percent(row["share"], language),
                names["corrected"]: shown(row, language),
                names["n"]: row["n"],
            }
            for row in self._records()
        ]
        return pd.DataFrame(rows)

    def summary(self, language: str = "en") -> str:
        """Return the corrected share of all texts, and what could not be corrected."""
        rows = self._records()
        whole = rows[0]
        said = [
            say(
                "mention_quality.corrected"
                if np.isfinite(whole["estimate"])
                else "mention_quality.not_corrected",
                language,
                found=percent(whole["share"], language),
                share=shown(whole, language),
            )
        ]
        clipped = [row["band"] for row in rows if row["clipped"]]
        untold = [row["band"] for row in rows[1:] if row["n"] and np.isnan(row["estimate"])]
        for key, names in (("clipped", clipped), ("untold", untold)):
            if names:
                bands = together([band_words(band, language) for band in names], language)
                said.append(say(f"mention_quality.{key}", language, bands=bands, count=len(names)))
        said.append(
            say(
                "mention_quality.resamples" if self.n_boot else "mention_quality.no_resamples",
                language,
                level=level_percent(self.level, language),
                resamples=self.n_boot,
                seed=str(self.seed),
            )
        )
        return " ".join(said)

    def _records(self) -> list[dict[str, Any]]:
        return [{str(k): v for k, v in row.items()} for row in self.tidy().to_dict("records")]

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.summary()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.summary())}</p>"
