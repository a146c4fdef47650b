"""Fit the outcome on all drivers at once and read off each one's own effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.errors import FitError, nearest
from cxdrivers.formatting import count, interval, number, p_value
from cxdrivers.models.linear import LinearFit, fit_linear
from cxdrivers.moments.columns import CONTROL, NOT_APPLICABLE, RATING
from cxdrivers.moments.design import Design, design_of
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import LANGUAGES, column_words, of_language, say

KINDS = ("linear",)


@dataclass(frozen=True, eq=False)
class SatisfactionModel:
    """A fitted regression of the outcome on all drivers.

    Attributes
    ----------
    kind
        ``linear``.
    design
        The rows and columns that were used.
    fit
        The numbers: `fit.terms` with one entry a term, `fit.vif` with one a driver, and the fit.
    level
        Of the intervals.
    labels
        What the drivers are called, by language and key.
    """

    kind: str
    design: Design
    fit: LinearFit
    level: float
    labels: dict[str, dict[str, str]]

    @property
    def drivers(self) -> tuple[str, ...]:
        """Keys of the drivers."""
        return self.design.drivers

    @property
    def n(self) -> int:
        """Respondents that were used."""
        return self.design.base.n

    def tidy(self) -> pd.DataFrame:
        """Return one row a term.

        Columns: `driver`, `term` (``rating``, an item or category, ``not_applicable``, or
        ``control``), `estimate`, `std_error`, `statistic`, `p_value`, `conf_low`, `conf_high`,
        `vif` (of the driver) and `n` (respondents with a rating). Controls come last; what never
        varies has one row of NaN.
        """
        named = zip(self.drivers, self.design.groups, strict=True)
        return pd.DataFrame(
            self._row(driver, column)
            for driver, group in (*named, *self.design.controls.items())
            for column in group or (None,)
        )

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the table as a reader wants it: labels, rounded numbers, words for columns."""
        labels = of_language(self.labels, language)
        rows = [_row(row, labels, language) for row in self.tidy().itertuples()]
        words = column_words(rows[0], self.level, language)
        return pd.DataFrame(rows).rename(columns=words)

    def summary(self, language: str = "en") -> str:
        """Return the model in a few plain sentences."""
        fit = say(
            "labels.model.fit",
            language,
            n=self.n,
            r_squared=number(self.fit.r_squared, language),
            adjusted=number(self.fit.r_squared_adjusted, language),
        )
        errors = say(
            "labels.model.errors", language, kind=say(f"labels.errors.{self.fit.errors}", language)
        )
        ratings = self.tidy().query("term == @RATING and statistic.notna()")
        if ratings.empty:
            return f"{fit} {errors}"
        row = ratings.iloc[int(ratings["statistic"].abs().to_numpy().argmax())]
        clearest = say(
            "labels.model.clearest",
            language,
            driver=of_language(self.labels, language)[row["driver"]],
            estimate=number(row["estimate"], language),
            interval=interval(row["conf_low"], row["conf_high"], language),
        )
        return f"{fit} {clearest} {errors}"

    def _row(self, driver: str, column: int | None) -> dict[str, Any]:
        terms = self.fit.terms
        place = self.drivers.index(driver) if driver in self.drivers else None
        numbers = ("estimate", "std_error", "statistic", "p_value", "conf_low", "conf_high")
        return {
            "driver": driver,
            "term": RATING if column is None else self.design.terms[column],
            **{
                name: np.nan if column is None else getattr(terms, name)[column] for name in numbers
            },
            "vif": np.nan if place is None else self.fit.vif[place],
            "n": self.n if place is None else self.design.n_rated[place],
        }

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.summary()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.summary())}</p>"


def fit_satisfaction(
    survey: Survey, *, kind: str = "linear", always: Sequence[str] = (), level: float = 0.95
) -> SatisfactionModel:
    """Regress the outcome on all drivers at once.

    Use it for each driver's own effect: what one scale point more goes with when the others stay
    as they are. For how much a driver counts altogether use `driver_weights`. Neither shows
    causes: they describe how answers go together.

    Parameters
    ----------
    survey
        Every usable row is in; a driver that did not apply has a second term for that.
    kind
        ``"linear"``: least squares, weighted when the survey is.
    always
        Columns of the survey to control for: numbers, or categories such as an organisation.
    level
        Of the intervals.

    Returns
    -------
    SatisfactionModel
        Standard errors are HC3 (MacKinnon & White 1985), or clustered when the codebook names
        a cluster (Liang & Zeger 1986), with t intervals.

    Raises
    ------
    SurveyError
        When a check says that something must be mended first.
    FitError
        When the rows are too few, or drivers are tied together exactly.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> model = cx.fit_satisfaction(cx.load_example())
    >>> model.tidy().loc[0, ["driver", "term"]].tolist()
    ['reliability', 'rating']
    """
    if kind not in KINDS:
        raise FitError("kind_unknown", kind=kind, near=nearest(kind, KINDS), known=KINDS)
    return model_of(design_of(survey, always=always), survey, level=level)


def model_of(design: Design, survey: Survey, *, level: float) -> SatisfactionModel:
    """Fit the model to rows that are laid out already."""
    if not 0 < level < 1:
        raise FitError("level_unknown", level=level)
    labels = {language: survey.codebook.labels(language) for language in LANGUAGES}
    return SatisfactionModel("linear", design, fit_linear(design, level), level, labels)


def _row(row: Any, labels: dict[str, str], language: str) -> dict[str, str]:
    label = labels.get(row.driver, row.driver)
    if row.term in (NOT_APPLICABLE, CONTROL):
        label += f" ({say(f'labels.term.{row.term}', language)})"
    elif row.term != RATING:
        label += f": {row.term}"
    return {
        "driver": label,
        "effect": number(row.estimate, language),
        "interval": interval(row.conf_low, row.conf_high, language),
        "p": p_value(row.p_value, language),
        "vif": number(row.vif, language, digits=1),
        "n": count(row.n, language),
    }
