"""The file of a benchmark: anyone can read it, it holds no person, and it comes back the same."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.groups.benchmark import Benchmark
from tests.answers.groups.benchmark_samples import client_survey, client_surveys

SURVEYS = client_surveys()
FIELD = Benchmark.of(SURVEYS)


def test_a_benchmark_comes_back_as_it_was(tmp_path):
    path = tmp_path / "field.json"
    FIELD.save(path)
    again = Benchmark.load(path)
    pd.testing.assert_frame_equal(again.tidy(), FIELD.tidy(), rtol=1e-9)
    for one, two in zip(again.clients, FIELD.clients, strict=True):
        assert np.allclose(one.covariance, two.covariance, rtol=1e-9)
        assert (one.n, one.degrees) == (two.n, two.degrees)
    assert again.labels == FIELD.labels
    assert again.summary("nl") == FIELD.summary("nl")


def test_what_was_loaded_is_saved_as_the_same_bytes(tmp_path):
    FIELD.save(tmp_path / "one.json")
    Benchmark.load(tmp_path / "one.json").save(tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_the_same_surveys_give_the_same_bytes_in_any_order(tmp_path):
    FIELD.save(tmp_path / "one.json")
    Benchmark.of(dict(reversed(SURVEYS.items()))).save(tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_names_come_back_when_they_are_kept(tmp_path):
    named = Benchmark.of(SURVEYS, named=True)
    named.save(tmp_path / "field.json")
    assert [client.name for client in Benchmark.load(tmp_path / "field.json").clients] == [*SURVEYS]


def test_the_file_says_what_it_is_and_has_a_row_of_a_matrix_a_line(tmp_path):
    path = tmp_path / "field.json"
    FIELD.save(path)
    text = path.read_text("utf-8")
    tree = json.loads(text)
    assert (tree["format"], tree["version"]) == ("cxdrivers benchmark", 1)
    assert list(tree) == sorted(tree)
    assert list(tree["clients"][0]) == sorted(tree["clients"][0])
    first_row = json.dumps(tree["clients"][0]["covariance"][0])
    assert first_row in [line.strip(" ,") for line in text.splitlines()]
    assert text.endswith("}\n")


def test_what_is_not_known_is_null_and_never_nan(tmp_path):
    frame = SURVEYS["Client A"].frame.assign(empathy=8.0)
    field = Benchmark.of(SURVEYS | {"Client A": client_survey(frame)}, named=True)
    field.save(tmp_path / "field.json")
    text = (tmp_path / "field.json").read_text("utf-8")
    assert json.loads(text)["clients"][0]["effect"][1] is None
    assert "NaN" not in text
    assert np.isnan(Benchmark.load(tmp_path / "field.json").clients[0].effect[1])


def test_a_driver_that_few_met_comes_back_unknown(tmp_path):
    frame = SURVEYS["Client A"].frame.copy()
    frame.loc[frame.index[9:], "empathy"] = 99
    seldom = client_survey(frame, not_applicable=(99,))
    field = Benchmark.of(SURVEYS | {"Client A": seldom}, named=True)
    field.save(tmp_path / "field.json")
    again = Benchmark.load(tmp_path / "field.json")
    pd.testing.assert_frame_equal(again.tidy(), field.tidy(), rtol=1e-9)


def test_nothing_of_a_respondent_a_file_or_a_name_is_in_it(tmp_path):
    """Texts, identifiers, names of columns, files and clients: the file has none of them."""
    marked = {
        name: cx.Survey.from_frame(
            survey.frame.rename(columns={"empathy": "q7_secret"}).assign(
                words="Anna de Vries hielp mij", who=[f"id{row}" for row in survey.frame.index]
            ),
            outcome="satisfaction",
            drivers={
                "reliability": ["reliability"],
                "empathy": ["q7_secret"],
                "customer_focus": ["customer_focus"],
            },
            scale=(1, 10),
            verbatim="words",
            respondent="who",
            title=f"Survey of {name}",
            note="confidential",
        )
        for name, survey in SURVEYS.items()
    }
    Benchmark.of(marked).save(tmp_path / "field.json")
    text = (tmp_path / "field.json").read_text("utf-8")
    for word in ("Anna", "id1", "q7_secret", "Client", "confidential", "data frame", "Survey"):
        assert word not in text
    parts = {"covariance", "degrees", "effect", "effect_variance", "mean", "mean_variance", "n",
             "n_effective", "rated", "weight", "weight_variance"}  # fmt: skip
    assert all(set(client) == parts for client in json.loads(text)["clients"])


def test_a_file_that_is_there_is_not_replaced_unasked(tmp_path):
    path = tmp_path / "field.json"
    path.write_text("mine", "utf-8")
    with pytest.raises(cx.CxError, match=r"'field\.json' already exists\. .* add --force"):
        FIELD.save(path)
    assert path.read_text("utf-8") == "mine"
    FIELD.save(path, force=True)
    assert len(Benchmark.load(path).clients) == 5


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(cx.CxError, match=r"The folder 'nowhere' cannot be written"):
        FIELD.save(tmp_path / "nowhere" / "field.json")


def test_a_file_that_cannot_be_put_in_its_place_leaves_nothing_behind(tmp_path):
    path = tmp_path / "field.json"
    (path / "inside").mkdir(parents=True)
    with pytest.raises(cx.CxError, match=r"cannot be written"):
        FIELD.save(path, force=True)
    assert [entry.name for entry in tmp_path.iterdir()] == ["field.json"]


def test_names_in_any_script_are_kept_as_they_are(tmp_path):
    named = {f"Zorg & Zó {name} 客": survey for name, survey in SURVEYS.items()}
    Benchmark.of(named, named=True).save(tmp_path / "field.json")
    assert "Zorg & Zó Client A 客" in (tmp_path / "field.json").read_text("utf-8")
    assert Benchmark.load(tmp_path / "field.json").clients[0].name == "Zorg & Zó Client A 客"
