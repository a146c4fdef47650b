"""Make the answers that the engine is measured with: whole grades from 1 to 10, as Parquet files.

Every file has a seed of its own, so the first files of a large table are those of a small one.
Clients differ in size, in what they are graded, and in what satisfies.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow as pa

CLIENTS, TEAMS = 1_000, 10_000
LOW, HIGH, MIDDLE = 1, 10, 7
SEED = 20
BLANK_SHARE = 0.03
"""The part of the grades of each column that is blank, where there are blanks."""

FloatArray = NDArray[np.floating]


@dataclass(frozen=True)
class Answers:
    """A table of answers.

    Attributes
    ----------
    drivers
        How many drivers it has.
    blanks
        Whether some grades are blank and rows have weights.
    """

    drivers: int = 7
    blanks: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The drivers, and the outcome last."""
        return (*(f"driver_{place + 1}" for place in range(self.drivers)), "satisfaction")

    @property
    def name(self) -> str:
        """What its folder is called."""
        return f"{self.drivers}_drivers{'_blanks' if self.blanks else ''}"

    def write(self, folder: Path, *, files: int, rows_a_file: int) -> None:
        """Write files into a new folder."""
        import pyarrow.parquet as pq

        folder.mkdir(parents=True)
        for number in range(files):
            table = self._file(number, rows_a_file)
            pq.write_table(table, folder / f"{number:03}.parquet")

    @cached_property
    def _clients(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return how large clients are, how they are graded, and what satisfies, by client."""
        rng = np.random.default_rng(SEED)
        size = np.exp(rng.normal(size=CLIENTS))
        level = rng.normal(0, 0.5, (CLIENTS, 1))
        slopes = rng.uniform(0, 2.4, (CLIENTS, self.drivers)) / self.drivers
        return size / size.sum(), level.astype(np.float32), slopes.astype(np.float32)

    def _file(self, number: int, rows: int) -> pa.Table:
        import pyarrow as pa

        rng = np.random.default_rng([SEED, number])
        size, level, slopes = self._clients
        client = np.searchsorted(size.cumsum()[:-1], rng.random(rows))
        halo = rng.standard_normal((rows, 1), np.float32)
        graded = 0.9 * halo + 1.2 * rng.standard_normal((rows, self.drivers), np.float32)
        noise = 1.2 * rng.standard_normal(rows, np.float32)
        satisfied = (graded * slopes[client]).sum(axis=1) + noise
        grades = np.column_stack([graded, satisfied]) + level[client] + MIDDLE
        grades = np.clip(np.rint(grades), LOW, HIGH).astype(np.int8)
        columns = {
            "respondent": np.arange(rows) + number * rows,
            "client": client.astype(np.int16),
            "team": (client * (TEAMS // CLIENTS) + rng.integers(TEAMS // CLIENTS, size=rows)),
        }
        columns["team"] = columns["team"].astype(np.int16)
        for place, name in enumerate(self.columns):
            blank = rng.random(rows, np.float32) < BLANK_SHARE if self.blanks else None
            columns[name] = pa.array(grades[:, place], mask=blank)
        if self.blanks:
            columns["weight"] = np.exp(rng.normal(0, 0.5, rows))
        return pa.table(columns)
