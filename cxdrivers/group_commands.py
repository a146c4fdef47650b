"""Do what the commands about many groups or clients ask: ``groups`` and ``benchmark``."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from cxdrivers.commands import listed, survey_of
from cxdrivers.errors import CxError
from cxdrivers.wording import say


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
