"""Sheets of Excel workbooks."""

from datetime import date, datetime, time

import numpy as np
import pytest
import xlsxwriter

from cxdrivers.errors import SurveyError
from cxdrivers.reading.readers import read_table

ANSWERS = [["grade", "why"], [8, "snel"], [7.5, None]]


@pytest.fixture
def write(tmp_path):
    def write_sheets(hidden=(), **sheets):
        path = tmp_path / "client.xlsx"
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as workbook:
            for name, rows in sheets.items():
                sheet = workbook.add_worksheet(name)
                for place, row in enumerate(rows):
                    sheet.write_row(place, 0, row)
                if name in hidden:
                    sheet.hide()
        return path

    return write_sheets


def test_the_only_sheet_with_something_in_it_is_read(write):
    table = read_table(write(Toelichting=[], Data=ANSWERS))
    assert table.frame["grade"].tolist() == [8, 7.5]
    assert table.frame["why"].tolist() == ["snel", None]
    assert table.source.kind == "xlsx"


def test_a_hidden_sheet_is_read_only_when_it_is_named(write):
    path = write(Data=ANSWERS, Codes=[["code"], [99]], hidden=["Codes"])
    assert list(read_table(path).frame) == ["grade", "why"]
    assert list(read_table(path, sheet="Codes").frame) == ["code"]


def test_several_sheets_need_a_choice(write):
    path = write(Mei=ANSWERS, Juni=ANSWERS, Leeg=[])
    message = (
        "The workbook 'client.xlsx' has more than one sheet with something in it: 'Mei', 'Juni'."
        ' Say which one holds the answers, with sheet="..." or under [file] in the codebook.'
    )
    with pytest.raises(SurveyError) as caught:
        read_table(path)
    assert str(caught.value) == message
    assert len(read_table(path, sheet="Juni").frame) == 2


def test_a_misspelt_sheet_gets_its_nearest_name(write):
    message = r"has no sheet 'juny'. Did you mean 'Juni'\? Choose one of 'Mei', 'Juni'."
    with pytest.raises(SurveyError, match=message):
        read_table(write(Mei=ANSWERS, Juni=ANSWERS), sheet="juny")


def test_an_empty_sheet_that_was_asked_for_is_refused(write):
    message = "The sheet 'Leeg' of the workbook 'client.xlsx' is empty. Choose the sheet"
    with pytest.raises(SurveyError, match=message):
        read_table(write(Data=ANSWERS, Leeg=[]), sheet="Leeg")


def test_a_workbook_without_anything_is_refused(write):
    with pytest.raises(SurveyError, match=r"'client.xlsx' is empty. Export the answers again"):
        read_table(write(Data=[], Meer=[]))


def test_numbers_typed_as_text_become_numbers(write):
    rows = [["a", "b", "id"], ["7,5", 7, "0031"], ["8", "6,5", "0032"]]
    frame = read_table(write(Data=rows)).frame
    assert frame["a"].tolist() == [7.5, 8]
    assert frame["b"].tolist() == [7, 6.5]
    assert frame["id"].tolist() == ["0031", "0032"]


def test_dates_become_texts_times_seconds_and_yes_one(write):
    day, moment = date(2024, 5, 4), datetime(2024, 5, 4, 12, 1)  # noqa: DTZ001
    rows = [["day", "moment", "wait", "again"], [day, moment, time(0, 3, 25), True]]
    frame = read_table(write(Data=rows)).frame
    assert frame["day"].tolist() == ["2024-05-04"]
    assert frame["moment"].tolist() == ["2024-05-04T12:01:00"]
    assert frame["wait"].tolist() == [205]
    assert frame["again"].tolist() == [1]


def test_empty_cells_above_and_around_the_answers_do_not_matter(write):
    rows = [[], [None, "a", None, "b"], [], [None, 1, None, "x"], [None, None, None, "y"]]
    frame = read_table(write(Data=rows)).frame
    assert list(frame) == ["a", "b"]
    np.testing.assert_array_equal(frame["a"], [1, np.nan])


def test_two_columns_of_one_name_are_refused(write):
    with pytest.raises(SurveyError, match=r"Columns 1 and 2 of 'client.xlsx' are both called 'a'"):
        read_table(write(Data=[["a", "a"], [1, 2]]))


def test_a_workbook_behind_a_password_is_refused(tmp_path):
    path = tmp_path / "client.xlsx"
    signature = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    path.write_bytes(signature + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(96))
    message = "'client.xlsx' is protected by a password. Save a copy without a password"
    with pytest.raises(SurveyError, match=message):
        read_table(path)
