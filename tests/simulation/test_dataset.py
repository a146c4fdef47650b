"""The example data set that ships with the package."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from cxdrivers.codebook.codebook_file import read_codebook
from cxdrivers.errors import CxError
from cxdrivers.simulation.__main__ import main
from cxdrivers.simulation.dataset import CUSTOMERS, SEED, write_example
from cxdrivers.simulation.simulate import simulate_survey
from cxdrivers.wording import in_language

SHIPPED = Path(__file__).parents[2] / "datasets"


def test_the_command_writes_the_very_bytes_that_ship(tmp_path):
    main([str(tmp_path / "new" / "folder")])
    for name in ("contact_centre.csv", "codebook.toml"):
        written = (tmp_path / "new" / "folder" / name).read_bytes()
        assert written == (SHIPPED / name).read_bytes()


def test_what_ships_is_the_simulated_survey():
    simulated = simulate_survey(CUSTOMERS, seed=SEED)
    shipped = pd.read_csv(SHIPPED / "contact_centre.csv")
    for column, values in simulated.frame.items():
        assert shipped[column].isna().tolist() == values.isna().tolist()
        assert shipped[column].dropna().tolist() == values.dropna().tolist()
    assert read_codebook(SHIPPED / "codebook.toml") == simulated.codebook


def test_what_ships_says_that_it_is_simulated():
    codebook = read_codebook(SHIPPED / "codebook.toml")
    for language, word in (("en", "simulated"), ("nl", "gesimuleerd")):
        assert word in in_language(codebook.note, language).lower()
        assert word in in_language(codebook.title, language)
    readme = (SHIPPED / "README.md").read_text(encoding="utf-8")
    assert "python -m cxdrivers.simulation datasets/" in readme


def test_the_shares_in_the_readme_are_those_of_the_sample():
    readme = " ".join((SHIPPED / "README.md").read_text(encoding="utf-8").split())
    simulated = simulate_survey(CUSTOMERS, seed=SEED)
    grades, mention = simulated.frame["satisfaction"], simulated.truth.mention
    told = simulated.frame["recommended"]
    named = f"{mention[grades >= 8].mean():.1%} and {mention[grades == 10].mean():.1%}"
    recommended = f"{told[grades == 10].mean():.1%} and {told[grades == 7].mean():.1%}"
    for shares in (named, recommended):
        assert shares.replace("%", " %") in readme


def test_the_readme_describes_every_column():
    readme = (SHIPPED / "README.md").read_text(encoding="utf-8")
    for column in pd.read_csv(SHIPPED / "contact_centre.csv", nrows=1).columns:
        assert f"`{column}`" in readme
    for column in pd.read_csv(SHIPPED / "published_figures.csv", nrows=1).columns:
        assert f"`{column}`" in readme


def test_a_file_is_not_taken_for_a_folder(tmp_path, capsys):
    file = tmp_path / "taken.csv"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(CxError, match=r"'taken\.csv' is a file, so no data set can be written"):
        write_example(file)
    with pytest.raises(SystemExit) as left:
        main([str(file)])
    assert left.value.code == 2
    assert "'taken.csv' is a file" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "mine"
