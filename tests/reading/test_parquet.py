"""Parquet files."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from cxdrivers.errors import SurveyError
from cxdrivers.reading.readers import read_table


@pytest.fixture
def read(tmp_path):
    def write_and_read(**columns):
        path = tmp_path / "client.parquet"
        parquet.write_table(pa.table(columns), path)
        return read_table(path).frame

    return write_and_read


def test_every_quantity_becomes_a_float(read):
    frame = read(
        whole=pa.array([1, None], pa.int32()),
        half=pa.array([0.1, None], pa.float32()),
        money=pa.array([Decimal("0.1"), None]),
        yes=pa.array([True, None]),
        wait=pa.array([timedelta(seconds=205), None]),
        clock=pa.array([time(0, 3, 25), None]),
        grade=pa.array([7, None]).dictionary_encode(),
    )
    assert set(map(str, frame.dtypes)) == {"float64"}
    assert frame.iloc[0].tolist() == [1, float(np.float32(0.1)), 0.1, 1, 205, 205, 7]
    assert frame.iloc[1].isna().all()


def test_texts_stay_texts_and_dates_become_texts(read):
    frame = read(
        digits=["7", None],
        category=pa.array(["a", ""]).dictionary_encode(),
        day=[date(2024, 5, 4), None],
        moment=[datetime(2024, 5, 4, 12, 1), None],  # noqa: DTZ001
    )
    assert set(map(str, frame.dtypes)) == {"object"}
    assert frame.iloc[0].tolist() == ["7", "a", "2024-05-04", "2024-05-04T12:01:00"]
    assert frame.iloc[1].tolist() == [None] * 4


def test_identifiers_that_a_float_would_merge_stay_apart(read):
    frame = read(id=[2**53, 2**53 + 1])
    assert frame["id"].tolist() == ["9007199254740992", "9007199254740993"]


def test_a_file_without_rows_is_refused(read):
    with pytest.raises(SurveyError, match=r"has column names \('a'\), but no rows below them"):
        read(a=pa.array([], pa.float64()))


def test_two_columns_of_one_name_are_refused(tmp_path):
    path = tmp_path / "client.parquet"
    parquet.write_table(pa.Table.from_arrays([pa.array([1]), pa.array([2])], ["a", "a "]), path)
    with pytest.raises(SurveyError, match=r"Columns 1 and 2 of 'client.parquet' are both called"):
        read_table(path)


def test_a_file_that_was_cut_off_anywhere_is_refused_whole(tmp_path):
    path = tmp_path / "client.parquet"
    parquet.write_table(pa.table({"a": list(range(50)), "b": ["x"] * 50}), path)
    content = path.read_bytes()
    for length in range(8, len(content), 31):
        path.write_bytes(content[:length])
        with pytest.raises(SurveyError, match="cannot be read as a Parquet table: it is damaged"):
            read_table(path)
