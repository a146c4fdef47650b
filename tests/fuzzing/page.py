"""Write how many cases ended in what as a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cxdrivers.reading import allowance, apart, delimited, zip_sizes
from cxdrivers.reading.child import MOST_MEMORY
from tests.fuzzing.cases import ARGUMENTS, KINDS
from tests.fuzzing.trials import ANSWER, FINDING, PATIENCE, SENTENCE
from tests.fuzzing.worker import WITHIN
from tests.fuzzing.workers import Tried
from tests.studies.benchmarks_page import grid

TEMPLATE = Path(__file__).with_suffix(".md")
ENDINGS = (ANSWER, SENTENCE, FINDING)
NAMES = {
    "csv": "CSV, English and Dutch, in eight encodings",
    "xlsx": "Excel workbooks",
    "sav": "SPSS `.sav`",
    "zsav": "SPSS `.zsav`",
    "parquet": "Parquet",
    "codebook": "codebooks (TOML)",
    "lexicon": "lexicons (TOML)",
    "labels": "labels of texts (CSV)",
    "benchmark": "benchmarks (JSON)",
    ARGUMENTS: "arguments of the command",
}


def page(tried: Sequence[Tried], seed: int) -> str:
    """Return the page as Markdown."""
    return TEMPLATE.read_text(encoding="utf-8").format(
        cases=f"{len(tried):,}",
        count=len(tried),
        seed=seed,
        table=table(tried),
        caught=sum(one.is_caught for one in tried),
        findings=sum(one.ending.kind == FINDING for one in tried),
        patience=PATIENCE,
        within=WITHIN // 2**30,
        child=MOST_MEMORY // 2**30,
        minutes=apart.SECONDS // 60,
        **limits(),
    )


def limits() -> dict[str, str]:
    """Return what is the most that is read, as the page says it."""
    return {
        "largest_text": f"{allowance.LARGEST_TEXT // 2**20} MB",
        "most_memory": f"{allowance.MOST_MEMORY // 2**20:,} MB",
        "most_columns": f"{allowance.MOST_COLUMNS:,}",
        "most_cells": f"{allowance.MOST_CELLS:,}",
        "longest_row": f"{delimited.LONGEST_ROW:,}",
        "most_unpacked": f"{zip_sizes.MOST_UNPACKED // 2**20:,} MB",
        "most_sheet_cells": f"{zip_sizes.MOST_SHEET_CELLS:,}",
    }


def table(tried: Sequence[Tried]) -> str:
    """Return how many cases of each kind ended in what, as a table of Markdown."""
    counts = Counter((one.case.kind, one.ending.kind) for one in tried)
    rows = []
    for kind in KINDS:
        found = [counts[kind, ending] for ending in ENDINGS]
        rows.append([NAMES[kind], *(f"{count:,}" for count in (sum(found), *found))])
    totals = [sum(counts[kind, ending] for kind in KINDS) for ending in ENDINGS]
    rows.append(["**all**", *(f"{count:,}" for count in (sum(totals), *totals))])
    return grid(["input", "cases", "an answer", "an error with a sentence", "a finding"], rows)
