"""Tests of `cxdrivers.survey.sources`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

import cxdrivers as cx


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """Write a file with plain Dutch names and one code that must be guessed."""
    rows = ["tevredenheid;betrouwbaarheid;wachttijd"]
    rows += [f"{1 + n % 10};{1 + n % 9};{99 if n % 7 == 0 else 1 + n % 10}" for n in range(150)]
    path = tmp_path / "klant.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_a_drafted_codebook_is_a_finding_with_its_open_questions(client: Path):
    survey = cx.read_survey(client)
    (finding,) = [finding for finding in survey.found if finding.check == "drafted"]
    assert finding.severity == "warn"
    for language, words in (("en", "nobody has checked it"), ("nl", "door niemand nagekeken")):
        said = finding.meaning.say(language)
        assert words in said
        assert "99" in said
        assert "codebook klant.csv --out codebook.toml" in finding.next_step.say(language)


def test_a_codebook_that_a_person_gives_is_not_doubted(client: Path):
    codebook = cx.read_survey(client).codebook
    survey = cx.read_survey(client, codebook=codebook)
    assert "drafted" not in [finding.check for finding in survey.found]


def test_a_file_that_does_not_tell_enough_asks_for_a_codebook(tmp_path: Path):
    path = tmp_path / "v.csv"
    path.write_text("v1,v2\n" + "\n".join(f"{n % 5 + 1},{n % 4 + 1}" for n in range(40)))
    with pytest.raises(cx.SurveyError, match=r"Draft a codebook with: cxdrivers codebook v\.csv"):
        cx.read_survey(path)


def test_answers_written_with_their_labels_are_read_as_numbers(tmp_path: Path):
    path = tmp_path / "k.csv"
    grades = ["1 - zeer ontevreden", "10 - zeer tevreden", "9", "8", "5", "98 - weet niet"]
    rows = [f"{grades[n % 6]};{n % 10 + 1}" for n in range(120)]
    path.write_text("tevredenheid;empathie\n" + "\n".join(rows), encoding="utf-8")
    survey = cx.read_survey(path)
    assert sorted(set(survey.outcome[~(survey.outcome != survey.outcome)])) == [1, 5, 8, 9, 10]
    assert survey.tidy().loc[0, "missing"] == 20


def test_the_example_ships_with_the_package():
    assert cx.load_example().source.name == "contact_centre.csv"


def workbook(frame: pd.DataFrame, path: Path) -> None:
    frame.to_excel(path, index=False, engine="xlsxwriter")


YES = np.arange(120) % 3 == 0


@pytest.mark.parametrize(
    ("name", "cells", "write"),
    [
        ("k.csv", np.where(YES, "Ja", "nee"), lambda f, path: f.to_csv(path, sep=";", index=False)),
        ("k.csv", YES, lambda frame, path: frame.to_csv(path, index=False)),
        ("k.xlsx", np.where(YES, "ja", "nee"), workbook),
        ("k.xlsx", YES, workbook),
        ("k.parquet", YES, lambda frame, path: frame.to_parquet(path)),
        ("k.parquet", np.where(YES, "Y", "N"), lambda frame, path: frame.to_parquet(path)),
        ("k.sav", np.where(YES, "ja", "nee"), pyreadstat.write_sav),
        (
            "k.sav",
            YES.astype(float),
            lambda frame, path: pyreadstat.write_sav(
                frame, path, variable_value_labels={"aanbevelen": {0: "nee", 1: "ja"}}
            ),
        ),
    ],
)
@pytest.mark.parametrize("scale", ["", "scale = [0, 1]"])
def test_an_outcome_of_yes_and_no_is_read_from_every_kind_of_file(
    name: str,
    cells: np.ndarray,
    write: Callable[[pd.DataFrame, Path], None],
    scale: str,
    tmp_path: Path,
):
    frame = pd.DataFrame({"aanbevelen": cells, "empathie": 1 + np.arange(120) % 10})
    write(frame, tmp_path / name)
    codebook = tmp_path / "codebook.toml"
    codebook.write_text(
        f'[outcome]\nitems = ["aanbevelen"]\n{scale}\n[drivers.empathy]\nitems = ["empathie"]'
    )
    survey = cx.read_survey(tmp_path / name, codebook=codebook)
    np.testing.assert_array_equal(survey.outcome, YES)
    assert {finding.severity for finding in survey.found} == {"note"}
