"""Keep one visual language: colours, sizes, and how a figure becomes SVG.

Colours differ in lightness too, so that a chart survives a black-and-white printer. The font ships
with Matplotlib, so it is there on every machine.
"""

from __future__ import annotations

import re
from io import StringIO
from textwrap import wrap
from warnings import catch_warnings, filterwarnings
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

INK = "#1f2933"
ACCENT = "#0b4f79"
MUTED = "#7b8794"
FAINT = "#d9dee3"
FONT = "DejaVu Sans"
TEXT = 10
SMALL = 8.5
WIDTH = 7.2
ROW_HEIGHT = 0.42
MARGIN = 1.15
LABEL_WIDTH = 28


def figure_for_rows(rows: int) -> tuple[Figure, Axes]:
    """Return a figure of its own, high enough for so many rows of labels."""
    figure = Figure(figsize=_size(rows), layout="constrained")
    return figure, figure.subplots()


def notebook_axes(rows: int) -> Axes:
    """Return axes that a notebook or window shows by itself."""
    import matplotlib.pyplot as plt  # noqa: PLC0415  (reports must not touch the global state)

    axes: Axes = plt.subplots(figsize=_size(rows), layout="constrained")[1]
    return axes


def _size(rows: int) -> tuple[float, float]:
    return WIDTH, MARGIN + ROW_HEIGHT * rows


def axis_label(text: str) -> str:
    """Return a label in at most two lines that fit beside a chart; what is cut ends in "…"."""
    lines = wrap(text, LABEL_WIDTH, max_lines=2, placeholder=" …") or [""]
    return "\n".join(lines)


def clear_frame(ax: Axes) -> None:
    """Take away everything around the data that carries no information."""
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set_color(FAINT)
    ax.tick_params(axis="both", length=0, labelsize=TEXT, labelcolor=INK, labelfontfamily=FONT)
    ax.tick_params(axis="x", labelsize=SMALL, labelcolor=MUTED)
    ax.grid(axis="x", color=FAINT, linewidth=0.7)
    ax.set_axisbelow(True)


def svg_of(figure: Figure, *, stem: str, title: str, description: str) -> str:
    """Return a figure as an SVG element to stand inside a page, the same bytes every time.

    Parameters
    ----------
    figure
        The figure.
    stem
        Begins every id in the element, so that several can stand on one page.
    title, description
        What a screen reader says: the name of the chart, and what it shows.
    """
    buffer = StringIO()
    with mpl.rc_context({"svg.hashsalt": stem, "svg.fonttype": "path"}), catch_warnings():
        filterwarnings("ignore", "Glyph .* missing from font")  # a box is drawn, and `title` has it
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r'\bid="', f'id="{stem}-', text)
    text = re.sub(r'(url\(|href=")#', rf"\g<1>#{stem}-", text)
    opening, rest = text.split(">", 1)
    names = f'role="img" aria-labelledby="{stem}-title {stem}-desc"'
    return (
        f'{opening} {names}>\n <title id="{stem}-title">{escape(title)}</title>\n'
        f' <desc id="{stem}-desc">{escape(description)}</desc>{rest}'
    )
