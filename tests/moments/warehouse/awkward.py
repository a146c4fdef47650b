"""Answers with all that makes sums go wrong, and the moments that they have in memory."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from cxdrivers.codebook.codebook import ITEMS, Codebook, Question
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.warehouse.frames import parts_of_frame, totals_of_frame
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.sums import moments_of_sums

EMPATHY = 'em"pa`thy ; --'
WAIT = "wait 'time' in €"
CENTRE = {"cost": 1e6}


def codebook(empathy: str = EMPATHY, wait: str = WAIT) -> Codebook:
    """Return a codebook with all kinds of question that moments can have.

    Parameters
    ----------
    empathy, wait
        Names of two columns, for engines that know no others than plain ones.
    """
    ten = (1.0, 10.0)
    return Codebook(
        outcome=Question("select", ("select",), scale=ten, dont_know=(98.0,)),
        drivers=(
            Question(
                "empathy",
                (empathy, "second", "third"),
                scale=(1, 5),
                reversed=("second",),
                not_applicable=(9.0,),
                dont_know=(8.0,),
            ),
            Question("wait", (wait,), scale=ten, not_applicable=(99.0,)),
            Question("cost", ("cost",)),
            Question("solved", ("solved",), scale=(0, 1)),
            Question("menu", ("menu_1", "menu_2"), scale=ten, kind=ITEMS),
        ),
        weight="Weight",
    )


def answers(rows: int = 4000, seed: int = 1) -> pd.DataFrame:
    """Return answers: some blank, some codes, in groups of all sizes, of which one has one row."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=rows)

    def grades(low: int, high: int) -> pd.Series:
        middle = (low + high) / 2
        spread = (common + rng.normal(size=rows)) * (high - low) / 5
        found = pd.Series(np.clip(np.rint(middle + spread), low, high))
        return found.mask(rng.random(rows) < 0.04).astype("Int64")

    frame = pd.DataFrame(
        {
            "id": rng.permutation(np.arange(rows) * 3 - rows),
            "group": rng.choice(["Zuid", "o'Noord", "€ west", "", "with  none"], rows),
            "channel": rng.choice(["phone", "chat"], rows, p=[0.8, 0.2]),
            "select": grades(1, 10),
            EMPATHY: grades(1, 5),
            "second": grades(1, 5),
            "third": grades(1, 5),
            WAIT: grades(1, 10),
            "cost": 1e6 + common + rng.normal(size=rows),
            "solved": grades(0, 1),
            "menu_1": grades(1, 10),
            "menu_2": grades(1, 10),
            "Weight": 10.0 ** rng.uniform(-3.5, 3.5, rows),
        }
    )
    for column, code in (("select", 98), (EMPATHY, 9), ("second", 9), ("third", 8), (WAIT, 99)):
        frame.loc[rng.random(rows) < 0.05, column] = code
    frame.loc[rng.random(rows) < 0.02, "cost"] = np.nan
    frame.loc[rng.random(rows) < 0.03, "Weight"] = 0.0
    frame.loc[0, "group"] = "one row"
    frame.loc[1:7, "group"] = "small"
    frame.loc[8:40, "group"] = "nobody usable"
    frame.loc[8:40, "select"] = pd.NA
    frame.loc[41:60, "group"] = None
    return frame


def in_memory(plan: SumsPlan, frame: pd.DataFrame) -> GroupedMoments:
    """Return the moments that the rows have in memory: the slow and obvious way."""
    rows = nw.from_native(frame, eager_only=True)
    return moments_of_sums(plan, [totals_of_frame(plan, rows), parts_of_frame(plan, rows)])


def assert_same(found: GroupedMoments, expected: GroupedMoments) -> None:
    """Check that moments agree to 1e-9 of what varies, group by group and part by part."""
    for name in ("by", "labels", "drivers", "groups", "terms", "unplaced", "empty"):
        assert getattr(found, name) == getattr(expected, name), name
    assert (found.withheld, found.withheld_n) == (expected.withheld, expected.withheld_n)
    for name in ("n", "rows", "rated", "parts"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name), name)
    spread = np.sqrt(np.diagonal(expected.covariance, axis1=1, axis2=2))
    spread = np.where(spread > 0, spread, 1.0)
    _close((found.mean - expected.mean) / spread)
    _close((found.covariance - expected.covariance) / (spread[:, :, None] * spread[:, None, :]))
    _close(found.n_effective / expected.n_effective - 1)
    _close((found.mean_without() - expected.mean_without()) / spread[:, None])
    _close(found.rating_mean - expected.rating_mean)


def _close(difference: Any) -> None:
    told = difference[~np.isnan(difference)]
    assert np.abs(told).max(initial=0.0) < 1e-9
