"""Write a plan of sums as one query, for an engine that is somebody else's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxdrivers.errors import FitError
from cxdrivers.moments.warehouse.dialects import Dialect
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.sql_groups import group_steps
from cxdrivers.moments.warehouse.sql_rows import Step, row_steps
from cxdrivers.moments.warehouse.sql_text import remark, select
from cxdrivers.wording import say

REMARKED = {"cx_cells": "cells", "cx_told": "told", "cx_sized": "sized"}
"""Steps that begin with a remark, and its sentence."""
ENDS = ("cx_told", "cx_parts_told")
"""The steps that are told, one below the other."""
FENCED = ("cx_answers", "cx_scores", "cx_judged", "cx_respondents")
"""Steps with columns that later ones use many times."""
BY_ROW = (
    "cx_cells",
    "cx_answers",
    "cx_scores",
    "cx_model_columns",
    "cx_judged",
    "cx_respondents",
)
"""The steps with a row a respondent: used twice, they must not be written out in between."""


def sums_query(plan: SumsPlan, dialect: Dialect, table: Sequence[str]) -> str:
    """Return one query for the table of sums of a plan.

    Parameters
    ----------
    plan
        What is wanted.
    dialect
        For whom.
    table
        The name of the table, with that of its schema and its catalogue before it.

    Raises
    ------
    FitError
        When the engine cannot write a name.
    """
    steps = [*row_steps(plan, dialect, table), *group_steps(plan, dialect)]
    if table[-1].casefold() in {step.name for step in steps}:
        raise FitError("sql_name_unwritable", name=table[-1], dialect=dialect.name)
    language = plan.codebook.language
    written = [_written(step, dialect, plan) for step in steps]
    endings = [step.name for step in steps if step.name in ENDS]
    found = "\nUNION ALL\n".join(
        select(plan.result_columns, source=name, margin="") for name in endings
    )
    head = [
        *(say(f"warehouse_sql.{key}", language) for key in ("what", "privacy")),
        *_cautions(plan, language),
        *_legend(plan, language),
    ]
    return "\n".join([*map(remark, head), "WITH", ",\n".join(written), found, ""])


def _cautions(plan: SumsPlan, language: str) -> Iterator[str]:
    """Yield what sums tell of a few respondents, though their group is large enough."""
    for key, is_so in (("few_away", plan.marked), ("few_paired", plan.is_pairwise)):
        if is_so:
            yield say(f"warehouse_sql.{key}", language, minimum=plan.minimum)


def _legend(plan: SumsPlan, language: str) -> Iterator[str]:
    """Yield what the columns of the model are."""
    for place, column in enumerate(plan.columns):
        question = plan.questions[column.question].key
        if column.is_mark:
            yield say("warehouse_sql.mark", language, column=f"x_{place}", question=question)
        else:
            items = [item.column for item in column.items]
            yield say(
                "warehouse_sql.column",
                language,
                column=f"x_{place}",
                question=question,
                items=items,
            )


def _written(step: Step, dialect: Dialect, plan: SumsPlan) -> str:
    inlined = dialect.inlined if step.name in BY_ROW else ""
    fence = [f"    {dialect.fence}"] if dialect.fence and step.name in FENCED else []
    lines = [f"{step.name} AS {inlined}(", step.query, *fence, ")"]
    if step.name in REMARKED:
        key = f"warehouse_sql.{REMARKED[step.name]}"
        lines.insert(0, remark(say(key, plan.codebook.language, minimum=plan.minimum)))
    return "\n".join(lines)
