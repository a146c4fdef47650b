"""Add the answers of a table up to what driver weights are made of, wherever the table is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from cxdrivers.codebook.codebook import Codebook
from cxdrivers.codebook.codebook_file import read_codebook
from cxdrivers.codebook.frames import codebook_of_frame
from cxdrivers.errors import FitError, SurveyError, nearest
from cxdrivers.moments.group_labels import BETWEEN, group_codes
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.grouped_rows import grouped_moments, moments_by_code
from cxdrivers.moments.random_parts import part_count
from cxdrivers.moments.warehouse.engine_route import InEngine
from cxdrivers.moments.warehouse.engines import told_by_engine
from cxdrivers.moments.warehouse.files import opened_files
from cxdrivers.moments.warehouse.memory_route import InMemory
from cxdrivers.moments.warehouse.plan import LISTWISE, SumsPlan
from cxdrivers.moments.warehouse.plan_making import plan_of
from cxdrivers.moments.warehouse.spark_route import InSpark
from cxdrivers.moments.warehouse.sums import centres_found, check_table, moments_of_sums
from cxdrivers.moments.warehouse.sums_table import read_sums
from cxdrivers.survey.survey import Survey

Route = InMemory | InEngine


def moments_from(
    table: Any,
    *,
    codebook: Codebook | str | Path | None = None,
    by: str | Sequence[str] | None = None,
    missing: str = LISTWISE,
    parts: int = 200,
    minimum: int = 10,
    identity: str | None = None,
    seed: int = 0,
    **fields: Any,
) -> GroupedMoments:
    """Add the answers of a table up, where they are, to what driver weights are made of.

    Use it for answers that are too many to load, or that may not leave where they are: only sums
    come back, some fifty numbers a group, and none of a group or part with fewer than `minimum`
    respondents. Sums of products still tell what those answered to whom a driver did not apply,
    and pairwise ones what those answered who left a column blank, also when they are few. What
    needs rows (a top box, shapes, estimated blanks) needs a `Survey`.

    Parameters
    ----------
    table
        A data frame of pandas, polars (lazy too) or pyarrow, a DuckDB relation, an Ibis table, a
        Spark data frame, or the path of Parquet or CSV files (``"answers/*.parquet"``), which
        DuckDB reads piece by piece. It is not changed. Of a `Survey`, which has its own codebook,
        blanks are estimated as `grouped_moments` does, and nothing is withheld.
    codebook
        A codebook or the path of its file; or give its fields, as to `Survey.from_frame`.
    by
        The column that tells groups apart, or two of them; without it all is one group.
    missing
        ``"listwise"``: rows in which every driver has a score, or did not apply. ``"pairwise"``:
        for each pair of columns the rows that have both; when blanks are not left by chance, these
        are different people.
    parts
        Into how many random parts a group is cut at most, for intervals: 200, 100, 50, 40, 25, 20,
        10, 8, 5, 4, 2 or 1, such that each has at least 30 respondents; 0 for no intervals.
    minimum
        Fewest respondents of a group or part that has sums. Smaller groups are only counted.
    identity
        A column of whole numbers or texts that tells rows apart: it is hashed to say which part
        a row is in, and alike in every engine if it is a number. By default the codebook's
        cluster, else its respondent, else the number of the row.
    seed
        Which row is in which part.
    **fields
        Of a codebook, when there is none: outcome, drivers, scale, not_applicable, weight, …

    Raises
    ------
    SurveyError
        When a column is not there, or holds what is no answer or weight.
    FitError
        When rows would be needed, or too few are usable.
    CxError
        When an engine could not do it, or is not installed.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> example = cx.load_example()
    >>> moments = moments_from(example.frame, codebook=example.codebook, by="organisation")
    >>> moments.labels, moments.n.tolist()
    (('Energie', 'Telecom', 'Verzekeraar', 'Webwinkel'), [415, 380, 353, 342])
    """
    if isinstance(table, Survey):
        if codebook is not None or fields:
            raise FitError("survey_has_codebook")
        return _of_survey(table, by, parts, seed)
    given = read_codebook(codebook) if isinstance(codebook, str | Path) else codebook
    with told_by_engine(), _opened(table, given, fields) as route:
        plan = plan_of(
            _codebook(given, fields, route, _listed(by, identity)),
            by=by,
            missing=missing,
            parts=parts,
            minimum=minimum,
            identity=identity,
            seed=seed,
        )
        return _added_up(route, plan)


@contextmanager
def _opened(table: Any, codebook: Codebook | None, fields: Mapping[str, Any]) -> Iterator[Route]:
    """Open a table of any kind."""
    if isinstance(table, str | Path):
        decimal = fields.get("decimal") if codebook is None else codebook.decimal
        with opened_files(table, decimal=decimal) as files:
            yield files
        return
    if isinstance(table, pd.DataFrame):
        twice = table.columns[table.columns.duplicated()]
        if len(twice):
            raise SurveyError("column_twice", column=str(twice[0]))
    try:
        frame = nw.from_native(table)
    except TypeError as error:
        raise FitError("not_a_table", kind=type(table).__name__) from error
    if not isinstance(frame, nw.LazyFrame):
        yield InMemory(frame)
    else:
        engine = frame.implementation
        in_spark = engine.is_pyspark() or engine.is_pyspark_connect()
        yield InSpark(frame) if in_spark else InEngine(frame)


def _codebook(
    codebook: Codebook | None, fields: Mapping[str, Any], route: Route, others: Sequence[str]
) -> Codebook:
    """Return the codebook that was given, or that fields describe."""
    if codebook is not None:
        if fields:
            raise SurveyError("sql_two_codebooks", fields=sorted(fields))
        return codebook
    if "outcome" not in fields:
        raise SurveyError("table_without_codebook")
    named = {"drivers": None, "labels": None, **fields}
    shared = {
        "scale": named.pop("scale", None),
        "not_applicable": tuple(named.pop("not_applicable", ())),
        "dont_know": tuple(named.pop("dont_know", ())),
    }
    asked = {name: named.pop(name) for name in ("outcome", "drivers")}
    labels = named.pop("labels") or {}
    head = route.head().drop(columns=list(others), errors="ignore")
    return codebook_of_frame(head, **asked, labels=labels, shared=shared, columns=named)


def _added_up(route: Route, plan: SumsPlan) -> GroupedMoments:
    """Return the moments of a plan: its totals first, then the parts of groups that are told."""
    _check_columns(plan, route.columns())
    route.check(plan)
    if plan.uncentred:
        plan = plan.centred(route.centres(plan))
    totals = list(route.totals(plan))
    table = read_sums(plan, totals) if any(map(len, totals)) else None
    if table is None or not table.everybody:
        raise SurveyError("table_without_rows")
    if table.off or not (table.labels or table.withheld or table.unplaced):
        raise route.trouble(plan, table)
    check_table(plan, table)
    centres = centres_found(plan, table)
    if centres is not None:
        plan = plan.centred(centres)
        totals = list(route.totals(plan))
        table = read_sums(plan, totals)
    most = part_count(len(table.labels), len(plan.questions) - 1)
    plan = replace(plan, parts=min(plan.parts, most))
    lines = route.parts(plan, table) if plan.ladder else ()
    return moments_of_sums(plan, chain(totals, lines), route.orders(plan))


def _check_columns(plan: SumsPlan, columns: Sequence[str]) -> None:
    for column in plan.table_columns:
        if column not in columns:
            near = nearest(column, columns)
            raise SurveyError("table_column_unknown", column=column, near=near, columns=columns)


def _of_survey(
    survey: Survey, by: str | Sequence[str] | None, parts: int, seed: int
) -> GroupedMoments:
    columns = _listed(by)
    count = max(parts, 1)
    if len(columns) == 1:
        return grouped_moments(survey, columns[0], parts=count, seed=seed)
    rows = len(survey.respondents)
    codes, labels = np.zeros(rows, dtype=np.intp), [""]
    for column in columns:
        if column not in survey.respondents:
            here = [str(each) for each in survey.respondents.columns]
            near = nearest(column, here)
            raise FitError("groups_of_no_column", column=column, near=near, columns=here)
        inner, names = group_codes(survey.respondents[column])
        placed = (codes >= 0) & (inner >= 0)
        codes = np.where(placed, codes * len(names) + inner, -1)
        labels = [
            f"{outer}{BETWEEN}{name}" if outer else name for outer in labels for name in names
        ]
    return moments_by_code(survey, codes, labels, by=BETWEEN.join(columns), parts=count, seed=seed)


def _listed(*names: str | Sequence[str] | None) -> list[str]:
    found: list[str] = []
    for name in names:
        found += [name] if isinstance(name, str) else list(name or ())
    return found
