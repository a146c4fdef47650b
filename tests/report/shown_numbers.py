"""Compare numbers as they are shown, in either language, with what they are."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

DECIMAL = {"en": ".", "nl": ","}


def figures(text: str, language: str) -> list[str]:
    """Return the numbers in a text as they are shown, with a decimal point and a plain minus.

    Examples
    --------
    >>> figures("−0,4 – 17,0 % van 1 500", "nl")
    ['-0.4', '17.0', '1500']
    """
    mark = re.escape(DECIMAL[language])
    found = re.findall(rf"\u2212?\d+(?:\u00a0\d{{3}})*(?:{mark}\d+)?", text)
    plain = (one.replace("\u00a0", "").replace("\u2212", "-") for one in found)
    return [one.replace(DECIMAL[language], ".") for one in plain]


def rounded(value: float, like: str) -> str:
    """Return a number with the decimals that another one was shown with."""
    digits = len(like.partition(".")[2])
    shown = f"{value:.{digits}f}"
    return shown.removeprefix("-") if float(shown) == 0 else shown


def csv_number(text: str, language: str) -> float:
    """Return the number in a cell; a blank one holds none."""
    return float(text.replace(DECIMAL[language], ".")) if text else math.nan


def agree(shown: list[str], exact: Sequence[float], place: object) -> None:
    """Require that numbers are shown, and each is the exact one with the digits it has."""
    assert len(shown) == len(exact), place
    assert shown == [rounded(value, one) for value, one in zip(exact, shown, strict=True)], place


def finite(row: pd.Series, columns: tuple[str, ...], text: str) -> list[float]:
    """Return what a cell must show: nothing where there is no number."""
    scale = 100 if "%" in text else 1
    return [scale * row[name] for name in columns if np.isfinite(row[name])]
