"""The same survey in four kinds of file gives the same weights to the last bit."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

import cxdrivers as cx

EXAMPLE = cx.load_example()


def answers() -> pd.DataFrame:
    """Return the example with one driver in half points, so that there is a decimal mark."""
    frame = EXAMPLE.frame.copy()
    halves = frame["wait_cost"].where(~frame["wait_cost"].between(2, 10), frame["wait_cost"] - 0.5)
    return frame.assign(wait_cost=halves)


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    text = frame.assign(agent=frame["agent"].str.replace("Energie", "Énergie"))
    text.to_csv(path, sep=";", decimal=",", index=False, encoding="cp1252")


def write_workbook(frame: pd.DataFrame, path: Path) -> None:
    frame.to_excel(path, index=False, engine="xlsxwriter")


def write_spss(frame: pd.DataFrame, path: Path) -> None:
    pyreadstat.write_sav(frame, path)


def write_parquet(frame: pd.DataFrame, path: Path) -> None:
    frame.to_parquet(path)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("client.csv", write_csv),
        ("client.xlsx", write_workbook),
        ("client.sav", write_spss),
        ("client.zsav", write_spss),
        ("client.parquet", write_parquet),
    ],
)
def test_every_kind_of_file_gives_the_weights_of_the_data_frame(name, write, tmp_path):
    frame = answers()
    expected = cx.driver_weights(cx.Survey(frame, EXAMPLE.codebook), n_boot=50, seed=1)
    write(frame, tmp_path / name)
    survey = cx.read_survey(tmp_path / name, codebook=EXAMPLE.codebook)
    found = cx.driver_weights(survey, n_boot=50, seed=1)
    assert np.array_equal(found.estimate, expected.estimate)
    assert np.array_equal(found.replicates, expected.replicates)
    pd.testing.assert_frame_equal(found.tidy(), expected.tidy(), check_exact=True)


def test_the_halves_really_stand_in_the_csv_file_with_a_comma(tmp_path):
    write_csv(answers(), tmp_path / "client.csv")
    text = (tmp_path / "client.csv").read_bytes().decode("cp1252")
    assert ";7,5;" in text
    assert "Énergie 01" in text
