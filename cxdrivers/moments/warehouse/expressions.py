"""Write the columns of a plan as expressions that any lazy frame can compute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

import narwhals as nw

from cxdrivers.moments.warehouse.plan import Asked, Item, SumsPlan
from cxdrivers.reading.cells import BLANK_MARKS
from cxdrivers.reading.table import Code
from cxdrivers.survey.weighting import LARGEST_WEIGHT

NUMERAL = r"^[+-]?[0-9]+({mark}[0-9]+)?$"


@dataclass(frozen=True, eq=False)
class Cell:
    """How a column of the table is read.

    Attributes
    ----------
    number
        What stands there as a number; it may be a code.
    fits
        Whether it is an answer on the scale; null for a blank.
    away
        Whether it is a code for "did not apply"; null for a blank.
    off
        Whether it is neither an answer on the scale, nor a code, nor blank.
    """

    number: nw.Expr
    fits: nw.Expr
    away: nw.Expr
    off: nw.Expr


@dataclass(frozen=True, eq=False)
class Terms:
    """The columns of a plan over the rows of a table.

    Attributes
    ----------
    values
        One a column of the plan. What stands there in rows that are not usable has no meaning,
        but with pairwise counts, where it is null for what is unknown.
    away
        By the place of a driver with a mark: 1 where it did not apply, else 0.
    weight
        The weight of a row, or None.
    usable, off
        Whether a row is usable, and whether it holds an answer or a weight that cannot be used;
        null is false.
    """

    values: tuple[nw.Expr, ...]
    away: dict[int, nw.Expr]
    weight: nw.Expr | None
    usable: nw.Expr
    off: nw.Expr


def terms_of(plan: SumsPlan, schema: Mapping[str, Any]) -> Terms:
    """Return the columns of a plan over the rows of a table.

    Parameters
    ----------
    plan
        What is asked for.
    schema
        The kinds of the table's columns, as narwhals names them.
    """
    values: list[nw.Expr] = []
    away: dict[int, nw.Expr] = {}
    known: list[nw.Expr] = []
    off: list[nw.Expr] = []
    for place, asked in enumerate(plan.questions):
        cells = [cell_of(plan, item, schema[item.column]) for item in asked.items]
        off += [cell.off.fill_null(value=False) for cell in cells]
        scored = _scored(asked, cells)
        known.append(scored.known)
        if asked.marked:
            away[place] = _flag(scored.away).cast(nw.Float64)
        for column in (each for each in plan.columns if each.question == place):
            if column.is_mark:
                found = _flag(scored.away).cast(nw.Float64)
            else:
                own = asked.items.index(column.items[0]) if asked.every_item else 0
                found = scored.values[own] - column.centre
                if asked.marked:
                    found = nw.when(scored.away).then(nw.lit(0.0)).otherwise(found)
            values.append(nw.when(scored.known).then(found) if plan.is_pairwise else found)
    weight = None if plan.weight is None else nw.col(plan.weight).cast(nw.Float64)
    enough = _enough(plan, known, off)
    if weight is not None:
        fits = (weight >= 1 / LARGEST_WEIGHT) & (weight <= LARGEST_WEIGHT)
        enough = enough & fits
        off.append(~(fits | (weight == 0)).fill_null(value=False))
    return Terms(tuple(values), away, weight, enough, _any(off))


def cell_of(plan: SumsPlan, item: Item, dtype: Any) -> Cell:
    """Return how a column of the table is read, given what kind it is."""
    column = nw.col(item.column)
    if dtype.is_integer():
        return _numbers(item, column, whole=True)
    if dtype == nw.Boolean:
        return _numbers(item, column.cast(nw.Int16), whole=True)
    if dtype.is_numeric():
        cells = column.cast(nw.Float64)
        return _numbers(item, nw.when(~cells.is_nan()).then(cells), whole=False)
    return _texts(item, column.cast(nw.String), plan.codebook.decimal or ".")


@dataclass(frozen=True, eq=False)
class _Scored:
    """The score of a question, or its items; whether it is known; whether it was away."""

    values: tuple[nw.Expr, ...]
    known: nw.Expr
    away: nw.Expr


def _scored(asked: Asked, cells: Sequence[Cell]) -> _Scored:
    answers = [_answer(item, cell) for item, cell in zip(asked.items, cells, strict=True)]
    if len(cells) == 1:
        known = cells[0].fits | cells[0].away if asked.marked else cells[0].fits
        return _Scored((answers[0],), known, cells[0].away)
    given = _sum(_flag(cell.fits) for cell in cells)
    enough = given == len(cells) if asked.every_item else 2 * given >= len(cells)
    away = ~enough & (2 * _sum(_flag(cell.away) for cell in cells) >= len(cells))
    known = enough | away if asked.marked else enough
    told = [nw.when(cell.fits).then(answer) for cell, answer in zip(cells, answers, strict=True)]
    if asked.every_item:
        return _Scored(tuple(told), known, away)
    total = _sum(answer.fill_null(0.0) for answer in told)
    return _Scored((nw.when(enough).then(total / given),), known, away)


def _answer(item: Item, cell: Cell) -> nw.Expr:
    number = cell.number.cast(nw.Float64)
    return number if item.turned is None else item.turned - number


def _numbers(item: Item, cells: nw.Expr, *, whole: bool) -> Cell:
    away = numeric_codes(item.not_applicable, whole=whole)
    codes = away + numeric_codes(item.dont_know, whole=whole)
    if item.scale is None:
        fits = ~cells.is_null() if whole else cells.is_finite()
        off = ~fits & ~cells.is_null()
        inside = codes
    else:
        low, high = (_short(end) for end in item.scale)
        fits = (cells >= low) & (cells <= high)
        off = ~fits
        inside = [code for code in codes if low <= code <= high]
    if inside:
        fits = fits & ~cells.is_in(inside)
    if codes:
        off = off & ~cells.is_in(codes)
    is_away = cells.is_in(away) if away else nw.lit(value=False)
    return Cell(cells, fits, is_away, off)


def _texts(item: Item, cells: nw.Expr, decimal: str) -> Cell:
    """Read a column of texts: numbers beside codes, as in a file with "n.v.t." among the grades."""
    bare = cells.str.strip_chars()
    plain = bare.str.to_lowercase()
    away = [_text_code(code) for code in item.not_applicable]
    codes = away + [_text_code(code) for code in item.dont_know]
    is_code = plain.is_in(codes) if codes else nw.lit(value=False)
    is_number = bare.str.contains(NUMERAL.format(mark=f"[{decimal}]")) & ~is_code
    written = bare.str.replace_all(",", ".", literal=True) if decimal == "," else bare
    numbers = nw.when(is_number).then(written).cast(nw.Float64)
    read = _numbers(Item(item.column, item.scale, item.turned, (), ()), numbers, whole=False)
    blank = bare.is_in(["", *sorted(BLANK_MARKS)])
    is_away = plain.is_in(away) if away else nw.lit(value=False)
    off = ~is_code & ~blank & (~is_number | read.off.fill_null(value=False))
    return Cell(read.number, read.fits, is_away, off)


def numeric_codes(codes: Sequence[Code], *, whole: bool) -> list[float]:
    """Return the codes that are numbers; of whole numbers those that are whole."""
    found: list[float] = []
    for code in codes:
        try:
            number = float(code)
        except ValueError:
            continue
        if not whole:
            found.append(number)
        elif number.is_integer():
            found.append(int(number))
    return found


def _text_code(code: Code) -> str:
    if isinstance(code, int | float) and float(code).is_integer():
        return str(int(code))
    return str(code).strip().lower()


def _enough(plan: SumsPlan, known: Sequence[nw.Expr], off: Sequence[nw.Expr]) -> nw.Expr:
    """Return whether a row has what a model needs."""
    enough = known[-1] & _any(known[:-1]) if plan.is_pairwise else reduce(and_, known)
    several = any(len(asked.items) > 1 for asked in plan.questions)
    return enough & ~_any(off) if several or plan.is_pairwise else enough


def _short(number: float) -> float:
    """Return a whole number as one: an engine then need not turn its column into another kind."""
    return int(number) if float(number).is_integer() else number


def _flag(truth: nw.Expr) -> nw.Expr:
    return truth.fill_null(value=False).cast(nw.Int64)


def _sum(terms: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(lambda left, right: left + right, terms)


def _any(truths: Sequence[nw.Expr]) -> nw.Expr:
    return reduce(or_, truths)
