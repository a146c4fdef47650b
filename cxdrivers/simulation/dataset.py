"""Write the example data set that ships with the package."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cxdrivers.codebook.codebook_text import write_codebook
from cxdrivers.errors import CxError
from cxdrivers.simulation.simulate import SimulatedSurvey, simulate_survey

CUSTOMERS = 1500
SEED = 1500
CODEBOOK_COMMENTS = {
    "top": (
        "The codebook of contact_centre.csv. The data are simulated: see README.md.",
        "Written by: python -m cxdrivers.simulation datasets/",
    ),
    "drivers.reliability": ("The items are indicative, made up from the drivers' definitions.",),
    "drivers.ivr_menu": ("99: the customer met no menu.",),
}


def write_example(folder: str | Path) -> tuple[Path, Path]:
    """Write ``contact_centre.csv`` and ``codebook.toml`` into a folder, the same bytes every time.

    Returns
    -------
    tuple
        The two files.

    Raises
    ------
    CxError
        When `folder` is a file.
    """
    place = Path(folder)
    if place.exists() and not place.is_dir():
        raise CxError("simulated_folder", path=place.name)
    place.mkdir(parents=True, exist_ok=True)
    simulated = simulate_survey(CUSTOMERS, seed=SEED)
    answers, codebook = place / "contact_centre.csv", place / "codebook.toml"
    answers.write_bytes(_csv(simulated).encode("utf-8"))
    codebook.write_bytes(write_codebook(simulated.codebook, CODEBOOK_COMMENTS).encode("utf-8"))
    return answers, codebook


def _csv(simulated: SimulatedSurvey) -> str:
    """Return the answers as comma-separated text; grades and codes are whole numbers."""
    table = simulated.frame.copy()
    for column in table.columns.difference(["weight"]):
        if pd.api.types.is_float_dtype(table[column]):
            table[column] = table[column].astype("Int64")
    return table.to_csv(index=False, lineterminator="\n", float_format="%.2f")
