"""Run the main jobs from a terminal: ``cxdrivers report | weights | groups | check | …``.

Nothing heavy is imported before a command is chosen, so that ``--help`` answers at once. The exit
status is 0 when all went well, 1 when ``check`` found something to mend first, 2 for bad input and
130 when the user stopped it, or stopped reading what it prints.
"""

from __future__ import annotations

import errno
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cxdrivers import advocacy_commands, commands, group_commands
from cxdrivers.errors import CxError
from cxdrivers.terminal import forget_output, plain_output, shown
from cxdrivers.threads import one_thread
from cxdrivers.vocabulary import KINDS, REPORT_FORMATS
from cxdrivers.wording import LANGUAGES, say

BAD_INPUT = 2
STOPPED = 130
FULL = (errno.ENOSPC, errno.EDQUOT)
MOST_RESAMPLES = 1_000_000
LONGEST_NAME = 80


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    language = _language_of(words)
    try:
        with plain_output():
            chosen = _parser(language).parse_args(words)
            _check_resamples(chosen)
            with one_thread():
                status: int = COMMANDS[chosen.command](chosen)
    except CxError as error:
        return _told(error, language)
    except BrokenPipeError:
        forget_output()
        return STOPPED
    except KeyboardInterrupt:
        sys.stderr.write(f"\n{say('cli.stopped', language)}\n")
        return STOPPED
    except OSError as error:
        return _told(_of_system(error), language)
    return status


def _check_resamples(chosen: Namespace) -> None:
    if getattr(chosen, "n_boot", 0) > MOST_RESAMPLES:
        raise CxError("resamples_too_many", most=MOST_RESAMPLES)


def _of_system(error: OSError) -> CxError:
    """Return what the system refused as an error with a sentence."""
    if error.errno in FULL:
        forget_output()
        return CxError("disk_full", reason=error.strerror)
    if error.filename is None:
        raise error
    name = Path(os.fsdecode(error.filename)).name[:LONGEST_NAME]
    return CxError("file_not_readable", file=name, reason=error.strerror)


def _told(error: CxError, language: str) -> int:
    sys.stderr.write(shown(f"cxdrivers: {error.say(language)}\n"))
    return BAD_INPUT


COMMANDS = {
    "report": commands.report,
    "weights": group_commands.weights,
    "check": commands.check,
    "codebook": commands.codebook,
    "mentions": advocacy_commands.mentions,
    "advocacy": advocacy_commands.advocacy,
    "groups": group_commands.groups,
    "benchmark": group_commands.benchmark,
    "demo": commands.demo,
}


def _parser(language: str) -> ArgumentParser:
    from cxdrivers import __version__  # noqa: PLC0415

    parser = ArgumentParser(prog="cxdrivers", description=say("cli.description", language))
    parser.add_argument("--version", action="version", version=f"cxdrivers {__version__}")
    jobs = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    made = {
        name: jobs.add_parser(name, help=say(f"cli.{name}.help", language)) for name in COMMANDS
    }

    survey = "report weights check codebook mentions advocacy groups benchmark"

    def option(names: str, flag: str, word: str | None = None, **settings: Any) -> None:
        key = "cli.option." + (word or flag.removeprefix("--").replace("-", "_"))
        for name in names.split():
            made[name].add_argument(flag, help=say(key, language), **settings)

    option(survey, "file", metavar="FILE")
    option(survey.replace("codebook ", ""), "--codebook", metavar="C.toml")
    option(survey, "--sheet", metavar="NAME")
    option(survey, "--decimal", choices=(".", ","), metavar="MARK")
    option("report", "--out", metavar="DIR", default="cxdrivers-report")
    option("demo", "--out", metavar="DIR", default="cxdrivers-demo")
    option("codebook", "--out", metavar="C.toml")
    option(f"{survey.replace('codebook ', '')} demo", "--language", choices=LANGUAGES)
    option("codebook", "--language", "language_of_draft", choices=LANGUAGES)
    option("report demo", "--formats", metavar="LIST", default=",".join(REPORT_FORMATS))
    option("report demo", "--template", metavar="T.pptx")
    option("report", "--update", metavar="DECK.pptx")
    option("weights", "--method", metavar="NAME", default="lmg")
    option(
        "mentions advocacy",
        "--method",
        "found_by",
        choices=("both", "lexicon", "model"),
        default="both",
    )
    option("mentions advocacy", "--lexicon", metavar="L.toml")
    option("mentions", "--out", "marked", metavar="PAGE.html")
    option("mentions", "--sample", metavar="LABELS.csv")
    option("mentions", "--size", type=int, metavar="N", default=300)
    option("mentions", "--labels", metavar="LABELS.csv")
    option("weights", "--kind", choices=KINDS, default=KINDS[0])
    option("weights advocacy", "--threshold", type=float, metavar="N")
    option("weights advocacy", "--always", metavar="COLUMNS", default="")
    option("weights", "--classic", action="store_true")
    option("groups", "--by", metavar="COLUMNS")
    option("groups", "--minimum", type=int, metavar="N", default=25)
    option("weights", "--by", "by_group", metavar="COLUMNS")
    option("weights", "--one-pass", action="store_true")
    option("weights", "--minimum", "minimum_told", type=int, metavar="N", default=10)
    option("benchmark", "--by", "by_client", metavar="COLUMN")
    option("benchmark", "--out", "benchmark_out", metavar="B.json")
    option("benchmark", "--field", metavar="B.json")
    option("weights groups", "--csv", action="store_true")
    option("report weights advocacy demo", "--n-boot", type=int, default=1000, metavar="N")
    option(
        "report weights mentions advocacy groups benchmark demo",
        "--seed",
        type=int,
        default=0,
        metavar="N",
    )
    option("report codebook mentions benchmark demo", "--force", action="store_true")
    return parser


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
