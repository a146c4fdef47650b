"""Set a client's own groups beside the groups of a published figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cxdrivers.answers.perceptions.beside_published_words import (
    beside_sentences,
    beside_table,
    headline,
)
from cxdrivers.answers.perceptions.perception_shares import paired_gaps, with_intervals
from cxdrivers.answers.perceptions.published_table import GAPS, figures_of
from cxdrivers.answers.perceptions.roles import ROLES, role_of
from cxdrivers.errors import FitError, nearest

if TYPE_CHECKING:
    from matplotlib.axes import Axes

OWN, PUBLISHED = WHOSE = ("own", "published")


@dataclass(frozen=True, eq=False)
class BesidePublished:
    """A client's own shares by role beside published ones, never pooled.

    Attributes
    ----------
    question
        What the client asked.
    published
        The name of the published gap.
    roles
        See `tidy`.
    left_out
        Groups of the client and ids of published figures without a counterpart.
    level
        Of the intervals.
    """

    question: str
    published: str
    roles: pd.DataFrame
    left_out: tuple[str, ...]
    level: float

    def tidy(self) -> pd.DataFrame:
        """Return one row a role on each side: `whose`, `role`, `group`, `share`, its interval, `n`.

        `whose` is ``own`` or ``published``; `group` is the client's own name, or the id of the
        published figure. `share_low` and `share_high` are Wilson's, NaN where no n is known.
        """
        return self.roles.copy()

    def gaps(self) -> pd.DataFrame:
        """Return one row a side and pair of roles, each with its own interval.

        Columns: `whose`, `role`, `other`, `share`, `other_share`, `estimate`, `conf_low`,
        `conf_high`, `n`, `other_n`.
        """
        asked = self.roles.rename(columns={"whose": "question", "group": "name", "role": "group"})
        pairs = paired_gaps(asked, self.level).drop(columns=["p_value", "p_adjusted"])
        return pairs.rename(columns={"question": "whose", "group": "role"})

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return one row a role, the client's own beside the published."""
        return beside_table(self, language)

    def headline(self, language: str = "en") -> str:
        """Return the gap between the outer roles on both sides in one sentence."""
        return headline(self, language)

    def sentences(self, language: str = "en") -> list[str]:
        """Return the finding, its source and its cautions as a list of plain sentences."""
        return [self.headline(language), *beside_sentences(self, language)]

    def summary(self, language: str = "en") -> str:
        """Return the finding in a few plain sentences."""
        return " ".join(self.sentences(language))

    def plot(self, ax: Axes | None = None, *, language: str = "en") -> Axes:
        """Draw the client's own shares filled, and the published ones hollow below them."""
        from cxdrivers.charts.perceptions import draw_beside  # noqa: PLC0415  (needs matplotlib)

        return draw_beside(self.roles, self.published, ax=ax, language=language)

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.summary()}"

    def _repr_html_(self) -> str:
        below = "".join(f"<p>{escape(line)}</p>" for line in self.sentences())
        return f"{self.table().to_html(index=False)}{below}"


def beside(
    cells: pd.DataFrame,
    level: float,
    *,
    question: str | None,
    published: str,
    roles: Mapping[str, str] | None,
) -> BesidePublished:
    """Return the shares of one question beside a published gap; see `PerceptionGaps`."""
    if published not in GAPS:
        near = nearest(published, GAPS)
        raise FitError("perception_gap_unknown", gap=published, near=near, known=[*GAPS])
    asked = _question(cells, question)
    own = cells[cells["question"] == asked][["group", "share", "n"]]
    own_roles = _own_roles(own["group"].tolist(), roles or {})
    figures = figures_of(GAPS[published])
    theirs = pd.DataFrame(
        {
            "group": figures.index,
            "share": figures["share"].to_numpy(),
            "n": pd.to_numeric(figures["n"], errors="coerce").to_numpy(np.float64),
            "role": [role_of(label) for label in figures["group"]],
        }
    )
    both = [
        role for role in ROLES if role in own_roles.values() and role in theirs["role"].tolist()
    ]
    if len(both) < 2:
        facts = {"question": asked, "groups": own["group"].tolist(), "gap": published}
        there = [role for role in theirs["role"] if role is not None]
        key = "perception_few_roles" if there else "perception_gap_without_roles"
        raise FitError(key, roles=there, **facts)
    sides = [
        own.assign(role=own["group"].map(own_roles), whose=OWN),
        theirs.assign(whose=PUBLISHED),
    ]
    rows = pd.concat(sides, ignore_index=True)
    matched = rows["role"].isin(both)
    table = rows[matched].sort_values(
        ["whose", "role"], key=lambda of: of.map([*WHOSE, *both].index), kind="stable"
    )
    shown = with_intervals(table.assign(question=""), level).assign(
        whose=table["whose"], role=table["role"]
    )
    columns = ["whose", "role", "group", "share", "share_low", "share_high", "n"]
    return BesidePublished(
        question=asked,
        published=published,
        roles=shown[columns].reset_index(drop=True),
        left_out=tuple(rows.loc[~matched, "group"]),
        level=level,
    )


def _question(cells: pd.DataFrame, question: str | None) -> str:
    known = [*dict.fromkeys(cells["question"])]
    if question is None and len(known) == 1:
        return str(known[0])
    if question is None:
        raise FitError("perception_which_question", known=known)
    if question not in known:
        near = nearest(question, known)
        raise FitError("perception_question_unknown", question=question, near=near, known=known)
    return question


def _own_roles(groups: list[str], given: Mapping[str, str]) -> dict[str, str | None]:
    for group, role in given.items():
        if group not in groups:
            near = nearest(group, groups)
            raise FitError("perception_group_unknown", group=group, near=near, groups=groups)
        if role not in ROLES:
            near = nearest(role, ROLES)
            raise FitError("perception_role_unknown", role=role, near=near, roles=[*ROLES])
    roles = {group: given.get(group, role_of(group)) for group in groups}
    for role in ROLES:
        same = [group for group, of in roles.items() if of == role]
        if len(same) > 1:
            raise FitError("perception_role_twice", role=role, groups=same)
    return roles
