"""Write the models that ship: ``python -m cxdrivers.mentions cxdrivers/mentions/models``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cxdrivers.errors import CxError
from cxdrivers.mentions.retraining import train_shipped
from cxdrivers.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn from the shipped motivations and write a file for each language into a folder."""
    parser = argparse.ArgumentParser(
        prog="python -m cxdrivers.mentions",
        description="Learn from the shipped motivations what a mention of an employee looks like.",
    )
    parser.add_argument("folder", help="where en.json and nl.json go; old ones are replaced")
    folder = Path(parser.parse_args(arguments).folder)
    try:
        for language in LANGUAGES:
            train_shipped(language).model.save(folder / f"{language}.json", force=True)
    except CxError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
