"""Say which column of a survey is what.

A codebook is written by a person (or drafted by ``cxdrivers codebook`` for a person to correct).
It names the outcome, the drivers with their items, the scale, the codes that mean "not applicable"
or "don't know", and the columns with weights, clusters, segments, waves and texts.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from cxdrivers.codebook.group_names import GroupNames, check_group_names, group_names_of
from cxdrivers.codebook.replicates import check_replicates
from cxdrivers.codebook.stated import check_stated
from cxdrivers.errors import SurveyError, nearest
from cxdrivers.reading.table import Code
from cxdrivers.vocabulary import driver_label
from cxdrivers.wording import LANGUAGES, Words, in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


RATING, FACTOR, ITEMS = KINDS = ("rating", "factor", "items")
"""The kinds of question."""


@dataclass(frozen=True)
class Question:
    """One thing that was rated: a driver or the outcome, by one or more items.

    Attributes
    ----------
    key
        Name in every table: one of the seven drivers, or the client's own name.
    items
        Columns of the survey; the score is their mean.
    label
        What charts and reports call it, as one text or one for each language; without it, the
        label of the seven drivers, else `key`.
    scale
        Lowest and highest possible answer, or None when any number may be given.
    reversed
        Those of the items in which a high answer is bad; needs a scale.
    not_applicable
        Codes for "this did not happen to me" ("n.v.t."): an answer, not a gap.
    dont_know
        Codes for "no opinion", "skipped" and the like: the answer is missing.
    kind
        ``rating``: the score is the mean of the items. ``factor``: one item with categories, such
        as a channel. ``items``: every item counts by itself, and they share one weight.
    interaction
        Instead of items: the two drivers whose product this is. It enters a model only after
        both of them.
    stated
        Of a driver: the column in which respondents say how important it is to them, as a rating
        (high is important) or as a rank among the drivers (1 is most important). It is never mixed
        with what is derived from the outcome.
    """

    key: str
    items: tuple[str, ...] = ()
    label: Words | None = None
    scale: tuple[float, float] | None = None
    reversed: tuple[str, ...] = ()
    not_applicable: tuple[Code, ...] = ()
    dont_know: tuple[Code, ...] = ()
    kind: str = RATING
    interaction: tuple[str, ...] = ()
    stated: str | None = None

    def __post_init__(self) -> None:
        if not self.key.strip():
            raise SurveyError("question_without_name", columns=self.items)
        _check_kind(self)
        if self.scale is not None:
            _check_scale(self.key, *self.scale)
        strangers = [item for item in self.reversed if item not in self.items]
        if strangers:
            raise SurveyError("reversed_not_an_item", question=self.key, columns=strangers)
        if self.reversed and self.scale is None:
            raise SurveyError("reversed_needs_scale", question=self.key, columns=self.reversed)
        _check_codes(self)

    @property
    def codes(self) -> tuple[Code, ...]:
        """Every code that stands for no rating."""
        return self.not_applicable + self.dont_know

    def label_in(self, language: str) -> str:
        """Return the label in a language: the client's own, else that of the seven drivers."""
        return in_language(self.label or "", language).strip() or driver_label(self.key, language)


@dataclass(frozen=True)
class Codebook:
    """Everything a person knows about a survey file that the file does not say.

    Attributes
    ----------
    outcome
        What the drivers explain, usually a satisfaction grade.
    drivers
        What may explain it, in the order in which tables show them before they are ranked.
    title, language, note
        Heading of the report, its default language, and a line that stands on every page
        (for example that the data are simulated). Title and note may differ by language.
    weight
        Column with a poststratification weight: how many customers a row stands for.
    replicate_weights, replicate_scale
        Columns with the replicate weights of a survey design, and the factor of their squared
        deviations: 1/R for balanced repeated replication and bootstrap weights (the default),
        1/(R(1 − f)²) with Fay's factor f, (R − 1)/R for a jackknife.
    cluster
        Column that tells which rows belong together (agent, team, repeated respondent).
    strata
        Column with the groups within which respondents, or clusters, were sampled.
    segments, wave
        Columns to split by.
    verbatim, recommended, would_recommend, mention, respondent
        Columns with the customer's own words, whether they really recommended (0/1), whether they
        say they would (0/1, or a grade), whether an employee is mentioned (0/1), and who the
        respondent is. Texts and identifiers never reach a report.
    required
        Columns that must be filled in: rows in which one is blank are left out, and counted.
    groups
        What columns that make groups, and their codes, are called: segments, the wave, any other.
    sheet, decimal
        Which sheet of a workbook holds the answers; the decimal mark when the file leaves doubt.
    """

    outcome: Question
    drivers: tuple[Question, ...]
    title: Words = ""
    language: str = "en"
    note: Words = ""
    weight: str | None = None
    replicate_weights: tuple[str, ...] = ()
    replicate_scale: float | None = None
    cluster: str | None = None
    strata: str | None = None
    segments: tuple[str, ...] = ()
    wave: str | None = None
    verbatim: str | None = None
    recommended: str | None = None
    would_recommend: str | None = None
    mention: str | None = None
    respondent: str | None = None
    required: tuple[str, ...] = ()
    groups: tuple[GroupNames, ...] = ()
    sheet: str | None = None
    decimal: str | None = None

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise SurveyError("language_unknown", language=self.language, languages=LANGUAGES)
        if self.decimal not in (None, ".", ","):
            raise SurveyError("decimal_unknown", decimal=self.decimal)
        if self.outcome.kind != RATING:
            raise SurveyError("outcome_is_no_rating", outcome=self.outcome.key)
        _check_drivers(self)
        _check_interactions(self.drivers)
        object.__setattr__(self, "groups", group_names_of(self.groups))
        check_group_names(self.groups)
        _check_columns(self)

    @property
    def questions(self) -> tuple[Question, ...]:
        """The outcome and the drivers."""
        return (self.outcome, *self.drivers)

    def columns(self) -> Iterator[tuple[str, str]]:
        """Yield each column the codebook names, with what it is."""
        for question in self.questions:
            for item in question.items:
                yield item, question.key
            if question.stated is not None:
                yield question.stated, f"{question.key}, stated"
        for name in COLUMN_FIELDS:
            value = getattr(self, name)
            for column in (value,) if isinstance(value, str) else value or ():
                yield column, name
        for names in self.groups:
            yield names.column, "groups"

    def labels(self, language: str) -> dict[str, str]:
        """Return the label of the outcome and of every driver, by key."""
        labels = {question.key: question.label_in(language) for question in self.questions}
        for driver in self.drivers:
            if driver.interaction and not driver.label:
                labels[driver.key] = " × ".join(labels[key] for key in driver.interaction)
        return labels


def _check_kind(question: Question) -> None:
    if question.kind not in KINDS:
        near = nearest(question.kind, KINDS)
        raise SurveyError(
            "kind_of_question", question=question.key, kind=question.kind, near=near, known=KINDS
        )
    if question.interaction:
        if question.items or len(question.interaction) != 2 or len(set(question.interaction)) != 2:
            raise SurveyError("interaction_of_two", question=question.key)
    elif not question.items:
        raise SurveyError("question_without_items", question=question.key)
    if question.kind == FACTOR and (len(question.items) > 1 or question.scale is not None):
        raise SurveyError("factor_is_one_item", question=question.key, columns=question.items)


def _check_codes(question: Question) -> None:
    strange = [code for code in question.codes if code == "" or not _is_finite(code)]
    if strange:
        raise SurveyError("code_not_a_code", question=question.key, codes=_written(strange))
    both = sorted(set(question.not_applicable) & set(question.dont_know), key=str)
    if both:
        raise SurveyError("code_means_two_things", question=question.key, codes=_written(both))


def _check_drivers(codebook: Codebook) -> None:
    if not codebook.drivers:
        raise SurveyError("codebook_without_drivers")
    keys = Counter(driver.key for driver in codebook.drivers)
    twice = [key for key, times in keys.items() if times > 1]
    if twice:
        raise SurveyError("driver_twice", drivers=twice)
    if codebook.outcome.key in keys:
        raise SurveyError("outcome_is_a_driver", outcome=codebook.outcome.key)


def _check_interactions(drivers: Iterable[Question]) -> None:
    ratings = [driver.key for driver in drivers if driver.items and driver.kind == RATING]
    for driver in drivers:
        strangers = [key for key in driver.interaction if key not in ratings]
        if strangers:
            near = nearest(strangers[0], ratings)
            raise SurveyError(
                "interaction_of_strangers", question=driver.key, driver=strangers[0], near=near
            )


def _check_columns(codebook: Codebook) -> None:
    nameless = [place for column, place in codebook.columns() if not column.strip()]
    if nameless:
        raise SurveyError("column_without_name", places=nameless)
    used = Counter(item for question in codebook.questions for item in question.items)
    shared = [item for item, times in used.items() if times > 1]
    if shared:
        raise SurveyError("item_twice", columns=shared)
    for column in (codebook.weight, *codebook.replicate_weights):
        if column in used:
            raise SurveyError("weight_is_an_item", column=column)
    check_stated(codebook.outcome, codebook.drivers)
    check_replicates(codebook.weight, codebook.replicate_weights, codebook.replicate_scale)


def _check_scale(question: str, low: float, high: float) -> None:
    if not (math.isfinite(low) and math.isfinite(high)):
        raise SurveyError("scale_not_finite", question=question, low=low, high=high)
    if low == high:
        raise SurveyError("scale_ends_equal", question=question, end=low)
    if low > high:
        raise SurveyError("scale_ends_swapped", question=question, low=low, high=high)


def _is_finite(code: Code) -> bool:
    return isinstance(code, str) or math.isfinite(code)


def _written(codes: Iterable[Code]) -> list[str]:
    return [code if isinstance(code, str) else f"{code:.10g}" for code in codes]


COLUMN_FIELDS = (
    "weight",
    "replicate_weights",
    "cluster",
    "strata",
    "segments",
    "wave",
    "verbatim",
    "recommended",
    "would_recommend",
    "mention",
    "respondent",
    "required",
)
"""The fields of a codebook that name columns."""

NUMBER_FIELDS = ("replicate_scale",)
"""The fields that stand among those columns and are a number."""

QUESTION_FIELDS = tuple(field.name for field in fields(Question) if field.name != "key")
"""The fields that a driver's table in a codebook file may hold."""
