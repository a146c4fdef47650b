"""Find what stands in the way of comparing groups: spellings, questions not asked, few answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cxdrivers.answers.groups.group_estimates import FEWEST_RATED
from cxdrivers.answers.groups.grouping import Grouping, spellings
from cxdrivers.codebook.codebook import Question
from cxdrivers.models.part_slopes import FEWEST_PARTS
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.incomplete import MANY_BLANKS
from cxdrivers.moments.reader_names import ReaderNames
from cxdrivers.survey.coding import BoolArray
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import say, sentence

IntArray = NDArray[np.intp]


FEW_CLUSTERS = 5
"""With fewer clusters in its groups a comparison finds differences that are not there."""
AS_IN_FILE = ("alike", "names_unclear")
"""What is mended in the file, so it names columns and groups as the file does."""
COLUMNS, GROUPS = ("by", "outer"), ("groups", "names")
"""Facts that are columns, and groups."""
MANY_ROUGH = 100
"""Of so many groups in few parts it does too, in 8 % of surveys for 5 % (`group_measures`)."""


@dataclass(frozen=True)
class Trouble:
    """Something a reader must know before groups are compared.

    Attributes
    ----------
    key
        Which sentence says it.
    facts
        What it needs, apart from the driver.
    driver
        Key of the driver that it is about, if it is about one.
    """

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)
    driver: str | None = None

    def say(self, labels: Mapping[str, str], names: ReaderNames) -> str:
        """Return the sentence, with the labels of the driver, the groups and their column."""
        facts = dict(self.facts)
        if self.driver is not None:
            facts["driver"] = labels[self.driver]
        if self.key not in AS_IN_FILE:
            facts |= {name: names.column(str(facts[name])) for name in COLUMNS if name in facts}
            facts |= {name: _called(facts[name], names) for name in GROUPS if name in facts}
        return say(f"groups.trouble.{self.key}", names.language, **facts)


def _called(groups: object, names: ReaderNames) -> list[str]:
    """Return what the groups of a fact are called."""
    return [names.group(str(group)) for group in groups] if isinstance(groups, Iterable) else []


def troubles_of_names(by: str, labels: Sequence[str], sizes: IntArray) -> Iterator[Trouble]:
    """Yield the sets of names that may be one group spelled in several ways."""
    for places in spellings(labels):
        names = [
            sentence("groups.sized", name=labels[place], n=int(sizes[place])) for place in places
        ]
        yield Trouble("alike", {"by": by, "names": names})


def troubles_of_nesting(by: str, repeated: Sequence[str], outer: str) -> Iterator[Trouble]:
    """Yield the names that stand in several outer groups."""
    if repeated:
        facts = {"by": by, "outer": outer, "names": repeated}
        yield Trouble("not_nested", {"count": len(repeated), **facts})


def troubles_of_rows(moments: GroupedMoments) -> Iterator[Trouble]:
    """Yield who is in no group or in no number, and that clusters lie in several groups."""
    if moments.unplaced:
        yield Trouble("unplaced", {"count": moments.unplaced, "by": moments.by})
    if moments.withheld:
        facts = {"by": moments.by, "n": moments.withheld_n}
        yield Trouble("withheld", {"count": moments.withheld, **facts})
    rows = moments.n if moments.rows is None else moments.rows
    lost = int((rows - moments.n).sum())
    if moments.pairwise:
        yield Trouble("pairwise")
    elif lost:
        yield Trouble("unusable", {"count": lost, "rows": int(rows.sum())})
    if moments.shared_clusters:
        yield Trouble("shared_clusters", {"by": moments.by})


def troubles_of_ratings(moments: GroupedMoments) -> Iterator[Trouble]:
    """Yield what sums alone tell: groups in few parts, and drivers rated by few or all alike.

    Parameters
    ----------
    moments
        Of the groups that are compared.
    """
    whole = [moments.labels[group] for group in np.flatnonzero(moments.parts < 2)]
    if whole:
        yield Trouble("one_part", {"groups": whole, "count": len(whole)})
    rough = int(((moments.parts < FEWEST_PARTS) & ~moments.whole_clusters).sum())
    if rough >= MANY_ROUGH:
        yield Trouble("few_parts", {"count": rough, "least": FEWEST_PARTS})
    varies = np.einsum("kii->ki", moments.covariance)
    few = moments.rated < FEWEST_RATED
    for place, (driver, columns) in enumerate(zip(moments.drivers, moments.groups, strict=True)):
        same = ~few[:, place] & (varies[:, -1] > 0) & ~(varies[:, list(columns)] > 0).any(axis=1)
        for key, where in (("few_ratings", few[:, place]), ("constant", same)):
            names = [moments.labels[group] for group in np.flatnonzero(where)]
            if names:
                yield Trouble(key, {"groups": names, "least": FEWEST_RATED}, driver)


def troubles_of_sums(moments: GroupedMoments, alone: BoolArray) -> Iterator[Trouble]:
    """Yield what makes numbers of groups say less than they seem to.

    Parameters
    ----------
    moments
        Of the groups that are compared.
    alone
        Shape ``(K,)``: which of them are a single cluster (`of_one_cluster`).
    """

    def named(where: BoolArray) -> list[str]:
        return [moments.labels[place] for place in np.flatnonzero(where)]

    few = moments.whole_clusters & (moments.parts < FEW_CLUSTERS)
    if few.any():
        facts = {"count": int(few.sum()), "groups": named(few), "least": FEW_CLUSTERS}
        yield Trouble("few_clusters", facts)
    if alone.any():
        yield Trouble("one_cluster", {"count": int(alone.sum()), "groups": named(alone)})
    flat = moments.covariance[:, -1, -1] == 0
    if flat.any():
        yield Trouble("constant_outcome", {"groups": named(flat)}, moments.outcome)
    asked = moments.rated >= FEWEST_RATED
    many = asked & (moments.blank >= MANY_BLANKS * (moments.blank + moments.rated))
    for driver, where in zip(moments.drivers, many.T, strict=True):
        if where.any():
            yield Trouble("blanks", {"groups": named(where)}, driver)
    if many.any():
        yield Trouble("blanks_mean")


def troubles_of_questions(
    survey: Survey, grouping: Grouping, labels: Sequence[str]
) -> Iterator[Trouble]:
    """Yield what was not asked, hardly rated or always rated the same in some groups.

    Parameters
    ----------
    survey
        What was read.
    grouping
        Of those of its respondents who can be used; all others have code -1.
    labels
        Of the groups that are shown.
    """
    chosen = set(labels)
    shown = [place for place, label in enumerate(grouping.labels) if label in chosen]
    for question in survey.codebook.drivers:
        if not question.interaction:
            yield from _of_question(survey, question, grouping, np.asarray(shown, dtype=np.intp))


def _of_question(
    survey: Survey, question: Question, grouping: Grouping, shown: IntArray
) -> Iterator[Trouble]:
    placed, count = grouping.codes >= 0, len(grouping.labels)
    codes = grouping.codes[placed]
    answers = survey.answers[question.key]
    marked = answers.not_applicable | answers.dont_know
    asked = (np.isfinite(answers.values) | marked)[placed]
    times = np.array([np.bincount(codes, weights=column, minlength=count) for column in asked.T])
    scores = survey.scores[question.key].to_numpy(np.float64)[placed]
    rated = np.isfinite(scores)
    never = (times == 0).all(axis=0)
    few = ~never & (np.bincount(codes[rated], minlength=count) < FEWEST_RATED)
    apart = survey.not_applicable[question.key].to_numpy(bool)[placed]
    away = few & (
        2 * np.bincount(codes[apart], minlength=count) > np.bincount(codes, minlength=count)
    )
    same = ~never & ~few & _constant(scores[rated], codes[rated], count)
    same &= ~_constant(survey.outcome[placed], codes, count)

    def named(where: BoolArray) -> list[str]:
        return [grouping.labels[place] for place in shown[where[shown]]]

    for key, where in (
        ("not_asked", never),
        ("not_applicable", away),
        ("few_ratings", few & ~away),
        ("constant", same),
    ):
        if named(where):
            facts = {"groups": named(where), "least": FEWEST_RATED}
            yield Trouble(key, facts, question.key)
    for item, column in zip(question.items, times, strict=True):
        missing = (column == 0) & ~never
        if column.any() and named(missing):
            facts = {"item": item, "groups": named(missing)}
            yield Trouble("item_not_asked", facts, question.key)


def _constant(scores: NDArray[np.float64], codes: IntArray, count: int) -> BoolArray:
    """Return the groups in which every rating is the same."""
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(low, codes, scores)
    np.maximum.at(high, codes, scores)
    same: BoolArray = low == high
    return same
