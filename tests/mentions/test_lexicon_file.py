"""Tests of the faults that `cxdrivers.mentions.lexicon_file` and `lexicon_changes` tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cxdrivers.errors import CxError
from tests.mentions.small_lexicons import dutch

MEND = " Mend that line and read the lexicon again."
FAULTS: list[tuple[str, str, str]] = [
    (
        "clases = 1",
        (
            "The lexicon 'own.toml' has the unknown key 'clases' in the file. Did you mean "
            "'classes'? Known there: 'language', 'abbreviations', 'spelling', 'classes', "
            "'rules', 'title', 'note'."
        ),
        "heeft de onbekende sleutel 'clases' in het bestand. Bedoelde u 'classes'?",
    ),
    (
        '[classes.role]\nword = ["x"]',
        (
            "has the unknown key 'word' in [classes.role]. Did you mean 'words'? Known there: "
            "'words', 'endings', 'beginnings', 'not', 'near', 'capital', 'plain'."
        ),
        "in [classes.role]. Bedoelde u 'words'?",
    ),
    (
        '[[rules]]\nname = "x"\npattern = "y"',
        "has the unknown key 'pattern' in [rules 1]. Did you mean 'patterns'?",
        "in [rules 1]. Bedoelde u 'patterns'?",
    ),
    (
        "[classes.role]\nwords = [1]",
        (
            "The lexicon 'own.toml' has [1] for 'words' in [classes.role], where a list of texts, "
            'such as ["a", "b"], must stand.' + MEND
        ),
        'waar een lijst met teksten, zoals ["a", "b"], moet staan. Herstel die regel',
    ),
    (
        '[classes.role]\nnear = "yes"',
        "has \"yes\" for 'near' in [classes.role], where true or false must stand." + MEND,
        "waar true of false moet staan.",
    ),
    (
        "language = 3",
        "has 3 for 'language' in the file, where a text in double quotes must stand." + MEND,
        "waar een tekst tussen dubbele aanhalingstekens moet staan.",
    ),
    (
        'classes = ["role"]',
        "has [\"role\"] for 'classes' in the file, where a table [classes] must stand." + MEND,
        "waar een tabel [classes] moet staan.",
    ),
    (
        "[rules]\nname = 1",
        "has {\"name\": 1} for 'rules' in the file, where a table [[rules]] must stand." + MEND,
        "waar een tabel [[rules]] moet staan.",
    ),
    (
        "rules = [3]",
        "has 3 for 'rules 1' in the file, where a table [rules 1] must stand." + MEND,
        "waar een tabel [rules 1] moet staan.",
    ),
    (
        '[classes.role]\nwords = ["call center agent"]',
        (
            "The lexicon 'own.toml' has 'call center agent' under 'words' in [classes.role], "
            "which is not one word. Write what consists of more words as a pattern of a rule."
        ),
        "en dat is niet één woord. Schrijf wat uit meer woorden bestaat als patroon",
    ),
    ('[classes.role]\nwords = [""]', "has '' under 'words'", "heeft '' bij 'words'"),
    ('[classes.role]\nendings = ["a b"]', "has 'a b' under 'endings'", "heeft 'a b' bij 'endings'"),
    ('[classes.role]\nendings = [""]', "has '' under 'endings'", "heeft '' bij 'endings'"),
    (
        '[classes.Capital]\nwords = ["x"]',
        (
            "The lexicon 'own.toml' has words for the class 'Capital', which is built in. Give "
            "the class another name."
        ),
        "voor de klasse 'Capital', maar die is ingebouwd.",
    ),
    (
        '[[rules]]\nflag = "mask"\npatterns = ["x"]',
        (
            "Rule 1 of the lexicon 'own.toml' has no name. Write name = \"…\" in it; the name "
            "shows in what is found."
        ),
        "Regel 1 van de woordenlijst 'own.toml' heeft geen naam.",
    ),
    (
        (
            '[[rules]]\nname = "x"\noff = true\n[[rules]]\nname = "role"\noff = true\n'
            '[[rules]]\nname = "role"\noff = true'
        ),
        (
            "The lexicon 'own.toml' switches off the rule 'x', which is not there. Check its name "
            "in the view of the marked texts."
        ),
        "zet de regel 'x' uit, maar die is er niet.",
    ),
    (
        '[[rules]]\nname = "helpd"\noff = true',
        "the rule 'helpd', which is not there. Did you mean 'helped'?",
        "Bedoelde u 'helped'?",
    ),
    (
        '[[rules]]\nname = "role"\noff = true\n[[rules]]\nname = "role"\noff = true',
        "The lexicon 'own.toml' has the rule 'role' twice. Give one of the two another name.",
        "heeft de regel 'role' tweemaal.",
    ),
    (
        '[[rules]]\nname = "x"\nflag = "mask"',
        (
            "The rule 'x' of the lexicon 'own.toml' has no patterns. Write patterns = "
            '["<role>"], or off = true to switch the rule off.'
        ),
        "heeft geen patronen. Schrijf patterns",
    ),
    (
        '[[rules]]\nname = "x"\nflag = "explicitt"\npatterns = ["y"]',
        (
            "The rule 'x' of the lexicon 'own.toml' has the flag 'explicitt'. Did you mean "
            "'explicit'? It can be 'mask', 'absent', 'explicit', 'implicit', 'service_noun'."
        ),
        "heeft de vlag (flag) 'explicitt'. Bedoelde u 'explicit'?",
    ),
    ('[[rules]]\nname = "x"\npatterns = ["y"]', "has the flag ''.", "heeft de vlag (flag) ''."),
    (
        'language = "en"',
        (
            "The lexicon 'own.toml' is for the language 'en', but the texts are read as nl. "
            "Choose the language of the lexicon, or correct language in it."
        ),
        "is voor de taal 'en', maar de teksten worden gelezen als nl.",
    ),
    (
        '[[rules]]\nname = "x"\nflag = "mask"\npatterns = ["<rol>"]',
        "of the rule 'x' in the lexicon 'own.toml' names the class 'rol', which is not there.",
        "noemt de klasse 'rol', maar die is er niet. Bedoelde u 'role'?",
    ),
    (
        "[classes.role",
        "The lexicon 'own.toml' is not valid TOML: ",
        "is geen geldige TOML: ",
    ),
]


@pytest.mark.parametrize(("text", "english", "dutch_words"), FAULTS)
def test_a_fault_in_a_lexicon_is_named_with_its_place(
    tmp_path: Path, text: str, english: str, dutch_words: str
):
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CxError) as caught:
        dutch().extended(file)
    assert english in str(caught.value)
    assert dutch_words in caught.value.say("nl")


def test_toml_that_cannot_be_read_ends_with_what_to_mend(tmp_path: Path):
    file = tmp_path / "own.toml"
    file.write_text("x = " + "[" * 5000, encoding="utf-8")
    with pytest.raises(CxError, match=r"Mend that line; texts stand in double quotes, lists in"):
        dutch().extended(file)


def test_a_lexicon_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(CxError) as caught:
        dutch().extended(tmp_path / "onw.toml")
    assert str(caught.value) == (
        "There is no lexicon 'onw.toml'. Check the folder and the spelling of the name."
    )
    assert caught.value.say("nl").startswith("Er is geen woordenlijst 'onw.toml'.")


def test_a_folder_is_no_lexicon(tmp_path: Path):
    with pytest.raises(CxError) as caught:
        dutch().extended(tmp_path)
    assert str(caught.value) == (
        f"The lexicon '{tmp_path.name}' cannot be read (Is a directory). Check that it is a file "
        "and that you may open it."
    )


def test_a_lexicon_in_another_encoding_says_where_it_was_seen(tmp_path: Path):
    file = tmp_path / "own.toml"
    file.write_bytes('title = "x"\nnote = "é"\n'.encode("cp1252"))
    with pytest.raises(CxError) as caught:
        dutch().extended(file)
    assert str(caught.value) == (
        "The lexicon 'own.toml' is not text in UTF-8 (first seen in line 2). Open it in a text "
        "editor and save it as UTF-8."
    )


@pytest.mark.parametrize("source", [3, ["own.toml"], None])
def test_something_else_than_a_file_or_a_mapping_is_refused(source: Any):
    with pytest.raises(CxError) as caught:
        dutch().extended(source)
    kind = type(source).__name__
    assert str(caught.value) == (
        f"lexicon is a {kind}. Give the name of a TOML file, or a mapping with the same content."
    )


def test_a_mapping_is_checked_like_a_file():
    with pytest.raises(CxError, match=r"^The lexicon 'lexicon=' has the unknown key 'x' in the"):
        dutch().extended({"x": 1})
    with pytest.raises(CxError, match="where a list of texts"):
        dutch().extended({"classes": {"role": {"words": {"a": 1}}}})
