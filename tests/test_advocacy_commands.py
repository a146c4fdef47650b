"""The command about recommendations: what it prints beside what the answers say themselves."""

from __future__ import annotations

import cxdrivers as cx
from cxdrivers.cli import main
from cxdrivers.codebook.codebook_text import write_codebook


def test_the_chain_is_followed_by_what_half_a_point_on_each_driver_goes_with(tmp_path, capsys):
    survey = cx.load_example()
    source, codebook = tmp_path / "klant.csv", tmp_path / "klant.toml"
    survey.frame.to_csv(source, index=False)
    codebook.write_text(write_codebook(survey.codebook), encoding="utf-8")
    options = ["--codebook", str(codebook), "--n-boot", "50", "--seed", "7", "--language", "nl"]
    assert main(["advocacy", str(source), *options]) == 0
    printed = capsys.readouterr().out
    chain = cx.advocacy_chain(survey, n_boot=50, seed=7)
    assert "Waar een half punt meer op een driver mee samengaat" in printed
    assert chain.driver_table("nl").to_string(index=False) in printed
    assert chain.driver_sentences("nl")[0] in printed
    assert "Aanbevelers zijn geteld via" in printed
