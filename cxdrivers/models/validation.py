"""Say how well a model predicts who reaches the threshold, among respondents it has not seen."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from html import escape
from numbers import Integral
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cxdrivers.errors import FitError
from cxdrivers.formatting import number, percent
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.folds import BoolArray, Predictions, fold_of_each, held_out_predictions
from cxdrivers.models.prediction_quality import PredictionQuality, calibration_curve, quality_of
from cxdrivers.vocabulary import TOP_BOX
from cxdrivers.wording import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from cxdrivers.models.satisfaction import SatisfactionModel

NEAR_ONE = 0.1
"""How far from 1 a calibration slope may lie before the summary says that chances are off."""
SHARES = ("auc", "brier_skill")
"""Measures that are shown as percentages."""


@dataclass(frozen=True, eq=False)
class Validation:
    """How good the predicted chances of reaching a threshold are.

    Attributes
    ----------
    in_sample
        Measures of the chances of respondents the model was fitted to.
    cross_validated
        The same for chances from models that had not seen the respondent: what to report.
    predictions
        Those chances.
    reached, masses
        Shape ``(n,)``: who reached the threshold, and how much each respondent counts.
    threshold
        From which answer on.
    folds, seed
        How many parts, and where the random numbers started.
    clusters
        How many clusters were kept whole; 0 when respondents were divided one by one.
    level
        Of the intervals of `curve`.
    """

    in_sample: PredictionQuality
    cross_validated: PredictionQuality
    predictions: Predictions
    reached: BoolArray
    masses: FloatArray
    threshold: float
    folds: int
    seed: int
    clusters: int
    level: float

    @property
    def n(self) -> int:
        """Respondents that were predicted."""
        return len(self.reached)

    @cached_property
    def curve(self) -> pd.DataFrame:
        """Groups by cross-validated chance, lowest first.

        Columns: `predicted` (mean chance), `observed` (share that reached the threshold),
        `conf_low`, `conf_high` (Wilson; clusters are not taken into account) and `n`.
        """
        return calibration_curve(self.predictions, self.reached, self.masses, level=self.level)

    def tidy(self) -> pd.DataFrame:
        """Return one row a measure: `measure`, `in_sample`, `cross_validated`.

        The measures are `auc`, `brier`, `brier_skill`, `calibration_slope` and
        `calibration_intercept`, as `PredictionQuality` explains them.
        """
        inside, outside = asdict(self.in_sample), asdict(self.cross_validated)
        return pd.DataFrame(
            {"measure": name, "in_sample": inside[name], "cross_validated": outside[name]}
            for name in inside
        )

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the table as a reader wants it: measures in words, rounded numbers."""
        rows = [_row(row, language) for row in self.tidy().itertuples()]
        words = {name: say(f"validation.column.{name}", language) for name in rows[0]}
        return pd.DataFrame(rows).rename(columns=words)

    def summary(self, language: str = "en") -> str:
        """Return what the measures mean in plain sentences."""
        quality = self.cross_validated
        said = [
            say(
                "validation.auc",
                language,
                threshold=self.threshold,
                auc=percent(quality.auc, language),
                in_sample=percent(self.in_sample.auc, language),
            ),
            say(
                "validation.brier" if quality.brier_skill > 0 else "validation.brier_none",
                language,
                skill=percent(abs(quality.brier_skill), language),
                brier=number(quality.brier, language, digits=3),
            ),
            say(
                f"validation.slope.{_verdict(quality.calibration_slope)}",
                language,
                slope=number(quality.calibration_slope, language),
            ),
        ]
        if self.predictions.shrunken:
            count = self.predictions.shrunken
            said.append(say("validation.shrunken", language, count=count, folds=self.folds))
        return " ".join(said)

    def footer(self, language: str = "en") -> str:
        """Return the line under the table: respondents, folds, seed."""
        key = "footer_clusters" if self.clusters else "footer"
        facts = {"folds": self.folds, "n": self.n, "seed": str(self.seed)}
        return say(f"validation.{key}", language, clusters=self.clusters, **facts)

    def plot(self, ax: Axes | None = None, *, language: str = "en") -> Axes:
        """Draw the share that reached the threshold against the chance that was predicted."""
        from cxdrivers.charts.calibration import draw_calibration  # noqa: PLC0415  (matplotlib)

        return draw_calibration(
            self.curve,
            self.predictions.chances,
            masses=self.masses,
            ax=ax,
            level=self.level,
            language=language,
        )

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.footer()}\n{self.summary()}"

    def _repr_html_(self) -> str:
        words = "".join(f"<p>{escape(text)}</p>" for text in (self.footer(), self.summary()))
        return f"{self.table().to_html(index=False)}{words}"


def validated(model: SatisfactionModel, *, folds: int = 10, seed: int = 0) -> Validation:
    """Predict every respondent by a model of the others, and compare with what they answered.

    Use it before a model of the top box, or of grades, is used to predict. In the sample a model
    looks better than it is, the more so with few respondents for each column.

    Parameters
    ----------
    model
        A top-box or ordinal model. It is fitted again without penalty in every fold; where
        answers separate a fold exactly, it is drawn towards the overall shares and that is said.
    folds
        How many parts. Each holds as large a share that reached the threshold; clusters stay whole.
    seed
        Draws the parts.

    Returns
    -------
    Validation
        Survey weights count in every fit and in every measure.

    Raises
    ------
    FitError
        For a linear model, when there cannot be so many folds, or the seed is below zero.
    """
    for name, value in (("folds", folds), ("seed", seed)):
        if not isinstance(value, Integral):
            raise FitError("setting_not_whole", name=name, value=value)
    if seed < 0:
        raise FitError("seed_unknown", seed=str(seed))
    design, threshold = model.design, _threshold_of(model)
    n = len(design.outcome)
    counted = np.ones(n, bool) if design.weights is None else design.weights > 0
    columns, outcome = design.columns[counted], design.outcome[counted]
    weights = None if design.weights is None else design.weights[counted]
    cluster = None if design.cluster is None else design.cluster[counted]
    masses = np.ones(len(outcome)) if weights is None else weights / weights.mean()
    cut = 1.0 if model.kind == TOP_BOX else threshold
    reached = outcome >= cut
    fold = fold_of_each(reached, cluster, folds=folds, seed=seed, threshold=threshold)
    inside, outside = (
        held_out_predictions(columns, outcome, weights, part, cut)
        for part in (np.zeros_like(fold), fold)
    )
    return Validation(
        in_sample=quality_of(inside, reached, masses),
        cross_validated=quality_of(outside, reached, masses),
        predictions=outside,
        reached=reached,
        masses=masses,
        threshold=threshold,
        folds=folds,
        seed=seed,
        clusters=0 if cluster is None else len(np.unique(cluster)),
        level=model.level,
    )


def _threshold_of(model: SatisfactionModel) -> float:
    if model.threshold is None:
        raise FitError("not_of_this_kind", asked="validation", kind=model.kind, other=TOP_BOX)
    return float(model.threshold)


def _verdict(slope: float) -> str:
    if np.isnan(slope):
        return "unknown"
    if abs(slope - 1) <= NEAR_ONE:
        return "right"
    return "bold" if slope < 1 else "careful"


def _row(row: Any, language: str) -> dict[str, str]:
    return {
        "measure": say(f"validation.measure.{row.measure}", language),
        "cross_validated": _shown(row.measure, row.cross_validated, language),
        "in_sample": _shown(row.measure, row.in_sample, language),
    }


def _shown(measure: str, value: float, language: str) -> str:
    if measure in SHARES:
        return percent(value, language)
    return number(value, language, digits=3 if measure == "brier" else 2)
