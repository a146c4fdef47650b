"""Sums in memory are those of plain loops over rows."""

from __future__ import annotations

import narwhals as nw
import numpy as np
import pandas as pd
import pytest

from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.moments.warehouse import frames
from cxdrivers.moments.warehouse.frames import parts_of_frame, totals_of_frame
from cxdrivers.moments.warehouse.hashing import MODULUS, hashed, parts_of
from cxdrivers.moments.warehouse.plan_making import plan_of

CODEBOOK = Codebook(
    outcome=Question("grade", ("grade",), scale=(1, 10)),
    drivers=(
        Question("wait", ("wait",), scale=(0, 4), reversed=("wait",), not_applicable=(9.0,)),
        Question("care", ("a", "b", "c"), scale=(1, 5), dont_know=(8.0,)),
    ),
    weight="w",
)
GROUPS = {"north": 400, "south": 90, "tiny": 6}


def answers(seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = sum(GROUPS.values())
    frame = pd.DataFrame(
        {
            "grade": rng.integers(1, 11, rows).astype(float),
            "wait": rng.choice([0, 1, 2, 3, 4, 9], rows),
            **{item: rng.choice([1, 2, 3, 4, 5, 8], rows) for item in "abc"},
            "w": rng.choice([0.0, 0.5, 2.0], rows),
            "land": np.repeat(list(GROUPS), list(GROUPS.values())),
            "id": np.arange(rows) * 7,
        }
    )
    frame.loc[rng.random(rows) < 0.1, "grade"] = np.nan
    return frame


def values_of(row: pd.Series) -> list[float] | None:
    """Return the columns of the model in one row, or None where it is not usable."""
    given = [row[item] for item in "abc" if row[item] != 8]
    if np.isnan(row["grade"]) or 2 * len(given) < 3 or row["w"] == 0:
        return None
    away = row["wait"] == 9
    care = sum(given) / len(given) - 3
    return [0.0 if away else 4 - row["wait"] - 2, float(away), care, row["grade"] - 5.5]


def line_of(rows: pd.DataFrame) -> dict[str, float]:
    """Return the counts and sums of some rows, one row at a time."""
    found: dict[str, float] = dict.fromkeys(
        ("n", "away_0", "w", "w2", *(f"s_{i}" for i in range(4))), 0.0
    )
    found |= {f"p_{i}_{j}": 0.0 for i in range(4) for j in range(i, 4)}
    for _, row in rows.iterrows():
        values = values_of(row)
        if values is not None:
            found["n"] += 1
            found["away_0"] += values[1]
            found["w"] += row["w"]
            found["w2"] += row["w"] ** 2
            for i in range(4):
                found[f"s_{i}"] += row["w"] * values[i]
                for j in range(i, 4):
                    found[f"p_{i}_{j}"] += row["w"] * values[i] * values[j]
    return found


def assert_line(line: pd.Series, rows: pd.DataFrame, *, without: tuple[str, ...] = ()) -> None:
    for name, value in line_of(rows).items():
        if name not in without:
            assert line[name] == pytest.approx(value, rel=1e-12), name


def test_totals_are_those_of_loops_and_small_groups_are_only_counted():
    frame = answers()
    plan = plan_of(CODEBOOK, by="land", identity="id")
    lines = totals_of_frame(plan, nw.from_native(frame)).set_index("by_0")
    for land in ("north", "south"):
        rows = frame[frame["land"] == land]
        assert_line(lines.loc[land], rows)
        assert lines.loc[land, "rows"] == GROUPS[land]
    small = lines[lines["small"] > 0].iloc[0]
    tiny = line_of(frame[frame["land"] == "tiny"])
    assert (small["groups"], small["rows"], small["n"]) == (1, 6, tiny["n"])
    assert small[list(plan.sums)].isna().all()


def test_parts_are_those_of_loops_over_the_rows_that_the_hash_says():
    frame = answers()
    plan = plan_of(CODEBOOK, by="land", identity="id", parts=2)
    totals = totals_of_frame(plan, nw.from_native(frame)).set_index("by_0")
    lines = parts_of_frame(plan, nw.from_native(frame)).set_index(["by_0", "part"])
    assert len(lines) == 3
    for land in ("north", "south"):
        rows = frame[frame["land"] == land]
        n = totals.loc[land, "n"]
        parts = 2 if n >= 60 else 1
        found = hashed(rows["id"].to_numpy(), plan.seed)
        told = found * max(1, n // (parts * 30)) < MODULUS
        for part in range(parts):
            inside = rows[told & (parts_of(found, parts, plan.seed) == part)]
            assert_line(lines.loc[(land, part)], inside, without=("away_0",))


def test_parts_of_which_one_is_small_are_not_told_at_all():
    frame = answers().assign(id=lambda found: np.where(found.index < 395, 7, found.index))
    book = Codebook(CODEBOOK.outcome, CODEBOOK.drivers, weight="w", cluster="id")
    lines = parts_of_frame(plan_of(book), nw.from_native(frame))
    assert lines.empty


def test_some_rows_at_a_time_give_the_same_as_all_at_once(monkeypatch):
    plan = plan_of(CODEBOOK, by="land", identity="id")
    whole = [each(plan, nw.from_native(answers())) for each in (totals_of_frame, parts_of_frame)]
    monkeypatch.setattr(frames, "ROWS_AT_ONCE", 37)
    ticks: list[float] = []
    for each, expected in zip((totals_of_frame, parts_of_frame), whole, strict=True):
        found = each(plan, nw.from_native(answers()), tick=ticks.append)
        pd.testing.assert_frame_equal(found, expected)
    assert sum(ticks) == 2 * len(answers())
