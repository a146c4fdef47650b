"""Read the weights of a survey: how many customers a row stands for, and its replicates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cxdrivers.errors import SurveyError
from cxdrivers.survey.coding import BoolArray, FloatArray, numeric_column

LARGEST_WEIGHT = 1e100
"""The largest weight, and of a weight above 0 one divided by the smallest: squares stay numbers."""


def read_weights(frame: pd.DataFrame, column: str, decimal: str = ".") -> FloatArray:
    """Return the weight of every row.

    Raises
    ------
    SurveyError
        When a weight is text, missing, infinite, negative or beyond `LARGEST_WEIGHT`, or all are
        zero.
    """
    weights = numeric_column(frame, column, decimal)
    if np.isnan(weights).any():
        raise SurveyError("weight_missing", column=column, count=int(np.isnan(weights).sum()))
    if np.isinf(weights).any():
        raise SurveyError("weight_infinite", column=column, count=int(np.isinf(weights).sum()))
    if (weights < 0).any():
        lowest = float(weights.min())
        raise SurveyError(
            "weight_negative", column=column, count=int((weights < 0).sum()), lowest=lowest
        )
    if not weights.any():
        raise SurveyError("weight_all_zero", column=column)
    beyond = _beyond(weights)
    if beyond.any():
        raise SurveyError("weight_beyond", column=column, count=int(beyond.sum()))
    return weights


def read_replicate_weights(
    frame: pd.DataFrame, columns: Sequence[str], decimal: str = "."
) -> FloatArray:
    """Return the replicate weights of every row, shape ``(rows, R)``.

    Raises
    ------
    SurveyError
        When one is text, missing, infinite, negative or beyond `LARGEST_WEIGHT`.
    """
    weights = np.column_stack([numeric_column(frame, column, decimal) for column in columns])
    unusable = ~(np.isfinite(weights) & (weights >= 0)) | _beyond(weights)
    if unusable.any():
        worst = int(unusable.sum(axis=0).argmax())
        raise SurveyError(
            "replicate_weight_unusable",
            column=columns[worst],
            count=int(unusable[:, worst].sum()),
            columns=int(unusable.any(axis=0).sum()),
        )
    return weights


def _beyond(weights: FloatArray) -> BoolArray:
    above: BoolArray = weights > 0
    return above & ((weights > LARGEST_WEIGHT) | (weights < 1 / LARGEST_WEIGHT))
