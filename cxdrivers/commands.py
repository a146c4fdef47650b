"""Do what a command asks: read, compute, print or write.

Nothing heavy is imported before a command runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxdrivers.errors import CxError
from cxdrivers.vocabulary import REPORT_FORMATS
from cxdrivers.wording import say

if TYPE_CHECKING:
    from cxdrivers.survey.finding import Finding
    from cxdrivers.survey.survey import Survey

LARGE_FILE = 20 * 2**20
TO_MEND = 1


def report(chosen: Namespace) -> int:
    """Write the report of a survey to a folder, or refresh an earlier deck."""
    if chosen.update is not None:
        return _update(chosen)
    from cxdrivers.report.write import write_report  # noqa: PLC0415

    return _write(
        write_report(survey_of(chosen), Path(chosen.out), **_report_settings(chosen)), chosen
    )


def demo(chosen: Namespace) -> int:
    """Write the report of the example survey."""
    from cxdrivers.report.write import write_report  # noqa: PLC0415
    from cxdrivers.survey.sources import load_example  # noqa: PLC0415

    settings = _report_settings(chosen)
    return _write(write_report(load_example(), Path(chosen.out), **settings), chosen)


def weights(chosen: Namespace) -> int:
    """Print the driver weights of a survey."""
    from cxdrivers.answers.weights.weights import driver_weights  # noqa: PLC0415
    from cxdrivers.report.files import csv_bytes  # noqa: PLC0415

    survey = survey_of(chosen)
    language = chosen.language or survey.codebook.language
    found = driver_weights(
        survey,
        method=chosen.method,
        kind=chosen.kind,
        threshold=chosen.threshold,
        adjusted=not chosen.classic,
        always=listed(chosen.always),
        n_boot=chosen.n_boot,
        seed=chosen.seed,
    )
    if chosen.csv:
        sys.stdout.write(csv_bytes(found.tidy(), chosen.language or "en").decode("utf-8-sig"))
        return 0
    table = found.table(language).to_string(index=False)
    sys.stdout.write(f"{table}\n{found.footer(language)}\n\n{found.summary(language)}\n")
    return 0


def check(chosen: Namespace) -> int:
    """Print what stands out in a survey; exit 1 when something must be mended first."""
    from cxdrivers.answers.weights.weights import driver_weights  # noqa: PLC0415
    from cxdrivers.survey.finding import SEVERITIES  # noqa: PLC0415

    survey = survey_of(chosen)
    language = chosen.language or survey.codebook.language
    found = {name: _printed(survey.found, name, language) for name in SEVERITIES}
    if not found[SEVERITIES[0]]:
        try:
            driver_weights(survey, n_boot=0)
        except CxError as error:
            found[SEVERITIES[0]].append(
                f"[{say('findings.stop.name', language)}]\n  {error.say(language)}"
            )
    counts = [
        f"{say(f'findings.{name}.name', language)}: {len(parts)}"
        for name, parts in found.items()
        if parts
    ]
    blocks = [survey.headline(language)]
    blocks[0] += f"\n{' · '.join(counts)}" if counts else ""
    blocks += ["\n".join(parts) for parts in found.values() if parts]
    if not counts:
        blocks.append(say("report.findings.none", language))
    sys.stdout.write("\n\n".join(blocks) + "\n")
    return TO_MEND if found[SEVERITIES[0]] else 0


def codebook(chosen: Namespace) -> int:
    """Draft a codebook for a person to correct."""
    from cxdrivers.codebook.drafting import draft_codebook  # noqa: PLC0415
    from cxdrivers.report.files import write_file  # noqa: PLC0415

    _announce(chosen)
    draft = draft_codebook(
        chosen.file, language=chosen.language, sheet=chosen.sheet, decimal=chosen.decimal
    )
    if chosen.out is None:
        sys.stdout.write(draft.text)
        return 0
    write_file(Path(chosen.out), draft.text.encode("utf-8"), force=chosen.force)
    sys.stdout.write(say("cli.codebook_written", draft.language, path=chosen.out) + "\n")
    return 0


def _printed(found: Sequence[Finding], severity: str, language: str) -> list[str]:
    """Return the findings of one severity, each as a few lines of text."""
    from cxdrivers.survey.checks import check_name  # noqa: PLC0415

    kind = check_name(severity, language)
    return [
        f"[{kind}] {check_name(finding.check, language)}\n"
        f"  {finding.meaning.say(language).strip()}\n"
        f"  → {finding.next_step.say(language)}"
        for finding in found
        if finding.severity == severity
    ]


def survey_of(chosen: Namespace) -> Survey:
    """Read the survey that a command names."""
    from cxdrivers.survey.sources import read_survey  # noqa: PLC0415

    _announce(chosen)
    return read_survey(
        chosen.file, codebook=chosen.codebook, sheet=chosen.sheet, decimal=chosen.decimal
    )


def _announce(chosen: Namespace) -> None:
    """Say that a large file is being read, since that takes a while."""
    file = Path(chosen.file)
    if file.is_file() and file.stat().st_size > LARGE_FILE:
        size = f"{file.stat().st_size / 2**20:.0f}"
        sys.stderr.write(
            say("cli.reading", chosen.language or "en", file=file.name, size=size) + "\n"
        )


def _report_settings(chosen: Namespace) -> dict[str, Any]:
    return {
        "language": chosen.language,
        "formats": listed(chosen.formats),
        "template": chosen.template,
        "n_boot": chosen.n_boot,
        "seed": chosen.seed,
        "force": chosen.force,
    }


def _update(chosen: Namespace) -> int:
    """Refresh an earlier deck, and print what has new numbers and what was left."""
    from cxdrivers.report.update import update_deck  # noqa: PLC0415

    if chosen.template is not None:
        raise CxError("update_with_template")
    if listed(chosen.formats) not in ([*REPORT_FORMATS], ["pptx"]):
        raise CxError("update_with_formats", formats=chosen.formats)
    survey = survey_of(chosen)
    language = chosen.language or survey.codebook.language
    done = update_deck(
        survey,
        chosen.update,
        chosen.out,
        language=chosen.language,
        n_boot=chosen.n_boot,
        seed=chosen.seed,
        force=chosen.force,
    )
    lines = [say("cli.written", language, count=1, first=done.path)]
    for name, items in (("changed", done.changed), ("left", done.left)):
        if items:
            lines += [f"{say(f'cli.deck.{name}', language)}:", *(f"  {item}" for item in items)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def listed(names: str) -> list[str]:
    """Return names that are separated by commas."""
    return [name.strip() for name in names.split(",") if name.strip()]


def _write(paths: Sequence[Path], chosen: Namespace) -> int:
    sys.stdout.write(
        say("cli.written", chosen.language or "en", count=len(paths), first=paths[0]) + "\n"
    )
    return 0
