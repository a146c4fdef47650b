"""Write the example data set: ``python -m cxdrivers.simulation datasets/``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from cxdrivers.errors import CxError
from cxdrivers.simulation.dataset import write_example

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the folder from the command line and write the two files into it."""
    parser = argparse.ArgumentParser(
        prog="python -m cxdrivers.simulation",
        description="Write the simulated example survey and its codebook into a folder.",
    )
    parser.add_argument("folder", help="where contact_centre.csv and codebook.toml go")
    try:
        write_example(parser.parse_args(arguments).folder)
    except CxError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
