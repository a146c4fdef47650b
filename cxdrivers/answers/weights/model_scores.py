"""Say what each driver adds to the score of any scikit-learn model."""

# ruff: noqa: N803  (X is what scikit-learn calls it)
from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import is_classifier

from cxdrivers.answers.weights.feature_columns import DriverColumns, feature_columns, outcome_of
from cxdrivers.answers.weights.model_scores_words import finding_text, footer_text, reader_table
from cxdrivers.answers.weights.subset_scores import (
    Scoring,
    check_estimator,
    check_scoring_name,
    folds_of,
    seeded,
    subset_scores,
)
from cxdrivers.errors import FitError
from cxdrivers.importance.dominance import conditional_dominance
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.ranking import ranks
from cxdrivers.importance.shapley import shapley


@dataclass(frozen=True, eq=False)
class ScoreDominance:
    """What each of p drivers adds to the cross-validated score of a model.

    Attributes
    ----------
    columns
        Driver → positions of its columns.
    fold_values
        Shape ``(folds, 2**p)``: the score of every subset of drivers in every fold; bit j of the
        last index says that driver j is in.
    test_part
        Rows scored for each row fitted on, on average over the folds.
    scoring
        Name of the score, or nothing when it is the model's own.
    n, seed
        Rows, and where the random numbers started.
    """

    columns: dict[str, tuple[int, ...]]
    fold_values: FloatArray
    test_part: float
    scoring: str
    n: int
    seed: int

    @property
    def drivers(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(self.columns)

    @property
    def folds(self) -> int:
        """How many folds there were."""
        return len(self.fold_values)

    @cached_property
    def values(self) -> FloatArray:
        """Mean score of every subset over the folds, shape ``(2**p,)``."""
        means: FloatArray = self.fold_values.mean(axis=0)
        return means

    @property
    def baseline(self) -> float:
        """Score of the model that knows no driver."""
        return float(self.values[0])

    @property
    def score(self) -> float:
        """Score of the model with all drivers."""
        return float(self.values[-1])

    @cached_property
    def general(self) -> FloatArray:
        """General dominance, shape ``(p,)``: Shapley shares of what the score gains over none."""
        return shapley(self.values)

    @cached_property
    def conditional(self) -> FloatArray:
        """Conditional dominance, shape ``(p, p)``: mean gain when 0, 1, … others are in."""
        return conditional_dominance(self.values)

    @cached_property
    def std_error(self) -> FloatArray:
        """Standard errors of `general`, shape ``(p,)``; NaN with one fold."""
        if self.folds < 2:
            return np.full(len(self.drivers), np.nan)
        variance = shapley(self.fold_values).var(axis=0, ddof=1)
        errors: FloatArray = np.sqrt(variance * (1 / self.folds + self.test_part))
        return errors

    def tidy(self) -> pd.DataFrame:
        """Return one row a driver, in the order given.

        Columns
        -------
        driver
            Its name.
        estimate, std_error
            Its Shapley share of the gain in score over a model without drivers, in units of the
            score; a driver that does nothing may come out slightly negative.
        share
            The same as a proportion of the gain; NaN when all drivers together gain nothing.
        rank, n
            1 for the driver that adds most; rows.
        own
            What the score loses when only this driver is left out.
        """
        total = self.score - self.baseline
        without = self.values[-1 - 2 ** np.arange(len(self.drivers))]
        return pd.DataFrame(
            {
                "driver": self.drivers,
                "estimate": self.general,
                "std_error": self.std_error,
                "share": self.general / total if total > 0 else np.nan,
                "rank": ranks(self.general),
                "own": self.score - without,
                "n": self.n,
            }
        )

    def subsets(self) -> pd.DataFrame:
        """Return one row a subset: `size`, `drivers` (their names) and `estimate` (its score)."""
        chosen = [
            tuple(name for place, name in enumerate(self.drivers) if subset >> place & 1)
            for subset in range(len(self.values))
        ]
        sizes = [len(names) for names in chosen]
        return pd.DataFrame({"size": sizes, "drivers": chosen, "estimate": self.values})

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the table as a reader wants it: ranked, labelled, rounded."""
        return reader_table(self.tidy(), language)

    def summary(self, language: str = "en") -> str:
        """Return the finding in a few plain sentences."""
        fit = (self.baseline, self.score)
        return finding_text(self.tidy(), fit, self.scoring, language)

    def footer(self, language: str = "en") -> str:
        """Return the line under the table: score, folds, seed."""
        facts = {"folds": self.folds, "n": self.n, "seed": str(self.seed)}
        return footer_text((self.baseline, self.score), self.scoring, facts, language)

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.footer()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.footer())}</p>"


def score_dominance(
    estimator: Any,
    X: Any,
    y: Any,
    *,
    groups: DriverColumns | None = None,
    scoring: Scoring = None,
    cv: Any = 5,
    seed: int = 0,
    n_jobs: int | None = None,
) -> ScoreDominance:
    """Share the cross-validated score of any scikit-learn model among drivers.

    Use it to see whether a forest or another flexible model gives the drivers other weights than
    least squares does, or for a score of your own. It fits the model on all 2^p subsets of
    drivers in every fold; for least squares itself `driver_weights` is far quicker and has
    intervals. It says what helps to predict, not what causes.

    Parameters
    ----------
    estimator
        A regressor or classifier, or a pipeline or search that ends in one. It gets whatever
        columns are in a subset: a pipeline chooses columns by kind, not by name. It is not changed.
    X
        A data frame, or an array of rows and columns; blanks only if the estimator takes them.
    y
        The outcome of each row: numbers, or classes for a classifier.
    groups
        Driver → its columns, for a driver of several; columns that are not named are left out.
        None makes every column a driver.
    scoring
        Name of a score of scikit-learn, such as ``"r2"`` or ``"roc_auc"``, or a function of
        estimator, X and y; higher is better. None for the estimator's own.
    cv
        How many folds, or a splitter, or a list of (train, test) positions. For respondents of one
        agent together: ``list(GroupKFold(5).split(X, y, agents))``.
    seed
        Draws the folds when `cv` is a number, and starts the random states that the estimator
        leaves open. The same folds serve all subsets.
    n_jobs
        Processes, as in scikit-learn.

    Returns
    -------
    ScoreDominance

    Raises
    ------
    FitError
        For settings that cannot be, columns that are not there, more than 12 drivers, or a score
        that is not a number. What the estimator itself raises is passed on.

    Notes
    -----
    Without drivers the score is that of a dummy: the mean of y, or how often each class occurs.
    The shares are general dominance (Azen & Budescu 2003). Folds share the rows they are fitted
    on, so their spread alone is too small: the standard error is √(1/K + rows scored / rows fitted
    on) times the standard deviation over K folds (Nadeau & Bengio 2003, *Machine Learning* 52,
    239–281). With few folds it is rough.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> from cxdrivers.answers.weights.model_scores import score_dominance
    >>> from sklearn.tree import DecisionTreeRegressor
    >>> survey = cx.load_example()
    >>> ratings = survey.scores[["wait_time", "empathy"]]
    >>> added = score_dominance(DecisionTreeRegressor(max_depth=4), ratings, survey.outcome)
    >>> added.tidy().sort_values("rank")["driver"].tolist()
    ['empathy', 'wait_time']
    """
    check_estimator(estimator)
    check_scoring_name(scoring)
    if seed < 0:
        raise FitError("seed_unknown", seed=str(seed))
    columns = feature_columns(X, groups)
    outcome = outcome_of(y, len(columns.table))
    folds = folds_of(cv, columns.table, outcome, classifier=is_classifier(estimator), seed=seed)
    values = subset_scores(
        seeded(estimator, seed), columns, outcome, folds=folds, scoring=scoring, n_jobs=n_jobs
    )
    return ScoreDominance(
        columns=columns.positions,
        fold_values=values,
        test_part=float(np.mean([len(test) / len(train) for train, test in folds])),
        scoring="" if scoring is None else getattr(scoring, "__name__", str(scoring)),
        n=len(outcome),
        seed=seed,
    )
