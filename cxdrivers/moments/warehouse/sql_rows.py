"""Write what is done with every row of a table: read, score, and say whether it can be used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from cxdrivers.moments.warehouse.dialects import LARGEST, Dialect, exact
from cxdrivers.moments.warehouse.hashing import MODULUS
from cxdrivers.moments.warehouse.plan import Asked, Item, SumsPlan
from cxdrivers.moments.warehouse.sql_text import BELOW, all_of, any_of, flag, select
from cxdrivers.survey.coding import YES_NO_SCALE
from cxdrivers.survey.weighting import LARGEST_WEIGHT

TABLE = "t"
"""What the table is called within the query: a column that it does not have is then an error."""


@dataclass(frozen=True)
class Step:
    """A query, and the name by which later ones know it."""

    name: str
    query: str


def row_steps(plan: SumsPlan, dialect: Dialect, table: Sequence[str]) -> Iterator[Step]:
    """Yield the steps that end in ``cx_respondents``: one row a row of the table.

    Its columns are the keys of the plan, ``id`` (what is hashed), ``used`` and ``off`` (1 or 0),
    the weight ``w``, and ``x_…`` for the columns of the model. A row that is not used has neither
    weight nor columns.

    Parameters
    ----------
    plan
        What is wanted.
    dialect
        For whom.
    table
        The name of the table, with that of its schema and its catalogue before it.
    """
    yield Step("cx_cells", _cells(plan, dialect, table))
    yield Step("cx_answers", _answers(plan))
    yield Step("cx_scores", _scores(plan))
    last = "cx_scores"
    if any(asked.marked or _needs_every(asked) for asked in plan.questions):
        last = "cx_model_columns"
        yield Step(last, _columns(plan))
    yield Step("cx_judged", _judged(plan, last))
    yield Step("cx_respondents", _respondents(plan))


def _numbered(plan: SumsPlan) -> Iterator[tuple[int, Asked, Item]]:
    """Yield every item with its number."""
    pairs = ((asked, item) for asked in plan.questions for item in asked.items)
    yield from ((place, asked, item) for place, (asked, item) in enumerate(pairs))


def _numbers_of(plan: SumsPlan) -> dict[str, int]:
    return {item.column: place for place, _, item in _numbered(plan)}


def _carried(plan: SumsPlan) -> list[str]:
    """Return the columns that every step hands on."""
    identity = ["id"] if plan.ladder else []
    return [*plan.keys, *identity, *(["w"] if plan.weight else [])]


def _cells(plan: SumsPlan, dialect: Dialect, table: Sequence[str]) -> str:
    columns = [
        f"{_column(dialect, name)} AS {key}" for key, name in zip(plan.keys, plan.by, strict=True)
    ]
    if plan.ladder and plan.identity is not None:
        identity = dialect.identity.format(_column(dialect, plan.identity), MODULUS, line=BELOW)
        columns.append(f"{identity} AS id")
    if plan.weight is not None:
        columns.append(f"{dialect.number.format(_column(dialect, plan.weight), line=BELOW)} AS w")
    for place, asked, item in _numbered(plan):
        cell = _column(dialect, item.column)
        columns.append(f"{_number(dialect, item, cell)} AS c_{place}")
        words = _words(item.not_applicable)
        if asked.marked and words:
            found = f"{_as_text(dialect, cell)} IN {dialect.texts(words)}"
            columns.append(flag(found, f"m_{place}"))
    name = ".".join(dialect.called(part) for part in table)
    filled = [
        f"TRIM(CAST({_column(dialect, each)} AS {dialect.text})) <> ''" for each in plan.required
    ]
    return select(columns, source=f"{name} AS {TABLE}", where=all_of(filled) or None)


def _column(dialect: Dialect, name: str) -> str:
    return f"{TABLE}.{dialect.called(name)}"


def _number(dialect: Dialect, item: Item, cell: str) -> str:
    """Return a cell as a number; words that stand for no answer are blank."""
    may_be_flag = item.scale in (None, YES_NO_SCALE)
    number = (dialect.flag if may_be_flag else dialect.number).format(cell, line=BELOW)
    words = _words(item.not_applicable + item.dont_know)
    if not words:
        return number
    blank = dialect.texts(["", *words])
    return f"CASE WHEN {_as_text(dialect, cell)} IN {blank} THEN NULL ELSE {number} END"


def _as_text(dialect: Dialect, cell: str) -> str:
    return f"LOWER(TRIM(CAST({cell} AS {dialect.text})))"


def _words(codes: Sequence[float | str]) -> list[str]:
    """Return the codes that are no numbers, as they stand and in lower case."""
    words = [str(code).strip() for code in codes if _number_of(code) is None]
    return list(dict.fromkeys([*(word.lower() for word in words), *words]))


def _numbers(codes: Sequence[float | str]) -> str:
    found = [number for number in map(_number_of, codes) if number is not None]
    return ", ".join(exact(number) for number in dict.fromkeys(found))


def _number_of(code: float | str) -> float | None:
    try:
        number = float(code)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _answers(plan: SumsPlan) -> str:
    columns = _carried(plan)
    for place, asked, item in _numbered(plan):
        answer = f"c_{place}" if item.turned is None else f"{exact(item.turned)} - c_{place}"
        codes = _numbers(item.not_applicable + item.dont_know)
        if codes:
            answer = f"CASE WHEN c_{place} IN ({codes}) THEN NULL ELSE {answer} END"
        columns.append(f"{answer} AS a_{place}")
        if asked.marked:
            told = [f"m_{place} = 1"] if _words(item.not_applicable) else []
            if _numbers(item.not_applicable):
                told.append(f"c_{place} IN ({_numbers(item.not_applicable)})")
            columns.append(flag(" OR ".join(told), f"n_{place}"))
    return select(columns, source="cx_cells")


def _scores(plan: SumsPlan) -> str:
    columns = _carried(plan)
    for place, column in enumerate(plan.columns):
        if not column.is_mark:
            items = [_numbers_of(plan)[item.column] for item in column.items]
            centre = f" - {exact(column.centre)}" if column.centre else ""
            columns.append(f"{_mean(items)}{centre} AS x_{place}")
    for place, asked in enumerate(plan.questions):
        items = [_numbers_of(plan)[item.column] for item in asked.items]
        if _needs_every(asked):
            columns.append(flag(all_of(f"a_{item} IS NOT NULL" for item in items), f"all_{place}"))
        if asked.marked:
            times = " + ".join(f"n_{item}" for item in items)
            columns.append(flag(f"2 * ({times}) >= {len(items)}", f"away_{place}"))
    wrong = [_off(item, f"a_{place}") for place, _, item in _numbered(plan)]
    if plan.weight is not None:
        small = f"w > 0e0 AND w < {exact(1 / LARGEST_WEIGHT)}"
        wrong.append(f"w IS NULL OR w < 0e0 OR w > {exact(LARGEST_WEIGHT)} OR {small}")
    return select([*columns, flag(any_of(wrong), "off")], source="cx_answers")


def _needs_every(asked: Asked) -> bool:
    return asked.every_item and len(asked.items) > 1


def _mean(items: Sequence[int]) -> str:
    """Return the mean of at least half of some answers."""
    if len(items) == 1:
        return f"a_{items[0]}"
    given = f"{BELOW}+ ".join(f"CASE WHEN a_{item} IS NULL THEN 0 ELSE 1 END" for item in items)
    total = f"{BELOW}+ ".join(f"COALESCE(a_{item}, 0e0)" for item in items)
    return f"CASE WHEN 2 * ({given}) >= {len(items)}{BELOW}THEN ({total}) / ({given}) END"


def _off(item: Item, answer: str) -> str:
    if item.scale is None:
        return f"ABS({answer}) > {exact(LARGEST)}"
    low, high = item.scale
    return f"{answer} < {exact(low)} OR {answer} > {exact(high)}"


def _columns(plan: SumsPlan) -> str:
    """Write the columns of the model: 0 and a mark of 1 where a driver was away."""
    first: dict[int, int] = {}
    columns = [*_carried(plan), "off"]
    for place, column in enumerate(plan.columns):
        at = column.question
        own = first.setdefault(at, place)
        asked = plan.questions[at]
        scored = f"all_{at} = 1" if _needs_every(asked) else f"x_{own} IS NOT NULL"
        value = "0e0" if column.is_mark else f"x_{place}"
        away = f" WHEN away_{at} = 1 THEN {'1e0' if column.is_mark else '0e0'}"
        if asked.marked or _needs_every(asked):
            told = f"CASE WHEN {scored} THEN {value}{away if asked.marked else ''} END"
            columns.append(f"{told} AS x_{place}")
        else:
            columns.append(value)
    return select(columns, source="cx_scores")


def _judged(plan: SumsPlan, source: str) -> str:
    places = range(len(plan.columns))
    needed = ["off = 0", *(["w > 0e0"] if plan.weight else [])]
    if plan.is_pairwise:
        outcome = len(plan.columns) - 1
        some = " OR ".join(f"x_{place} IS NOT NULL" for place in places[:-1])
        needed += [f"x_{outcome} IS NOT NULL", f"({some})"]
    else:
        needed += [f"x_{place} IS NOT NULL" for place in places]
    columns = [*_carried(plan), *(f"x_{place}" for place in places), "off"]
    return select([*columns, flag(all_of(needed), "used")], source=source)


def _respondents(plan: SumsPlan) -> str:
    kept = [name for name in _carried(plan) if name != "w"]
    weight = "w" if plan.weight else "1e0"
    return select(
        [
            *kept,
            "off",
            "used",
            f"CASE WHEN used = 1 THEN {weight} END AS w",
            *(
                f"CASE WHEN used = 1 THEN x_{place} END AS x_{place}"
                for place in range(len(plan.columns))
            ),
        ],
        source="cx_judged",
    )
