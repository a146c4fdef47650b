"""Make the plan of sums that a codebook asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxdrivers.codebook.codebook import ITEMS, Codebook, Question
from cxdrivers.codebook.codebook import RATING as MEAN_OF_ITEMS
from cxdrivers.errors import FitError, nearest
from cxdrivers.moments.columns import NOT_APPLICABLE, RATING
from cxdrivers.moments.warehouse.plan import (
    COUNTS,
    LADDER,
    LISTWISE,
    Asked,
    Column,
    Item,
    SumsPlan,
)

LEAST = 2
"""The smallest `minimum`: a sum of one respondent is that respondent."""


def plan_of(
    codebook: Codebook,
    *,
    by: str | Sequence[str] | None = None,
    missing: str = LISTWISE,
    parts: int = 200,
    minimum: int = 10,
    identity: str | None = None,
    seed: int = 0,
) -> SumsPlan:
    """Return the plan of a codebook.

    Raises
    ------
    FitError
        When a setting is unknown, or the codebook asks for what only rows can give: factors,
        interactions, replicate weights.
    """
    _check_settings(missing, parts, minimum, seed)
    _check_codebook(codebook)
    asked = (*codebook.drivers, codebook.outcome)
    questions = tuple(_asked(each, may_be_away=each is not codebook.outcome) for each in asked)
    return SumsPlan(
        codebook=codebook,
        questions=questions,
        columns=tuple(
            column for place, each in enumerate(questions) for column in _columns(place, each)
        ),
        uncentred=tuple(each.key for each in asked if each.scale is None),
        by=_by(codebook, by),
        weight=codebook.weight,
        required=codebook.required,
        identity=identity or codebook.cluster or codebook.respondent,
        clustered=(identity or codebook.cluster) == codebook.cluster is not None,
        missing=missing,
        parts=parts,
        minimum=minimum,
        seed=seed,
    )


def _asked(question: Question, *, may_be_away: bool) -> Asked:
    turned = None if question.scale is None else sum(question.scale)
    return Asked(
        key=question.key,
        items=tuple(
            Item(
                item,
                question.scale,
                turned if item in question.reversed else None,
                question.not_applicable,
                question.dont_know,
            )
            for item in question.items
        ),
        every_item=question.kind == ITEMS,
        marked=may_be_away and bool(question.not_applicable),
    )


def _columns(place: int, asked: Asked) -> Iterator[Column]:
    scale = asked.items[0].scale
    centre = 0.0 if scale is None else sum(scale) / 2
    if asked.every_item:
        for item in asked.items:
            yield Column(place, item.column, centre, (item,))
    else:
        yield Column(place, RATING, centre, asked.items)
    if asked.marked:
        yield Column(place, NOT_APPLICABLE, 0.0, ())


def _by(codebook: Codebook, by: str | Sequence[str] | None) -> tuple[str, ...]:
    columns = () if by is None else (by,) if isinstance(by, str) else tuple(by)
    if by is not None and len(columns) not in (1, 2):
        raise FitError("groups_by_two", count=len(columns), columns=list(columns))
    asked = {item: each.key for each in codebook.questions for item in each.items}
    for column in columns:
        if column in asked:
            raise FitError("group_column_is_an_item", column=column, question=asked[column])
    if len(set(columns)) < len(columns):
        raise FitError("groups_in_themselves", column=columns[0])
    return columns


def _check_settings(missing: str, parts: int, minimum: int, seed: int) -> None:
    if missing not in COUNTS:
        near = nearest(missing, COUNTS)
        raise FitError("missing_unknown", missing=missing, near=near, known=COUNTS)
    if not _is_whole(parts) or parts < 0:
        raise FitError("parts_unknown", parts=str(parts), most=LADDER[0])
    if not _is_whole(minimum) or minimum < LEAST:
        raise FitError("minimum_unknown", minimum=str(minimum), least=LEAST)
    if not _is_whole(seed) or seed < 0:
        raise FitError("seed_unknown", seed=str(seed))


def _check_codebook(codebook: Codebook) -> None:
    if codebook.replicate_weights:
        raise FitError("groups_with_replicates", columns=codebook.replicate_weights)
    for driver in codebook.drivers:
        if driver.interaction or driver.kind not in (MEAN_OF_ITEMS, ITEMS):
            raise FitError("driver_needs_rows", driver=driver.key)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
