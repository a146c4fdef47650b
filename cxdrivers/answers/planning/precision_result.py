"""Hold what a survey can tell, and what a larger one of the same kind could."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.answers.planning.precision_sizes import (
    is_in_chances,
    neighbours_table,
    segments_table,
    sizes_table,
)
from cxdrivers.answers.planning.precision_words import (
    neighbour_sentences,
    reader_table,
    segment_sentences,
    size_sentences,
)
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.codebook.codebook import Codebook
from cxdrivers.moments.reader_names import ReaderNames
from cxdrivers.wording import of_language, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, eq=False)
class Precision:
    """What this survey can and cannot tell, and what more respondents of the same kind would add.

    Attributes
    ----------
    weights
        What was estimated.
    times
        Sizes to look at: so many times the respondents there are now.
    power
        Chance to find an own effect, or to tell two drivers apart.
    by
        Column that the segments come from, or None.
    segments
        Name → which of the rows that were used are in it.
    codebook
        What segments are called, or None.
    """

    weights: DriverWeights
    times: tuple[int, ...]
    power: float
    by: str | None
    segments: dict[str, NDArray[np.bool_]]
    codebook: Codebook | None = None

    def tidy(self) -> pd.DataFrame:
        """Return one row a driver and size.

        Columns
        -------
        driver, times, n
            Its key; how many times the respondents of now, and how many that are.
        share, share_low, share_high, share_width
            Its share, the interval to expect, and its width. NaN when a part of nothing cannot be
            told.
        estimate, conf_low, conf_high, width
            The same of its part of R².
        effect, smallest_effect
            Its own effect, and the smallest one that is found with chance `power`.
        """
        return sizes_table(self.weights, self.times, self.power)

    def neighbours(self) -> pd.DataFrame:
        """Return whether neighbours in rank can be told apart, one row a pair and size.

        Columns: `driver`, `other`, `times`, `n`, `estimate` (how much more of R² the first
        weighs), `std_error`, `apart` (whether the interval of the difference leaves out zero: now
        as it is, at other sizes as is to be expected), `power` (the chance that it does) and
        `n_needed` (respondents for which that chance is `Precision.power`). All of them take the
        difference of now for the true one.
        """
        return neighbours_table(self.weights, self.times, self.power)

    def segments_table(self) -> pd.DataFrame:
        """Return one row a segment: what it would tell by itself if drivers weigh there as here.

        Columns: `segment`, `n`, `shown` (at least 50 respondents), and of the middle driver
        `share_width` and `smallest_effect`, NaN for a segment that is not shown.
        """
        return segments_table(self.weights, self.segments, self.power)

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the table as a reader wants it: a row a driver, a margin for every size."""
        labels = of_language(self.weights.labels, language)
        chances = is_in_chances(self.weights)
        return reader_table(self.tidy(), labels, language, chances=chances)

    def summary(self, language: str = "en") -> str:
        """Return what can be told in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return what can be told as a list of plain sentences, the most important first."""
        labels = of_language(self.weights.labels, language)
        chances = is_in_chances(self.weights)
        said = [
            *size_sentences(self.tidy(), self.power, language, chances=chances),
            *neighbour_sentences(self.neighbours(), labels, self.power, language),
        ]
        if self.by is not None:
            told = bool(self.tidy()["share_width"].notna().any())
            names = ReaderNames(self.codebook, self.by, language)
            said += segment_sentences(self.segments_table(), names, shares=told)
        if self.weights.model.design.cluster is not None and max(self.times) > 1:
            said.append(say("precision.clusters", language))
        return [*said, say("precision.expected", language)]

    def plot(self, ax: Axes | None = None, *, language: str = "en") -> Axes:
        """Draw the interval of every share now, and drawn in for the larger sizes."""
        from cxdrivers.charts.precision import draw_precision  # noqa: PLC0415  (needs matplotlib)

        labels = of_language(self.weights.labels, language)
        return draw_precision(self.tidy(), labels, ax=ax, language=language)

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.summary()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.summary())}</p>"
