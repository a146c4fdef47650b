"""Write names, numbers and the few things that engines write differently."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cxdrivers.errors import FitError, nearest

LARGEST = 1.7976931348623157e308
"""What is larger is infinite."""


@dataclass(frozen=True)
class Dialect:
    """How one engine writes SQL.

    Attributes
    ----------
    name
        What the engine is called.
    quote
        What stands around a name, and twice for itself within it.
    whole, text
        Its types for whole numbers of 64 bits, and for texts.
    number
        A cell ``{0}`` as a real number, blank where it is not a number; ``{line}`` begins a line.
    flag
        The same for a cell that may be a boolean.
    quotient
        A whole number divided by another, rounded down.
    identity
        A cell that tells rows apart, as a whole number; ``{1}`` is what hashes stay below.
    least
        The function that returns the least of its arguments.
    inlined
        What keeps a query that is used twice from being written out to disk first.
    not_a_number
        Whether a group is what stands for no number; empty where there is no such thing.
    fence
        Ends a step whose columns are otherwise computed again wherever they are used.
    escapes
        Whether a backslash within a text means something.
    substitutes
        What would be replaced before the query is read, and so cannot stand in it.
    """

    name: str
    quote: str
    whole: str
    text: str
    number: str
    flag: str
    quotient: str
    identity: str
    least: str
    inlined: str
    not_a_number: str = ""
    fence: str = ""
    escapes: bool = False
    substitutes: str = "\0"

    def called(self, name: str) -> str:
        """Return a name as SQL, whatever stands in it.

        Raises
        ------
        FitError
            When the engine has no way to write it.

        Examples
        --------
        >>> print(DIALECTS["duckdb"].called('the "best" team'))
        "the ""best"" team"
        """
        if not name or "\0" in name or self.substitutes in name:
            raise FitError("sql_name_unwritable", name=name, dialect=self.name)
        return self.quote + name.replace(self.quote, 2 * self.quote) + self.quote

    def texts(self, texts: Sequence[str]) -> str:
        r"""Return texts as a list for ``IN``.

        Examples
        --------
        >>> print(DIALECTS["postgres"].texts(["don't know", "n.v.t."]))
        ('don''t know', 'n.v.t.')
        """
        return f"({', '.join(self._text(each) for each in texts)})"

    def _text(self, text: str) -> str:
        if "\0" in text:
            raise FitError("sql_name_unwritable", name=text, dialect=self.name)
        if self.escapes and any(mark in text for mark in "\\'$"):
            return f"decode(unhex('{text.encode().hex()}'), 'UTF-8')"
        doubled = text.replace("'", "''")
        if self.name == POSTGRES and "\\" in text:
            return "E'" + doubled.replace("\\", "\\\\") + "'"
        return f"'{doubled}'"


DUCKDB, POSTGRES, SPARK, SQLITE = NAMES = ("duckdb", "postgres", "spark", "sqlite")

SQLITE_NUMBER = (
    "CASE WHEN typeof({0}) <> 'text' THEN CAST({0} AS REAL)"
    "{line}WHEN TRIM({0}) = '' THEN NULL"
    "{line}WHEN NOT json_valid({0}) THEN 9e999"
    "{line}WHEN json_type({0}) IN ('integer', 'real') THEN CAST({0} AS REAL) ELSE 9e999 END"
)
"""SQLite reads any text as a number, if need be as 0; here a text that is none is infinite, so that
it is counted as an answer that cannot be used."""

DIALECTS = {
    DUCKDB: Dialect(
        name=DUCKDB,
        quote='"',
        whole="BIGINT",
        text="VARCHAR",
        number="NULLIF(CAST({0} AS DOUBLE), CAST('NaN' AS DOUBLE))",
        flag="NULLIF(CAST({0} AS DOUBLE), CAST('NaN' AS DOUBLE))",
        quotient="{0} // {1}",
        identity=(
            "CASE WHEN typeof({0}) <> 'VARCHAR' THEN CAST({0} AS BIGINT)"
            "{line}WHEN {0} IS NOT NULL THEN CAST(hash({0}) % {1} AS BIGINT) END"
        ),
        least="LEAST",
        inlined="NOT MATERIALIZED ",
        not_a_number="typeof({0}) IN ('DOUBLE', 'FLOAT') AND CAST({0} AS VARCHAR) = 'nan'",
    ),
    POSTGRES: Dialect(
        name=POSTGRES,
        quote='"',
        whole="bigint",
        text="text",
        number="NULLIF(CAST({0} AS double precision), CAST('NaN' AS double precision))",
        flag=(
            "CASE CAST({0} AS text) WHEN 'true' THEN 1 WHEN 'false' THEN 0"
            "{line}ELSE NULLIF(CAST(CAST({0} AS text) AS double precision),"
            " CAST('NaN' AS double precision)) END"
        ),
        quotient="{0} / {1}",
        identity=(
            "CASE WHEN CAST(pg_typeof({0}) AS text) IN ('text', 'character varying', 'character')"
            "{line}THEN hashtextextended(CAST({0} AS text), 0)"
            "{line}ELSE CAST(CAST(CAST({0} AS text) AS numeric) AS bigint) END"
        ),
        least="LEAST",
        inlined="NOT MATERIALIZED ",
        not_a_number=(
            "CAST(pg_typeof({0}) AS text) IN ('double precision', 'real', 'numeric')"
            " AND CAST({0} AS text) = 'NaN'"
        ),
        fence="OFFSET 0",
    ),
    SPARK: Dialect(
        name=SPARK,
        quote="`",
        whole="BIGINT",
        text="STRING",
        number="NULLIF(CAST({0} AS DOUBLE), CAST('NaN' AS DOUBLE))",
        flag="NULLIF(CAST({0} AS DOUBLE), CAST('NaN' AS DOUBLE))",
        quotient="{0} DIV {1}",
        identity=(
            "CASE WHEN typeof({0}) <> 'string' THEN CAST({0} AS BIGINT)"
            "{line}WHEN {0} IS NOT NULL THEN xxhash64({0}) END"
        ),
        least="LEAST",
        inlined="",
        not_a_number="typeof({0}) IN ('double', 'float') AND CAST({0} AS STRING) = 'NaN'",
        escapes=True,
        substitutes="${",
    ),
    SQLITE: Dialect(
        name=SQLITE,
        quote='"',
        whole="INTEGER",
        text="TEXT",
        number=SQLITE_NUMBER,
        flag=SQLITE_NUMBER,
        quotient="{0} / {1}",
        identity=(
            "CASE typeof({0}) WHEN 'integer' THEN {0} WHEN 'real' THEN CAST({0} AS INTEGER) END"
        ),
        least="MIN",
        inlined="NOT MATERIALIZED ",
        fence="LIMIT -1 OFFSET 0",
    ),
}
"""The engines, by name."""


def dialect_of(name: str) -> Dialect:
    """Return the dialect of an engine.

    Raises
    ------
    FitError
        When there is none of that name.
    """
    if name not in DIALECTS:
        raise FitError("sql_dialect_unknown", dialect=name, near=nearest(name, NAMES), known=NAMES)
    return DIALECTS[name]


def exact(value: float) -> str:
    """Return a number that every engine reads back as the same 64-bit real number.

    Examples
    --------
    >>> exact(5.5), exact(-1e6), exact(0.1)
    ('5.5e0', '-1000000e0', '0.1e0')
    """
    if not math.isfinite(value):
        return repr(value)
    text = repr(float(value)).removesuffix(".0")
    return text if "e" in text else f"{text}e0"
