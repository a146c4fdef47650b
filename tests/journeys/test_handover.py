"""A consultant writes the report of a survey, and a client can be shown all of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cxdrivers.cli import main
from cxdrivers.codebook.codebook import Codebook
from cxdrivers.codebook.codebook_file import read_codebook
from cxdrivers.survey.sources import example_path
from cxdrivers.wording import LANGUAGES
from tests.journeys.test_client_files import CORRECTIONS
from tests.journeys.visible_words import (
    OTHER,
    function_words_of,
    labels_of,
    sentences_of,
    visible_texts,
)
from tests.report.handed_over import EXAMPLE, example_report, example_run

FILES = {"report.html", "report.pptx", "report.xlsx", "tables", "charts"}


def check_words(files: dict[str, bytes], language: str, codebook: Codebook) -> None:
    """Require that everything a reader sees is in one language, but for the client's names."""
    texts, other = visible_texts(files), OTHER[language]
    assert len(texts) > 300
    assert sentences_of(other, texts) == []
    assert labels_of(other, texts) == []
    assert function_words_of(other, texts, codebook) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_of_the_example_is_in_one_language(language: str):
    check_words(example_report(language), language, example_run().survey.codebook)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_the_other_language_would_be_found(language: str):
    codebook = example_run().survey.codebook
    texts, itself = visible_texts(example_report(language)), language
    assert len(sentences_of(itself, texts)) > 100
    assert len(labels_of(itself, texts)) > 50
    assert len(function_words_of(itself, texts, codebook)) > 100


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [EXAMPLE, "CUB_univer", "flip_bank", "sfo_2018"])
def test_one_command_writes_everything_that_is_handed_over(
    name: str,
    language: str,
    shared_file: Callable[[str], Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
):
    if name == EXAMPLE:
        source, codebook = example_path(), example_path().with_name("codebook.toml")
    else:
        source = shared_file(f"data/{name}.csv")
        codebook = drafted(name, source, tmp_path / "codebook.toml")
    out = tmp_path / "out"
    options = ["--codebook", str(codebook), "--n-boot", "100", "--out", str(out)]
    assert main(["report", str(source), *options, "--language", language]) == 0
    assert "cxdrivers:" not in capsys.readouterr().err
    assert {path.name for path in out.iterdir()} == FILES
    files = {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file()
    }
    check_words(files, language, read_codebook(codebook))


def drafted(name: str, source: Path, codebook: Path) -> Path:
    """Draft a codebook and correct it as a person would."""
    assert main(["codebook", str(source), "--out", str(codebook)]) == 0
    text = codebook.read_text("utf-8")
    for found, corrected in CORRECTIONS[name]:
        text = text.replace(found, corrected)
    codebook.write_text(text, encoding="utf-8")
    return codebook
