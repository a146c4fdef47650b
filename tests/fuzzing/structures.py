"""Change what stands in workbooks, TOML and JSON, so that only its meaning is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from numpy.random import Generator

from tests.fuzzing.damage import damaged
from tests.fuzzing.hostile import NUMBERS, TEXTS, chance, pick

XML = (
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    '<row r="4294967296"><c r="A4294967296"><v>1</v></c></row>',
    '<row r="2"><c r="ZZZZZZZ2"><v>1</v></c></row>',
    '<row r="300000"><c r="BZ300000"><v>1</v></c></row>',
    '<row><c t="s"><v>99999999999</v></c><c t="s"><v>-1</v></c></row>',
    '<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2" t="d"><v>2024-13-45</v></c></row>',
    '<row r="3"><c r="A3" t="n"><v>1e999</v></c><c r="B3" s="99999"><v>1</v></c></row>',
    '<row r="4"><c r="A4"><f>HYPERLINK("http://a.b")</f><v>7</v></c></row>',
    '<row r="5"><c r="A5" t="inlineStr"><is><t>&lol;</t></is></c></row>',
    '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    '<!DOCTYPE a [<!ENTITY lol "lol"><!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<dimension ref="A1:XFD1048576"/>',
    '<sst count="4294967295" uniqueCount="4294967295">',
)
"""What programs have choked on in the XML of a workbook."""

TOML = (
    *("nan", "-inf", "1e400", "9" * 400, "0x", "true", "[]", "{}", "[[[[]]]]", '""', "''"),
    *("[1, 10, 5]", "[10, 1]", "[1, 1]", "[nan, inf]", '["a", 1]', "[" * 2000, "{a={a={}}}"),
    *("2024-05-04", "2024-02-30", "25:61:00", "1979-05-27T00:32:00.999999-07:00", "-0.0"),
    *('"\\u0000"', '"\\ud800"', '"\\U00110000"', '"""', '"satisfaction"', '["wave", "wave"]'),
    *('{ en = 1, nl = "x" }', '{ de = "x" }', '"items"', '"factor"', '".."', '"<role>"', '"_"'),
    *('"<onbekend>"', '"..99 <role>"', '"^ ^ $ $"', '"a? b? c?"', '"(|)*+"', '"<"', '"!<role>"'),
)
KEYS = ("x", "items", "scale", "drivers", '""', '"a b"', "é", "a.b.c", "language", "words", "off")


def package(rng: Generator, content: bytes, other: bytes) -> bytes:
    """Return a workbook with a part that is damaged, doubled, gone or renamed."""
    try:
        with ZipFile(BytesIO(content)) as old:
            parts = [(name, old.read(name)) for name in old.namelist()]
    except BadZipFile:
        return content
    place = int(rng.integers(len(parts)))
    name, part = parts[place]
    kind = int(rng.integers(6))
    if kind == 0:
        parts[place] = (name, damaged(rng, part, other))
    elif kind == 1:
        del parts[place]
    elif kind == 2:
        new = pick(rng, ("../../x.xml", "/etc/x", "XL/WORKBOOK.XML", "xl\\workbook.xml", name))
        parts.append((new, part))
    else:
        sheet = next((i for i, (one, _) in enumerate(parts) if "sheet1.xml" in one), place)
        parts[sheet] = (parts[sheet][0], _with_xml(rng, parts[sheet][1]))
    held = BytesIO()
    with ZipFile(held, "w", pick(rng, (ZIP_DEFLATED, ZIP_STORED))) as new_package:
        for name, part in dict(parts).items():
            new_package.writestr(name, part)
    return held.getvalue()


def toml(rng: Generator, content: bytes, other: bytes) -> bytes:
    """Return TOML in which values, keys or lines stand where others were."""
    lines = content.decode("utf-8", errors="replace").split("\n")
    for _ in range(pick(rng, (1, 1, 1, 2, 4))):
        place, kind = int(rng.integers(len(lines))), int(rng.integers(7))
        key, equals, _ = lines[place].partition("=")
        if kind < 3 and equals:
            lines[place] = f"{key}= {pick(rng, TOML)}"
        elif kind == 3 and equals:
            text = json.dumps(pick(rng, TEXTS), ensure_ascii=chance(rng, 0.5))
            lines[place] = f"{key}= {text if chance(rng, 0.5) else f'[{text}]'}"
        elif kind == 4:
            lines[place] = re.sub(r"^[\w\[\].]+", pick(rng, KEYS), lines[place])
        elif kind == 5:
            lines.insert(int(rng.integers(len(lines) + 1)), lines[place])
        else:
            del lines[place]
        lines = lines or [other[:40].decode("utf-8", errors="replace")]
    return "\n".join(lines).encode("utf-8", errors="surrogatepass")


def tree(rng: Generator, content: bytes, _: bytes) -> bytes:
    """Return JSON in which values are others, gone, or stand in other places."""
    try:
        found = json.loads(content)
    except ValueError:
        return content
    for _ in range(pick(rng, (1, 1, 3))):
        _change(rng, found)
    return json.dumps(found, ensure_ascii=chance(rng, 0.5)).encode("utf-8", errors="surrogatepass")


def _change(rng: Generator, found: Any) -> None:
    """Change one value somewhere in a tree."""
    while isinstance(found, dict | list) and found:
        places = list(found) if isinstance(found, dict) else list(range(len(found)))
        place = pick(rng, places)
        if isinstance(found[place], dict | list) and found[place] and chance(rng, 0.8):
            found = found[place]
            continue
        if chance(rng, 0.2):
            del found[place]
        else:
            found[place] = pick(rng, (*NUMBERS, *TEXTS, None, True, [], {}, [[]], 2**70, "1"))
        return


def _with_xml(rng: Generator, sheet: bytes) -> bytes:
    """Return the XML of a sheet with something hostile in it."""
    text, more = sheet.decode("utf-8", errors="replace"), pick(rng, XML)
    if chance(rng, 0.3):
        values = list(re.finditer(r"(?<=<v>)[^<]*|(?<=r=\")[^\"]*|(?<=t=\")[^\"]*", text))
        if values:
            found = pick(rng, values)
            shown = pick(rng, TEXTS).encode("utf-8", "replace").decode()
            text = text[: found.start()] + shown + text[found.end() :]
    at = pick(rng, [found.end() for found in re.finditer(">", text)] or [0])
    end = text.find("</sheetData>")
    return (text[:end] + more + text[end:] if chance(rng, 0.6) else text[:at] + more).encode()


SHAPERS: dict[str, Callable[[Generator, bytes, bytes], bytes]] = {
    "xlsx": package,
    "codebook": toml,
    "lexicon": toml,
    "benchmark": tree,
}
