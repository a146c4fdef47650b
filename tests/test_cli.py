"""The command: what it prints, what it exits with, and what it does not import."""

import subprocess
import sys

import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.cli import COMMANDS, main

FAST = ["--n-boot", "50"]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cxdrivers", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def client(tmp_path):
    """Write a file whose columns tell what they are."""
    example = cx.load_example().frame
    names = {"satisfaction": "tevredenheid", "reliability_solved": "betrouwbaarheid"}
    frame = example.rename(columns=names)[["tevredenheid", "betrouwbaarheid"]].assign(
        wachttijd=example["wait_length"]
    )
    path = tmp_path / "klant.csv"
    frame[frame.max(axis=1) < 11].to_csv(path, index=False)
    return path


def test_help_is_there_in_two_languages(capsys):
    for language, words in (("en", "write a report"), ("nl", "schrijf een rapport")):
        with pytest.raises(SystemExit) as stop:
            main(["--help", "--language", language])
        assert stop.value.code == 0
        assert words in capsys.readouterr().out


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "without it the language of the file"), ("nl", "zonder dit de taal van het bestand")],
)
def test_help_of_codebook_says_which_language_a_draft_is_in(capsys, language: str, words: str):
    with pytest.raises(SystemExit):
        main(["codebook", "--help", "--language", language])
    assert words in " ".join(capsys.readouterr().out.split())


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom cxdrivers.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'pandas', 'scipy', 'matplotlib', 'statsmodels', 'sklearn', 'tqdm'}\n"
        "sys.exit(f'imported {heavy & set(sys.modules)}' if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert all(command in done.stdout for command in COMMANDS)


def test_demo_writes_the_report_of_the_example(tmp_path, capsys):
    assert main(["demo", "--out", str(tmp_path / "out"), *FAST]) == 0
    assert "open " + str(tmp_path / "out" / "report.html") in capsys.readouterr().out
    assert "Simulated data" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_demo_does_not_write_over_an_earlier_report_unasked(tmp_path, capsys):
    assert main(["demo", "--out", str(tmp_path / "out"), *FAST]) == 0
    assert main(["demo", "--out", str(tmp_path / "out"), *FAST]) == 2
    assert "already holds 'report.html'" in capsys.readouterr().err
    assert main(["demo", "--out", str(tmp_path / "out"), "--force", *FAST]) == 0


def test_report_works_without_a_codebook_when_the_names_are_plain(client, tmp_path):
    out = tmp_path / "out"
    assert main(["report", str(client), "--out", str(out), "--language", "nl", *FAST]) == 0
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Betrouwbaarheid weegt het zwaarst" in page


def test_weights_prints_the_readers_table_and_the_footer(client, capsys):
    assert main(["weights", str(client), "--language", "en", *FAST]) == 0
    printed = capsys.readouterr().out
    assert "Reliability" in printed
    assert "50 resamples of respondents, seed 0, adjusted for noise" in printed


def test_a_file_in_dutch_without_a_codebook_is_answered_in_dutch(client, capsys):
    assert main(["weights", str(client), *FAST]) == 0
    assert "Betrouwbaarheid" in capsys.readouterr().out


def test_weights_as_csv_are_the_tidy_table(client, capsys):
    assert main(["weights", str(client), "--csv", "--classic", "--seed", "3", *FAST]) == 0
    path = client.with_name("out.csv")
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    printed = pd.read_csv(path)
    survey = cx.read_survey(client)
    expected = cx.driver_weights(survey, adjusted=False, n_boot=50, seed=3).tidy()
    assert printed["estimate"].tolist() == expected["estimate"].tolist()
    assert list(printed.columns) == list(expected.columns)


def test_check_of_the_example_finds_nothing_to_mend(capsys):
    example = str(cx.example_path())
    codebook = str(cx.example_path().with_name("codebook.toml"))
    assert main(["check", example, "--codebook", codebook, "--language", "nl"]) == 0
    assert "[goed om te weten] niet van toepassing" in capsys.readouterr().out


def test_check_speaks_the_language_of_the_codebook_unless_asked_otherwise(client, capsys):
    codebook = client.with_name("nl.toml")
    codebook.write_text(
        'language = "nl"\n[outcome]\nitems = ["tevredenheid"]\nscale = [1, 10]\n'
        '[drivers.reliability]\nitems = ["betrouwbaarheid"]\n'
        '[drivers.wait_time]\nitems = ["wachttijd"]\n'
    )
    assert main(["check", str(client), "--codebook", str(codebook)]) == 0
    assert "Onderzoek klant.csv" in capsys.readouterr().out
    assert main(["check", str(client), "--codebook", str(codebook), "--language", "en"]) == 0
    assert "Survey of klant.csv" in capsys.readouterr().out
    assert main(["weights", str(client), "--codebook", str(codebook), *FAST]) == 0
    assert "Betrouwbaarheid" in capsys.readouterr().out


def test_check_says_what_would_stop_the_weights(tmp_path, capsys):
    path = tmp_path / "three.csv"
    path.write_text("satisfaction,empathy,wait_time\n7,8,6\n8,9,5\n6,5,7\n")
    codebook = tmp_path / "c.toml"
    codebook.write_text(
        '[outcome]\nitems = ["satisfaction"]\n[drivers.empathy]\nitems = ["empathy"]\n'
        '[drivers.wait_time]\nitems = ["wait_time"]\n'
    )
    assert main(["check", str(path), "--codebook", str(codebook)]) == 1
    assert "3 usable rows are too few for 2 columns" in capsys.readouterr().out


def test_check_exits_with_1_when_something_must_be_mended(client, capsys):
    codebook = client.with_name("c.toml")
    codebook.write_text(
        '[outcome]\nitems = ["tevredenheid"]\nscale = [1, 5]\n'
        '[drivers.reliability]\nitems = ["betrouwbaarheid"]\n'
        '[drivers.wait_time]\nitems = ["wachttijd"]\n'
    )
    assert main(["check", str(client), "--codebook", str(codebook)]) == 1
    printed = capsys.readouterr().out
    assert "[mend first] answers off the scale" in printed
    assert "outside the scale 1 to 5" in printed


def test_check_counts_what_it_found_and_begins_with_the_most_serious(tmp_path, capsys):
    frame = cx.load_example().frame.rename(columns={"wait_length": "wait_time"})
    frame = frame[["satisfaction", "reliability_solved", "wait_time"]].replace(98, float("nan"))
    frame.loc[0, "satisfaction"] = 11
    path, codebook = tmp_path / "some.csv", tmp_path / "c.toml"
    frame.to_csv(path, index=False)
    codebook.write_text(
        '[outcome]\nitems = ["satisfaction"]\nscale = [1, 10]\n'
        '[drivers.reliability]\nitems = ["reliability_solved"]\n'
        '[drivers.wait_time]\nitems = ["wait_time"]\n'
    )
    assert main(["check", str(path), "--codebook", str(codebook)]) == 1
    headline, counts, *rest = capsys.readouterr().out.splitlines()
    assert headline.startswith("Survey of some.csv")
    assert counts.startswith("mend first: 1 · good to know: ")
    assert next(line for line in rest if line).startswith("[mend first] answers off the scale")
    assert rest.count("") == 2


def test_codebook_is_drafted_to_the_screen_or_to_a_file(client, capsys):
    assert main(["codebook", str(client)]) == 0
    printed = capsys.readouterr().out
    assert "[drivers.wait_time]" in printed
    target = client.with_name("draft.toml")
    assert main(["codebook", str(client), "--out", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == printed
    assert main(["codebook", str(client), "--out", str(target)]) == 2
    assert "'draft.toml' already exists" in capsys.readouterr().err


def test_a_codebook_is_drafted_in_the_language_of_the_file_unless_asked_otherwise(client, capsys):
    assert main(["codebook", str(client)]) == 0
    assert '\nlanguage = "nl"\n' in capsys.readouterr().out
    assert main(["codebook", str(client), "--language", "en"]) == 0
    assert '\nlanguage = "en"\n' in capsys.readouterr().out
    target = client.with_name("nl.toml")
    assert main(["codebook", str(client), "--out", str(target)]) == 0
    assert "is geschreven. Lees het door" in capsys.readouterr().out


def test_a_file_that_is_not_there_exits_with_2_and_a_sentence_in_the_language(tmp_path, capsys):
    missing = str(tmp_path / "nergens.csv")
    assert main(["report", missing, "--language", "nl", "--out", str(tmp_path / "out")]) == 2
    printed = capsys.readouterr().err
    assert printed.startswith("cxdrivers: ")
    assert "nergens.csv" in printed
    assert "There is no" not in printed
    assert list(tmp_path.iterdir()) == []


def test_the_module_can_be_run_and_tells_its_version():
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"cxdrivers {cx.__version__}\n")


def test_an_unknown_command_exits_with_2():
    assert run("reprot").returncode == 2


def test_a_user_who_stops_it_gets_one_line_and_no_traceback(monkeypatch, capsys):
    def stopped(_chosen):
        raise KeyboardInterrupt

    monkeypatch.setitem(COMMANDS, "demo", stopped)
    assert main(["demo"]) == 130
    assert "Nothing was written half." in capsys.readouterr().err
