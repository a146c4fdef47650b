"""Moments come from any table, with a codebook or its fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import Mock

import numpy as np
import pandas as pd
import polars as pl
import pytest

import cxdrivers as cx
from cxdrivers.codebook.codebook_text import write_codebook
from cxdrivers.errors import CxError, FitError, SurveyError
from cxdrivers.moments import random_parts
from cxdrivers.moments.grouped_rows import grouped_moments
from cxdrivers.moments.warehouse import reading
from cxdrivers.moments.warehouse.reading import moments_from
from tests.moments.warehouse.awkward import assert_same
from tests.moments.warehouse.tables import kinds

EXAMPLE = cx.load_example()


@kinds("polars", "arrow", "lazy_polars", "relation", "parquet")
def test_a_real_survey_gives_the_same_from_every_kind_of_table(table_of, tmp_path):
    settings: dict[str, Any] = {"codebook": EXAMPLE.codebook, "by": ["organisation", "wave"]}
    expected = moments_from(EXAMPLE.frame, **settings)
    assert expected.by == "organisation · wave"
    assert expected.labels[0] == "Energie · 2025-1"
    found = moments_from(table_of(EXAMPLE.frame, tmp_path), **settings)
    assert found.labels == expected.labels
    np.testing.assert_allclose(found.covariance, expected.covariance, rtol=1e-9, atol=1e-9)


def test_the_weights_of_a_table_are_those_of_its_survey_over_complete_rows():
    expected = cx.driver_weights(EXAMPLE, missing="listwise", n_boot=0).tidy()
    moments = moments_from(EXAMPLE.frame, codebook=EXAMPLE.codebook)
    found = cx.driver_weights(moments, n_boot=0).tidy()
    np.testing.assert_allclose(found["share"], expected["share"], rtol=1e-10)
    assert found["n"].tolist() == expected["n"].tolist()


def test_a_codebook_may_be_the_path_of_its_file(tmp_path):
    path = tmp_path / "codebook.toml"
    path.write_text(write_codebook(EXAMPLE.codebook), encoding="utf-8")
    for given in (path, str(path)):
        found = moments_from(EXAMPLE.frame, codebook=given)
        assert_same(found, moments_from(EXAMPLE.frame, codebook=EXAMPLE.codebook))


def test_a_survey_gives_what_it_gives_elsewhere():
    expected = grouped_moments(EXAMPLE, "organisation", parts=50, seed=4)
    found = moments_from(EXAMPLE, by="organisation", parts=50, seed=4)
    np.testing.assert_array_equal(found.sums, expected.sums)
    assert found.labels == expected.labels


def test_a_survey_without_groups_is_one_group():
    found = moments_from(EXAMPLE)
    assert (found.by, found.labels, len(found.n)) == ("", ("",), 1)
    inside = moments_from(EXAMPLE, by=["organisation", "wave"])
    assert inside.labels[0] == "Energie · 2025-1"
    assert inside.n.sum() == found.n.sum()


def test_without_drivers_every_other_column_is_one():
    frame = pd.DataFrame(np.random.default_rng(1).integers(1, 6, (90, 3)), columns=["y", "a", "b"])
    frame = frame.assign(land="nl", id=np.arange(90))
    for table in (frame, pl.from_pandas(frame).lazy()):
        assert moments_from(table, outcome="y", by="land", identity="id").drivers == ("a", "b")


def test_many_groups_have_fewer_parts_each(monkeypatch):
    rows = np.arange(60_000)
    frame = pd.DataFrame({"y": rows % 7, "x": rows % 5, "team": rows % 10})
    for most, parts in ((random_parts.SUMS_AT_MOST, 200), (450, 40)):
        monkeypatch.setattr(random_parts, "SUMS_AT_MOST", most)
        found = moments_from(frame, outcome="y", drivers=["x"], by="team")
        assert found.parts.tolist() == [parts] * 10


def frame_of_two() -> pd.DataFrame:
    return pd.DataFrame({"y": [1, 2] * 20, "x": [1, 2, 3, 4] * 10})


@pytest.mark.parametrize(
    ("table", "settings", "sentence"),
    [
        (EXAMPLE, {"outcome": "satisfaction"}, "A survey has its own codebook"),
        (EXAMPLE, {"by": "organization"}, "There is no column 'organization' to tell groups apart"),
        (EXAMPLE, {"by": ["wave", "x"]}, "There is no column 'x' to tell groups apart"),
        (42, {"outcome": "y"}, "Moments are made from a table or a file, and this is a int"),
        (frame_of_two(), {}, "Nothing says which column of the table is the outcome"),
        (frame_of_two(), {"outcome": "z", "drivers": ["x"]}, "The table has no column 'z'"),
        (frame_of_two(), {"outcome": "y", "drivers": ["xx"]}, "no column 'xx'.*It has 'y', 'x'"),
        (
            frame_of_two(),
            {"outcome": "y", "codebook": EXAMPLE.codebook},
            "There is a codebook and there are fields of another one \\('outcome'\\)",
        ),
        (
            frame_of_two().assign(c=pd.Categorical(["a", "b"] * 20)),
            {"outcome": "y"},
            "The driver 'c' is a factor or an interaction",
        ),
    ],
)
def test_what_cannot_be_added_up_is_a_sentence(table, settings, sentence):
    with pytest.raises(CxError, match=sentence):
        moments_from(table, **settings)


def test_two_columns_of_one_name_are_refused():
    frame = frame_of_two()
    frame.columns = pd.Index(["y", "y"])
    with pytest.raises(SurveyError, match="two columns called 'y'"):
        moments_from(frame, outcome="y")


def test_one_group_that_is_too_small_is_only_counted():
    with pytest.raises(FitError, match="that can be used is 40, and nothing is told"):
        moments_from(frame_of_two(), outcome="y", drivers=["x"], minimum=41)


def test_an_error_in_the_parts_leaves_nothing(monkeypatch):
    lost = Mock(side_effect=CxError("engine_failed", reason="lost"))
    monkeypatch.setattr(reading.InEngine, "parts", lost)
    with pytest.raises(CxError, match=r"nothing came of it\. It says: lost"):
        moments_from(pl.from_pandas(frame_of_two()).lazy(), outcome="y", drivers=["x"])


def test_the_folder_of_a_path_is_no_matter(tmp_path, monkeypatch):
    frame_of_two().to_parquet(tmp_path / "two.parquet")
    monkeypatch.chdir(tmp_path)
    found = moments_from(Path("two.parquet"), outcome="y", drivers=["x"])
    assert found.n.tolist() == [40]
