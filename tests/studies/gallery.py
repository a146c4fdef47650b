"""Draw every chart of the package from the example survey, and write the page that shows them.

``python -m tests.studies.gallery`` writes ``docs/gallery.md`` and ``docs/gallery/*.svg``, the same
bytes every time.
"""

from __future__ import annotations

import re
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from importlib import import_module
from inspect import getdoc
from io import StringIO
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from cxdrivers import charts
from cxdrivers.charts.style import FONT
from cxdrivers.survey.sources import load_example
from cxdrivers.threads import one_thread
from tests.studies.gallery_charts import DRAWINGS, Drawing
from tests.studies.gallery_material import material_of

TEMPLATE = Path(__file__).with_name("gallery_page.md")
FAMILIES = f"'{FONT}', Verdana, sans-serif"
"""For whoever reads the page without the font: the widths are nearly the same."""
RESAMPLES, LEAST = 200, 29
LANGUAGE = "en"


def small_svg(figure: Figure, stem: str) -> str:
    """Return a figure as SVG whose words are text, the same bytes every time."""
    buffer = StringIO()
    with mpl.rc_context({"svg.hashsalt": stem, "svg.fonttype": "none"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = re.sub(r"(?<=\d\.\d\d)\d+", "", buffer.getvalue())
    return text.replace(f"'{FONT}'", FAMILIES)


def page(drawings: Mapping[str, Drawing]) -> str:
    """Return the page as Markdown: of every chart its function, the code, and the picture."""
    parts = [
        f"## `{drawing.function}`\n\n{_purpose(drawing)}\n\n```python\n{drawing.code}\n```\n\n"
        f"![{_purpose(drawing)}](gallery/{stem}.svg)\n"
        for stem, drawing in drawings.items()
    ]
    return TEMPLATE.read_text(encoding="utf-8").format(charts="\n".join(parts))


def write_gallery(folder: Path) -> None:
    """Write the page and its pictures to the folder of the documents."""
    found = material_of(load_example(), n_boot=RESAMPLES, team="agent", least=LEAST)
    pictures = folder / "gallery"
    pictures.mkdir(parents=True, exist_ok=True)
    for stem, drawing in DRAWINGS.items():
        svg = small_svg(drawing.draw(found, LANGUAGE), stem)
        (pictures / f"{stem}.svg").write_text(svg, encoding="utf-8", newline="\n")
    (folder / "gallery.md").write_text(page(DRAWINGS), encoding="utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the gallery; ``--out`` names another folder than ``docs``."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs"))
    with one_thread():
        write_gallery(parser.parse_args(arguments).out)


def _purpose(drawing: Drawing) -> str:
    """Return the first line of what a function says of itself."""
    module, name = drawing.function.split(".")
    function = getattr(import_module(f"{charts.__name__}.{module}"), name)
    return str(getdoc(function)).partition("\n")[0]


if __name__ == "__main__":
    main()
