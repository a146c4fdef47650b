"""SPSS files, with what they say about their codes."""

from datetime import date, datetime, time, timedelta

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from cxdrivers.errors import SurveyError
from cxdrivers.reading.readers import read_table

FRAME = pd.DataFrame(
    {
        "V1": [8.0, 98.0, 99.0, np.nan],
        "V2": [7.5, -1.0, 6.25, 3.0],
        "kanaal": ["tel", "", "mail", "wn"],
    }
)

VALUE_LABELS = {"V1": {98.0: "weet niet", 99.0: "n.v.t."}, "kanaal": {"tel": "telefoon"}}


@pytest.fixture(params=["client.sav", "client.zsav"])
def path(request, tmp_path):
    path = tmp_path / request.param
    pyreadstat.write_sav(
        FRAME,
        path,
        compress=path.suffix == ".zsav",
        column_labels={"V1": "Hoe tevreden bent u?"},
        variable_value_labels={
            "V1": {98: "weet niet", 99: "n.v.t."},
            "kanaal": {"tel": "telefoon"},
        },
        missing_ranges={"V1": [{"lo": 97, "hi": 99}], "V2": [-1.0, 5.0], "kanaal": ["wn"]},
    )
    return path


def test_codes_are_kept_as_they_are(path):
    frame = read_table(path).frame
    np.testing.assert_array_equal(frame["V1"], FRAME["V1"])
    np.testing.assert_array_equal(frame["V2"], FRAME["V2"])
    assert frame["kanaal"].tolist() == ["tel", None, "mail", "wn"]
    assert read_table(path).source.kind == "sav"


def test_labels_are_kept(path):
    table = read_table(path)
    assert table.column_labels == {"V1": "Hoe tevreden bent u?"}
    assert table.value_labels == VALUE_LABELS


def test_a_missing_range_lists_the_codes_that_occur_and_a_single_code_always(path):
    codes = read_table(path).missing_codes
    assert codes == {"V1": (98.0, 99.0), "V2": (-1.0, 5.0), "kanaal": ("wn",)}


def test_dates_become_texts_and_times_stay_seconds(tmp_path):
    path = tmp_path / "client.sav"
    frame = pd.DataFrame(
        {
            "day": [date(2024, 5, 4), None],
            "moment": [datetime(2024, 5, 4, 12, 1), None],  # noqa: DTZ001
            "wait": [time(0, 3, 25), None],
        }
    )
    pyreadstat.write_sav(frame, path)
    read = read_table(path).frame
    assert read["day"].tolist() == ["2024-05-04", None]
    assert read["moment"].tolist() == ["2024-05-04T12:01:00", None]
    np.testing.assert_array_equal(read["wait"], [205, np.nan])


def test_a_date_that_cannot_be_does_not_stop_the_file(tmp_path):
    path = tmp_path / "client.sav"
    day = 86400.0
    frame = pd.DataFrame({"late": [4e6 * day, day], "never": [1e300, day]})
    pyreadstat.write_sav(frame, path, variable_format={"late": "DATE11", "never": "DATE11"})
    read = read_table(path).frame
    cycles, days = divmod(4_000_000, 146_097)
    within_a_cycle = date(1582, 10, 14) + timedelta(days)
    late = f"{within_a_cycle.year + 400 * cycles}-{within_a_cycle:%m-%d}"
    assert read["late"].tolist() == [late, "1582-10-15"]
    assert read["never"].tolist() == [1e300, day]


def test_a_file_without_respondents_is_refused(tmp_path):
    path = tmp_path / "client.sav"
    pyreadstat.write_sav(FRAME.head(0).astype({"kanaal": float}), path)
    with pytest.raises(SurveyError, match=r"has column names .*, but no rows below them"):
        read_table(path)


def test_a_file_that_was_cut_off_anywhere_is_refused_whole(path):
    content = path.read_bytes()
    for length in range(200, len(content), 53):
        path.write_bytes(content[:length])
        with pytest.raises(SurveyError, match="cannot be read as an SPSS file: it is damaged or"):
            read_table(path)


def test_two_columns_of_one_name_are_refused(tmp_path):
    path = tmp_path / "client.sav"
    pyreadstat.write_sav(pd.DataFrame({"VX": [1.0], "VY": [2.0]}), path)
    path.write_bytes(path.read_bytes().replace(b"VY", b"VX"))
    with pytest.raises(SurveyError, match=r"damaged or cut off \(column 'VX' is duplicated"):
        read_table(path)


def test_a_large_file_is_read_in_blocks_that_say_the_same(path, monkeypatch):
    whole = read_table(path)
    monkeypatch.setattr("cxdrivers.reading.apart.PYTHON", None)
    monkeypatch.setattr("cxdrivers.reading.spss_parts.CELLS_AT_ONCE", 4)
    blocks = read_table(path)
    pd.testing.assert_frame_equal(blocks.frame, whole.frame, check_exact=True)
    assert blocks.missing_codes == whole.missing_codes
