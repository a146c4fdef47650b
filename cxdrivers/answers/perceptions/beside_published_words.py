"""Put a client's own groups beside published ones into a reader's table and plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from cxdrivers.answers.perceptions.perceptions_words import n_shown, points_shown, share_shown
from cxdrivers.answers.perceptions.published_table import GAPS, figures_of
from cxdrivers.formatting import level_percent, percent
from cxdrivers.wording import say

if TYPE_CHECKING:
    from cxdrivers.answers.perceptions.beside_published import BesidePublished


def headline(beside: BesidePublished, language: str) -> str:
    """Return the gap between the outer roles on both sides."""
    roles = [str(role) for role in dict.fromkeys(beside.roles["role"])]
    gaps = beside.gaps()
    outer = gaps[(gaps["role"] == roles[0]) & (gaps["other"] == roles[-1])].set_index("whose")
    figures = figures_of(GAPS[beside.published], language)
    return say(
        "perceptions.beside.headline",
        language,
        question=beside.question,
        statistic=figures["statistic"].iloc[0],
        source=short_source(beside.published, language),
        role=role_words(roles[0], language),
        other=role_words(roles[-1], language),
        own=_ends_shown(outer.loc["own"], language),
        published=_ends_shown(outer.loc["published"], language),
        level=level_percent(beside.level, language),
    )


def beside_sentences(beside: BesidePublished, language: str) -> list[str]:
    """Return what to think of, the cautions, who is left out and the source."""
    figures = figures_of(GAPS[beside.published], language)
    used = beside.roles.loc[beside.roles["whose"] == "published", "group"].tolist()
    said = [say("perceptions.beside.not_tested", language)]
    if beside.roles.loc[beside.roles["whose"] == "published", "n"].isna().any():
        said.append(say("perceptions.beside.no_n", language))
    cautions = [text for text in dict.fromkeys(figures.loc[used, "caution"]) if text]
    said += [say("perceptions.caution", language, caution=text) for text in cautions]
    if beside.left_out:
        names = [
            str(figures.loc[name, "group"]) if name in figures.index else name
            for name in beside.left_out
        ]
        said.append(say("perceptions.beside.left_out", language, groups=names, count=len(names)))
    return [*said, say("perceptions.source", language, citation=figures["citation"].iloc[0])]


def beside_table(beside: BesidePublished, language: str) -> pd.DataFrame:
    """Return one row a role: what the client found, and what was published of whom."""
    figures = figures_of(GAPS[beside.published], language)
    by_side = beside.roles.set_index(["whose", "role"])
    rows = []
    for role in dict.fromkeys(beside.roles["role"]):
        own: Any = by_side.loc[("own", role)]
        theirs: Any = by_side.loc[("published", role)]
        rows.append(
            {
                "group": own["group"],
                "own": share_shown(own["share"], own["share_low"], own["share_high"], language),
                "n": n_shown(own["n"], language),
                "published_group": figures.loc[theirs["group"], "group"],
                "published": share_shown(
                    theirs["share"], theirs["share_low"], theirs["share_high"], language
                ),
                "published_n": n_shown(theirs["n"], language),
            }
        )
    facts = {
        "level": level_percent(beside.level, language),
        "source": short_source(beside.published, language),
    }
    words = {name: say(f"perceptions.beside_column.{name}", language, **facts) for name in rows[0]}
    return pd.DataFrame(rows).rename(columns=words)


def short_source(published: str, language: str) -> str:
    """Return who published a gap, in two words at most."""
    seed = figures_of(GAPS[published])["seed"].iloc[0]
    return say(f"published.short.{seed}", language)


def role_words(role: str, language: str) -> str:
    """Return what a role is called."""
    return say(f"perceptions.role.{role}", language)


def _ends_shown(row: Any, language: str) -> str:
    size = points_shown(row["estimate"], row["conf_low"], row["conf_high"], language)
    shares = (percent(row[name], language) for name in ("share", "other_share"))
    return say(
        "perceptions.beside.side", language, size=size, **dict(zip("ab", shares, strict=True))
    )
