"""Files are added up piece by piece, and what is wrong with one is said in a sentence."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest

from cxdrivers.errors import CxError, SurveyError
from cxdrivers.moments.warehouse import engine_route, files
from cxdrivers.moments.warehouse.reading import moments_from
from tests.moments.warehouse.awkward import assert_same

FIELDS = {"outcome": "grade", "drivers": ["care", "wait"], "scale": (1, 10), "by": "team"}


def answers(rows: int = 3000, seed: int = 3) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(rng.integers(1, 11, (rows, 3)), columns=["grade", "care", "wait"])
    return frame.assign(team=rng.choice(["north", "south"], rows))


def same_as_memory(path: object, frame: pd.DataFrame, **fields: object) -> None:
    expected = moments_from(frame, **{**FIELDS, **fields})
    assert expected.parts.min() > 1
    assert_same(moments_from(path, **{**FIELDS, **fields}), expected)


def test_a_parquet_file_gives_the_same_as_its_rows_in_memory(tmp_path):
    path = tmp_path / "it's a 'name'.parquet"
    answers().to_parquet(path)
    same_as_memory(path, answers())
    same_as_memory(str(path), answers())


def test_a_pattern_means_all_files_that_fit_it(tmp_path):
    for place, part in enumerate(np.array_split(np.arange(3000), 3)):
        answers().iloc[part].assign(id=part).to_parquet(tmp_path / f"part_{place}.parquet")
    frame = answers().assign(id=np.arange(3000))
    same_as_memory(tmp_path / "*.parquet", frame, identity="id")
    found = moments_from(tmp_path / "*.parquet", **{**FIELDS, "drivers": ["care"]})
    assert found.n.sum() == 3000


def test_a_csv_file_with_codes_in_words_gives_the_same_as_memory(tmp_path):
    frame = answers()
    frame["wait"] = frame["wait"].astype(object).mask(np.arange(3000) % 9 == 2990 % 9, "n.v.t.")
    path = tmp_path / "answers.csv"
    frame.to_csv(path, index=False)
    same_as_memory(path, frame, not_applicable=["n.v.t."])


def test_a_csv_file_with_decimal_commas_needs_to_be_told_so(tmp_path):
    frame = answers().assign(w=lambda found: 0.5 + found["care"] / 4)
    path = tmp_path / "answers.csv"
    frame.to_csv(path, index=False, sep=";", decimal=",")
    same_as_memory(path, frame, weight="w", decimal=",")
    with pytest.raises(SurveyError, match="The weight 'w' holds String"):
        moments_from(path, **FIELDS, weight="w")


def test_a_word_far_down_a_csv_file_is_seen(tmp_path):
    frame = answers(60_000)
    frame["care"] = frame["care"].astype(object)
    frame.loc[59_999, "care"] = "skip"
    path = tmp_path / "answers.csv"
    frame.to_csv(path, index=False)
    assert moments_from(path, **FIELDS, dont_know=["skip"]).n.sum() == 59_999


def test_nothing_stays_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    path = tmp_path / "answers.csv"
    answers().to_csv(path, index=False)
    moments_from(path, **FIELDS)
    with pytest.raises(SurveyError):
        moments_from(path, **{**FIELDS, "scale": (2, 10)})
    assert [file.name for file in tmp_path.iterdir()] == ["answers.csv"]


def test_a_file_larger_than_the_memory_allowed_is_added_up(tmp_path, monkeypatch):
    rng = np.random.default_rng(1)
    frame = answers(300_000).assign(filler=rng.random(300_000), team=rng.integers(0, 500, 300_000))
    path = tmp_path / "answers.parquet"
    frame.to_parquet(path)
    monkeypatch.setattr(files, "LEAST_MEMORY", 1)
    monkeypatch.setattr(files, "MEMORY_A_THREAD", 20)
    found = moments_from(path, **FIELDS)
    assert (len(found.labels), found.n.sum()) == (500, 300_000)


@pytest.mark.parametrize(
    "teams",
    [np.arange(12), np.arange(12) - 2**40, [f"team {n}" for n in range(12)]],
    ids=["short", "long", "text"],
)
def test_parts_that_are_added_up_slice_by_slice_are_the_same(tmp_path, monkeypatch, teams):
    rng = np.random.default_rng(5)
    frame = answers(24_000).assign(team=rng.choice(teams, 24_000), id=np.arange(24_000))
    frame.loc[frame["wait"] == 9, "wait"] = None
    frame.to_parquet(tmp_path / "answers.parquet")
    monkeypatch.setattr(engine_route, "LINES_AT_ONCE", 100)
    shown: list[int] = []
    show = files._OwnEngine._show
    monkeypatch.setattr(
        files._OwnEngine, "_show", lambda engine, place: shown.append(place) or show(engine, place)
    )
    same_as_memory(tmp_path / "answers.parquet", frame, identity="id")
    assert max(shown) > 3


def test_groups_that_are_dates_are_counted_once_more_by_the_engine(tmp_path):
    days = pd.to_datetime(["2026-01-05", "2026-01-12"]).date
    frame = answers().assign(team=np.random.default_rng(6).choice(days, 3000))
    frame.to_parquet(tmp_path / "answers.parquet")
    same_as_memory(tmp_path / "answers.parquet", frame)


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.999])
def test_a_parquet_file_cut_short_is_a_sentence_that_names_it(tmp_path, kept):
    whole, path = tmp_path / "whole.parquet", tmp_path / "cut.parquet"
    answers().to_parquet(whole)
    content = whole.read_bytes()
    path.write_bytes(content[: int(kept * len(content))])
    with pytest.raises(SurveyError, match=r"cut.parquet' could not be added up. DuckDB says: .*"):
        moments_from(path, **FIELDS)


def test_a_parquet_file_damaged_in_the_middle_is_an_error(tmp_path):
    path = tmp_path / "damaged.parquet"
    pl.from_pandas(answers(50_000)).write_parquet(path, compression="zstd")
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle - 3000 : middle + 3000] = bytes(6000)
    path.write_bytes(bytes(content))
    with pytest.raises(CxError, match="copy it again"):
        moments_from(path, **FIELDS)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("none.parquet", "There is no file '.*none.parquet'. Check the name and the folder"),
        ("none_*.csv", "There is no file '.*none_"),
        ("", "is a folder. Say which files in it are meant, as in '.*/\\*.parquet'"),
        ("other.xlsx", "other.xlsx' is no file of Parquet or CSV"),
        ("answers.*", "The pattern fits files of two kinds, such as '.*parquet' and '.*csv'"),
    ],
)
def test_what_is_no_such_file_is_a_sentence(tmp_path, name, sentence):
    answers(40).to_parquet(tmp_path / "answers.parquet")
    answers(40).to_csv(tmp_path / "answers.csv")
    (tmp_path / "other.xlsx").touch()
    with pytest.raises(SurveyError, match=sentence):
        moments_from(tmp_path / name if name else tmp_path, **FIELDS)


def test_without_duckdb_the_sentence_says_what_to_install(tmp_path, monkeypatch):
    path = tmp_path / "answers.parquet"
    answers(40).to_parquet(path)
    monkeypatch.setattr(files, "find_spec", {}.get)
    with pytest.raises(CxError, match=r"'duckdb', which is not installed.*cxdrivers\[scale\]"):
        moments_from(Path(path), **FIELDS)


def test_more_groups_than_lines_taken_over_at_a_time_all_keep_their_parts(tmp_path, monkeypatch):
    """DuckDB hands lines over by 2,048."""
    monkeypatch.setattr(files, "CHUNK", 1)
    frame = answers(rows=60 * 2100).assign(team=np.arange(60 * 2100) % 2100)
    frame.to_parquet(tmp_path / "teams.parquet")
    same_as_memory(tmp_path / "teams.parquet", frame)
