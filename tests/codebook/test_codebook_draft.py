"""A draft is made from a file or a data frame, says its text, and lists what it asks."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from cxdrivers.codebook.codebook_file import read_codebook
from cxdrivers.codebook.drafting import draft_codebook
from cxdrivers.errors import SurveyError
from cxdrivers.survey.sources import example_path, load_example, read_survey
from tests.codebook.draft_samples import grades, with_code


def test_a_draft_of_a_file_prints_as_the_text_that_can_be_saved_and_read(tmp_path: Path) -> None:
    draft = draft_codebook(example_path())
    file = tmp_path / "draft.toml"
    file.write_text(draft.text, encoding="utf-8")
    assert str(draft) == repr(draft) == draft.text
    assert read_codebook(file) == draft.codebook
    assert read_survey(example_path(), codebook=file).drivers == load_example().drivers


def test_a_data_frame_is_drafted_as_the_file_it_was_read_from() -> None:
    example = load_example()
    before = example.frame.copy(deep=True)
    draft = draft_codebook(example.frame)
    assert draft.codebook == draft_codebook(str(example_path())).codebook
    assert "made from 'data frame' (1\u00a0500 rows" in draft.text
    pd.testing.assert_frame_equal(example.frame, before)


@pytest.mark.parametrize("kind", ["int64", "Int64", "float32", "category", "string", "object"])
def test_answers_of_any_kind_of_a_data_frame_are_ratings(kind: str) -> None:
    whole = [int(value) for value in grades()]
    written = [str(value) for value in whole] if kind in ("string", "category") else whole
    draft = draft_codebook(pd.DataFrame({"price": pd.Series(written, dtype=kind), "cijfer": whole}))
    assert draft.codebook is not None
    assert [driver.scale for driver in draft.codebook.drivers] == [(1.0, 10.0)]


def test_lists_in_a_data_frame_are_no_answers_and_are_not_touched() -> None:
    frame = pd.DataFrame({"price": grades(), "satisfaction": grades()})
    frame["tags"] = [["a", "b"]] * len(frame)
    draft = draft_codebook(frame)
    assert "# Not used: 'tags'." in draft.text
    assert frame["tags"].iloc[0] == ["a", "b"]


def test_what_is_open_can_be_read_by_itself_in_both_languages() -> None:
    draft = draft_codebook(pd.DataFrame({"price": with_code(99), "satisfaction": grades()}))
    first, asked = draft.summary().splitlines()
    assert first == "One question is open:"
    assert asked.startswith("- Does the answer 99 to 'price' mean not applicable?")
    assert draft.summary("nl").startswith("Eén vraag staat open:\n- Betekent het antwoord 99 bij")


def test_a_draft_without_questions_says_that_it_must_be_read_all_the_same() -> None:
    draft = draft_codebook(pd.DataFrame({"prijs": grades(), "cijfer": grades()}))
    assert draft.language == "nl"
    assert draft.summary().startswith("Er staat geen vraag open. Leg het codeboek toch naast")
    assert draft.summary("en").startswith("Nothing is left open. Lay it beside the questionnaire")


def test_the_sheet_and_the_decimal_mark_that_a_file_needs_stand_in_its_draft(
    tmp_path: Path,
) -> None:
    rows = [f"{grade:g};{1 + row / 8:.3f};{11 - grade:g}" for row, grade in enumerate(grades())]
    file = tmp_path / "a.csv"
    lines = ["satisfaction;weight;price", *rows]
    file.write_text("\n".join(lines).replace(".", ","), encoding="utf-8")
    draft = draft_codebook(file, decimal=",")
    assert '[file]\ndecimal = ","' in draft.text
    assert draft.codebook is not None
    assert draft.codebook.decimal == ","
    assert "[file]" not in draft_codebook(file).text


def test_other_tables_and_settings_without_a_file_are_refused() -> None:
    with pytest.raises(SurveyError, match="drafted from a file or a pandas data frame, and this"):
        draft_codebook({"grade": [1, 2]})  # type: ignore[arg-type]
    frame = pd.DataFrame({"price": grades(), "satisfaction": grades()})
    with pytest.raises(SurveyError, match="been read already, so 'sheet' says nothing about it"):
        draft_codebook(frame, sheet="answers")
    with pytest.raises(SurveyError, match="so 'decimal' says nothing about it"):
        draft_codebook(frame, decimal=",")
