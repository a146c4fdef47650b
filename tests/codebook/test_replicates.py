"""Tests of `cxdrivers.codebook.replicates`, and of the fields of a codebook that tell a design."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.codebook.codebook_file import read_codebook
from cxdrivers.codebook.codebook_text import write_codebook
from cxdrivers.errors import SurveyError

HEAD = '[outcome]\nitems = ["grade"]\n[drivers.empathy]\nitems = ["a"]\n[columns]\n'
REPLICATES = ("rw_1", "rw_2")


def codebook(**fields: Any) -> Codebook:
    return Codebook(Question("grade", ("grade",)), (Question("empathy", ("a",)),), **fields)


def test_how_a_survey_was_sampled_survives_the_file(tmp_path: Path):
    written = codebook(
        weight="w", cluster="team", strata="region", replicate_weights=REPLICATES,
        replicate_scale=0.0125,
    )  # fmt: skip
    file = tmp_path / "client.toml"
    file.write_text(write_codebook(written), "utf-8")
    assert read_codebook(file) == written
    assert 'strata = "region"' in file.read_text("utf-8")
    assert "replicate_scale = 0.0125" in file.read_text("utf-8")


def test_columns_of_a_design_are_no_drivers_where_none_are_named():
    frame = pd.DataFrame({"grade": [7, 8], "a": [6, 9], "w": [1.0, 2.0], "rw_1": 1.0, "rw_2": 1.0})
    fields = {"weight": "w", "replicate_weights": REPLICATES, "replicate_scale": 0.5}
    survey = cx.Survey.from_frame(frame, outcome="grade", **fields)
    assert [driver.key for driver in survey.codebook.drivers] == ["a"]


def test_the_columns_of_a_design_are_listed_with_what_they_are():
    listed = list(codebook(weight="w", strata="s", replicate_weights=REPLICATES).columns())
    assert listed[2:] == [
        ("w", "weight"),
        ("rw_1", "replicate_weights"),
        ("rw_2", "replicate_weights"),
        ("s", "strata"),
    ]


def test_a_scale_that_is_no_number_is_refused_where_it_stands(tmp_path: Path):
    file = tmp_path / "client.toml"
    file.write_text(HEAD + 'replicate_scale = "1/80"\n', "utf-8")
    with pytest.raises(SurveyError) as caught:
        read_codebook(file)
    assert str(caught.value) == (
        "The codebook 'client.toml' has \"1/80\" for 'replicate_scale' in [columns], where a "
        "number, such as 0.05, must stand. Mend that line and read the codebook again."
    )
    assert "waar een getal, zoals 0.05, moet staan." in caught.value.say("nl")


FAULTS: list[tuple[dict[str, Any], str, str]] = [
    (
        {"weight": "w", "replicate_weights": REPLICATES, "replicate_scale": -0.5},
        (
            "replicate_scale is -0.5. It must be a number above 0; the documentation of the survey "
            "gives it, or leave it out for 1 divided by the number of replicate weights."
        ),
        "replicate_scale is -0,5. Het moet een getal boven 0 zijn;",
    ),
    (
        {"weight": "w", "replicate_weights": REPLICATES, "replicate_scale": math.nan},
        "replicate_scale is nan. It must be a number above 0;",
        "replicate_scale is nan. Het moet een getal boven 0 zijn;",
    ),
    (
        {"weight": "w", "replicate_scale": 0.5},
        (
            "The codebook gives replicate_scale, but no replicate weights that it belongs to. Name "
            "their columns under replicate_weights, or remove replicate_scale."
        ),
        "Het codeboek geeft replicate_scale, maar geen replicatiegewichten waar het bij hoort.",
    ),
    (
        {"replicate_weights": REPLICATES},
        (
            "The codebook names the replicate weights 'rw_1', 'rw_2', but not the weight that they "
            "replicate. Name its column under weight; without it the estimate and its replicates "
            "are not about the same customers."
        ),
        "Het codeboek noemt de replicatiegewichten 'rw_1', 'rw_2', maar niet de weegfactor die",
    ),
    (
        {"weight": "rw_2", "replicate_weights": (*REPLICATES, "rw_1")},
        (
            "The columns 'rw_2', 'rw_1' stand more than once among the weight and the replicate "
            "weights. Keep each column once; the weight itself is not one of its replicates."
        ),
        "De kolommen 'rw_2', 'rw_1' staan meer dan eens bij de weegfactor en de replicatie",
    ),
    (
        {"weight": "w", "replicate_weights": ("rw_1",)},
        (
            "Only one replicate weight is named, 'rw_1', and one says nothing about how sure an "
            "estimate is. Name all of them under replicate_weights, or remove it there."
        ),
        "Er is maar één replicatiegewicht genoemd, 'rw_1', en één zegt niets over",
    ),
    (
        {"weight": "w", "replicate_weights": ("rw_1", "a")},
        "'a' is both the weight and an item.",
        "'a' is zowel weegfactor als item.",
    ),
]


@pytest.mark.parametrize(("fields", "english", "dutch"), FAULTS)
def test_replicate_weights_that_cannot_serve_are_refused(
    fields: dict[str, Any], english: str, dutch: str
):
    with pytest.raises(SurveyError) as caught:
        codebook(**fields)
    assert str(caught.value).startswith(english)
    assert caught.value.say("nl").startswith(dutch)
