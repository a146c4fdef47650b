"""Run the main jobs from a terminal: ``cxdrivers report | weights | check | codebook | demo``.

Nothing heavy is imported before a command is chosen, so that ``--help`` answers at once. The exit
status is 0 when all went well, 1 when ``check`` found something to mend first, 2 for bad input and
130 when the user stopped it.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxdrivers.errors import CxError
from cxdrivers.vocabulary import KINDS
from cxdrivers.wording import LANGUAGES, say

if TYPE_CHECKING:
    from cxdrivers.survey.finding import Finding
    from cxdrivers.survey.survey import Survey

FORMATS = "html,csv,svg"
LARGE_FILE = 20 * 2**20
BAD_INPUT = 2
TO_MEND = 1
STOPPED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    language = _language_of(words)
    try:
        chosen = _parser(language).parse_args(words)
        status: int = COMMANDS[chosen.command](chosen)
    except CxError as error:
        sys.stderr.write(f"cxdrivers: {error.say(language)}\n")
        return BAD_INPUT
    except KeyboardInterrupt:
        sys.stderr.write(f"\n{say('cli.stopped', language)}\n")
        return STOPPED
    return status


def report(chosen: Namespace) -> int:
    """Write the report of a survey to a folder."""
    from cxdrivers.report.write import write_report  # noqa: PLC0415

    return _write(
        write_report(_survey(chosen), Path(chosen.out), **_report_settings(chosen)), chosen
    )


def demo(chosen: Namespace) -> int:
    """Write the report of the example survey."""
    from cxdrivers.report.write import write_report  # noqa: PLC0415
    from cxdrivers.survey.sources import load_example  # noqa: PLC0415

    settings = _report_settings(chosen)
    return _write(write_report(load_example(), Path(chosen.out), **settings), chosen)


def weights(chosen: Namespace) -> int:
    """Print the driver weights of a survey."""
    from cxdrivers.answers.weights import driver_weights  # noqa: PLC0415
    from cxdrivers.report.files import csv_bytes  # noqa: PLC0415

    survey = _survey(chosen)
    language = chosen.language or survey.codebook.language
    found = driver_weights(
        survey,
        method=chosen.method,
        kind=chosen.kind,
        threshold=chosen.threshold,
        adjusted=not chosen.classic,
        always=_listed(chosen.always),
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
    from cxdrivers.answers.weights import driver_weights  # noqa: PLC0415
    from cxdrivers.survey.finding import SEVERITIES  # noqa: PLC0415

    survey = _survey(chosen)
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
    from cxdrivers.reading.readers import read_table  # noqa: PLC0415
    from cxdrivers.report.files import write_file  # noqa: PLC0415

    language = chosen.language or "en"
    _announce(chosen)
    table = read_table(chosen.file, sheet=chosen.sheet, decimal=chosen.decimal)
    draft = draft_codebook(table, language=language)
    if chosen.out is None:
        sys.stdout.write(draft.text)
        return 0
    write_file(Path(chosen.out), draft.text.encode("utf-8"), force=chosen.force)
    sys.stdout.write(say("cli.codebook_written", language, path=chosen.out) + "\n")
    return 0


COMMANDS = {
    "report": report,
    "weights": weights,
    "check": check,
    "codebook": codebook,
    "demo": demo,
}


def _parser(language: str) -> ArgumentParser:
    from cxdrivers import __version__  # noqa: PLC0415

    parser = ArgumentParser(prog="cxdrivers", description=say("cli.description", language))
    parser.add_argument("--version", action="version", version=f"cxdrivers {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    made = {
        name: commands.add_parser(name, help=say(f"cli.{name}.help", language)) for name in COMMANDS
    }

    def option(names: str, flag: str, **settings: Any) -> None:
        key = "cli.option." + flag.removeprefix("--").replace("-", "_")
        for name in names.split():
            made[name].add_argument(flag, help=say(key, language), **settings)

    option("report weights check codebook", "file", metavar="FILE")
    option("report weights check", "--codebook", metavar="C.toml")
    option("report weights check codebook", "--sheet", metavar="NAME")
    option("report weights check codebook", "--decimal", choices=(".", ","), metavar="MARK")
    option("report", "--out", metavar="DIR", default="cxdrivers-report")
    option("demo", "--out", metavar="DIR", default="cxdrivers-demo")
    option("codebook", "--out", metavar="C.toml")
    option("report weights check codebook demo", "--language", choices=LANGUAGES)
    option("report demo", "--formats", metavar="LIST", default=FORMATS)
    option("weights", "--method", metavar="NAME", default="lmg")
    option("weights", "--kind", choices=KINDS, default=KINDS[0])
    option("weights", "--threshold", type=float, metavar="N")
    option("weights", "--always", metavar="COLUMNS", default="")
    option("weights", "--classic", action="store_true")
    option("weights", "--csv", action="store_true")
    option("report weights demo", "--n-boot", type=int, default=1000, metavar="N")
    option("report weights demo", "--seed", type=int, default=0, metavar="N")
    option("report codebook demo", "--force", action="store_true")
    return parser


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


def _survey(chosen: Namespace) -> Survey:
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
        "formats": _listed(chosen.formats),
        "n_boot": chosen.n_boot,
        "seed": chosen.seed,
        "force": chosen.force,
    }


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


def _write(paths: Sequence[Path], chosen: Namespace) -> int:
    sys.stdout.write(
        say("cli.written", chosen.language or "en", count=len(paths), first=paths[0]) + "\n"
    )
    return 0


def _language_of(words: Sequence[str]) -> str:
    """Return the language asked for, before the arguments are parsed: help has one too."""
    for place, word in enumerate(words):
        value = (
            word.removeprefix("--language=")
            if "=" in word
            else "".join(words[place + 1 : place + 2])
        )
        if word.startswith("--language") and value in LANGUAGES:
            return value
    return "en"
