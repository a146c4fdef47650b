"""Tests of `cxdrivers.mentions.characters`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.mentions.characters import PAD, form_of, kinds_of, mend

ANYTHING = st.text(st.characters(categories=None), max_size=40)
BROKEN = st.lists(
    st.sampled_from([*"ÃÂâ€™Å¡ï¿½ðŸ‘<>&;#a1 \n", "&amp;", "&#233;", "Ã«"]), max_size=30
)


@given(ANYTHING | BROKEN.map("".join))
def test_mending_keeps_every_place(text: str):
    assert len(mend(text)) == len(text)


@given(st.text(st.characters(codec="ascii", exclude_characters="&"), max_size=40))
def test_plain_text_stays_as_it_is(text: str):
    assert mend(text) == text


@pytest.mark.parametrize("right", ["kassière", "Zoë’s", "à la carte", "“top” – 👍", "50 € per één"])
@pytest.mark.parametrize("times", [1, 2])
def test_what_another_program_decoded_wrongly_is_mended(right: str, times: int):
    broken = right
    for _ in range(times):
        broken = "".join(
            bytes([byte]).decode("cp1252") if byte not in UNDEFINED else chr(byte)
            for byte in broken.encode("utf-8")
        )
    assert broken != right
    assert mend(broken).replace(PAD, "") == right


UNDEFINED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("caf&eacute; &amp; bar", "café & bar"),
        ("&#233;&#xE9;n", "één"),
        ("AT&T; Q&A", "AT&T; Q&A"),
        ("&onbekend;", "&onbekend;"),
    ],
)
def test_html_entities_are_read(text: str, right: str):
    assert mend(text).replace(PAD, "") == right


@pytest.mark.parametrize("text", ["ANDRÉ’S HULP", "café’s", "CLICHÉ®", "Ångström", "naïef"])
def test_right_letters_before_a_mark_are_left_alone(text: str):
    assert mend(text) == text


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("Caissière", "caissiere"),
        ("CAISSIE\u0300RE", "caissiere"),
        ("me\u00addewer\u200bker", "medewerker"),
        ("auto’s", "auto's"),
        ("'s", "s"),
        ("Straße", "strasse"),
        ("„", '"'),
        ("—", "-"),
        ("\u200d", ""),
        ("👍", "👍"),
        ("¨", ""),
    ],
)
def test_a_word_is_looked_up_without_what_people_vary(written: str, form: str):
    assert form_of(written) == form


def test_a_tag_ends_a_line_and_a_smaller_sign_does_not():
    codes, kinds = kinds_of("a<br/>b <3 c")
    assert len(codes) == len(kinds) == 12
    assert set(kinds[1:6]) == set(kinds_of("\n")[1])
    assert kinds[8] == kinds_of("(")[1][0]
