"""The commands about groups and benchmarks: what they print, write and refuse."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.cli import main
from cxdrivers.codebook.codebook_text import write_codebook


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Write the example survey and its codebook as a client would send them."""
    survey, folder = cx.load_example(), tmp_path_factory.mktemp("client")
    source, codebook = folder / "klant.csv", folder / "klant.toml"
    survey.frame.to_csv(source, index=False)
    codebook.write_text(write_codebook(survey.codebook), encoding="utf-8")
    return str(source), str(codebook)


def test_groups_are_printed_with_what_differs(files, capsys):
    source, codebook = files
    assert main(["groups", source, "--codebook", codebook, "--by", "organisation"]) == 0
    printed = capsys.readouterr().out
    comparison = cx.compare_groups(cx.load_example(), by="organisation")
    assert comparison.summary("en") in printed
    assert all(group in printed for group in comparison.groups)


def test_teams_within_organisations_are_two_columns(files, capsys):
    source, codebook = files
    columns = ["--by", "organisation,agent", "--minimum", "20", "--language", "nl"]
    assert main(["groups", source, "--codebook", codebook, *columns]) == 0
    assert "Daarbinnen" in capsys.readouterr().out


def test_groups_as_csv_are_the_tidy_table(files, capsys):
    source, codebook = files
    assert main(["groups", source, "--codebook", codebook, "--csv"]) == 0
    header, *rows = capsys.readouterr().out.splitlines()
    table = cx.compare_groups(cx.load_example()).tidy()
    assert header.split(",") == list(table.columns)
    assert len(rows) == len(table)


def test_a_benchmark_is_made_and_a_client_placed_in_it(files, tmp_path: Path, capsys):
    source, codebook = files
    field = str(tmp_path / "field.json")
    make = ["benchmark", source, "--codebook", codebook, "--by", "organisation", "--out", field]
    assert main(make) == 0
    assert json.loads(Path(field).read_text("utf-8"))["format"] == "cxdrivers benchmark"
    assert main(make) == 2
    assert main([*make, "--force"]) == 0
    capsys.readouterr()
    assert main(["benchmark", source, "--codebook", codebook, "--field", field]) == 0
    placed = cx.Benchmark.load(field).place(cx.load_example())
    assert placed.summary("en") in capsys.readouterr().out


@pytest.mark.parametrize("options", [[], ["--out", "a.json", "--field", "b.json"]])
def test_a_benchmark_is_either_made_or_used(files, options, capsys):
    assert main(["benchmark", files[0], *options]) == 2
    assert "A benchmark is either made or used" in capsys.readouterr().err


def test_a_column_of_clients_does_not_go_with_placing_one(files, capsys):
    assert main(["benchmark", files[0], "--by", "organisation", "--field", "b.json"]) == 2
    said = capsys.readouterr().err
    assert "--by 'organisation' tells clients apart when a benchmark is made" in said
    assert "Leave --by out; if the file holds several clients" in said


@pytest.fixture(scope="module")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write the same survey as two Parquet files, and return what stands for both."""
    folder = tmp_path_factory.mktemp("warehouse")
    frame = cx.load_example().frame
    for place, rows in enumerate((frame[:700], frame[700:])):
        rows.to_parquet(folder / f"part{place}.parquet", index=False)
    return str(folder / "part*.parquet")


def test_weights_of_every_group_are_the_same_from_csv_and_from_parquet_on_disk(
    files, parquet: str, capsys
):
    source, codebook = files
    asked = ["--codebook", codebook, "--by", "organisation", "--n-boot", "0", "--csv"]
    printed = []
    for file in (source, parquet):
        assert main(["weights", file, *asked]) == 0
        printed.append(pd.read_csv(StringIO(capsys.readouterr().out)))
    survey = cx.load_example()
    moments = cx.moments_from(survey.frame, codebook=survey.codebook, by="organisation")
    found = cx.driver_weights(moments, n_boot=0).tidy()
    for table in printed:
        assert list(table.columns) == list(found.columns)
        assert table["organisation"].tolist() == found["organisation"].tolist()
        assert table["n"].tolist() == found["n"].tolist()
        for column in ("estimate", "effect", "own"):
            np.testing.assert_allclose(table[column], found[column], rtol=1e-9, atol=1e-12)


def test_one_pass_over_parquet_gives_the_weights_of_complete_rows(files, parquet: str, capsys):
    asked = ["--codebook", files[1], "--one-pass", "--n-boot", "0"]
    assert main(["weights", parquet, *asked, "--csv"]) == 0
    printed = pd.read_csv(StringIO(capsys.readouterr().out)).set_index("driver")
    expected = cx.driver_weights(cx.load_example(), missing="listwise", n_boot=0)
    table = expected.tidy().set_index("driver")
    np.testing.assert_allclose(printed["effect"], table["effect"], rtol=1e-9)
    assert main(["weights", parquet, *asked, "--language", "nl"]) == 0
    assert "van wat de drivers samen verklaren" in capsys.readouterr().out


def test_a_group_smaller_than_the_minimum_is_only_counted(files, parquet: str, capsys):
    asked = ["--codebook", files[1], "--by", "organisation", "--minimum", "350", "--n-boot", "0"]
    assert main(["weights", parquet, *asked]) == 0
    printed = capsys.readouterr().out
    assert "Webwinkel" not in printed
    assert "1 group was too small to leave its source (usable respondents: 342)" in printed


def test_of_very_many_groups_the_largest_are_printed_and_csv_has_all(files, parquet: str, capsys):
    asked = ["--codebook", files[1], "--by", "agent", "--n-boot", "0"]
    assert main(["weights", parquet, *asked]) == 0
    printed = capsys.readouterr().out
    survey = cx.load_example()
    weights = cx.driver_weights(
        cx.moments_from(survey.frame, codebook=survey.codebook, by="agent"), n_boot=0
    )
    count = len(weights.groups)
    assert count > 20
    assert f"The 20 largest of {count} groups; --csv gives all, as tidy() does." in printed
    by_size = np.argsort(-weights.moments.n, kind="stable")
    shown = [
        any(weights.groups[place] in line for line in printed.splitlines()[1:21])
        for place in (by_size[0], by_size[-1])
    ]
    assert shown == [True, False]
    assert main(["weights", parquet, *asked, "--csv"]) == 0
    table = pd.read_csv(StringIO(capsys.readouterr().out))
    assert table["agent"].nunique() == count


def test_what_needs_rows_is_refused_for_sums(files, parquet: str, capsys):
    asked = ["--codebook", files[1], "--by", "organisation", "--kind", "top_box"]
    assert main(["weights", parquet, *asked]) == 2
    assert "rows" in capsys.readouterr().err
