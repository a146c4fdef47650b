"""Check whether each driver goes with every threshold of the grades alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cxdrivers.models.diagnostics import fittable_columns, in_one_cluster
from cxdrivers.models.many_tests import holm_adjusted
from cxdrivers.models.proportional_odds_words import (
    check_sentence,
    driver_table,
    left_out_sentences,
    picture_table,
)
from cxdrivers.models.threshold_logits import (
    LEAST_P,
    SlopeTest,
    ThresholdLogits,
    equal_slopes,
    fit_thresholds,
)
from cxdrivers.models.threshold_terms import TopBoxTerms, top_box_terms
from cxdrivers.wording import of_language, say

if TYPE_CHECKING:
    from cxdrivers.models.satisfaction import SatisfactionModel

ALL = "all"
"""What the tidy table calls all drivers and controls together."""


@dataclass(frozen=True, eq=False)
class ProportionalOdds:
    """Tests that slopes are equal at all thresholds, and the slopes at each.

    Attributes
    ----------
    logits
        The separate logits of the thresholds that have enough answers.
    tests
        Driver or control → test of all its columns.
    overall
        Test of everything together.
    top_boxes
        Threshold → log odds, and effects on the chance of reaching it.
    groups
        Driver or control → positions of its columns.
    columns
        What each column is: a rating, an item or category, a mark, a control.
    level
        Of the intervals.
    labels
        What the drivers are called, by language and key.
    """

    logits: ThresholdLogits
    tests: dict[str, SlopeTest]
    overall: SlopeTest
    top_boxes: dict[float, TopBoxTerms]
    groups: dict[str, tuple[int, ...]]
    columns: tuple[str, ...]
    level: float
    labels: dict[str, dict[str, str]]

    @property
    def thresholds(self) -> tuple[float, ...]:
        """The thresholds that were compared: from which grade on."""
        return self.logits.thresholds

    @property
    def left_out(self) -> dict[float, str]:
        """Thresholds that could not be compared → why: ``few`` answers, or ``separated``."""
        return self.logits.left_out

    @cached_property
    def failing(self) -> tuple[str, ...]:
        """Drivers and controls whose slopes differ, by Holm's p-values below 0.05."""
        alone = self.tidy().iloc[:-1]
        return tuple(alone.loc[alone["p_adjusted"] < LEAST_P, "driver"])

    @property
    def holds(self) -> bool | None:
        """Whether no difference was found, alone or together; None when nothing was tested."""
        if self.tidy()["p_value"].isna().all():
            return None
        return not self.failing and not self.overall.p_value < LEAST_P

    def tidy(self) -> pd.DataFrame:
        """Return one row a driver or control, and a last one, ``all``, for everything together.

        Columns: `driver`, `statistic` (Wald's), `df`, `p_value` and `p_adjusted` (Holm's, for as
        many tests as there are drivers and controls; the last row has its own p-value again).
        """
        tests = [*self.tests.values(), self.overall]
        values = np.array([test.p_value for test in tests])
        adjusted = np.append(holm_adjusted(values[:-1]), values[-1])
        return pd.DataFrame(
            {
                "driver": [*self.tests, ALL],
                "statistic": [test.statistic for test in tests],
                "df": [test.df for test in tests],
                "p_value": values,
                "p_adjusted": adjusted,
            }
        )

    def by_threshold(self) -> pd.DataFrame:
        """Return one row a term and threshold: the top box from each threshold on.

        Columns: `driver`, `term`, `threshold`, `estimate` (log odds), `std_error`, `conf_low`,
        `conf_high`, `odds_ratio`, and `effect`, `effect_low`, `effect_high` (average marginal
        effect on the chance of reaching the threshold: 0.05 is five percentage points).
        """
        names = ["driver", "term", "threshold", *_NUMBERS, "odds_ratio", *_EFFECTS]
        rows = [
            self._row(driver, column, threshold)
            for driver, group in self.groups.items()
            for column in group
            for threshold in self.thresholds
        ]
        return pd.DataFrame(rows, columns=names)

    def sentence(self, language: str = "en") -> str:
        """Return in one sentence whether the odds are proportional, and if not, for whom."""
        labels = of_language(self.labels, language)
        return check_sentence(self.tidy(), self.failing, labels, language)

    def summary(self, language: str = "en") -> str:
        """Return the finding, and which thresholds were left out of it and why."""
        said = [self.sentence(language), *left_out_sentences(self.left_out, language)]
        return " ".join(said)

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the tests as a reader wants them: labels, rounded numbers, words for columns."""
        return driver_table(self.tidy(), of_language(self.labels, language), language)

    def picture(self, language: str = "en") -> pd.DataFrame:
        """Return the top box from each threshold on, as a reader wants it.

        A row a term and a column a threshold; in each cell the odds ratio, and in brackets the
        average marginal effect in percentage points.
        """
        return picture_table(self.by_threshold(), of_language(self.labels, language), language)

    def _row(self, driver: str, column: int, threshold: float) -> dict[str, Any]:
        found = self.top_boxes[threshold]
        return {
            "driver": driver,
            "term": self.columns[column],
            "threshold": threshold,
            **{name: getattr(found.terms, name)[column] for name in _NUMBERS},
            "odds_ratio": np.exp(found.terms.estimate[column]),
            **{
                name: getattr(found.effects, field)[column]
                for name, field in zip(_EFFECTS, ("effect", "low", "high"), strict=True)
            },
        }

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.summary()}"

    def _repr_html_(self) -> str:
        check = f"{self.table().to_html(index=False)}<p>{escape(self.summary())}</p>"
        if self.holds is not False:
            return check
        explained = escape(say("proportional_odds.cells"))
        return f"{check}{self.picture().to_html(index=False)}<p>{explained}</p>"


_NUMBERS = ("estimate", "std_error", "conf_low", "conf_high")
_EFFECTS = ("effect", "effect_low", "effect_high")


def check_proportional_odds(model: SatisfactionModel) -> ProportionalOdds:
    """Test whether a driver's slope is the same at every threshold of the grades.

    An ordinal model says that it is. When it is not, look at the top box at several thresholds:
    `ProportionalOdds.by_threshold` has the effects from each grade on.

    Parameters
    ----------
    model
        An ordinal model.

    Returns
    -------
    ProportionalOdds
        A Wald test as that of Brant (1990, *Biometrics* 46, 1171–1178) of the slopes of separate
        logits, with the covariance of respondents' or clusters' pulls. Logits need five
        respondents a column on each side of the threshold, and no separation. With hundreds of
        thousands of respondents any difference is found: then see how large it is.
    """
    design = model.design
    fittable = fittable_columns(design)
    fitted = fittable.fitted
    logits = fit_thresholds(
        design.columns[:, fitted], design.outcome, design.weights, design.cluster
    )
    told = [place for place, column in enumerate(fitted) if not in_one_cluster(design, int(column))]
    groups = dict(zip(design.drivers, design.groups, strict=True)) | design.controls
    tests = {
        name: equal_slopes(
            logits,
            [
                place
                for place in told
                if fitted[place] in group and not fittable.tied[fitted[place]]
            ],
        )
        for name, group in groups.items()
    }
    return ProportionalOdds(
        logits=logits,
        tests=tests,
        overall=equal_slopes(logits, told),
        top_boxes=top_box_terms(logits, design, fittable, level=model.level),
        groups=groups,
        columns=design.terms,
        level=model.level,
        labels=model.labels,
    )
