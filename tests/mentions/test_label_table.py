"""Tables of labels, as people send them back."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cxdrivers.errors import FitError
from cxdrivers.mentions.label_table import harmless, read_labels

TABLE = pd.DataFrame({"row": [4, 0, 2], "text": ["a", "b", "'=c"], "label": [1, 0, None]})


def test_rows_that_nobody_labelled_are_left_out_and_counted():
    table = read_labels(TABLE, n=5)
    assert table.row.tolist() == [4, 0]
    assert table.label.tolist() == [1, 0]
    assert table.blank == 1


def test_labels_may_come_back_as_text_numbers_or_true_and_false():
    for given in (["1", "0", ""], [1.0, 0.0, np.nan], [True, False, None], ["1", " ", "0"]):
        table = read_labels(TABLE.assign(label=given), n=5)
        assert len(table.label) + table.blank == 3
        assert set(table.label) <= {0.0, 1.0}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_labels_are_read_from_a_file(tmp_path, ending: str):
    path = tmp_path / f"labels.{ending}"
    whole = TABLE.assign(label=[1, 0, 1], second_label=[1, 1, 1], stands_for=[2.5, 3, 4])
    if ending == "csv":
        whole.to_csv(path, index=False, sep=";", decimal=",")
    else:
        whole.to_excel(path, index=False, engine="xlsxwriter")
    table = read_labels(path, n=5)
    assert table.row.tolist() == [4, 0, 2]
    assert table.second.tolist() == [1, 1, 1]
    assert table.stands_for.tolist() == [2.5, 3, 4]
    assert table.text == ("a", "b", "=c")


def test_a_table_that_stands_by_itself_needs_texts_and_no_rows():
    assert read_labels(TABLE.drop(columns="row")).text == ("a", "b")
    with pytest.raises(FitError, match=r"no column 'text'; it has 'row', 'label'"):
        read_labels(TABLE.drop(columns="text"))


def test_the_given_table_is_not_changed():
    before = TABLE.copy()
    read_labels(TABLE, n=5)
    pd.testing.assert_frame_equal(TABLE, before)


def test_what_a_spreadsheet_would_run_gets_an_apostrophe_and_loses_it_again():
    texts = ["=1+1", "+31 6", "-", "@top", "plain", "'quoted'"]
    table = pd.DataFrame({"text": [harmless(text) for text in texts], "label": 1})
    assert not table["text"].str.startswith(("=", "+", "-", "@")).any()
    assert read_labels(table).text == tuple(texts)


def test_a_label_that_is_neither_1_nor_0_is_refused():
    wrong = TABLE.assign(label=[1, "ja", 2])
    with pytest.raises(FitError, match=r"column 'label' 2 rows hold something other .* 'ja', '2'"):
        read_labels(wrong, n=5)
    with pytest.raises(FitError, match=r"column 'second_label' 1 row holds something other"):
        read_labels(TABLE.assign(second_label=[1, 0.5, None]), n=5)


def test_a_row_that_is_not_there_is_refused():
    with pytest.raises(FitError, match=r"1 label is of a row that is not there: '4'.* 0 to 3;"):
        read_labels(TABLE, n=4)
    with pytest.raises(FitError, match=r"2 labels are of rows that are not there: '-1', '1\.5'"):
        read_labels(TABLE.assign(row=[-1, 1.5, 2]), n=5)


def test_a_row_that_is_labelled_twice_is_refused():
    twice = TABLE.assign(row=[4, 4, 2])
    with pytest.raises(FitError, match=r"1 row is labelled more than once: '4'\. Keep one line"):
        read_labels(twice, n=5)


def test_a_table_without_its_columns_is_refused():
    with pytest.raises(FitError, match=r"no column 'row', 'label'; it has 'text'"):
        read_labels(TABLE[["text"]], n=5)


def test_a_table_that_nobody_filled_in_is_refused():
    with pytest.raises(FitError, match=r"None of the 3 rows has a label\. Write 1"):
        read_labels(TABLE.assign(label=None), n=5)


@pytest.mark.parametrize("number", [1e300, float("inf"), -3.0, 0.0])
def test_a_number_that_no_text_can_stand_for_counts_as_one(number):
    given = pd.DataFrame({"row": [0, 1], "label": [1, 0], "stands_for": [number, 4.0]})
    assert read_labels(given, n=2).stands_for.tolist() == [1.0, 4.0]
