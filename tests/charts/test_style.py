"""The visual language: colours that differ on grey paper and to every eye, and whole words."""

from __future__ import annotations

from itertools import combinations

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from matplotlib.font_manager import findfont
from numpy.typing import NDArray

from cxdrivers.charts import style

USED = {"ink": style.INK, "accent": style.ACCENT, "muted": style.MUTED, "faint": style.FAINT}
OF_TEXT = ("ink", "accent", "muted")
EYES = {
    "every cone": np.eye(3),
    "no red cones": np.array(
        [[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]]
    ),
    "no green cones": np.array(
        [[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]]
    ),
}
"""What each eye sees of linear red, green and blue (Viénot, Brettel & Mollon 1999)."""
APART = 12.0
"""Points of lightness, from 0 to 100, by which any two colours differ on paper."""
READABLE = 4.5
"""The contrast that small text needs (WCAG 2.2, success criterion 1.4.3)."""
WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=30), min_size=1, max_size=9)


def linear(colour: str) -> NDArray[np.float64]:
    """Return red, green and blue as amounts of light."""
    values = np.array(to_rgb(colour))
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def luminance(colour: str, eye: str = "every cone") -> float:
    """Return how much light an eye sees, from 0 (black) to 1 (white)."""
    seen = np.clip(EYES[eye] @ linear(colour), 0, 1)
    return float(seen @ np.array([0.2126, 0.7152, 0.0722]))


def lightness(colour: str, eye: str) -> float:
    """Return the lightness that people tell apart evenly, from 0 to 100 (CIE L*)."""
    light = luminance(colour, eye)
    return 116 * light ** (1 / 3) - 16 if light > 216 / 24389 else light * 24389 / 27


@pytest.mark.parametrize("eye", EYES)
def test_any_two_colours_differ_in_lightness_to_every_eye_and_on_grey_paper(eye: str):
    near = [
        (one, two)
        for (one, first), (two, second) in combinations(USED.items(), 2)
        if abs(lightness(first, eye) - lightness(second, eye)) < APART
    ]
    assert near == []


@pytest.mark.parametrize("eye", EYES)
def test_lines_of_the_grid_are_faint_and_seen_all_the_same(eye: str):
    assert 8 < 100 - lightness(style.FAINT, eye) < 20


@pytest.mark.parametrize("name", OF_TEXT)
def test_text_can_be_read_on_white(name: str):
    assert 1.05 / (luminance(USED[name]) + 0.05) >= READABLE


def test_an_eye_without_red_or_green_cones_sees_white_as_white():
    for eye in EYES:
        assert lightness("#ffffff", eye) == pytest.approx(100, abs=0.1)
        assert lightness("#000000", eye) == 0


def test_the_font_is_there():
    assert findfont(style.FONT, fallback_to_default=False).endswith("DejaVuSans.ttf")


@given(WORDS)
def test_a_label_breaks_between_words_only_and_says_when_something_is_cut(words: list[str]):
    lines = style.axis_label(" ".join(words)).split("\n")
    shown = [word for line in lines for word in line.split(" ")]
    assert len(lines) <= 2
    if shown == words:
        return
    assert shown[-1] == "…"
    assert shown[:-1] == words[: len(shown) - 1]
    assert len(shown) - 1 < len(words)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("", ""),
        ("Wachttijd", "Wachttijd"),
        (
            "Bereikbaarheid van het klantcontactcentrum",
            "Bereikbaarheid van het\nklantcontactcentrum",
        ),
        (
            "Serviceverleningsovereenkomst, nakoming",
            "Serviceverleningsovereenkomst,\nnakoming",
        ),
        (
            "Snelheid waarmee de telefoon werd opgenomen en doorverbonden",
            "Snelheid waarmee de telefoon\nwerd opgenomen en …",
        ),
        (
            "van 1\xa0500 klanten in het eerste kwartaal",
            "van 1\xa0500 klanten in het\neerste kwartaal",
        ),
    ],
)
def test_compounds_and_numbers_stay_whole(label: str, shown: str):
    assert style.axis_label(label) == shown


def test_a_word_without_end_is_cut_so_that_a_chart_keeps_its_room():
    assert style.axis_label("a" * style.LONGEST_WORD) == "a" * style.LONGEST_WORD
    cut = style.axis_label("a" * 120)
    assert cut == "a" * (style.LONGEST_WORD - 1) + "…"
    assert style.label_lines("klantcontactcentrum nu", 10, most=2, longest=12) == [
        "klantcontac…",
        "nu",
    ]


def test_drawing_leaves_what_a_notebook_sets_meanwhile(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(mpl.rcParams, "interactive", False)
    monkeypatch.setitem(mpl.rcParams, "text.parse_math", True)
    with style.plain_letters():
        assert not mpl.rcParams["text.parse_math"]
        mpl.rcParams["interactive"] = True
    assert mpl.rcParams["text.parse_math"]
    assert mpl.rcParams["interactive"]
