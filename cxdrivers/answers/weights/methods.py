"""Put every way to weigh drivers side by side, and say where they disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.stats import kendalltau

from cxdrivers.answers.weights.dominance import MOST_DRIVERS
from cxdrivers.errors import FitError
from cxdrivers.formatting import number, percent
from cxdrivers.importance.average_coefficients import average_coefficients
from cxdrivers.importance.commonality import commonality_coefficients
from cxdrivers.importance.dominance import conditional_dominance
from cxdrivers.importance.lattice import FloatArray, r_squared_values
from cxdrivers.importance.metrics import METRICS, undefined_because
from cxdrivers.importance.ranking import ranks
from cxdrivers.models.diagnostics import refuse_collinear, tied_columns
from cxdrivers.moments.design import design_of
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.moments import Moments, moments_of
from cxdrivers.moments.one_group import labels_of_moments, only_group
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import labels_of
from cxdrivers.wording import LANGUAGES, Sentence, of_language, say, together

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TOP = 2


@dataclass(frozen=True, eq=False)
class MethodComparison:
    """The weights of the same drivers by several methods.

    Attributes
    ----------
    moments
        What all of them were computed from.
    estimates
        Method → weights of the p drivers, in units of R² (β² in its own).
    left_out
        Method → why it is not defined here, as a sentence to `say`.
    labels
        What the drivers are called, by language and key.
    """

    moments: Moments
    estimates: dict[str, FloatArray]
    left_out: dict[str, Sentence]
    labels: dict[str, dict[str, str]]

    def tidy(self) -> pd.DataFrame:
        """Return one row a driver and method: `driver`, `method`, `estimate`, `share`, `rank`.

        A share is a part of the sum of the method's own weights; where a weight is negative
        (Pratt), shares would mislead and are NaN.
        """
        return pd.DataFrame(
            {
                "driver": driver,
                "method": method,
                "estimate": weights[place],
                "share": _shares(weights)[place],
                "rank": ranks(weights)[place],
            }
            for method, weights in self.estimates.items()
            for place, driver in enumerate(self.moments.drivers)
        )

    @cached_property
    def agreement(self) -> pd.DataFrame:
        """Kendall's τ between the rankings of every two methods (τ-b, which allows for ties)."""
        places = [ranks(weights) for weights in self.estimates.values()]
        values = [[kendalltau(one, other).statistic for other in places] for one in places]
        return pd.DataFrame(values, index=list(self.estimates), columns=list(self.estimates))

    @cached_property
    def average_coefficients(self) -> pd.DataFrame:
        """Average coefficient of every column by number of drivers in the model.

        One row a column, one column a model size: how an effect shrinks as others come in.
        """
        moments = self.moments
        values = average_coefficients(moments.covariance, moments.groups, always=moments.always)
        owners = [
            f"{driver}" if len(group) == 1 else f"{driver}: {moments.terms[column]}"
            for driver, group in zip(moments.drivers, moments.groups, strict=True)
            for column in group
        ]
        sizes = range(1, len(moments.groups) + 1)
        return pd.DataFrame(values, index=owners, columns=list(sizes))

    @cached_property
    def conditional_dominance(self) -> pd.DataFrame:
        """What each driver adds on average beside 0, 1, 2, … others (Azen & Budescu 2003).

        One row a driver, one column a number of others. The mean of a row is the driver's LMG.
        """
        values = conditional_dominance(self._values())
        others = range(len(self.moments.drivers))
        return pd.DataFrame(values, index=list(self.moments.drivers), columns=list(others))

    @cached_property
    def commonality(self) -> pd.DataFrame:
        """What every set of drivers explains in common and no other does (Newton & Spurrell 1967).

        Columns: `drivers` (a tuple), `estimate` and `share` (of all that is explained); a single
        driver's is what it explains alone. Negative where drivers correct one another.
        """
        values = self._values()
        parts = commonality_coefficients(values)
        names = self.moments.drivers
        sets = [
            tuple(name for place, name in enumerate(names) if subset >> place & 1)
            for subset in range(1, len(parts))
        ]
        explained = values[-1] - values[0]
        table = pd.DataFrame(
            {"drivers": sets, "estimate": parts[1:], "share": parts[1:] / explained}
        )
        return table.sort_values("estimate", ascending=False, ignore_index=True, kind="stable")

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return shares of every method side by side, in the order of the first method."""
        labels = of_language(self.labels, language)
        order = np.argsort(-next(iter(self.estimates.values())), kind="stable")
        shown = {
            say("labels.column.driver", language): [
                labels[self.moments.drivers[place]] for place in order
            ]
        }
        for method, weights in self.estimates.items():
            shown[say(f"methods.name.{method}", language)] = [
                percent(_shares(weights)[place], language)
                if np.isfinite(_shares(weights)[place])
                else number(weights[place], language, digits=3)
                for place in order
            ]
        return pd.DataFrame(shown)

    def summary(self, language: str = "en") -> str:
        """Say which drivers come first, whether the methods agree, and what was left out."""
        labels = of_language(self.labels, language)
        tops = {method: self._top(weights) for method, weights in self.estimates.items()}
        first = next(iter(tops.values()))
        named = together([labels[driver] for driver in first], language)
        odd = [method for method, top in tops.items() if set(top) != set(first)]
        method = say(f"methods.name.{next(iter(tops))}", language)
        key = "methods.first" if odd else "methods.agree"
        sentences = [say(key, language, drivers=named, method=method)]
        for method in odd:
            drivers = together([labels[driver] for driver in tops[method]], language)
            name = say(f"methods.name.{method}", language)
            sentences.append(say("methods.disagree", language, method=name, drivers=drivers))
        if any((weights < 0).any() for weights in self.estimates.values()):
            sentences.append(say("methods.suppression", language))
        if self.left_out:
            names = [say(f"methods.name.{method}", language) for method in self.left_out]
            named = together(names, language)
            sentences.append(say("methods.left_out", language, methods=named, count=len(names)))
        return " ".join(sentences)

    def plot(self, ax: Axes | None = None, *, language: str = "en") -> Axes:
        """Draw the shares by every method, a row a driver."""
        from cxdrivers.charts.methods import draw_methods  # noqa: PLC0415  (needs matplotlib)

        return draw_methods(
            self.tidy(), of_language(self.labels, language), ax=ax, language=language
        )

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.summary()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.summary())}</p>"

    def _values(self) -> FloatArray:
        moments = self.moments
        if len(moments.drivers) > MOST_DRIVERS:
            count = len(moments.drivers)
            raise FitError("too_many_to_dominate", count=count, most=MOST_DRIVERS)
        return r_squared_values(moments.covariance, moments.groups, always=moments.always)

    def _top(self, weights: FloatArray) -> tuple[str, ...]:
        order = np.argsort(-weights, kind="stable")[:TOP]
        return tuple(self.moments.drivers[place] for place in order)


def compare_methods(
    data: Survey | Moments | GroupedMoments,
    *,
    methods: Sequence[str] | None = None,
    always: Sequence[str] = (),
) -> MethodComparison:
    """Weigh the same drivers by every method that is defined for them.

    Use it to see whether a finding hangs on the method, or to move from another program: the
    numbers are the classic ones, not adjusted for noise. For the answer itself, with intervals,
    use `driver_weights`.

    Parameters
    ----------
    data
        A survey, or moments: of one group when there are several.
    methods
        Any of ``lmg first last betasq pratt johnson car``; all by default.
    always
        Columns of the survey to control for. Methods that are not defined with controls, or for
        a driver of several columns, are left out, and the summary says why.

    Raises
    ------
    FitError
        For an unknown method, when none of those asked for is defined, for moments of several
        groups, and for controls without the rows.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> comparison = cx.compare_methods(cx.load_example())
    >>> sorted(comparison.estimates)
    ['betasq', 'first', 'last', 'lmg', 'pratt']
    """
    moments, labels = _moments_and_labels(data, always)
    return compared(moments, labels, methods or tuple(METRICS), controls=tuple(always))


def compared(
    moments: Moments,
    labels: dict[str, dict[str, str]],
    methods: Sequence[str] = tuple(METRICS),
    *,
    controls: Sequence[str] = (),
) -> MethodComparison:
    """Compare methods on moments whose drivers have labels already."""
    tied = tied_columns(moments.covariance[:-1, :-1])
    refuse_collinear(tied, moments.terms, moments.groups, moments.drivers)
    estimates: dict[str, FloatArray] = {}
    left_out: dict[str, Sentence] = {}
    for name in methods:
        reason = undefined_because(
            name, moments.groups, moments.always, drivers=moments.drivers, controls=controls
        )
        if reason is not None:
            left_out[name] = reason
            continue
        shares = METRICS[name].shares
        estimates[name] = shares(moments.covariance, moments.groups, always=moments.always)
    if not estimates:
        raise FitError("no_method_defined", reason=next(iter(left_out.values())))
    return MethodComparison(moments, estimates, left_out, labels)


def _moments_and_labels(
    data: Survey | Moments | GroupedMoments, always: Sequence[str]
) -> tuple[Moments, dict[str, dict[str, str]]]:
    if isinstance(data, Survey):
        moments = moments_of(design_of(data, always=always, blanks=True), data.codebook.outcome.key)
        return moments, {code: data.codebook.labels(code) for code in LANGUAGES}
    if not isinstance(data, Moments | GroupedMoments):
        raise FitError("not_a_survey", kind=type(data).__name__)
    if always:
        raise FitError("argument_of_rows", name="always")
    if isinstance(data, Moments):
        return data, labels_of((*data.drivers, data.outcome))
    return only_group(data).moments(0), labels_of_moments(data)


def _shares(weights: FloatArray) -> FloatArray:
    if (weights < 0).any() or weights.sum() <= 0:
        return np.full_like(weights, np.nan)
    proportions: FloatArray = weights / weights.sum()
    return proportions
