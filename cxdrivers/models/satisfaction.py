"""Fit the outcome on all drivers at once and read off each one's own effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cxdrivers.errors import FitError, nearest
from cxdrivers.models.linear import LinearFit, fit_linear
from cxdrivers.models.logistic import LogisticFit
from cxdrivers.models.ordinal import fit_ordinal
from cxdrivers.models.pooling import pooled_linear, pooled_logistic
from cxdrivers.models.satisfaction_words import (
    linear_sentences,
    logistic_sentences,
    reader_table,
)
from cxdrivers.models.top_box import fit_top_box
from cxdrivers.moments.columns import RATING
from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.given_data import survey_in
from cxdrivers.moments.grades import threshold_of, top_box_of
from cxdrivers.moments.imputation import filled_designs
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import IMPUTATION, KINDS, LINEAR, LISTWISE, ORDINAL, TOP_BOX
from cxdrivers.wording import LANGUAGES, of_language, say

if TYPE_CHECKING:
    from cxdrivers.models.proportional_odds import ProportionalOdds
    from cxdrivers.models.validation import Validation


@dataclass(frozen=True, eq=False)
class SatisfactionModel:
    """A fitted regression of the outcome on all drivers.

    Attributes
    ----------
    kind
        ``linear``, ``top_box`` or ``ordinal``.
    design
        The rows and columns that were used; for a top box the outcome is 0 or 1.
    fit
        The numbers: `fit.terms` with one entry a term, `fit.vif` with one a driver, and the fit.
    level
        Of the intervals.
    labels
        What the drivers and the outcome are called, by language and key.
    outcome
        Key of the outcome.
    threshold
        From which answer on a respondent is in the top box; None for a linear model.
    imputed
        The design with its blanks filled in, several times; empty when there were none. The fit is
        then pooled by Rubin's rules.
    """

    kind: str
    design: Design
    fit: LinearFit | LogisticFit
    level: float
    labels: dict[str, dict[str, str]]
    outcome: str = "outcome"
    threshold: float | None = None
    imputed: tuple[Design, ...] = ()

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

        For a top box and for grades the estimates are log odds, and before `vif` stand
        `odds_ratio`, `odds_low`, `odds_high` and `effect`, `effect_low`, `effect_high`: the
        average marginal effect on the chance of reaching the threshold (0.05 is five percentage
        points).
        """
        named = zip(self.drivers, self.design.groups, strict=True)
        return pd.DataFrame(
            self._row(driver, column)
            for driver, group in (*named, *self.design.controls.items())
            for column in group or (None,)
        )

    def thresholds(self) -> pd.DataFrame:
        """Return where the grades part, in log odds: P(y < threshold) = F(estimate − xβ).

        Columns: `term` (the grades on both sides, such as ``7|8``), `estimate`, `std_error`,
        `conf_low` and `conf_high`. A top box has one: minus the constant of its regression.

        Raises
        ------
        FitError
            For a linear model, which has none.
        """
        fit = self._logistic("thresholds")
        shown = f"{self.threshold:g}"
        grades = [f"{grade:g}" for grade in np.unique(self.design.outcome)]
        pairs = [(f"<{shown}", shown)] if self.kind == TOP_BOX else pairwise(grades)
        terms = ["|".join(pair) for pair in pairs]
        return pd.DataFrame({"term": terms} | fit.threshold_numbers(self.level))

    def validation(self, *, folds: int = 10, seed: int = 0) -> Validation:
        """Say how well chances are predicted for respondents the model has not seen.

        Where blanks were estimated this is of the first filling in.

        Raises
        ------
        FitError
            For a linear model, which predicts no chance, and for folds that cannot be.
        """
        from cxdrivers.models.validation import validated  # noqa: PLC0415  (it is of this model)

        self._logistic("validation")
        return validated(self._completed, folds=folds, seed=seed)

    def proportional_odds(self) -> ProportionalOdds:
        """Say whether the drivers go with every threshold of the grades alike.

        Where blanks were estimated this is of the first filling in.

        Raises
        ------
        FitError
            For a model of another kind than ``ordinal``, which does not assume it.
        """
        if self.kind != ORDINAL:
            asked = "proportional_odds"
            raise FitError("not_of_this_kind", asked=asked, kind=self.kind, other=ORDINAL)
        return self._proportional_odds

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the table as a reader wants it: labels, rounded numbers, words for columns."""
        return reader_table(self.tidy(), of_language(self.labels, language), self.level, language)

    def summary(self, language: str = "en") -> str:
        """Return the model in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the model as a list of plain sentences, the most important first."""
        labels = of_language(self.labels, language)
        pooled = [say("models.pooled", language, count=len(self.imputed))] if self.imputed else []
        if not isinstance(self.fit, LogisticFit):
            return [*linear_sentences(self.fit, self.tidy(), self.n, labels, language), *pooled]
        outcome = labels.get(self.outcome, self.outcome)
        facts = {"n": self.n, "outcome": outcome, "threshold": self.threshold}
        said = logistic_sentences(self.fit, self.tidy(), facts, labels, language)
        if self.kind == ORDINAL:
            said.append(self._proportional_odds.sentence(language))
        return [*said, *pooled]

    @cached_property
    def _proportional_odds(self) -> ProportionalOdds:
        from cxdrivers.models.proportional_odds import (  # noqa: PLC0415  (it is of this model)
            check_proportional_odds,
        )

        return check_proportional_odds(self._completed)

    @property
    def _completed(self) -> SatisfactionModel:
        """The model with a design without blanks."""
        return replace(self, design=self.imputed[0], imputed=()) if self.imputed else self

    def _logistic(self, asked: str) -> LogisticFit:
        if isinstance(self.fit, LogisticFit):
            return self.fit
        raise FitError("not_of_this_kind", asked=asked, kind=self.kind, other=TOP_BOX)

    def _row(self, driver: str, column: int | None) -> dict[str, Any]:
        place = self.drivers.index(driver) if driver in self.drivers else None
        return {
            "driver": driver,
            "term": RATING if column is None else self.design.terms[column],
            **{
                name: np.nan if column is None else values[column]
                for name, values in self.fit.numbers.items()
            },
            "vif": np.nan if place is None else self.fit.vif[place],
            "n": self.n if place is None else self.design.n_rated[place],
        }

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.summary()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.summary())}</p>"


def fit_satisfaction(
    survey: Survey,
    *,
    kind: str = LINEAR,
    threshold: float | None = None,
    always: Sequence[str] = (),
    missing: str = IMPUTATION,
    level: float = 0.95,
    seed: int = 0,
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
        ``"linear"``: least squares on the outcome as a number. ``"top_box"``: logistic regression
        of reaching the threshold. ``"ordinal"``: proportional odds (McCullagh 1980), for grades
        in their order with nothing said of their distances. All are weighted when the survey is.
    threshold
        From which answer on a respondent is in the top box; by default four fifths up the scale,
        8 of 10. A top box is about it; with grades the average marginal effects are.
    always
        Columns of the survey to control for: numbers, or categories such as an organisation.
    missing
        What to do where a driver applied and has no answer. ``"imputation"``: fill it in five to
        twenty times from what was answered, outcome included, and pool the fits (Rubin 1987).
        ``"listwise"``: leave the row out.
    level
        Of the intervals.
    seed
        Of what is filled in.

    Returns
    -------
    SatisfactionModel
        Standard errors of a linear model are HC3 (MacKinnon & White 1985), those of the others
        the model's own, or robust when there are weights (White 1982). All are clustered when the
        codebook names a cluster (Liang & Zeger 1986). Linear and clustered intervals are t
        intervals, the others normal. Where the top box has few respondents, or columns separate
        it, Firth's penalised likelihood is used, and the summary says so.

    Raises
    ------
    SurveyError
        When a check says that something must be mended first.
    FitError
        When the rows are too few, drivers are tied together exactly, nobody or everybody reaches
        the threshold, or the outcome has no grades for an ordinal model.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> model = cx.fit_satisfaction(cx.load_example())
    >>> model.tidy().loc[0, ["driver", "term"]].tolist()
    ['reliability', 'rating']

    One point more for reliability goes with so many more customers at 8 or higher:

    >>> top_box = cx.fit_satisfaction(cx.load_example(), kind="top_box")
    >>> f"{top_box.tidy().loc[0, 'effect']:.1%}"
    '9.9%'
    """
    survey = survey_in(survey)
    _check(kind, threshold, survey)
    known = (IMPUTATION, LISTWISE)
    if missing not in known:
        near = nearest(missing, known)
        raise FitError("missing_unknown", missing=missing, near=near, known=known)
    design = design_of(survey, always=always, blanks=missing == IMPUTATION)
    return model_of(design, survey, level=level, kind=kind, threshold=threshold, seed=seed)


def model_of(
    design: Design,
    survey: Survey,
    *,
    level: float,
    kind: str = LINEAR,
    threshold: float | None = None,
    seed: int = 0,
) -> SatisfactionModel:
    """Fit the model to rows that are laid out already, with the outcome as it was given.

    Blanks are filled in several times, and the fits pooled.
    """
    if not 0 < level < 1:
        raise FitError("level_unknown", level=level)
    _check(kind, threshold, survey)
    outcome = survey.codebook.outcome
    labels = {language: survey.codebook.labels(language) for language in LANGUAGES}
    start = None if kind == LINEAR else threshold_of(outcome, threshold, design.outcome)
    imputed = filled_designs(design, seed=seed) if design.has_blanks else ()
    if kind == TOP_BOX and start is not None:
        design = top_box_of(design, start, outcome.key)
        imputed = tuple(top_box_of(filled, start, outcome.key) for filled in imputed)
    fits = [_fit(filled, kind, start, level, outcome.key) for filled in imputed or (design,)]
    fit = _pooled(fits, design, level) if imputed else fits[0]
    return SatisfactionModel(kind, design, fit, level, labels, outcome.key, start, imputed)


def _fit(
    design: Design, kind: str, threshold: float | None, level: float, outcome: str
) -> LinearFit | LogisticFit:
    if threshold is None:
        return fit_linear(design, level)
    if kind == TOP_BOX:
        return fit_top_box(design, level)
    return fit_ordinal(design, threshold, level, outcome)


def _pooled(
    fits: Sequence[LinearFit | LogisticFit], design: Design, level: float
) -> LinearFit | LogisticFit:
    linear = [fit for fit in fits if isinstance(fit, LinearFit)]
    if linear:
        return pooled_linear(linear, design.groups, level)
    logistic = [fit for fit in fits if isinstance(fit, LogisticFit)]
    return pooled_logistic(logistic, design.groups, level)


def _check(kind: str, threshold: float | None, survey: Survey) -> None:
    if kind not in KINDS:
        raise FitError("kind_unknown", kind=kind, near=nearest(kind, KINDS), known=KINDS)
    if kind == LINEAR and threshold is not None:
        raise FitError(
            "threshold_of_linear", threshold=threshold, outcome=survey.codebook.outcome.key
        )
