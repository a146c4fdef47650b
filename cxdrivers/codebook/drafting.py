"""Draft a codebook from the names, labels and answers of a file, for a person to correct.

Nothing disappears: a column that got no place is listed as not used, every guess has a comment
that says why, and what only a person can know is left open and asked.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from cxdrivers.codebook.codebook import Codebook
from cxdrivers.codebook.codebook_draft import CodebookDraft
from cxdrivers.codebook.codebook_text import codebook_text
from cxdrivers.codebook.draft_groups import draft_groups, group_comments
from cxdrivers.codebook.draft_hints import drivers_hinted
from cxdrivers.codebook.draft_language import language_of
from cxdrivers.codebook.draft_open_questions import open_questions
from cxdrivers.codebook.draft_parts import measured_outcomes, parts_of
from cxdrivers.codebook.draft_questions import quoted
from cxdrivers.errors import SurveyError
from cxdrivers.reading.readers import read_table
from cxdrivers.reading.table import Source, Table
from cxdrivers.vocabulary import driver_label
from cxdrivers.wording import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxdrivers.codebook.draft_parts import Parts

WIDTH = 96


def draft_codebook(
    data: str | Path | pd.DataFrame | Table,
    *,
    language: str | None = None,
    sheet: str | None = None,
    decimal: str | None = None,
) -> CodebookDraft:
    """Draft a codebook from a file, for you to correct.

    Use it to save typing, never to save looking: names and answers tell much, but not what a code
    means or which question was meant to be the outcome. Print the draft, lay it beside the
    questionnaire, and save its text for `read_survey`.

    Parameters
    ----------
    data
        The file (as `read_survey` takes it), or a data frame.
    language
        Language of the comments and of the codebook; by default the one that the questions, their
        answers and the columns are worded in.
    sheet, decimal
        Of a file: which sheet of a workbook, and the decimal mark of a text that leaves doubt. The
        draft holds them.

    Raises
    ------
    SurveyError
        When the file cannot be read, or the data are neither a file nor a data frame.
    CxError
        When the language is not available.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> draft = cx.draft_codebook(cx.example_path())
    >>> len(draft.codebook.drivers), len(draft.open_questions)
    (7, 2)
    >>> print(draft.open_questions[1].say()[:58])
    Does the answer 99 to 'ivr_menu' mean not applicable? That
    """
    table = _table(data, sheet, decimal)
    parts = parts_of(table)
    questions = tuple(open_questions(parts))
    language = language or language_of(table)
    fields: dict[str, Any] = {"title": "", "language": language, **parts.roles.fields}
    fields |= {"sheet": sheet, "decimal": decimal, "groups": draft_groups(table, fields)}
    comments = {
        place: _wrapped(line.say(language) for line in lines)
        for place, lines in _comments(parts, table, questions, language).items()
    }
    outcome = None if parts.outcome is None else parts.outcome.question
    drivers = tuple(part.question for part in parts.drivers)
    complete = outcome is not None and drivers
    codebook = Codebook(outcome, drivers, **fields) if outcome and complete else None
    text = codebook_text(outcome, drivers, fields, comments)
    return CodebookDraft(codebook, text, questions, language)


def _table(data: object, sheet: str | None, decimal: str | None) -> Table:
    if isinstance(data, str | Path):
        return read_table(data, sheet=sheet, decimal=decimal)
    if not isinstance(data, pd.DataFrame | Table):
        raise SurveyError("draft_of_no_table", kind=type(data).__name__)
    if sheet is not None or decimal is not None:
        raise SurveyError("draft_without_file", option="decimal" if sheet is None else "sheet")
    return data if isinstance(data, Table) else Table(_flat(data), Source("data frame", "frame"))


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame in which lists and the like, which are no answers, are texts."""
    flat = frame.copy(deep=False)
    for place in range(flat.shape[1]):
        column = flat.iloc[:, place]
        nests = pd.api.types.is_object_dtype(column) or isinstance(column.dtype, pd.ArrowDtype)
        cells = list(column) if nests else []
        if not all(map(pd.api.types.is_scalar, cells)):
            texts = [cell if pd.api.types.is_scalar(cell) else str(cell) for cell in cells]
            flat.isetitem(place, pd.Series(texts, dtype=object).to_numpy())
    return flat


def _comments(
    parts: Parts, table: Table, questions: Sequence[Sentence], language: str
) -> dict[str, list[Sentence]]:
    rows, columns = table.frame.shape
    top = [sentence("draft.top", file=table.source.name, rows=rows, columns=columns)]
    top += [sentence("draft.open", count=len(questions))] if questions else []
    top += [sentence("draft.bullet", text=question) for question in questions]
    about_columns = [*parts.roles.comments, *group_comments(table, parts.roles.fields)]
    comments = {"top": top, "columns": about_columns, "end": list(_not_used(parts))}
    why = sentence(f"draft.outcome.{parts.found.why}", columns=quoted(_found_names(parts)))
    comments["outcome"] = [why] + (parts.outcome.comments() if parts.outcome else [])
    for group, part in zip(parts.sorted.groups, parts.drivers, strict=True):
        facts = {"driver": driver_label(group.key, language), "maybe": quoted(group.maybe)}
        lines = [sentence(f"draft.driver.{group.why}", **facts)]
        if group.maybe:
            lines.append(sentence("draft.driver.maybe", **facts))
        comments[f"drivers.{group.key}"] = lines + part.comments()
    return comments


def _found_names(parts: Parts) -> list[str]:
    return [column.name for column in parts.found.items or parts.found.rivals]


def _not_used(parts: Parts) -> Iterator[Sentence]:
    """List every column that has no place in the codebook, with the reason."""
    placed = {item for part in parts.drivers for item in part.question.items}
    placed |= {column.name for column in (*parts.found.items, *parts.found.rivals)}
    placed |= {name for names in parts.sorted.left_out.values() for name in names}
    placed |= parts.roles.taken
    rest = [column for column in parts.columns if column.name not in placed]
    outcomes = measured_outcomes(parts)
    speaking = [
        column.name
        for column in rest
        if column.name not in outcomes
        and not column.text
        and drivers_hinted(column.label or column.name)
    ]
    reasons = {
        "rival": [column.name for column in parts.found.rivals],
        "doubtful": parts.roles.doubtful,
        **parts.sorted.left_out,
        "no_rating": speaking,
        "no_grade": outcomes,
        "other": [c.name for c in rest if c.name not in (*speaking, *outcomes)],
        "unusable": list(parts.unusable),
    }
    for reason, names in reasons.items():
        if names:
            yield sentence(f"draft.not_used.{reason}", columns=quoted(names))


def _wrapped(lines: Iterable[str]) -> list[str]:
    wrap = textwrap.TextWrapper(WIDTH, subsequent_indent="  ", break_on_hyphens=False)
    return [part for line in lines for part in wrap.wrap(line)]
