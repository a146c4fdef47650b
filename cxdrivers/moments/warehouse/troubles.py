"""Say which column a trouble stands in, once sums have shown that there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from cxdrivers.errors import CxError, FitError, SurveyError
from cxdrivers.moments.warehouse.engines import collected
from cxdrivers.moments.warehouse.expressions import Cell, cell_of
from cxdrivers.moments.warehouse.plan import Asked, Item, SumsPlan
from cxdrivers.survey.finding import Finding
from cxdrivers.survey.weighting import LARGEST_WEIGHT

MOST_VALUES = 8
"""How many of the values off a scale are named."""

Frame = nw.LazyFrame[Any]
Schema = Mapping[str, Any]


def check_kinds(plan: SumsPlan, schema: Schema) -> None:
    """Refuse columns of a kind that can hold no answers or no weights.

    Parameters
    ----------
    plan
        What is asked for.
    schema
        The kinds of the table's columns, as narwhals names them.

    Raises
    ------
    SurveyError
        Naming the first.
    """
    for item in _items(plan):
        kind = schema[item.column]
        if kind == nw.Boolean and item.scale not in (None, (0.0, 1.0)):
            facts = dict(zip(("low", "high"), item.scale or (), strict=True))
            raise SurveyError("truths_on_a_scale", column=item.column, **facts)
        if not (_is_number(kind) or kind == nw.Boolean or is_text(kind)):
            raise SurveyError("column_of_no_answers", column=item.column, kind=str(kind))
    if plan.weight is not None and not _is_number(schema[plan.weight]):
        raise SurveyError("weight_of_no_number", column=plan.weight, kind=str(schema[plan.weight]))


def check_names(plan: SumsPlan) -> None:
    """Refuse names that Spark takes for something else than the name of a column.

    Raises
    ------
    SurveyError
        Naming the first.
    """
    for column in plan.table_columns:
        if "." in column or "`" in column:
            raise SurveyError("spark_column_name", column=column)


def is_text(kind: Any) -> bool:
    """Say whether a column of a kind holds texts."""
    return kind in (nw.String, nw.Categorical) or isinstance(kind, nw.Enum)


def trouble_of_rows(plan: SumsPlan, frame: Frame) -> CxError:
    """Return the error of a table in which answers or weights cannot be used.

    Only what stands for at least `SumsPlan.minimum` rows is told.

    Parameters
    ----------
    plan
        What is asked for.
    frame
        The rows that have all that is required.
    """
    schema = frame.collect_schema()
    cells = {item.column: cell_of(plan, item, schema[item.column]) for item in _items(plan)}
    counts = _counts(frame, {name: cell.off for name, cell in cells.items()})
    for item in _items(plan):
        if counts[item.column] and is_text(schema[item.column]):
            error = _trouble_of_text(plan, frame, item, cells[item.column])
            if error is not None:
                return error
    if plan.weight is not None:
        error = _trouble_of_weight(plan.weight, frame)
        if error is not None:
            return error
    for item in _items(plan):
        if counts[item.column]:
            number = cells[item.column].number
            values = _values(frame, cells[item.column].off, number, plan.minimum)
            return off_scale_error(item, counts[item.column], values, minimum=plan.minimum)
    return FitError("rows_off_scale", count=sum(counts.values()))


def trouble_of_blanks(plan: SumsPlan, frame: Frame) -> CxError:
    """Return the error of a table in which no row is usable.

    Parameters
    ----------
    plan, frame
        As `trouble_of_rows`.
    """
    schema = frame.collect_schema()
    told: dict[str, nw.Expr] = {"rows": nw.lit(value=True)}
    for asked in plan.questions:
        for item in asked.items:
            cell = cell_of(plan, item, schema[item.column])
            told[item.column] = cell.fits | cell.away if asked.marked else cell.fits
    if plan.weight is not None:
        told["weight"] = nw.col(plan.weight) > 0
    counts = _counts(frame, told)
    answered = {asked.key: most_answered(asked, counts) for asked in plan.questions}
    if plan.weight is not None and counts["rows"] and not counts["weight"]:
        return SurveyError("weight_all_zero", column=plan.weight)
    return blanks_error(answered, counts["rows"], pairwise=plan.is_pairwise)


def off_scale_error(item: Item, count: int, values: Sequence[float], *, minimum: int) -> CxError:
    """Return the error of answers off their scale.

    Parameters
    ----------
    item
        Where they stand.
    count
        In how many rows.
    values
        What stands there, as far as it may be told.
    minimum
        In how many rows a value must stand to be told.
    """
    facts: dict[str, Any] = {"values": list(values)}
    if item.scale is not None:
        facts |= dict(zip(("low", "high"), item.scale, strict=True))
    if not values:
        key = "off_scale_rare" if item.scale is not None else "infinite_rare"
        facts.pop("values")
        return SurveyError(key, column=item.column, count=count, minimum=minimum, **facts)
    name = "infinite" if item.scale is None else "off_scale"
    finding = Finding(name, "stop", item.column, count, facts)
    return SurveyError("unsound", meaning=finding.meaning, next_step=finding.next_step)


def blanks_error(answered: Mapping[str, int], rows: int, *, pairwise: bool) -> CxError:
    """Return the error of a table in which no row is usable.

    Parameters
    ----------
    answered
        By question, in how many rows it was answered.
    rows
        How many rows there are.
    pairwise
        Whether a row with the outcome and one driver would have been enough.
    """
    if not rows:
        return SurveyError("table_without_rows")
    rarest = min(answered, key=answered.__getitem__)
    if answered[rarest]:
        key = "nobody_paired" if pairwise else "nobody_complete"
        return FitError(key, count=rows, question=rarest, answered=answered[rarest])
    finding = Finding("unanswered", "stop", rarest, rows, {})
    return SurveyError("unsound", meaning=finding.meaning, next_step=finding.next_step)


def most_answered(asked: Asked, counts: Mapping[str, int]) -> int:
    """Return in how many rows the item of a question that was answered most was answered."""
    return max(counts[item.column] for item in asked.items)


def _items(plan: SumsPlan) -> list[Item]:
    """Return the items as a codebook names them: those of the outcome first."""
    return [item for asked in (plan.questions[-1], *plan.questions[:-1]) for item in asked.items]


def _is_number(kind: Any) -> bool:
    number: bool = kind.is_numeric()
    return number


def _trouble_of_text(plan: SumsPlan, frame: Frame, item: Item, cell: Cell) -> CxError | None:
    """Return the error of a column of texts that are no numbers and no codes, if there are any."""
    strange = cell.off & cell.number.is_null()
    count = _counts(frame, {"strange": strange})["strange"]
    if not count:
        return None
    text = nw.col(item.column).cast(nw.String)
    examples = _values(frame, strange, text, plan.minimum)[:3]
    if examples:
        return SurveyError("text_in_rating", column=item.column, count=count, examples=examples)
    return SurveyError("text_in_rating_rare", column=item.column, count=count, minimum=plan.minimum)


def _trouble_of_weight(column: str, frame: Frame) -> CxError | None:
    weight = nw.col(column).cast(nw.Float64)
    blank = weight.is_null() | weight.is_nan()
    small = (weight > 0) & (weight < 1 / LARGEST_WEIGHT)
    counts = _counts(
        frame,
        {
            "missing": blank,
            "infinite": ~blank & ~weight.is_finite(),
            "below_zero": ~blank & weight.is_finite() & (weight < 0),
            "beyond": ~blank & weight.is_finite() & ((weight > LARGEST_WEIGHT) | small),
        },
    )
    for trouble, count in counts.items():
        if count:
            return SurveyError(f"weight_{trouble}", column=column, count=count)
    return None


def _counts(frame: Frame, truths: Mapping[str, nw.Expr]) -> dict[str, int]:
    """Return in how many rows each of some things is true."""
    names = [f"c_{place}" for place in range(len(truths))]
    flags = [
        truth.fill_null(value=False).cast(nw.Int64).alias(name)
        for name, truth in zip(names, truths.values(), strict=True)
    ]
    found = collected(frame.select(*flags).select(*(nw.col(name).sum() for name in names)))
    return {
        key: int(found[name].fill_null(0).item()) for key, name in zip(truths, names, strict=True)
    }


def _values(frame: Frame, where: nw.Expr, value: nw.Expr, minimum: int) -> list[Any]:
    """Return the values that stand in enough of some rows, in order."""
    rows = frame.filter(where.fill_null(value=False)).select(value.alias("value"))
    lines = rows.group_by("value").agg(nw.len().alias("rows"))
    found = lines.filter(nw.col("rows") >= minimum).sort("rows", "value", descending=[True, False])
    return sorted(collected(found.head(MOST_VALUES))["value"].to_list())
