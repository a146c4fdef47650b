"""What is larger than any survey is refused before it fills the memory."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from cxdrivers.errors import SurveyError
from cxdrivers.reading import allowance, parquet_parts
from cxdrivers.reading.allowance import Allowance, check_size
from cxdrivers.reading.delimited import read_delimited
from cxdrivers.reading.readers import read_table


def test_equal_texts_become_one_object_and_numbers_stay():
    room = Allowance("client.csv")
    first, second = room.row(["a b", 7.0, None]), room.row([" a b".strip(), True, 0.0])
    assert first == ["a b", 7.0, None]
    assert second[0] is first[0]
    assert second[1] is True


def test_answers_that_take_too_much_are_refused_with_the_row(monkeypatch):
    monkeypatch.setattr(allowance, "MOST_MEMORY", 2 * 2**20)
    text = "a;b\n" + "".join(f"{row};{row + 100_000}\n" for row in range(20_000))
    with pytest.raises(SurveyError) as caught:
        read_delimited(text.encode(), "client.csv")
    assert str(caught.value).startswith("The file 'client.csv' needs more than 2 MB of memory;")
    assert "nothing of it was used. Keep in a copy only the columns that are" in str(caught.value)
    assert "vraagt meer dan 2 MB geheugen; het lezen is gestopt bij rij" in caught.value.say("nl")


def test_a_text_file_that_is_too_large_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "client.csv"
    with path.open("wb") as file:
        file.write(b"a\n")
        file.truncate(300 * 2**20)
    message = r"is 300 MB; files of text are read up to 256 MB\. Keep in a copy only the columns"
    with pytest.raises(SurveyError, match=message):
        read_table(path)


def test_a_line_that_no_respondent_wrote_is_refused_with_its_number():
    for content in (b"a;b\n1;2\n" + b";" * 5_000_000, b"a;b\n1;2\n" + b'"a\n";' * 1_000_000):
        with pytest.raises(SurveyError) as caught:
            read_delimited(content, "client.csv")
        assert "The row that begins on line 3 of 'client.csv' has more than 4\xa0194" in str(
            caught.value
        )


def test_a_field_that_no_respondent_wrote_is_refused_with_its_number():
    message = r"A field in the row that begins on line 2 .* more than 131.072 characters\. Look at"
    for content in (b'a\n"' + b"x" * 200_000, b"a\n" + b"x" * 200_000 + b"\n"):
        with pytest.raises(SurveyError, match=message):
            read_delimited(content, "client.csv")


def test_more_columns_than_a_sheet_has_are_refused():
    message = r"has a row of 16.385 columns; at most 16.384 are read\. Check which character"
    with pytest.raises(SurveyError, match=message):
        read_delimited(b";" * 16_384 + b"\n1\n", "client.csv")


def test_a_table_that_says_it_is_too_large_is_not_read():
    check_size("client.sav", 2_000_000, 30)
    message = r"says it holds 2.000.001 rows of 30 columns; at most 60.000.000 cells are read\."
    with pytest.raises(SurveyError, match=message):
        check_size("client.sav", 2_000_001, 30)


def test_a_small_parquet_file_of_very_many_rows_is_refused_unread(tmp_path):
    path = tmp_path / "client.parquet"
    ones = pa.array(np.ones(61_000_000, dtype=np.int8))
    parquet.write_table(pa.table({"a": ones}), path, compression="zstd")
    assert path.stat().st_size < 2**20
    with pytest.raises(SurveyError, match=r"says it holds 61.000.000 rows of 1 columns; at most"):
        read_table(path)


def test_a_parquet_file_may_say_one_long_text_many_times(tmp_path):
    path = tmp_path / "client.parquet"
    places = np.zeros(50_000, dtype=np.int32)
    table = pa.table({"a": pa.DictionaryArray.from_arrays(places, ["x" * 1_000_000])})
    parquet.write_table(table, path)
    texts = read_table(path).frame["a"]
    assert len({id(text) for text in texts}) == 1


def test_a_parquet_file_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_parts, "MOST_BYTES", 2**20)
    path = tmp_path / "client.parquet"
    parquet.write_table(pa.table({"a": np.zeros(500_000)}), path, compression="zstd")
    with pytest.raises(SurveyError, match=r"needs more than 1 MB of memory"):
        list(parquet_parts.parts(path))


def test_lists_in_a_parquet_file_become_texts(tmp_path):
    path = tmp_path / "client.parquet"
    parquet.write_table(pa.table({"a": [[1, 2], None], "b": [1.5, None]}), path)
    assert read_table(path).frame["a"].tolist() == ["[1, 2]", None]
