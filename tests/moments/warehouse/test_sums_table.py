"""Groups are found in the table of sums whatever kind of frame it is, and whatever their keys."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.moments.warehouse.plan_making import plan_of
from cxdrivers.moments.warehouse.sums_table import least_of, read_sums

CODEBOOK = Codebook(Question("y", ("y",)), (Question("x", ("x",), not_applicable=(9.0,)),))
PLAN = plan_of(CODEBOOK, by="team")


def lines(keys: list[Any], *, part: int = -1, n: int = 90) -> pd.DataFrame:
    """Return lines of totals, or of one part of each group; each has sums of its own."""
    found = pd.DataFrame(0.0, index=range(len(keys)), columns=list(PLAN.result_columns))
    found["by_0"] = pd.Series(keys, dtype=object)
    found["part"], found["groups"] = part, 1
    found["rows"] = found["n"] = n
    found["w"] = np.arange(len(keys), dtype=float) + 1
    found["away_0"] = 4.0
    return found


@pytest.mark.parametrize("make", [pd.DataFrame, pl.from_pandas, pa.Table.from_pandas])
def test_a_frame_of_any_kind_is_read(make):
    frame = make(pd.concat([lines(["a", "b"]), lines(["b"], part=1)], ignore_index=True))
    found = read_sums(PLAN, [frame])
    assert found.labels == ("a", "b")
    assert found.totals[:, 1].tolist() == [1.0, 2.0]
    assert found.parts[:, :, 1].tolist() == [[0.0, 0.0], [0.0, 1.0]]
    assert found.told.tolist() == [False, True]


@pytest.mark.parametrize(
    ("keys", "labels"),
    [
        (["team 10", "team 2"], ("team 2", "team 10")),
        ([10.0, 2.0, 2.5], ("2", "2.5", "10")),
        ([date(2025, 2, 1), date(2024, 12, 1)], ("2024-12-01", "2025-02-01")),
        ([2**62 + 1, 2**62], (str(2**62), str(2**62 + 1))),
    ],
)
def test_groups_stand_in_the_order_of_a_reader(keys, labels):
    found = read_sums(PLAN, [lines(keys)])
    assert found.labels == labels
    weights = {label: place for place, label in enumerate(labels)}
    assert sorted(weights.values()) == list(range(len(keys)))
    order = [labels.index(str(key) if not isinstance(key, float) else f"{key:g}") for key in keys]
    assert found.totals[order, 1].tolist() == [place + 1.0 for place in range(len(keys))]


def test_categories_have_their_own_order():
    order = {"often": 0, "never": 1}
    assert read_sums(PLAN, [lines(["never", "often"])], [order]).labels == ("often", "never")


def test_two_columns_give_a_name_of_two_parts():
    plan = plan_of(CODEBOOK, by=["land", "team"])
    frame = lines(["b", "a"]).assign(by_1=["1", "2"])[list(plan.result_columns)]
    assert read_sums(plan, [frame]).labels == ("a · 2", "b · 1")


def test_parts_may_come_in_several_frames():
    frames = [lines(["a"]), lines(["a"], part=0), lines(["a"], part=1).iloc[:0]]
    found = read_sums(PLAN, [*frames, lines(["a"], part=1)])
    assert found.cut.tolist() == [2]
    assert found.parts[0, :, 1].tolist() == [1.0, 1.0]
    assert found.told.tolist() == [True]


def test_the_rarest_pair_decides_where_pairs_are_counted():
    plan = plan_of(CODEBOOK, missing="pairwise")
    amounts = np.full((1, len(plan.amounts)), 50.0)
    amounts[0, 3] = 7.0
    assert least_of(plan, np.array([60]), amounts).tolist() == [7]
    assert least_of(PLAN, np.array([60]), amounts).tolist() == [60]
