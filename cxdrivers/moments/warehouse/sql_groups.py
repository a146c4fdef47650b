"""Write how respondents are added up to groups and parts, and what of it is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxdrivers.moments.warehouse.dialects import Dialect
from cxdrivers.moments.warehouse.hashing import MODULUS, MULTIPLIER, shift
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.sql_rows import Step
from cxdrivers.moments.warehouse.sql_text import lines, select

UNPLACED, TOLD, EMPTY, SMALL = range(4)
"""What a group is: none, one with sums, one with rows of which none is usable, or too small."""


def group_steps(plan: SumsPlan, dialect: Dialect) -> Iterator[Step]:
    """Yield the steps from ``cx_respondents`` to ``cx_told`` and ``cx_parts_told``.

    Both have the columns `SumsPlan.result_columns`.
    """
    yield Step("cx_totals", _added_up(plan, dialect, source="cx_respondents", keys=plan.keys))
    yield Step("cx_judged_groups", _judged_groups(plan, dialect))
    yield Step("cx_told", _told(plan, dialect))
    if not plan.ladder:
        return
    yield Step("cx_sized", _sized(plan))
    yield Step("cx_cut", _cut(plan, dialect))
    yield Step("cx_hashed", _hashed(plan))
    yield Step("cx_likely", _likely(plan))
    yield Step("cx_drawn", _drawn(plan))
    keys = [*plan.keys, "part"]
    yield Step("cx_parts", _added_up(plan, dialect, source="cx_drawn", keys=keys))
    yield Step("cx_judged_parts", _judged_parts(plan, dialect))
    yield Step("cx_parts_told", _parts_told(plan))


def _added_up(plan: SumsPlan, dialect: Dialect, *, source: str, keys: Sequence[str]) -> str:
    """Write the counts and sums of groups."""
    if plan.weight is None:
        # The steps before make a column blank where a row is not used, so it needs no weight of 1.
        weighed = [f"x_{place}" for place in range(len(plan.columns))]
    else:
        weighed = [f"w * x_{place}" for place in range(len(plan.columns))]
    whole = dialect.whole
    counts = {
        "rows": "COUNT(*)",
        "n": _whole("SUM(used)", whole),
        "off": _whole("SUM(off)", whole),
        "alone": (
            _whole("SUM(CASE WHEN used = 1 AND id IS NULL THEN 1 ELSE 0 END)", whole)
            if plan.ladder
            else "0"
        ),
    }
    columns = [*keys, *(f"{formula} AS {name}" for name, formula in counts.items())]
    marks = {column.question: place for place, column in enumerate(plan.columns) if column.is_mark}
    columns += [f"{_whole(f'SUM(x_{marks[at]})', whole)} AS away_{at}" for at in plan.marked]
    formulas = _pair_formulas(plan, weighed) if plan.is_pairwise else _formulas(plan, weighed)
    columns += [f"{formulas[name]} AS {name}" for name in plan.amounts]
    return select(columns, source=source, group_by=keys)


def _formulas(plan: SumsPlan, weighed: Sequence[str]) -> dict[str, str]:
    formulas = {"w": "SUM(w)", "w2": "SUM(w * w)"}
    formulas |= {f"s_{place}": f"SUM({formula})" for place, formula in enumerate(weighed)}
    return formulas | {f"p_{i}_{j}": f"SUM({weighed[i]} * x_{j})" for i, j in plan.pairs}


def _pair_formulas(plan: SumsPlan, weighed: Sequence[str]) -> dict[str, str]:
    formulas: dict[str, str] = {}
    for i, j in plan.pairs:
        both = f"x_{i} IS NOT NULL AND x_{j} IS NOT NULL" if i != j else f"x_{i} IS NOT NULL"
        formulas |= {
            f"n_{i}_{j}": f"COUNT(CASE WHEN {both} THEN 1 END)",
            f"w_{i}_{j}": f"SUM(CASE WHEN {both} THEN w END)",
            f"q_{i}_{j}": f"SUM(CASE WHEN {both} THEN w * w END)",
            f"s_{i}_{j}": f"SUM(CASE WHEN {both} THEN {weighed[i]} END)",
            f"s_{j}_{i}": f"SUM(CASE WHEN {both} THEN {weighed[j]} END)",
            f"p_{i}_{j}": f"SUM({weighed[i]} * x_{j})",
        }
    return formulas


def _whole(formula: str, whole: str) -> str:
    return f"CAST(COALESCE({formula}, 0) AS {whole})"


def _least(plan: SumsPlan, dialect: Dialect) -> str:
    """Return the respondents that decide about a group."""
    if not plan.is_pairwise:
        return "n"
    return f"{dialect.least}({', '.join(f'n_{i}_{j}' for i, j in plan.pairs)})"


def _judged_groups(plan: SumsPlan, dialect: Dialect) -> str:
    least = _least(plan, dialect)
    text = dialect.text
    blanks = [f"COALESCE(TRIM(CAST({key} AS {text})), '') = ''" for key in plan.keys]
    blanks += [dialect.not_a_number.format(key) for key in plan.keys if dialect.not_a_number]
    kind = lines(
        "CASE",
        *(f"WHEN {blank} THEN {UNPLACED}" for blank in blanks),
        f"WHEN {least} >= {plan.minimum} THEN {TOLD}",
        f"WHEN {least} = 0 AND rows >= {plan.minimum} THEN {EMPTY}",
        f"ELSE {SMALL} END AS kind",
    )
    return select(["cx_totals.*", f"{least} AS least", kind], source="cx_totals")


def _told(plan: SumsPlan, dialect: Dialect) -> str:
    """Write the totals that come back: groups that are small are one row, without sums."""
    named = f"kind IN ({TOLD}, {EMPTY})"
    keys = [f"CASE WHEN {named} THEN {key} END" for key in plan.keys]
    small = f"CASE WHEN kind = {SMALL} THEN 1 ELSE 0 END"
    whole = dialect.whole
    columns = [
        *(f"{formula} AS {key}" for formula, key in zip(keys, plan.keys, strict=True)),
        f"{small} AS small",
        "-1 AS part",
        "COUNT(*) AS groups",
        *(f"{_whole(f'SUM({name})', whole)} AS {name}" for name in plan.counts),
        *(f"SUM(CASE WHEN kind = {TOLD} THEN {name} END) AS {name}" for name in plan.sums),
    ]
    return select(columns, source="cx_judged_groups", group_by=[*keys, small])


def _sized(plan: SumsPlan) -> str:
    """Write into how many parts each group is cut."""
    *most, fewest = plan.ladder
    steps = [f"WHEN least >= {plan.a_part * count} THEN {count}" for count in most]
    count = lines("CASE", *steps, f"ELSE {fewest} END") if most else f"{fewest}"
    columns = [*plan.keys, "least", f"{count} AS cut_in"]
    return select(columns, source="cx_judged_groups", where=f"kind = {TOLD}")


def _cut(plan: SumsPlan, dialect: Dialect) -> str:
    """Write of how many rows of each group one is in its parts."""
    rows = dialect.quotient.format("least", f"({plan.a_part} * cut_in)")
    one_in = "1" if plan.clustered else f"CASE WHEN {rows} > 1 THEN {rows} ELSE 1 END"
    return select([*plan.keys, "cut_in", f"{one_in} AS one_in"], source="cx_sized")


def _hashed(plan: SumsPlan) -> str:
    # Rows that are not used stay in until there are sums: Spark derives what follows from a filter
    # on them, and that takes twice as long with every column of the model.
    turned = f"((id % {MODULUS} + {MODULUS}) * {MULTIPLIER} + {shift(plan.seed)}) % {MODULUS}"
    return select([*_carried(plan), f"{turned} AS turned"], source="cx_respondents")


def _likely(plan: SumsPlan) -> str:
    """Write the respondents who would be in a part of the smallest group.

    In a large table they are few, and only they are looked up among the groups.
    """
    number = f"turned * turned % {MODULUS}"
    least = "(SELECT MIN(one_in) FROM cx_cut)"
    return select(
        [*_carried(plan), f"{number} AS number"],
        source="cx_hashed",
        where=f"{number} * {least} < {MODULUS}",
    )


def _drawn(plan: SumsPlan) -> str:
    """Write the respondents who are in a part, as `hashing` says."""
    join = f"JOIN cx_cut USING ({', '.join(plan.keys)})" if plan.keys else "CROSS JOIN cx_cut"
    again = f"((number * {MULTIPLIER} + {shift(plan.seed)}) % {MODULUS})"
    return select(
        [*_carried(plan), f"{again} * {again} % {MODULUS} % cut_in AS part"],
        source=f"cx_likely {join}",
        where=f"number * one_in < {MODULUS}",
    )


def _carried(plan: SumsPlan) -> list[str]:
    columns = (f"x_{place}" for place in range(len(plan.columns)))
    return [*plan.keys, "id", "off", "used", "w", *columns]


def _judged_parts(plan: SumsPlan, dialect: Dialect) -> str:
    within = f"PARTITION BY {', '.join(plan.keys)}" if plan.keys else ""
    fewest = f"MIN({_least(plan, dialect)}) OVER ({within}) AS fewest"
    return select(["cx_parts.*", fewest], source="cx_parts", where="n > 0")


def _parts_told(plan: SumsPlan) -> str:
    columns = [*plan.keys, "0 AS small", "part", "1 AS groups", *plan.counts, *plan.sums]
    return select(columns, source="cx_judged_parts", where=f"fewest >= {plan.minimum}")
