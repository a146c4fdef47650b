"""Try many malformed files: ``python -m tests.fuzzing --cases 20000 --seed 1``.

With ``--page docs/hostile-input.md`` the figures are written as a page. Every finding is kept as a
small file with what went wrong beside it; a case is the same every time by its seed and number.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from tests.fuzzing.cases import SUFFIXES, Case
from tests.fuzzing.page import page, table
from tests.fuzzing.trials import FINDING
from tests.fuzzing.workers import Tried, all_tried


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the cases; return 1 when there is a finding."""
    parser = ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000, help="how many")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other cases")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="try this case alone")
    parser.add_argument("--findings", type=Path, default=Path("fuzzing-findings"))
    parser.add_argument("--page", type=Path, help="write the figures as this page")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args(arguments)
    numbers = range(chosen.cases) if chosen.only is None else [chosen.only]
    cases = [Case(chosen.seed, number) for number in numbers]
    tried = []
    for one in tqdm(all_tried(cases, chosen.workers), total=len(cases), disable=None):
        tried.append(one)
        if one.ending.kind == FINDING:
            keep(one, chosen.findings)
    sys.stdout.write(table(tried) + "\n")
    if chosen.page is not None:
        text = page(tried, chosen.seed)
        chosen.page.write_text(text, encoding="utf-8", newline="\n")
    return int(any(one.ending.kind == FINDING for one in tried))


def keep(one: Tried, folder: Path) -> None:
    """Write the file of a finding, and what went wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{one.case.kind}-{one.case.seed}-{one.case.number}"
    file = folder / f"{stem}{SUFFIXES.get(one.case.kind, '.arguments')}"
    file.write_bytes(one.case.content())
    why = folder / f"{stem}.txt"
    why.write_text(one.ending.detail, encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
