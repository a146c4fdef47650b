"""Measure time and memory beside other programs: ``python -m tests.studies.benchmarks``.

Each measurement runs in a fresh process, one after another, with one thread, so all ratios of a
section are of times of one run; engines take all processors. The other packages are installed in a
folder of their own, which is removed again unless one is named. The sections on top box and grades
and on the client's engine can be measured alone; then the rest of the page stays as it is.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from tqdm import tqdm

from tests.studies import benchmarks_engine_page, benchmarks_fitted
from tests.studies.benchmarks_engine import measured_engine
from tests.studies.benchmarks_engine_plan import ROWS, Plan
from tests.studies.benchmarks_fitted import FittedKey, with_section
from tests.studies.benchmarks_page import (
    DRIVERS,
    MANY,
    PATIENCE,
    RESAMPLES,
    SAMPLED,
    Key,
    Measured,
    page,
    with_part,
)
from tests.studies.peers import PEERS, Peer, has_relaimpo, installed, last_line

RESAMPLED = {7: 1000, 10: 1000, 15: 1000, 20: 50, 25: 5}
"""Resamples that are really made; the time of 1,000 follows from them."""

WORKER = (str(Path(__file__).with_name("contenders.py")),)
FITTED_WORKER = ("-m", "tests.studies.fitted_contenders")
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
HERE = Path(sys.executable)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure everything and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.studies.benchmarks", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/benchmarks.md"), help="the page")
    parser.add_argument("--peers", type=Path, help="folder to keep the other packages in")
    parser.add_argument("--only", choices=["fitted", "engine"], help="measure this section alone")
    parser.add_argument("--rows", type=int, default=ROWS, help="rows in the client's engine")
    chosen = parser.parse_args(arguments)
    out: Path = chosen.out
    text = out.read_text(encoding="utf-8") if chosen.only else _compared(chosen.peers)
    if chosen.only != "engine":
        text = with_section(text, _fitted())
        out.write_text(text, encoding="utf-8")
    if chosen.only != "fitted":
        engine = benchmarks_engine_page.section(measured_engine(Plan(chosen.rows)))
        out.write_text(with_part(text, engine), encoding="utf-8")


def _compared(kept: Path | None) -> str:
    """Return the page without the section on top box and grades."""
    with ExitStack() as stack:
        folder = kept or Path(stack.enter_context(TemporaryDirectory()))
        peers = [installed(name, folder) for name in tqdm(PEERS, desc="installing")]
        results = _measured(peers, r=has_relaimpo())
    return page(results, peers)


def _measured(peers: Sequence[Peer], *, r: bool) -> dict[Key, Measured]:
    """Return what was measured, by program, number of drivers and number of resamples."""
    programs = dict.fromkeys(("nothing", "driver_weights", "linear_shares", "statsmodels"), HERE)
    programs |= {peer.name: peer.python for peer in peers if peer.python}
    plan: list[tuple[str, Path, Sequence[int], int]] = [
        (name, python, DRIVERS, 0) for name, python in programs.items()
    ]
    if r:
        plan += [("relaimpo", HERE, DRIVERS, 0), ("relaimpo", HERE, DRIVERS, RESAMPLES)]
    plan += [("walked_shares", HERE, sorted({*DRIVERS, *MANY, SAMPLED[0]}), 0)]
    plan += [("sampled_shares", HERE, SAMPLED, 0)]
    results: dict[Key, Measured] = {}
    for name, python, ladder, resamples in tqdm(plan, desc="measuring"):
        for drivers, found in _climbed(name, python, ladder, resamples).items():
            results[name, drivers, resamples] = found
    for drivers in tqdm(DRIVERS, desc="resampling"):
        once = results["driver_weights", drivers, 0]
        results["driver_weights", drivers, RESAMPLES] = _resampled(drivers, once)
    return results


def _fitted() -> dict[FittedKey, Measured]:
    """Return what was measured with a top box and grades, by program and number of resamples."""
    loops = [name for names in benchmarks_fitted.LOOPS.values() for name in names]
    plan = [(kind, resamples) for kind in benchmarks_fitted.LOOPS for resamples in (0, RESAMPLES)]
    plan += [(name, 0) for name in loops]
    return {
        (name, resamples): _run(
            name, HERE, benchmarks_fitted.DRIVERS, resamples, worker=FITTED_WORKER
        )
        for name, resamples in tqdm(plan, desc="fitting")
    }


def _climbed(name: str, python: Path, ladder: Sequence[int], resamples: int) -> dict[int, Measured]:
    """Return a program's figures from few drivers to many, as far as there is patience for it.

    From there each driver more is taken to double the time, which is the least that it does.
    """
    found: dict[int, Measured] = {}
    for place, drivers in enumerate(ladder):
        one = _run(name, python, drivers, resamples)
        found[drivers] = one
        if one.known == "stopped" and place:
            last, reached = ladder[place - 1], found[ladder[place - 1]]
            least = {more: reached.seconds * 2.0 ** (more - last) for more in ladder[place:]}
            return found | {more: Measured(time, known="at least") for more, time in least.items()}
        if one.trouble or one.known == "stopped":
            return found
    return found


def _resampled(drivers: int, once: Measured) -> Measured:
    """Return the figures of 1,000 resamples, from fewer where there are many drivers."""
    made = RESAMPLED[drivers]
    found = _run("driver_weights", HERE, drivers, made)
    if made == RESAMPLES:
        return found
    seconds = once.seconds + (found.seconds - once.seconds) * RESAMPLES / made
    return Measured(seconds, found.megabytes, known="extrapolated")


def _run(
    name: str,
    python: Path,
    drivers: int,
    resamples: int = 0,
    *,
    worker: Sequence[str] = WORKER,
) -> Measured:
    """Measure in a fresh process, and stop it when it takes too long."""
    asked = [str(python), *worker, name, str(drivers), str(resamples)]
    try:
        done = subprocess.run(
            asked,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
            env=os.environ | ONE_THREAD,
        )
    except subprocess.TimeoutExpired:
        return Measured(known="stopped")
    if done.returncode:
        return Measured(trouble=last_line(done.stderr))
    told = json.loads(done.stdout.splitlines()[-1])
    part = told.pop("part", 1.0)
    known = "measured" if part == 1 else "extrapolated"
    return Measured(told.pop("seconds") / part, told.pop("megabytes"), known, told)


if __name__ == "__main__":
    main()
