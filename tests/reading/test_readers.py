"""One file in, one table out, whatever program wrote it."""

import hashlib
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from cxdrivers.errors import SurveyError
from cxdrivers.reading.readers import read_table

SHARED = os.environ.get("CXDRIVERS_SHARED")


def answers(rows=200, seed=3):
    """Make answers as awkward as real ones: blanks, halves, weights, thousands, accents."""
    random = np.random.default_rng(seed)
    grades = random.integers(1, 11, rows).astype(float)
    grades[random.random(rows) < 0.1] = np.nan
    return pd.DataFrame(
        {
            "grade": grades,
            "half": random.integers(2, 21, rows) / 2,
            "weight": [float(f"{weight:.15g}") for weight in random.lognormal(size=rows)],
            "turnover": random.integers(1000, 9_000_000, rows) / 8,
            "tiny": [float(f"{share:.15g}") for share in random.random(rows) * 1e-7],
            "why": random.choice(["coördinatie; traag", "€ 5, snel", None], rows),
        }
    )


def write_dutch_csv(frame, path):
    frame.to_csv(path, sep=";", decimal=",", encoding="cp1252", index=False)


def write_workbook(frame, path):
    frame.to_excel(path, engine="xlsxwriter", index=False)


def write_spss(frame, path):
    pyreadstat.write_sav(frame, path)


def write_parquet(frame, path):
    frame.to_parquet(path)


WRITERS = {
    "client.csv": write_dutch_csv,
    "client.xlsx": write_workbook,
    "client.sav": write_spss,
    "client.parquet": write_parquet,
}


def write(folder, name, frame=None):
    path = folder / name
    WRITERS[name](answers() if frame is None else frame, path)
    return path


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_answers_are_the_same_to_the_last_bit_from_every_format(tmp_path, name):
    given = answers()
    read = read_table(write(tmp_path, name)).frame
    assert list(read) == list(given)
    for column in given.columns.drop("why"):
        assert read[column].dtype == np.float64
        assert read[column].to_numpy().tobytes() == given[column].to_numpy().tobytes()
    assert read["why"].dtype == object
    assert read["why"].tolist() == [
        text if isinstance(text, str) else None for text in given["why"]
    ]


@pytest.mark.parametrize("name", WRITERS)
def test_the_source_finds_the_same_bytes_again(tmp_path, name):
    path = write(tmp_path, name)
    source = read_table(str(path)).source
    assert source.name == name
    assert source.kind == path.suffix[1:]
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("client.xlsx", "an Excel workbook"),
        ("client.sav", "an SPSS file"),
        ("client.parquet", "a Parquet table"),
    ],
)
def test_half_a_file_is_refused(tmp_path, name, what):
    path = write(tmp_path, name)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    message = (
        rf"The file '{name}' cannot be read as {what}: it is damaged or cut off \(.+\). Nothing of"
        r" it was used; copy or export it again."
    )
    with pytest.raises(SurveyError, match=message):
        read_table(path)


def test_a_text_file_that_was_cut_off_in_a_row_is_refused(tmp_path):
    (tmp_path / "client.csv").write_bytes(b"a;b;c\n1;2;3\n4;")
    with pytest.raises(SurveyError, match=r"Line 3 of 'client.csv' has 2 fields, but there are 3"):
        read_table(tmp_path / "client.csv")


@pytest.mark.parametrize("extension", ["CSV", "txt", "tsv", "tab"])
def test_text_may_have_several_extensions(tmp_path, extension):
    path = tmp_path / f"client.{extension}"
    path.write_text("a\tb\n1\t2\n", encoding="utf-8")
    assert read_table(path).frame.to_dict("list") == {"a": [1], "b": [2]}


def test_a_mark_that_is_no_decimal_mark_is_refused(tmp_path):
    with pytest.raises(SurveyError, match=r"decimal is ';'. It must be"):
        read_table(tmp_path / "client.csv", decimal=";")


def test_a_missing_file_gets_the_nearest_name_in_its_folder(tmp_path):
    (tmp_path / "klanten_2024.csv").write_text("a\n1\n", encoding="utf-8")
    message = (
        f"There is no file 'klanten2024.csv' in the folder '{tmp_path}'. Did you mean"
        " 'klanten_2024.csv'? Check the name and the folder."
    )
    with pytest.raises(SurveyError) as caught:
        read_table(tmp_path / "klanten2024.csv")
    assert str(caught.value) == message
    with pytest.raises(SurveyError, match=r"There is no file 'a.csv' in the folder"):
        read_table(tmp_path / "no folder" / "a.csv")


def test_a_folder_is_refused(tmp_path):
    folder = tmp_path / "export.csv"
    folder.mkdir()
    with pytest.raises(SurveyError, match=r"'export.csv' is a folder. Name the file in it"):
        read_table(folder)


def test_a_file_that_another_program_holds_is_refused(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError

    path = write(tmp_path, "client.csv")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SurveyError, match=r"may not be opened \(permission denied\). Close it"):
        read_table(path)


@pytest.mark.parametrize("name", WRITERS)
def test_an_empty_file_is_refused(tmp_path, name):
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(SurveyError, match=f"The file '{name}' is empty. Export the answers again"):
        read_table(tmp_path / name)


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf", b"\r\n \r\n", b"sep=;\r\n"])
def test_a_file_of_white_space_is_empty(tmp_path, content):
    (tmp_path / "client.csv").write_bytes(content)
    with pytest.raises(SurveyError, match=r"'client.csv' is empty"):
        read_table(tmp_path / "client.csv")


@pytest.mark.parametrize("name", ["client.csv", "client.xlsx", "client.sav", "client.parquet"])
def test_names_without_answers_are_refused(tmp_path, name):
    path = write(tmp_path, name, pd.DataFrame({"a": [], "b": []}, dtype=float))
    with pytest.raises(SurveyError, match=r"has column names \('a', 'b'\), but no rows below"):
        read_table(path)


def test_an_unknown_extension_is_refused(tmp_path):
    (tmp_path / "client.docx").write_bytes(b"PK\x03\x04")
    message = (
        "The file 'client.docx' has the extension .docx, which cannot be read. Export the answers"
        " to a file that ends in one of '.csv', '.xlsx', '.sav', '.parquet'."
    )
    with pytest.raises(SurveyError) as caught:
        read_table(tmp_path / "client.docx")
    assert str(caught.value) == message


def test_a_file_without_extension_is_refused(tmp_path):
    (tmp_path / "client").write_bytes(b"a;b\n1;2\n")
    with pytest.raises(SurveyError, match=r"'client' has no extension, .* Give a copy the"):
        read_table(tmp_path / "client")


@pytest.mark.parametrize(
    ("original", "name", "what", "fits"),
    [
        ("client.csv", "wrong.xlsx", "plain text, such as CSV", ".csv"),
        ("client.csv", "wrong.sav", "plain text, such as CSV", ".csv"),
        ("client.xlsx", "wrong.csv", "an Excel workbook", ".xlsx"),
        ("client.sav", "wrong.csv", "an SPSS file", ".sav"),
        ("client.parquet", "wrong.txt", "a Parquet table", ".parquet"),
    ],
)
def test_a_table_under_a_wrong_extension_is_told_its_own(tmp_path, original, name, what, fits):
    write(tmp_path, original).rename(tmp_path / name)
    extension = Path(name).suffix
    message = (
        f"The file '{name}' is called {extension}, but it holds {what}. Give a copy the extension"
        f" {fits} and read that copy."
    )
    with pytest.raises(SurveyError) as caught:
        read_table(tmp_path / name)
    assert str(caught.value) == message


@pytest.mark.skipif(SHARED is None, reason="needs the data sets named by CXDRIVERS_SHARED")
@pytest.mark.parametrize(
    ("name", "shape", "texts"),
    [
        ("CUB_univer.csv", (2179, 12), set()),
        ("mobi.csv", (250, 24), set()),
        ("flip_bank.csv", (896, 9), set()),
        ("agent_mention_cases_nl.csv", (78, 4), {"text", "kind"}),
        ("swiss.csv", (47, 6), set()),
    ],
)
def test_real_surveys_get_the_columns_they_have(name, shape, texts):
    frame = read_table(Path(SHARED, "data", name)).frame
    assert frame.shape == shape
    assert {column for column in frame if frame[column].dtype == object} == texts


@pytest.mark.skipif(SHARED is None, reason="needs the data sets named by CXDRIVERS_SHARED")
def test_an_airport_survey_keeps_its_codes_and_loses_the_spaces_in_its_names():
    frame = read_table(Path(SHARED, "data", "sfo_2018.csv")).frame
    assert frame.shape == (2809, 97)
    assert frame["NETPRO"].dtype == np.float64
    assert "BLANK" in set(frame["Q7ALL"])
    assert {0.0, 6.0} <= set(frame["Q7FOOD"])


@pytest.mark.skipif(SHARED is None, reason="needs the data sets named by CXDRIVERS_SHARED")
def test_school_codes_with_a_leading_zero_stay_texts():
    frame = read_table(Path(SHARED, "data", "survey_apiclus1.csv")).frame
    assert frame["cds"].str.len().eq(14).all()
    assert frame["acs.k3"].isna().sum() == 39
