"""A fault in a codebook file is named with its place and one next step."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxdrivers.codebook.codebook_file import read_codebook
from cxdrivers.errors import SurveyError


def written(tmp_path: Path, text: str | bytes) -> Path:
    file = tmp_path / "client.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


HEAD = '[outcome]\nitems = ["grade"]\n[drivers.empathy]\nitems = ["a"]\n'
MEND = " Mend that line and read the codebook again."
FAULTS = [
    (
        '[outcome]\nitems = ["grade"]\n',
        (
            "The codebook 'client.toml' names no drivers. Add a table such as [drivers.empathy] "
            'with items = ["COLUMN"]; docs/guide.md shows a whole codebook.'
        ),
        "Het codeboek 'client.toml' noemt geen drivers.",
    ),
    (
        "title = Survey\n",
        (
            "The codebook 'client.toml' is not valid TOML: Invalid value (at line 1, column 9). "
            "Mend that line; texts stand in double quotes, lists in square brackets."
        ),
        "Het codeboek 'client.toml' is geen geldige TOML: ",
    ),
    (
        "drivres = 1\n" + HEAD,
        (
            "The codebook 'client.toml' has the unknown key 'drivres' in the file. Did you mean "
            "'drivers'? Known there: 'title', 'language', 'note', 'defaults', 'outcome', "
            "'drivers', 'columns', 'groups' and 1 more."
        ),
        "heeft de onbekende sleutel 'drivres' in het bestand. Bedoelde u 'drivers'?",
    ),
    (
        HEAD + "scael = [1, 5]\n",
        (
            "The codebook 'client.toml' has the unknown key 'scael' in [drivers.empathy]. Did you "
            "mean 'scale'? Known there: 'items', 'label', 'scale', 'reversed', 'not_applicable', "
            "'dont_know', 'kind', 'interaction' and 1 more."
        ),
        "in [drivers.empathy]. Bedoelde u 'scale'?",
    ),
    (
        '[outcome]\nitems = ["grade"]\n[drivers]\n"a b" = 3\n',
        "The codebook 'client.toml' has 3 for 'a b' in [drivers], where a table [drivers.\"a b\"] "
        "must stand." + MEND,
        'waar een tabel [drivers."a b"] moet staan. Herstel die regel',
    ),
    (
        "[[outcome]]\nitems = [1]\n",
        "The codebook 'client.toml' has [{\"items\": [1]}] for 'outcome' in the file, where a "
        "table [outcome] must stand." + MEND,
        "in het bestand, waar een tabel [outcome] moet staan.",
    ),
    (
        "title = 3\n" + HEAD,
        "The codebook 'client.toml' has 3 for 'title' in the file, where a text in double quotes "
        "must stand." + MEND,
        "waar een tekst tussen dubbele aanhalingstekens moet staan.",
    ),
    (
        HEAD + '[columns]\nsegments = ["a", 2]\n',
        "The codebook 'client.toml' has [\"a\", 2] for 'segments' in [columns], where a list of "
        'texts, such as ["a", "b"], must stand.' + MEND,
        'waar een lijst met teksten, zoals ["a", "b"], moet staan.',
    ),
    (
        HEAD + '[groups.Q21]\nvalues = ["man", "woman"]\n',
        "The codebook 'client.toml' has [\"man\", \"woman\"] for 'values' in [groups.Q21], where a "
        "table [groups.Q21.values] must stand." + MEND,
        "in [groups.Q21], waar een tabel [groups.Q21.values] moet staan.",
    ),
    (
        HEAD + '[groups.Q21]\nvalues = { 1.5 = "man" }\n',
        (
            "The codebook 'client.toml' has the unknown key '5' in [groups.Q21.values.1]. Known "
            "there: 'en', 'nl'."
        ),
        "heeft de onbekende sleutel '5' in [groups.Q21.values.1]. Bekend zijn daar: 'en', 'nl'.",
    ),
    (
        HEAD + '[groups.Q21]\nvalue = { 1 = "man" }\n',
        (
            "The codebook 'client.toml' has the unknown key 'value' in [groups.Q21]. Did you mean "
            "'values'? Known there: 'label', 'values'."
        ),
        "in [groups.Q21]. Bedoelde u 'values'?",
    ),
    (
        HEAD + "dont_know = [true]\n",
        "The codebook 'client.toml' has [true] for 'dont_know' in [drivers.empathy], where a list "
        'of codes, such as [98, "n.a."], must stand.' + MEND,
        'waar een lijst met codes, zoals [98, "n.v.t."], moet staan.',
    ),
    (
        HEAD + "not_applicable = [nan, inf]\n",
        "The codebook 'client.toml' has [NaN, Infinity] for 'not_applicable' in "
        '[drivers.empathy], where a list of codes, such as [98, "n.a."], must stand.' + MEND,
        "heeft [NaN, Infinity] bij 'not_applicable'",
    ),
    (
        HEAD + "scale = [false, 5]\n",
        "The codebook 'client.toml' has [false, 5] for 'scale' in [drivers.empathy], where a list "
        "of two numbers, such as [1, 10], must stand." + MEND,
        "waar een lijst met twee getallen, zoals [1, 10], moet staan.",
    ),
    (
        HEAD + "scale = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]\n",
        "The codebook 'client.toml' has [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, "
        "17, … for 'scale' in [drivers.empathy], where a list of two numbers, such as [1, 10], "
        "must stand." + MEND,
        "heeft [1, 2, 3,",
    ),
    (
        HEAD + "scale = [1979-05-27, 5]\n",
        "The codebook 'client.toml' has [\"1979-05-27\", 5] for 'scale' in [drivers.empathy], "
        "where a list of two numbers, such as [1, 10], must stand." + MEND,
        'heeft ["1979-05-27", 5] bij',
    ),
]


@pytest.mark.parametrize(("text", "english", "dutch"), FAULTS)
def test_a_fault_in_the_file_is_named_with_its_place(
    tmp_path: Path, text: str, english: str, dutch: str
) -> None:
    with pytest.raises(SurveyError) as caught:
        read_codebook(written(tmp_path, text))
    assert str(caught.value) == english
    assert dutch in caught.value.say("nl")


@pytest.mark.parametrize(
    "text", ["x = " + "9" * 5000, "x = " + "[" * 5000, "scale = [1" + "0" * 400]
)
def test_numbers_and_lists_beyond_all_measure_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SurveyError, match="is not valid TOML"):
        read_codebook(written(tmp_path, text))


def test_a_code_too_large_for_a_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SurveyError, match="where a list of codes"):
        read_codebook(written(tmp_path, HEAD + "dont_know = [1" + "0" * 400 + "]"))


def test_a_missing_codebook_is_named_with_a_way_to_draft_one(tmp_path: Path) -> None:
    with pytest.raises(SurveyError) as caught:
        read_codebook(tmp_path / "clinet.toml")
    assert str(caught.value) == (
        "There is no codebook 'clinet.toml'. Check the spelling, or draft one with: cxdrivers "
        "codebook FILE --out codebook.toml"
    )


def test_a_folder_is_no_codebook(tmp_path: Path) -> None:
    with pytest.raises(SurveyError) as caught:
        read_codebook(tmp_path)
    assert str(caught.value) == (
        f"'{tmp_path.name}' is a folder, not a codebook. Name the .toml file in it."
    )


def test_a_path_through_a_file_cannot_be_read(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD)
    with pytest.raises(SurveyError) as caught:
        read_codebook(file / "codebook.toml")
    assert str(caught.value) == (
        "The codebook 'codebook.toml' cannot be read (Not a directory). Check that the file is "
        "there and that you may open it."
    )


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_codebook_in_another_encoding_says_where_it_was_seen(
    tmp_path: Path, encoding: str
) -> None:
    line = 2 if encoding == "cp1252" else 1
    with pytest.raises(SurveyError) as caught:
        read_codebook(written(tmp_path, 'note = "x"\ntitle = "Privé"\n'.encode(encoding)))
    assert str(caught.value) == (
        f"The codebook 'client.toml' is not text in UTF-8 (first seen in line {line}). Open it in "
        "a text editor and save it as UTF-8."
    )
