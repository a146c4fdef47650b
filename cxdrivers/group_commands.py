"""Do what commands about groups or clients ask: ``weights --by``, ``groups``, ``benchmark``."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxdrivers import commands
from cxdrivers.commands import listed, survey_of
from cxdrivers.errors import CxError
from cxdrivers.wording import say

if TYPE_CHECKING:
    from cxdrivers.moments.grouped import GroupedMoments


LARGE_TEXT = 500 * 2**20
"""A CSV file larger than this is added up piece by piece; a smaller one is read in any dialect."""


def weights(chosen: Namespace) -> int:
    """Print the driver weights of a survey, or of every group by itself in one pass over rows."""
    if chosen.by is None and not chosen.one_pass:
        return commands.weights(chosen)
    from cxdrivers.answers.weights.group_weights_result import (  # noqa: PLC0415
        MOST_ROWS,
        GroupWeights,
    )
    from cxdrivers.answers.weights.weights import driver_weights  # noqa: PLC0415
    from cxdrivers.report.files import csv_bytes  # noqa: PLC0415

    moments = _sums_of(chosen)
    language = chosen.language or (moments.codebook.language if moments.codebook else "en")
    asked: dict[str, Any] = {
        "method": chosen.method,
        "kind": chosen.kind,
        "threshold": chosen.threshold,
        "adjusted": not chosen.classic,
        "always": listed(chosen.always),
        "n_boot": chosen.n_boot,
        "seed": chosen.seed,
    }
    found = driver_weights(moments, **asked)
    if chosen.csv:
        sys.stdout.write(csv_bytes(found.tidy(), chosen.language or "en").decode("utf-8-sig"))
        return 0
    shown = {"most": MOST_ROWS} if isinstance(found, GroupWeights) else {}
    table = found.table(language, **shown).to_string(index=False)
    below = found.footer(language, **shown)
    sys.stdout.write(f"{table}\n{below}\n\n{found.summary(language)}\n")
    return 0


def _sums_of(chosen: Namespace) -> GroupedMoments:
    """Add the rows of a file up: where they are when it is Parquet or large, else in memory."""
    from cxdrivers.moments.warehouse.reading import moments_from  # noqa: PLC0415

    settings: dict[str, Any] = {
        "by": listed(chosen.by or "") or None,
        "minimum": chosen.minimum,
        "seed": chosen.seed,
    }
    if chosen.codebook is not None and _stays_on_disk(chosen.file):
        return moments_from(chosen.file, codebook=chosen.codebook, **settings)
    survey = survey_of(chosen)
    return moments_from(survey.frame, codebook=survey.codebook, **settings)


def _stays_on_disk(file: str) -> bool:
    path = Path(file)
    if path.suffix.lower() in {".parquet", ".pq"} or "*" in path.name:
        return True
    texts = path.suffix.lower() in {".csv", ".tsv", ".txt"} and path.is_file()
    return texts and path.stat().st_size > LARGE_TEXT


def groups(chosen: Namespace) -> int:
    """Print the drivers of every group beside each other, and what differs between groups."""
    from cxdrivers.answers.groups.groups import compare_groups  # noqa: PLC0415
    from cxdrivers.report.files import csv_bytes  # noqa: PLC0415

    survey = survey_of(chosen)
    language = chosen.language or survey.codebook.language
    found = compare_groups(
        survey, by=listed(chosen.by or "") or None, minimum=chosen.minimum, seed=chosen.seed
    )
    if chosen.csv:
        sys.stdout.write(csv_bytes(found.tidy(), chosen.language or "en").decode("utf-8-sig"))
        return 0
    blocks = [found.table(language), found.spread_table(language)]
    parts = [block.to_string(index=False) for block in blocks]
    parts[0] += f"\n{found.footer(language)}"
    parts.append("\n".join([found.summary(language), *found.remarks(language)]))
    sys.stdout.write("\n\n".join(parts) + "\n")
    return 0


def benchmark(chosen: Namespace) -> int:
    """Write a benchmark of the clients in a file (``--out``), or place a client in one."""
    from cxdrivers.answers.groups.benchmark import Benchmark  # noqa: PLC0415

    if (chosen.out is None) == (chosen.field is None):
        raise CxError("benchmark_out_or_field")
    if chosen.field is not None and chosen.by is not None:
        raise CxError("benchmark_by_with_field", by=chosen.by)
    survey = survey_of(chosen)
    language = chosen.language or survey.codebook.language
    if chosen.out is not None:
        made = Benchmark.of(survey, by=chosen.by, seed=chosen.seed)
        made.save(Path(chosen.out), force=chosen.force)
        written = say("cli.written", language, count=1, first=chosen.out)
        sys.stdout.write(f"{written}\n\n{made.summary(language)}\n")
        return 0
    placed = Benchmark.load(chosen.field).place(survey, seed=chosen.seed)
    table = placed.table(language).to_string(index=False)
    sys.stdout.write(f"{table}\n\n{placed.summary(language)}\n")
    return 0
