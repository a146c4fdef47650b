"""How large text is, without knowing the font."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from matplotlib.font_manager import findfont
from PIL import ImageFont

from cxdrivers.report.deck.deck_measure import (
    INSET,
    POINT,
    fitting_size,
    height_of,
    lines_of,
    width_of,
)

INCH = 914_400
SENTENCE = "Betrouwbaarheid weegt het zwaarst: 29 % van wat de drivers samen verklaren. "


def test_a_text_is_never_estimated_much_too_small_and_never_far_too_large():
    """DejaVu Sans is among the widest fonts that stand in for others."""
    wide = ImageFont.truetype(findfont("DejaVu Sans"), 1000)
    found = wide.getlength(SENTENCE) / 1000
    assert 0.85 * found <= width_of(SENTENCE) <= 1.1 * found


@given(st.text(st.sampled_from("abc defgh M%"), max_size=200), st.integers(2, 12))
def test_smaller_letters_and_wider_boxes_never_need_more_lines(text: str, inches: int):
    lines = lines_of(text, 20, inches * INCH)
    assert lines_of(text, 14, inches * INCH) <= lines
    assert lines_of(text, 20, (inches + 1) * INCH) <= lines


def test_lines_are_counted_as_words_fill_them():
    width = int(2 * INSET + 10 * 0.56 * 10 * POINT) + 10
    assert lines_of("aaaaa aaaa", 10, width) == 1
    assert lines_of("aaaaa aaaaaa", 10, width) == 2
    assert lines_of("a" * 25, 10, width) == 3
    assert lines_of("a\nb", 10, width) == 2


def test_the_largest_size_that_fits_is_taken():
    sizes = (28.0, 20.0, 14.0)
    box = (12 * INCH, height_of((SENTENCE,) * 3, 20.0, 12 * INCH))
    assert fitting_size((SENTENCE,) * 3, *box, sizes) == 20.0
    assert fitting_size((SENTENCE,) * 90, *box, sizes) is None
