"""Tests of `cxdrivers.survey.weighting`: replicate weights as a survey has them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.reading.grid import DECIMAL
from tests.samples import answers, survey_of

FIELDS = {"weight": "w", "replicate_weights": ("rw_1", "rw_2")}


def replicated(**changed: object) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    columns = {"w": 1.0, "rw_1": rng.gamma(2, size=300), "rw_2": rng.gamma(2, size=300)}
    return answers().assign(**(columns | changed))


def test_replicate_weights_stand_beside_each_other_in_the_order_of_the_codebook():
    frame = replicated()
    found = survey_of(frame, **FIELDS).replicate_weights
    np.testing.assert_array_equal(found, frame[["rw_1", "rw_2"]])


def test_a_survey_may_have_none():
    assert survey_of(replicated(), weight="w").replicate_weights is None


def test_decimal_commas_are_read_as_the_file_writes_them():
    frame = replicated(rw_2=["0,5"] * 300)
    frame.attrs[DECIMAL] = ","
    found = survey_of(frame, **FIELDS).replicate_weights
    assert found is not None
    np.testing.assert_array_equal(found[:, 1], np.full(300, 0.5))


@pytest.mark.parametrize(
    ("changed", "english", "dutch"),
    [
        (
            {"rw_2": np.r_[np.nan, np.ones(299)]},
            (
                "The replicate weight 'rw_2' is missing, infinite, negative or beyond 10^±100 in 1 "
                "row (replicate "
                "weights with that trouble: 1). Check how it was made; to resample instead, remove "
                "replicate_weights from the codebook."
            ),
            "Het replicatiegewicht 'rw_2' ontbreekt, is oneindig, is negatief of ligt voorb",
        ),
        (
            {"rw_1": np.r_[-1.0, np.ones(299)], "rw_2": np.r_[np.inf, -1.0, np.ones(298)]},
            (
                "The replicate weight 'rw_2' is missing, infinite, negative or beyond 10^±100 in 2 "
                "rows (replicate "
                "weights with that trouble: 2). Check how it was made; to resample instead, remove "
                "replicate_weights from the codebook."
            ),
            "Het replicatiegewicht 'rw_2' ontbreekt, is oneindig, is negatief of ligt voorb",
        ),
        (
            {"rw_1": ["much"] * 300},
            "Column 'rw_1' holds text that is no number in 300 rows (for example 'much').",
            "Kolom 'rw_1' heeft in 300 rijen tekst die geen getal is (bijvoorbeeld 'much').",
        ),
    ],
)
def test_replicate_weights_that_cannot_be_are_found_and_stop_the_weights(
    changed: dict[str, object], english: str, dutch: str
):
    survey = survey_of(replicated(**changed), **FIELDS)
    [finding] = survey.found
    assert (finding.check, finding.severity) == ("unreadable", "stop")
    assert finding.column in ("rw_1", "rw_2")
    assert finding.meaning.say("en").startswith(english)
    assert finding.meaning.say("nl").startswith(dutch)
    with pytest.raises(cx.SurveyError):
        cx.driver_weights(survey)
