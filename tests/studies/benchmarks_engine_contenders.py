"""Add answers up, by one program: ``python -m tests.studies.benchmarks_engine_contenders``.

A line of JSON says what to do; another says how long it took. What is imported and made ready
beforehand is not timed. A program uses as many threads as it finds processors.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

import cxdrivers as cx
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.warehouse.reading import moments_from
from tests.studies.benchmarks_engine_data import HIGH, LOW
from tests.studies.benchmarks_engine_tasks import (
    CENTRE,
    FloatArray,
    Numbers,
    Task,
    centred,
    numbers_of,
    numbers_of_table,
)

if TYPE_CHECKING:
    import polars as pl

HAND_PARTS = 200
LONG_ENOUGH, OFTEN_ENOUGH = 3.0, 3

Work = Callable[[], Numbers]


def sql_by_hand(task: Task, parts: int = 0, *, checked: bool = False) -> str:
    """Return the fastest SQL for DuckDB that was found; checked, of answers on their scale alone.

    Grades become doubles and are centred in a query within. As whole numbers their sums take 1.5 to
    1.8 times as long, as bare doubles 1.3 times.
    """
    keys = [task.by] if task.by else []
    cells = [f"CAST({name} AS DOUBLE) - {CENTRE}e0 AS {name}" for name in task.columns]
    cells += [f"hash(respondent) % {parts} AS part"] if parts else []
    cells += ["weight"] if task.weighted else []
    fits = f"BETWEEN {LOW} AND {HIGH}" if checked else "IS NOT NULL"
    known = " AND ".join(f"{name} {fits}" for name in task.columns)
    where = f" WHERE {known}" if task.blanks or checked else ""
    rows = f"SELECT {', '.join([*keys, *cells])} FROM read_parquet('{task.files}'){where}"  # noqa: S608
    times = "weight * " if task.weighted else ""
    sums = ["sum(weight)" if task.weighted else "count(*)"]
    sums += [f"sum({times}{name})" for name in task.columns]
    sums += [f"sum({times}{first} * {second})" for first, second in task.pairs]
    keys += ["part"] if parts else []
    # The names are the study's own, so nothing can be injected.
    grouped = f" GROUP BY {', '.join(keys)}" if keys else ""
    return f"SELECT {', '.join([*keys, *sums])} FROM ({rows}){grouped}"  # noqa: S608


def by_hand(task: Task, *, checked: bool = False) -> Work:
    """Add up in DuckDB."""
    import duckdb

    query = sql_by_hand(task, checked=checked)

    def work() -> Numbers:
        with duckdb.connect() as connection:
            return numbers_of_table(task, connection.sql(query).df())

    return work


def by_hand_in_parts(task: Task) -> Work:
    """Add up by group and hashed part at once, which is the obvious way to intervals."""
    import duckdb

    def work() -> Numbers:
        with duckdb.connect() as connection:
            found = connection.sql(sql_by_hand(task, HAND_PARTS)).df()
        totals = found.drop(columns="part").groupby(task.by).sum()
        return numbers_of_table(task, totals.reset_index())

    return work


def polars_doubles(task: Task) -> Work:
    """Add up in polars, streaming, as doubles."""
    import polars as pl

    cells = [pl.col(name).cast(pl.Float64) - CENTRE for name in task.columns]
    rows = pl.scan_parquet(task.files)
    rows = rows.drop_nulls(task.columns) if task.blanks else rows
    if not task.weighted:
        return _polars(task, rows, cells, {name: pl.col(name) for name in task.columns})
    weighed = {name: pl.col(f"{name}_weighed") for name in task.columns}
    rows = rows.with_columns(cells).with_columns(
        (pl.col("weight") * pl.col(name)).alias(f"{name}_weighed") for name in task.columns
    )
    kept = ["weight", *task.columns, *(f"{name}_weighed" for name in task.columns)]
    return _polars(task, rows, [pl.col(name) for name in kept], weighed)


def polars_whole(task: Task) -> Work:
    """Add up in polars, streaming, as whole numbers of 16 bits: for grades without weights."""
    import polars as pl

    cells = [pl.col(name).cast(pl.Int16) for name in task.columns]
    rows = pl.scan_parquet(task.files)
    work = _polars(task, rows, cells, {name: pl.col(name) for name in task.columns})
    return lambda: centred(work(), len(task.columns))


def _polars(
    task: Task, rows: pl.LazyFrame, cells: list[pl.Expr], weighed: dict[str, pl.Expr]
) -> Work:
    import polars as pl

    keys = [task.by] if task.by else []
    mass = pl.col("weight").sum() if task.weighted else pl.len().cast(pl.Float64)
    sums = [mass.alias("w"), *(weighed[name].sum().alias(f"s_{name}") for name in task.columns)]
    sums += [(weighed[a] * pl.col(b)).sum().alias(f"p_{a}_{b}") for a, b in task.pairs]
    rows = rows.select(*keys, *cells)
    query = rows.group_by(keys).agg(sums) if keys else rows.select(sums)
    return lambda: numbers_of_table(task, query.collect(engine="streaming").to_pandas())


def pandas_products(task: Task) -> Work:
    """Add up in pandas, file after file: a column for every product, and `groupby`."""

    def added_up(file: Path) -> pd.DataFrame:
        frame = pd.read_parquet(file, columns=[task.by, *task.columns])
        values = frame[list(task.columns)].astype(np.float64) - CENTRE
        products = {(a, b): values[a] * values[b] for a, b in task.pairs}
        wide = pd.concat(
            [pd.Series(1.0, frame.index), values, pd.DataFrame(products)], axis=1, ignore_index=True
        )
        return wide.groupby(frame[task.by]).sum()

    def work() -> Numbers:
        found = pd.concat([added_up(file) for file in sorted(Path(task.folder).iterdir())])
        return numbers_of_table(task, found.groupby(level=0).sum().reset_index())

    return work


def pandas_matrices(task: Task) -> Work:
    """Add up in pandas and NumPy, file after file: a product of matrices for every group."""
    upper = np.triu_indices(1 + len(task.columns))

    def work() -> Numbers:
        found: dict[int, FloatArray] = {}
        for file in sorted(Path(task.folder).iterdir()):
            frame = pd.read_parquet(file, columns=[task.by, *task.columns])
            values = np.column_stack([np.ones(len(frame)), frame[list(task.columns)] - CENTRE])
            for group, places in frame.groupby(task.by).indices.items():
                rows = values[places]
                found[group] = found.get(group, 0) + rows.T @ rows
        return numbers_of(list(found), np.array([each[upper] for each in found.values()]))

    return work


def package(task: Task) -> Work:
    """Add up with the package, which hands files to DuckDB."""
    _ = import_module("duckdb")
    return lambda: _numbers(_moments(task, task.files))


def package_polars(task: Task) -> Work:
    """Add up with the package, the rows being a lazy frame of polars."""
    import polars as pl

    return lambda: _numbers(_moments(task, pl.scan_parquet(task.files)))


def weights(task: Task) -> Work:
    """Weigh the drivers of every group, the moments being there."""
    moments = _moments(task, task.files)

    def work() -> Numbers:
        found = cx.driver_weights(moments, adjusted=False, n_boot=task.n_boot, seed=1)
        return numbers_of(moments.labels, found.table_of["estimate"])

    return work


def nothing(_: Task) -> Work:
    """Add nothing up: what is imported is in every peak of memory."""
    return lambda: numbers_of([], np.zeros((0, 1)))


def _moments(task: Task, table: object) -> GroupedMoments:
    *drivers, outcome = task.columns
    return moments_from(
        table,
        outcome=outcome,
        drivers=drivers,
        scale=(LOW, HIGH),
        weight="weight" if task.weighted else None,
        by=task.by or None,
        parts=task.parts,
        identity="respondent",
    )


def _numbers(moments: GroupedMoments) -> Numbers:
    return numbers_of(moments.labels, moments.sums.sum(axis=1))


PROGRAMS: dict[str, Callable[[Task], Work]] = {
    "nothing": nothing,
    "by hand": by_hand,
    "by hand, checked": partial(by_hand, checked=True),
    "by hand, parts": by_hand_in_parts,
    "polars, doubles": polars_doubles,
    "polars, whole": polars_whole,
    "pandas, products": pandas_products,
    "pandas, matrices": pandas_matrices,
    "package": package,
    "package, polars": package_polars,
    "weights": weights,
}


def measure_task(task: Task) -> dict[str, Any]:
    """Return the least seconds of processors, those of a clock, and the peak of memory in MB."""
    work = PROGRAMS[task.program](task)
    spent: list[tuple[float, float]] = []
    while sum(wall for _, wall in spent) < LONG_ENOUGH and len(spent) < OFTEN_ENOUGH:
        start, started = process_time(), perf_counter()
        result = work()
        spent.append((process_time() - start, perf_counter() - started))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if task.out:
        result.write(Path(task.out))
    cpu, wall = min(spent)
    return {
        "seconds": cpu,
        "wall": wall,
        "megabytes": peak / (2**20 if sys.platform == "darwin" else 2**10),
    }


def main(line: str, more: str) -> None:
    """Do what a line says, and write another."""
    task = Task.from_json(line)
    found: dict[str, Any] = {}
    if task.program == "make":
        task.answers.write(Path(task.folder), **json.loads(more))
    else:
        found = measure_task(task)
    sys.stdout.write("\n" + json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
