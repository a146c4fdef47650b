"""Ask one program one question about answers, and tell what it said.

Run as a module, in any Python with pandas and that program, with the program's name, the question
and the folder of its answers. A line of JSON comes out; an error is the program's own, unhandled.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tests.studies.contenders import timed

OUTCOME, WEIGHT, TOP = "satisfaction", "weight", 8
TABLES = {
    "complete": "complete",
    "resampled": "complete",
    "matrix": "matrix",
    "names": "names",
    "tied": "tied",
    "blanks": "blanks",
    "left_out": "blanks",
    "weights": "weights",
    "top_box": "complete",
    "nagelkerke": "complete",
    "many": "many",
}
"""Every question, with the table of answers that it is about."""
RESAMPLES = 1000

Table = pd.DataFrame


@dataclass(frozen=True)
class Said:
    """What a program said: a share a driver, in its own order, and the rows that it used."""

    shares: Mapping[str, float]
    rows: int | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


def cxdrivers(question: str, table: Table) -> Said:
    """Ask `driver_weights` for the classic shares."""
    import cxdrivers as cx

    asked: dict[str, Any] = {"adjusted": False, "n_boot": 0}
    data: cx.Survey | cx.Moments
    if question == "matrix":
        data = cx.Moments.from_covariance(table, outcome=OUTCOME, n=1000)
    else:
        weight = WEIGHT if question == "weights" else None
        drivers = drivers_of(table)
        data = cx.Survey.from_frame(table, outcome=OUTCOME, drivers=drivers, weight=weight)
    if question in ("top_box", "nagelkerke"):
        asked |= {"kind": "top_box", "threshold": TOP}
    if question == "nagelkerke":
        asked["method"] = "nagelkerke"
    if question == "left_out":
        asked["missing"] = "listwise"
    if question == "resampled":
        asked["n_boot"] = RESAMPLES
    found = cx.driver_weights(data, **asked)
    return Said(dict(zip(found.drivers, found.estimate.tolist(), strict=True)), found.n)


def pingouin(question: str, table: Table) -> Said:
    """Ask `linear_regression(relimp=True)`."""
    import pingouin

    asked: dict[str, Any] = {"relimp": True}
    if question == "left_out":
        asked["remove_na"] = True
    if question == "weights":
        asked["weights"] = table[WEIGHT]
    drivers = drivers_of(table)
    found = pingouin.linear_regression(table[drivers], table[OUTCOME], **asked)
    shares = found.set_index("names")["relimp"][drivers].to_dict()
    return Said(shares, int(found.df_resid_) + len(drivers) + 1)


def dominance_analysis(question: str, table: Table) -> Said:
    """Ask `Dominance.incremental_rsquare`, which reports on its way in sentences."""
    from dominance_analysis import Dominance

    asked: dict[str, Any] = {}
    if question == "matrix":
        asked["data_format"] = 2
    if question in ("top_box", "nagelkerke"):
        table[OUTCOME] = (table[OUTCOME] >= TOP).astype(int)
        asked["objective"] = 0
    if question == "nagelkerke":
        asked["pseudo_r2"] = "nagelkerke"
    columns = list(table)
    model = Dominance(data=table, target=OUTCOME, **asked)
    added = [column for column in table if column not in columns]
    if question == "many":
        return Said({}, len(table), {"kept": model.top_k})
    return Said(model.incremental_rsquare(), len(table), {"added": added})


PROGRAMS: dict[str, Callable[[str, Table], Said]] = {
    "cxdrivers": cxdrivers,
    "pingouin": pingouin,
    "dominance-analysis": dominance_analysis,
}
TIMED = ("complete", "resampled")


def drivers_of(table: Table) -> list[str]:
    """Return the columns that are neither the outcome nor the weight."""
    return [str(column) for column in table if column not in (OUTCOME, WEIGHT)]


def read(question: str, folder: Path) -> Table:
    """Return the answers that a question is about; a matrix has its names in both directions."""
    index = 0 if question == "matrix" else None
    return pd.read_csv(folder / f"{TABLES[question]}.csv", index_col=index)


def told(program: str, question: str, folder: Path) -> dict[str, Any]:
    """Return the shares, rows, warnings and, where it is asked for, the time in seconds."""
    table = read(question, folder)
    ask = PROGRAMS[program]
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        said = ask(question, table.copy())
    found = {
        "shares": {driver: float(share) for driver, share in said.shares.items()},
        "rows": said.rows,
        "warnings": [str(warning.message) for warning in heard if warning.category is UserWarning],
        **said.more,
    }
    if question in TIMED:
        found["seconds"] = timed(lambda: [*ask(question, table.copy()).shares.values()])["seconds"]
    return found


if __name__ == "__main__":
    np.seterr(all="ignore")
    line = json.dumps(told(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
    sys.stdout.write(f"\n{line}")
