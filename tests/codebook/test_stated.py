"""A codebook names stated importance of drivers, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.codebook.codebook_file import read_codebook
from cxdrivers.codebook.codebook_text import write_codebook
from cxdrivers.errors import SurveyError

OUTCOME = Question("satisfaction", ("grade",))
EMPATHY = Question("empathy", ("friendly",), stated="says_empathy")


def test_stated_importance_is_written_and_read_back_equal(tmp_path: Path) -> None:
    codebook = Codebook(OUTCOME, (EMPATHY, Question("speed", ("fast",))))
    file = tmp_path / "codebook.toml"
    file.write_text(write_codebook(codebook), encoding="utf-8")
    assert 'stated = "says_empathy"' in file.read_text(encoding="utf-8")
    assert read_codebook(file) == codebook


def test_a_stated_column_is_among_the_columns_that_a_survey_must_have() -> None:
    codebook = Codebook(OUTCOME, (EMPATHY,))
    assert ("says_empathy", "empathy, stated") in list(codebook.columns())


@pytest.mark.parametrize(
    ("outcome", "drivers", "message", "dutch"),
    [
        (
            Question("satisfaction", ("grade",), stated="says"),
            (EMPATHY,),
            (
                "The outcome 'satisfaction' has the column 'says' under stated, but importance is "
                "stated of drivers. Remove stated from [outcome]."
            ),
            "Haal stated weg uit [outcome].",
        ),
        (
            OUTCOME,
            (EMPATHY, Question("speed", ("fast",), stated="says_empathy")),
            (
                "The columns 'says_empathy' hold the stated importance of more than one driver. "
                "Give each driver a column of its own under stated."
            ),
            "Geef elke driver onder stated een eigen kolom.",
        ),
        (
            OUTCOME,
            (EMPATHY, Question("speed", ("fast",), stated="friendly")),
            (
                "The columns 'friendly' are both items and stated importance. Name under stated "
                "the column in which respondents say how important the driver is, or remove it."
            ),
            "zowel item als genoemd belang",
        ),
    ],
)
def test_stated_importance_where_it_means_nothing_is_refused(
    outcome: Question, drivers: tuple[Question, ...], message: str, dutch: str
) -> None:
    with pytest.raises(SurveyError) as caught:
        Codebook(outcome, drivers)
    assert str(caught.value) == message
    assert dutch in caught.value.say("nl")
