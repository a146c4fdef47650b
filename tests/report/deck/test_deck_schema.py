"""PowerPoint repairs or refuses what other programs open silently: every part keeps to its rules.

The order of children is that of ECMA-376 part 1, from its schemas of charts and of slides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from cxdrivers.report.deck.deck import deck_bytes, updated_deck
from cxdrivers.report.deck.deck_charts import add_chart
from cxdrivers.report.deck.package import day_of
from cxdrivers.report.native import BARS, COLUMNS, LINES, NativeChart, Series
from tests.report.deck.deck_results import DAY, small_deck, small_results, small_sections

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SLIDE = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
SHOWN = "showLegendKey showVal showCatName showSerName showPercent showBubbleSize separator"
LABEL = f"numFmt spPr txPr dLblPos {SHOWN}"
AXIS = (
    "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark "
    "minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt"
)
SERIES = "idx order tx spPr"
POINTS = "dPt dLbls trendline errBars cat val"
CHILDREN = {
    f"{CHART}chartSpace": "date1904 lang roundedCorners AlternateContent style clrMapOvr "
    "pivotSource protection chart spPr txPr externalData printSettings userShapes extLst",
    f"{CHART}chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea "
    "legend plotVisOnly dispBlanksAs showDLblsOverMax extLst",
    f"{CHART}barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId "
    "extLst",
    f"{CHART}lineChart": "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker "
    "smooth axId extLst",
    f"{CHART}catAx": f"{AXIS} auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl extLst",
    f"{CHART}valAx": f"{AXIS} crossBetween majorUnit minorUnit dispUnits extLst",
    f"{CHART}scaling": "logBase orientation max min extLst",
    f"{CHART}title": "tx layout overlay spPr txPr extLst",
    f"{CHART}legend": "legendPos legendEntry layout overlay spPr txPr extLst",
    f"{CHART}errBars": "errDir errBarType errValType noEndCap plus minus val spPr extLst",
    f"{CHART}dLbls": f"dLbl delete {LABEL} showLeaderLines leaderLines extLst",
    f"{CHART}dLbl": f"idx delete layout tx {LABEL} extLst",
    f"{CHART}dPt": "idx invertIfNegative marker bubble3D explosion spPr pictureOptions extLst",
    f"{CHART}manualLayout": "layoutTarget xMode yMode wMode hMode x y w h extLst",
    f"{CHART}numRef": "f numCache extLst",
    f"{CHART}strRef": "f strCache extLst",
    f"{CHART}numCache": "formatCode ptCount pt extLst",
    f"{CHART}strCache": "ptCount pt extLst",
    f"{CHART}txPr": "bodyPr lstStyle p",
    f"{CHART}rich": "bodyPr lstStyle p",
    f"{CHART}spPr": "xfrm custGeom prstGeom noFill solidFill gradFill ln effectLst extLst",
    f"{SLIDE}sp": "nvSpPr spPr style txBody extLst",
    f"{SLIDE}pic": "nvPicPr blipFill spPr style extLst",
    f"{SLIDE}graphicFrame": "nvGraphicFramePr xfrm graphic extLst",
    f"{SLIDE}spPr": "xfrm custGeom prstGeom noFill solidFill gradFill ln effectLst extLst",
    f"{SLIDE}txBody": "bodyPr lstStyle p",
    f"{DRAWING}p": "pPr r br fld endParaRPr",
    f"{DRAWING}r": "rPr t",
    f"{DRAWING}fld": "rPr pPr t",
    f"{DRAWING}rPr": "ln noFill solidFill gradFill effectLst highlight latin ea cs sym hlinkClick",
    f"{DRAWING}defRPr": "ln noFill solidFill gradFill effectLst highlight latin ea cs sym",
    f"{DRAWING}tbl": "tblPr tblGrid tr",
    f"{DRAWING}tr": "tc extLst",
    f"{DRAWING}tc": "txBody tcPr extLst",
}
"""Element → its children in the order that they must have."""
SERIES_OF = {
    f"{CHART}barChart": f"{SERIES} invertIfNegative pictureOptions {POINTS} shape extLst",
    f"{CHART}lineChart": f"{SERIES} marker {POINTS} smooth extLst",
}
ANY_ORDER = {f"{DRAWING}p": ("r", "br", "fld")}
"""Children that stand in the order of the text."""


def _updated() -> bytes:
    """Return a deck with a chart that was copied to another slide, refreshed with other numbers."""
    deck = Presentation(BytesIO(small_deck()))
    frame = next(s for s in deck.slides[2].shapes if ":chart:" in s.name)
    _copy(frame, deck.slides[3])
    buffer = BytesIO()
    deck.save(buffer)
    sections = tuple(small_sections("en", 400).values())
    return updated_deck(buffer.getvalue(), small_results(400), sections, "en")[0]


def _copy(frame: Any, slide: Any) -> None:
    """Copy a chart to another slide with a part of its own, as PowerPoint does."""
    old = frame.chart.part
    place = slide.shapes.add_chart(
        frame.chart.chart_type, frame.left, frame.top, frame.width, frame.height, _numbers()
    )
    place.name = frame.name
    new = place.chart.part
    workbook = new.chart_workbook.xlsx_part
    new._element = etree.fromstring(etree.tostring(old._element), old._element.getroottree().parser)
    external = new._element.find(f"{CHART}externalData")
    external.set(f"{{{external.nsmap['r']}}}id", new.relate_to(workbook, _kind(new, workbook)))


def _kind(part: Part, other: Part) -> str:
    return next(found.reltype for found in part.rels.values() if found.target_part is other)


def _numbers() -> Any:
    data = CategoryChartData()
    data.categories = ["a"]
    data.add_series("b", [1.0])
    return data


def _drawn() -> bytes:
    """Return a slide with every kind of chart, with values below zero and without any."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    values, low, high = (0.5, -0.2, None), (0.4, -0.3, None), (0.6, -0.1, None)
    for kind in (BARS, COLUMNS, LINES):
        both = (Series("first", values, low, high), Series("second", (None, 0.3, 0.0)))
        native = NativeChart(kind, ("a", "b & <c>", "d"), both, "points & <marks>")
        place = (0, 0, 5_000_000, 4_000_000)
        add_chart(slide.shapes, place, native, created=day_of(DAY), language="nl")
    buffer = BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def _in_template() -> bytes:
    buffer = BytesIO()
    Presentation().save(buffer)
    sections = tuple(small_sections("nl").values())
    return deck_bytes(small_results(), sections, "nl", template=buffer.getvalue())


@pytest.fixture(scope="module", params=["own", "template", "updated", "kinds"])
def content(request: pytest.FixtureRequest) -> bytes:
    made = {
        "own": lambda: small_deck("nl"),
        "template": _in_template,
        "updated": _updated,
        "kinds": _drawn,
    }
    return made[request.param]()


def _roots(content: bytes) -> Iterator[tuple[str, Any]]:
    with ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, etree.fromstring(package.read(name))


def test_children_of_every_element_stand_in_the_order_of_the_standard(content: bytes):
    seen, wrong = Counter(), []
    for name, root in _roots(content):
        if not re.match(r"ppt/(charts|slides|notesSlides)/[^_]", name):
            continue
        for element in root.iter(etree.Element):
            order = CHILDREN.get(element.tag)
            if element.tag == f"{CHART}ser":
                order = SERIES_OF[element.getparent().tag]
            if order is None or (element.tag == f"{CHART}marker" and not len(element)):
                continue
            seen[etree.QName(element).localname] += 1
            places = order.split()
            free = ANY_ORDER.get(element.tag, ())
            children = [etree.QName(child).localname for child in element]
            known = [places.index(free[0] if child in free else child) for child in children]
            if known != sorted(known):
                wrong.append((name, element.tag, children))
    assert wrong == []
    assert {"errBars", "dLbls", "dLbl", "valAx", "ser", "graphicFrame"} <= seen.keys()


def test_no_two_shapes_of_a_slide_have_the_same_number(content: bytes):
    for name, root in _roots(content):
        if re.fullmatch(r"ppt/(slides|notesSlides)/\w+\.xml", name):
            numbers = [int(one.get("id")) for one in root.iter(f"{SLIDE}cNvPr")]
            assert len(set(numbers)) == len(numbers) > 1, name
            assert min(numbers) > 0


def test_every_part_is_there_once_with_its_kind_and_what_it_points_to(content: bytes):
    with ZipFile(BytesIO(content)) as package:
        names = package.namelist()
    assert len({name.lower() for name in names}) == len(names)
    roots = dict(_roots(content))
    kinds = roots["[Content_Types].xml"]
    endings = {one.get("Extension").lower() for one in kinds if "Extension" in one.attrib}
    parts = {PackURI(one.get("PartName")).membername for one in kinds if "PartName" in one.attrib}
    assert parts <= set(names)
    bare = {name for name in names if name.rpartition(".")[2].lower() not in endings}
    assert bare - parts == set()
    pointed = 0
    for name, root in roots.items():
        if not name.endswith(".rels"):
            continue
        keys = [one.get("Id") for one in root]
        assert len(set(keys)) == len(keys)
        for one in root:
            assert one.get("TargetMode") != "External"
            target = normpath(join("/", dirname(dirname(name)), one.get("Target")))[1:]
            assert target in names, (name, target)
            pointed += 1
    assert pointed > 20


def test_a_chart_names_an_axis_and_a_workbook_that_it_has(content: bytes):
    charts = [(name, root) for name, root in _roots(content) if root.tag == f"{CHART}chartSpace"]
    assert len(charts) > 2
    roots = dict(_roots(content))
    for name, root in charts:
        plot = root.find(f"{CHART}chart/{CHART}plotArea")
        own = {one.find(f"{CHART}axId").get("val") for one in plot if one.tag.endswith("Ax")}
        used = {
            one.get("val") for kind in SERIES_OF for one in plot.iterfind(f"{kind}/{CHART}axId")
        }
        assert own == used == {one.get("val") for one in plot.iter(f"{CHART}crossAx")}
        (data,) = root.iterfind(f"{CHART}externalData")
        folder, _, file = name.rpartition("/")
        rels = roots[f"{folder}/_rels/{file}.rels"]
        key = next(value for tag, value in data.attrib.items() if tag.endswith("}id"))
        assert key in {one.get("Id") for one in rels}
