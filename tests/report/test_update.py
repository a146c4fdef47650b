"""An earlier deck is looked at before anything is computed, and refreshed beside itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest
from pptx import Presentation

from cxdrivers.cli import main
from cxdrivers.errors import CxError
from cxdrivers.report import update, write
from cxdrivers.report.update import update_deck
from cxdrivers.report.write import write_report
from tests.report.deck.deck_results import small_deck, small_results
from tests.report.handed_over import few_respondents


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "report.pptx"
    path.write_bytes(small_deck("nl"))
    return path


@pytest.fixture
def nothing_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("it was computed")

    monkeypatch.setattr(update, "results_of", refuse)
    monkeypatch.setattr(write, "results_of", refuse)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update, "results_of", lambda *_, **__: small_results(400))


@pytest.mark.usefixtures("quick")
def test_a_deck_is_refreshed_in_its_own_language_whatever_that_of_the_codebook(
    old: Path, tmp_path: Path
):
    survey = few_respondents()
    assert survey.codebook.language == "en"
    done = update_deck(survey, old, tmp_path / "new")
    assert done.path == tmp_path / "new" / "report.pptx"
    assert "dia 3: kop, onderwerp, grafiek, bron, notities" in done.changed
    assert old.read_bytes() == small_deck("nl") != done.path.read_bytes()


@pytest.mark.usefixtures("quick")
def test_refreshed_again_it_stays_the_same_and_does_not_grow(old: Path, tmp_path: Path):
    once = update_deck(few_respondents(), old, tmp_path / "once").path
    twice = update_deck(few_respondents(), once, tmp_path / "twice").path
    assert once.read_bytes() == twice.read_bytes()


@pytest.mark.usefixtures("quick")
def test_in_the_same_folder_it_takes_the_place_of_the_old_one_only_with_force(
    old: Path, tmp_path: Path
):
    with pytest.raises(CxError, match=r"already holds 'report\.pptx'\. Give another folder"):
        update_deck(few_respondents(), old, tmp_path)
    assert old.read_bytes() == small_deck("nl")
    update_deck(few_respondents(), old, tmp_path, force=True)
    assert old.read_bytes() != small_deck("nl")


@pytest.mark.usefixtures("nothing_is_computed")
def test_a_deck_that_cannot_be_refreshed_is_refused_before_anything_is_computed(
    old: Path, tmp_path: Path
):
    survey = few_respondents()
    with pytest.raises(CxError, match=r"in the language 'nl' and .* in 'en'\. Ask for 'nl'\."):
        update_deck(survey, old, tmp_path / "new", language="en")
    Presentation().save(str(tmp_path / "theirs.pptx"))
    with pytest.raises(CxError, match=r"None of the 0 slides has a chart"):
        update_deck(survey, tmp_path / "theirs.pptx", tmp_path / "new")
    (tmp_path / "notes.pptx").write_bytes(b"notes")
    with pytest.raises(CxError, match="This is not a PowerPoint file"):
        update_deck(survey, tmp_path / "notes.pptx", tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.usefixtures("nothing_is_computed")
def test_a_template_that_cannot_be_used_is_refused_before_anything_is_computed(tmp_path: Path):
    survey, template = few_respondents(), tmp_path / "house.pptx"
    template.write_bytes(b"no slides")
    with pytest.raises(CxError, match="This is not a PowerPoint file"):
        write_report(survey, tmp_path / "new", template=template)
    with pytest.raises(CxError, match=r"formats .* \('html', 'csv'\) have no PowerPoint\. Add"):
        write_report(survey, tmp_path / "new", formats=["html", "csv"], template=template)
    bare = Presentation()
    for layout in list(bare.slide_layouts):
        bare.slide_layouts.remove(layout)
    bare.save(str(template))
    with pytest.raises(CxError, match=r"None of the 0 layouts of the template has a title"):
        write_report(survey, tmp_path / "new", template=template)


def test_a_template_has_no_use_beside_an_earlier_deck(
    old: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["report", "x.csv", "--update", str(old), "--template", str(old)]) == 2
    assert "An earlier deck keeps its own looks" in capsys.readouterr().err


def test_other_files_are_not_written_beside_an_earlier_deck_and_asking_for_them_is_answered(
    old: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["report", "x.csv", "--update", str(old), "--formats", "html,pptx"]) == 2
    said = capsys.readouterr().err
    assert "writes nothing else, so that --formats html,pptx has no use beside --update" in said


@pytest.mark.usefixtures("nothing_is_computed")
@pytest.mark.parametrize(
    ("module", "written", "package"),
    [
        ("jinja2", "html", "Jinja2"),
        ("pptx", "pptx", "python-pptx"),
        ("xlsxwriter", "xlsx", "XlsxWriter"),
    ],
)
def test_a_missing_package_is_named_before_anything_is_computed(
    module: str, written: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    survey = few_respondents()
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(CxError, match=rf"'{package}', which is not installed.*\[report\]"):
        write_report(survey, tmp_path / "new", formats=["csv", written])
    assert not (tmp_path / "new").exists()
