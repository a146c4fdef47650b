"""Hand the query for the sums to a data team, and turn what comes back into moments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd

from cxdrivers.codebook.codebook import Codebook
from cxdrivers.codebook.codebook_file import read_codebook
from cxdrivers.codebook.frames import codebook_of_frame
from cxdrivers.errors import FitError, SurveyError, nearest
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.warehouse.dialects import DUCKDB, dialect_of
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.plan_making import plan_of
from cxdrivers.moments.warehouse.query_result import moments_of_result
from cxdrivers.moments.warehouse.sql import sums_query


@dataclass(frozen=True, eq=False)
class MomentsQuery:
    """A query that adds rows up where they are.

    Attributes
    ----------
    text
        One statement of SQL. It changes nothing, and no row comes back from it.
    dialect
        The engine that it is written for.
    plan
        What its sums are.
    """

    text: str
    dialect: str
    plan: SumsPlan

    def __str__(self) -> str:
        return self.text

    def moments(self, result: Any) -> GroupedMoments:
        """Return the moments of what the query gave.

        Parameters
        ----------
        result
            A data frame with its rows and all its columns (pandas, polars, pyarrow, a DuckDB
            relation, a Spark data frame, …), or the path of a CSV file with a line of names.

        Raises
        ------
        FitError
            When it is not what this query gives, or rows cannot be used.
        """
        return moments_of_result(self.plan, result)


def moments_sql(
    *,
    table: str | Sequence[str],
    dialect: str = DUCKDB,
    codebook: Codebook | str | Path | None = None,
    by: str | Sequence[str] | None = None,
    centre: Mapping[str, float] | None = None,
    missing: str = "listwise",
    parts: int = 200,
    minimum: int = 10,
    identity: str | None = None,
    seed: int = 0,
    **fields: Any,
) -> MomentsQuery:
    """Write the query that adds the rows of a table up to what driver weights are made of.

    Use it where the rows may not be reached from here: a data team runs the query and hands its
    result back, some fifty numbers a group. Where they can be reached, `moments_from` does it all.

    Parameters
    ----------
    table
        What the table or view is called; a name of several parts as ``"schema.answers"``, or as a
        list where a part has a full stop within it.
    dialect
        ``duckdb``, ``postgres``, ``spark`` or ``sqlite``.
    codebook
        A codebook or the path of its file; or its fields, as `Survey.from_frame` takes them.
    by
        The column that tells groups apart, or two of them; None for one group.
    centre
        For an outcome or a driver, a number near its mean: it is taken off before anything is
        multiplied, so that no digits are lost. Needed where there is no scale, since a query cannot
        look at the rows first.
    missing, parts, minimum, seed
        As `moments_from`.
    identity
        The column that says which random part a row is in: whole numbers, or texts except in
        SQLite. By default the cluster of the codebook, else its respondent.
    **fields
        Of a codebook, when there is none: outcome, drivers, scale, weight, …

    Raises
    ------
    SurveyError
        When the codebook is not in order.
    FitError
        When rows would be needed, a centre or an identity is missing, or a name cannot be written.

    Examples
    --------
    >>> query = moments_sql(
    ...     table="answers", outcome="grade", drivers=["friendly", "fast"], scale=(1, 10), parts=0
    ... )
    >>> print(query.text[:79])
    -- Sums for the weights of drivers, made by cxdrivers. What comes back: one row
    """
    plan = plan_of(
        _codebook(codebook, fields),
        by=by,
        missing=missing,
        parts=parts,
        minimum=minimum,
        identity=identity,
        seed=seed,
    )
    if plan.ladder and plan.identity is None:
        raise FitError("sql_without_identity")
    plan = _centred(plan, centre or {})
    name = table.split(".") if isinstance(table, str) else list(table)
    return MomentsQuery(sums_query(plan, dialect_of(dialect), name), dialect, plan)


def _codebook(codebook: Codebook | str | Path | None, fields: Mapping[str, Any]) -> Codebook:
    """Return the codebook that was given, or that fields describe."""
    if codebook is None:
        given = {"outcome", "drivers"} - fields.keys()
        if given:
            raise SurveyError("sql_without_codebook", missing=sorted(given))
        named = dict(fields)
        asked = {name: named.pop(name) for name in ("outcome", "drivers")}
        labels = named.pop("labels", None) or {}
        shared = {
            "scale": named.pop("scale", None),
            "not_applicable": tuple(named.pop("not_applicable", ())),
            "dont_know": tuple(named.pop("dont_know", ())),
        }
        nothing = pd.DataFrame()
        return codebook_of_frame(nothing, **asked, labels=labels, shared=shared, columns=named)
    if fields:
        raise SurveyError("sql_two_codebooks", fields=sorted(fields))
    return codebook if isinstance(codebook, Codebook) else read_codebook(Path(codebook))


def _centred(plan: SumsPlan, centre: Mapping[str, float]) -> SumsPlan:
    """Return the plan with the centres that were given."""
    keys = [asked.key for asked in plan.questions]
    strangers = [key for key in centre if key not in keys]
    if strangers:
        near = nearest(strangers[0], keys)
        raise FitError("sql_centre_unknown", question=strangers[0], near=near, questions=keys)
    for key, value in centre.items():
        if not isinstance(value, int | float) or not isfinite(value):
            raise FitError("sql_centre_no_number", question=key, centre=str(value))
    bare = [key for key in plan.uncentred if key not in centre]
    if bare:
        raise FitError("sql_without_centre", questions=bare, example=bare[0])
    return plan.centred(
        [centre.get(keys[column.question], column.centre) for column in plan.columns]
    )
