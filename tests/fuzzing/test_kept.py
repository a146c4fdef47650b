"""What once broke a program stays what it is: an error with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxdrivers.cli import BAD_INPUT, main
from cxdrivers.errors import SurveyError
from cxdrivers.reading.readers import read_table

KEPT = Path(__file__).with_name("kept")
BROKEN = {
    "dictionary.sav": "an SPSS file: it is damaged or cut off (the program that reads such files",
    "dictionary.zsav": "an SPSS file: it is damaged or cut off (the program that reads such files",
    "shared-strings.xlsx": "an Excel workbook: it is damaged or cut off (the program that reads",
    "places-beyond-the-dictionary.parquet": "a Parquet table: it is damaged or cut off",
}


def test_every_kept_file_is_tried():
    assert {path.name for path in KEPT.iterdir()} == set(BROKEN)


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_breaks_its_library_is_damaged_and_nothing_more(name: str):
    with pytest.raises(SurveyError) as caught:
        read_table(KEPT / name)
    assert f"'{name}' cannot be read as {BROKEN[name]}" in str(caught.value)
    assert "Nothing of it was used; copy or export it again." in str(caught.value)
    assert "het is beschadigd of afgebroken (" in caught.value.say("nl")


def test_a_name_that_no_file_can_have_is_told(capsys: pytest.CaptureFixture[str]):
    assert main(["check", "a" * 300]) == BAD_INPUT
    assert "cannot be read: File name too long. Check its name" in capsys.readouterr().err
    with pytest.raises(SurveyError, match=r"longer than 255 characters, which no file can have"):
        read_table("a" * 300 + ".csv")


def test_more_resamples_than_a_computer_holds_are_refused(capsys: pytest.CaptureFixture[str]):
    assert main(["demo", "--n-boot", "9" * 30, "--language", "nl"]) == BAD_INPUT
    told = capsys.readouterr().err
    assert "Met --n-boot zijn meer dan 1\xa0000\xa0000 hertrekkingen gevraagd." in told
