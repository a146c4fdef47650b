"""Make the good files of every kind that are damaged afterwards."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pyreadstat

from cxdrivers.answers.groups.benchmark import Benchmark
from cxdrivers.codebook.codebook_file import read_codebook
from cxdrivers.survey.sources import example_path, load_example
from cxdrivers.survey.survey import Survey

ROWS = 60


@cache
def answers() -> pd.DataFrame:
    """Return a small survey with everything that a codebook can name."""
    kept = ["respondent", "organisation", "wave", "weight", "satisfaction", "empathy_friendly"]
    kept += ["reliability_solved", "wait_length", "ivr_clear", "recommended", "motivation"]
    frame = load_example().frame.dropna(subset="motivation")[kept].head(ROWS)
    days = pd.date_range("2024-05-04", periods=ROWS).astype(str)
    return frame.reset_index(drop=True).assign(datum=days)


def codebook() -> bytes:
    """Return a codebook that fits `answers`."""
    return b"""title = { en = "Service", nl = "Service" }
language = "nl"
note = "Simulated."
[defaults]
scale = [1, 10]
dont_know = [98]
[outcome]
key = "satisfaction"
items = ["satisfaction"]
[drivers.reliability]
items = ["reliability_solved"]
label = { en = "Solved", nl = "Opgelost" }
[drivers.empathy]
items = ["empathy_friendly"]
[drivers.wait_time]
items = ["wait_length"]
[drivers.ivr_menu]
items = ["ivr_clear"]
not_applicable = [99]
[columns]
weight = "weight"
segments = ["organisation"]
wave = "wave"
verbatim = "motivation"
recommended = "recommended"
respondent = "respondent"
[groups.organisation]
label = { nl = "Bedrijf", en = "Company" }
values = { 1 = "Energie", 2 = { nl = "Water", en = "Water" } }
[file]
decimal = "."
"""


def csv_file() -> bytes:
    """Return the answers as an English program writes them."""
    return answers().to_csv(index=False).encode()


def workbook() -> bytes:
    """Return the answers as a workbook."""
    held = BytesIO()
    answers().to_excel(held, index=False, engine="xlsxwriter")
    return held.getvalue()


def spss(*, small: bool = False) -> bytes:
    """Return the answers as an SPSS file with labels and codes, small ones compressed by ZLIB."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "good.sav"
        pyreadstat.write_sav(
            answers(),
            path,
            compress=small,
            column_labels={"satisfaction": "Hoe tevreden bent u?"},
            variable_value_labels={"empathy_friendly": {98: "weet niet", 99: "n.v.t."}},
            missing_ranges={"empathy_friendly": [{"lo": 98, "hi": 99}], "wave": ["x"]},
            variable_format={"weight": "F8.2"},
        )
        return path.read_bytes()


def parquet() -> bytes:
    """Return the answers as Parquet."""
    held = BytesIO()
    answers().to_parquet(held, index=False)
    return held.getvalue()


def lexicon() -> bytes:
    """Return a client's changes to the Dutch lexicon."""
    return b"""language = "nl"
title = "Eigen woorden"
abbreviations = ["afd"]
[spelling]
known = ["gidsen"]
[classes.role]
words = ["klantgids", "klantreisgids"]
endings = ["gids"]
not = ["reisgids"]
near = true
[classes.eigen]
words = ["hallo"]
capital = true
plain = false
[[rules]]
name = "eigen"
flag = "explicit"
patterns = ["<eigen> ..2 <role>", "^, door? <role>"]
unless_before = "geen"
[[rules]]
name = "gids"
flag = "mask"
patterns = ["mijn <role>"]
"""


def labelled() -> pd.DataFrame:
    """Return what a person said of twenty texts."""
    rng = np.random.default_rng(1)
    told = pd.DataFrame({"row": range(20), "text": answers()["motivation"][:20]})
    return told.assign(stands_for=3.0, label=rng.integers(0, 2, 20), second_label=None)


def labels() -> bytes:
    """Return it as a file."""
    return labelled().to_csv(index=False).encode()


def benchmark() -> bytes:
    """Return a benchmark of the example's organisations, with the drivers of `codebook`."""
    example = load_example()
    with TemporaryDirectory() as folder:
        known, path = Path(folder) / "good.toml", Path(folder) / "good.json"
        known.write_bytes(codebook())
        survey = Survey(example.frame, read_codebook(known), example.source)
        Benchmark.of(survey, by="organisation", seed=1).save(path)
        return path.read_bytes()


MAKERS: dict[str, Callable[[], bytes]] = {
    "csv": csv_file,
    "xlsx": workbook,
    "sav": spss,
    "zsav": lambda: spss(small=True),
    "parquet": parquet,
    "codebook": codebook,
    "lexicon": lexicon,
    "labels": labels,
    "benchmark": benchmark,
}


@cache
def good(kind: str) -> bytes:
    """Return the good file of a kind."""
    return MAKERS[kind]()


@cache
def own_files() -> tuple[bytes, ...]:
    """Return texts of the package itself, to put in between."""
    words = files("cxdrivers").joinpath("mentions", "lexicon", "nl.toml")
    return words.read_bytes()[:20_000], example_path().read_bytes()[:5000]
