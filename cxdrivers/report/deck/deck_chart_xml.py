"""Write what python-pptx has no words for: error bars, and values that stand past them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from cxdrivers.report.deck.deck_chart_layout import Label, Place
from cxdrivers.report.native import Numbers

ERROR_WIDTH = 19_050
"""Of the line of an interval, in EMU: a point and a half."""
GREY = '<a:schemeClr val="tx1"><a:lumMod val="50000"/><a:lumOff val="50000"/></a:schemeClr>'
"""Seen on a dark bar and beside it, in colour and in grey."""
LIGHT = '<a:schemeClr val="accent1"><a:lumMod val="40000"/><a:lumOff val="60000"/></a:schemeClr>'
FILLS = (
    '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>',
    '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>',
    f"<a:solidFill>{LIGHT}</a:solidFill>",
    '<a:solidFill><a:schemeClr val="bg1"><a:lumMod val="85000"/></a:schemeClr></a:solidFill>',
)
OUTLINES = ("accent1", "tx1", "accent1", "tx1")
AFTER_LABELS = ("c:trendline", "c:errBars", "c:cat", "c:val", "c:smooth")
AFTER_ERRORS = ("c:cat", "c:val", "c:smooth")
AFTER_SKIP = ("c:tickMarkSkip", "c:noMultiLvlLbl", "c:extLst")
SHOW = "".join(
    f'<c:{name} val="{int(name == "showVal")}"/>'
    for name in (
        "showLegendKey",
        "showVal",
        "showCatName",
        "showSerName",
        "showPercent",
        "showBubbleSize",
    )
)

NO_LEADERS = (
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
    '<c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)
"""No line from a bar to its value."""


def fill_of(place: int, *, line: bool) -> Any:
    """Return how a series looks: filled, hollow, light or grey, to be told apart without colour."""
    fill, outline = FILLS[place % len(FILLS)], OUTLINES[place % len(OUTLINES)]
    width = 28_575 if line else 12_700
    return parse_xml(
        f"<c:spPr {nsdecls('c', 'a')}>{'' if line else fill}"
        f'<a:ln w="{width}"><a:solidFill><a:schemeClr val="{outline}"/></a:solidFill></a:ln>'
        "</c:spPr>"
    )


def show_every_label(categories: Any) -> None:
    """Let an axis name every category, also where a program would leave some out for room."""
    for old in categories.findall(qn("c:tickLblSkip")):
        categories.remove(old)
    after = [child for name in AFTER_SKIP for child in categories.findall(qn(name))]
    every = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')
    if after:
        after[0].addprevious(every)
    else:
        categories.append(every)


def set_look(series: Any, look: Any) -> None:
    """Give a series its fill and outline in place of what it had."""
    for old in series.findall(qn("c:spPr")):
        series.remove(old)
    series.find(qn("c:tx")).addnext(look)


def set_errors(
    series: Any, ends: tuple[Numbers, Numbers], ranges: tuple[str, str], *, shown: bool
) -> None:
    """Draw the intervals of a series, in the look that they had if they were there.

    Parameters
    ----------
    series
        The ``c:ser`` element.
    ends, ranges
        How far intervals go below and above, and where the workbook has these numbers.
    shown
        False takes them away.
    """
    look = f'<c:spPr><a:ln w="{ERROR_WIDTH}"><a:solidFill>{GREY}</a:solidFill></a:ln></c:spPr>'
    old = series.find(qn("c:errBars"))
    kept = None if old is None else old.find(qn("c:spPr"))
    for bars in series.findall(qn("c:errBars")):
        series.remove(bars)
    if not shown:
        return
    below, above = (
        f"<c:{side}><c:numRef><c:f>{place}</c:f>{_cache(numbers)}</c:numRef></c:{side}>"
        for side, numbers, place in zip(("minus", "plus"), ends, ranges, strict=True)
    )
    bars = parse_xml(
        f"<c:errBars {nsdecls('c', 'a')}>"
        '<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"{above}{below}{look}</c:errBars>"
    )
    if kept is not None:
        bars.replace(bars.find(qn("c:spPr")), kept)
    _insert(series, bars, AFTER_ERRORS)


def set_labels(
    series: Any, labels: Sequence[Label | None], *, number_format: str, size: float, above: bool
) -> None:
    """Write every value past the end of its interval.

    Parameters
    ----------
    series
        The ``c:ser`` element.
    labels
        For every category; None where there is no value.
    number_format, size
        Of a value that is added by hand, and the size of all in points.
    above
        Above points of lines; else at the end of bars and columns.
    """
    position = f'<c:dLblPos val="{"t" if above else "outEnd"}"/>'
    text = (
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{int(100 * size)}">'
        '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="en-US"/></a:p></c:txPr>'
    )
    points = "".join(
        f'<c:dLbl><c:idx val="{place}"/><c:layout><c:manualLayout><c:x val="{label.across:.4f}"/>'
        f'<c:y val="{label.down:.4f}"/></c:manualLayout></c:layout>'
        f"{_format(label.number_format)}{text}{position}{SHOW}</c:dLbl>"
        for place, label in enumerate(labels)
        if label is not None
    )
    written = parse_xml(
        f"<c:dLbls {nsdecls('c', 'a')}>{points}{_format(number_format)}{text}{position}{SHOW}"
        f"{NO_LEADERS}</c:dLbls>"
    )
    for old in series.findall(qn("c:dLbls")):
        series.remove(old)
    _insert(series, written, AFTER_LABELS)


def set_plot_area(plot_area: Any, box: Place) -> None:
    """Fix where bars are drawn, as parts of the chart: left, top, width and height."""
    for old in plot_area.findall(qn("c:layout")):
        plot_area.remove(old)
    sides = "".join(
        f'<c:{name} val="{value:.4f}"/>' for name, value in zip("xywh", box, strict=True)
    )
    plot_area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>'
            f'<c:xMode val="edge"/><c:yMode val="edge"/>{sides}</c:manualLayout></c:layout>'
        ),
    )


def move_points(series: Any, old: Sequence[str], new: Sequence[str]) -> None:
    """Let single bars that somebody gave a colour keep it where their category went."""
    places = {category: place for place, category in enumerate(new)}
    for point in series.findall(qn("c:dPt")):
        index = point.find(qn("c:idx"))
        place = int(index.get("val"))
        moved = places.get(old[place]) if place < len(old) else None
        if moved is None:
            series.remove(point)
        else:
            index.set("val", str(moved))


def _cache(numbers: Numbers) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{number!r}</c:v></c:pt>'
        for place, number in enumerate(numbers)
        if number is not None
    )
    count = f'<c:ptCount val="{len(numbers)}"/>'
    return f"<c:numCache><c:formatCode>General</c:formatCode>{count}{points}</c:numCache>"


def _insert(series: Any, element: Any, before: Sequence[str]) -> None:
    following = next(child for child in series if child.tag in {qn(name) for name in before})
    following.addprevious(element)


def _format(number_format: str) -> str:
    quoted = number_format.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return f'<c:numFmt formatCode="{quoted}" sourceLinked="0"/>'
