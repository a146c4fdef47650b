"""Real surveys go from the file to the report, with a codebook that began as the drafted one."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.cli import main

CORRECTIONS: dict[str, list[tuple[str, str]]] = {
    "CUB_univer": [],
    "flip_bank": [('weight = "weight"', 'weight = "weight"\nrequired = ["weight", "ID"]')],
    "sfo_2018": [("[drivers.Q7ART]", '[drivers.Q7ART]\nlabel = { en = "Art", nl = "Kunst" }')],
    "mobi": [
        (
            "items = []",
            'key = "satisfaction"\nitems = ["CUSA1", "CUSA2", "CUSA3"]\nscale = [1, 10]',
        ),
        ('[drivers.CUSA]\nitems = ["CUSA1", "CUSA2", "CUSA3"]\nscale = [1, 10]\n', ""),
    ],
}
EXPECTED = {
    "CUB_univer": (2179, ["compete", "informat", "willingn", "officeho"]),
    "flip_bank": (664, None),
    "sfo_2018": (2543, None),
    "mobi": (250, ["PERQ", "IMAG"]),
}


@pytest.mark.parametrize("name", CORRECTIONS)
def test_a_survey_goes_from_the_file_to_the_report(
    name: str,
    shared_file: Callable[[str], Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
):
    source = str(shared_file(f"data/{name}.csv"))
    codebook, out = tmp_path / "codebook.toml", tmp_path / "out"
    assert main(["codebook", source, "--out", str(codebook)]) == 0
    text = codebook.read_text("utf-8")
    for drafted, corrected in CORRECTIONS[name]:
        assert text.count(drafted) == 1
        text = text.replace(drafted, corrected)
    codebook.write_text(text, encoding="utf-8")
    assert main(["check", source, "--codebook", str(codebook)]) == 0
    options = ["--codebook", str(codebook), "--n-boot", "200", "--out", str(out)]
    assert main(["report", source, *options, "--language", "nl"]) == 0
    assert "cxdrivers:" not in capsys.readouterr().err
    table = pd.read_csv(out / "tables" / "weights.csv", sep=";", decimal=",")
    n, first = EXPECTED[name]
    assert table["n"].max() == n
    assert table["estimate"].sum() == pytest.approx(
        cx.fit_satisfaction(cx.read_survey(source, codebook=codebook)).fit.r_squared, abs=0.03
    )
    if first:
        assert table.sort_values("rank")["driver"].tolist()[: len(first)] == first
    assert '<html lang="nl">' in (out / "report.html").read_text("utf-8")


def test_mobi_scored_by_the_package_gives_what_relaimpo_gives_on_its_composites(
    shared_file: Callable[[str], Path], reference: Callable[[str], dict]
):
    """Items in, scores made here, the classic numbers out: the whole way against R."""
    drivers = {
        "Image": [f"IMAG{item}" for item in range(1, 6)],
        "Expectation": [f"CUEX{item}" for item in range(1, 4)],
        "Quality": [f"PERQ{item}" for item in range(1, 8)],
        "Value": ["PERV1", "PERV2"],
        "Complaints": ["CUSCO"],
        "Loyalty": ["CUSL1", "CUSL2", "CUSL3"],
    }
    frame = cx.read_survey(
        shared_file("data/mobi.csv"),
        codebook=cx.Codebook(
            outcome=cx.Question("Satisfaction", ("CUSA1", "CUSA2", "CUSA3")),
            drivers=tuple(cx.Question(key, tuple(items)) for key, items in drivers.items()),
        ),
    )
    weights = cx.driver_weights(frame, adjusted=False, n_boot=0)
    expected = reference("a_mobi_composites")["lmg"]
    assert weights.estimate.tolist() == pytest.approx(expected, abs=1e-10)
