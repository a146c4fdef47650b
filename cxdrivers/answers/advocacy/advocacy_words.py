"""Put the chain from mention to recommendation into tables for readers and plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cxdrivers.answers.advocacy.advocacy_tables import DIRECT, EFFECTS, INDIRECT, PER, TOTAL
from cxdrivers.answers.advocacy.score_words import (
    direction_of,
    points_shown,
    ratio_shown,
    share_shown,
    size_shown,
)
from cxdrivers.answers.advocacy.share_contrasts import Estimate
from cxdrivers.formatting import MISSING, interval, level_percent, number, percent
from cxdrivers.moments.schemes import REPLICATE_WEIGHTS, scheme_of
from cxdrivers.wording import column_words, say, together

if TYPE_CHECKING:
    from cxdrivers.answers.advocacy.advocacy_result import AdvocacyChain


def estimate_of(row: Any, name: str = "estimate", stem: str = "conf") -> Estimate:
    """Return a number of a row of a table with its interval."""
    return Estimate(float(row[name]), float(row[f"{stem}_low"]), float(row[f"{stem}_high"]))


def effect_table(effects: pd.DataFrame, level: float, language: str) -> pd.DataFrame:
    """Return a row for the direct and the indirect part and their total."""
    rows = [row for _, row in effects.iterrows()]
    words = {
        name: say(f"advocacy.column.{name}", language, level=level_percent(level, language))
        for name in ("effect", "points", "share")
    }
    return pd.DataFrame(
        {
            words["effect"]: [say(f"advocacy.effect.{name}", language) for name in EFFECTS],
            words["points"]: [points_shown(estimate_of(row), language) for row in rows],
            words["share"]: [
                share_shown(estimate_of(row, "share", "share"), language) for row in rows
            ],
        }
    )


def driver_table(chain: AdvocacyChain, language: str) -> pd.DataFrame:
    """Return a row a driver, the most extra recommenders first."""
    level = level_percent(chain.draws.level, language)
    table = chain.tables.drivers.sort_values("recommenders", ascending=False, kind="stable")
    labels = labels_of_drivers(chain, language)
    words = column_words(["driver"], chain.draws.level, language) | {
        name: say(f"advocacy.column.{name}", language, level=level, top=chain.top, customers=PER)
        for name in ("more_top", "more_recommenders")
    }
    rows = [row for _, row in table.iterrows()]
    return pd.DataFrame(
        {
            words["driver"]: [labels[driver] for driver in table["driver"]],
            words["more_top"]: [points_shown(estimate_of(row), language) for row in rows],
            words["more_recommenders"]: [
                per_thousand(estimate_of(row, "recommenders", "recommenders"), language)
                for row in rows
            ],
        }
    )


def headline(chain: AdvocacyChain, language: str) -> str:
    """Return how much more often customers who mention an employee recommend."""
    total = _effects(chain)[TOTAL]
    key = direction_of(total)
    if np.isnan(total.low):
        key = "more" if total.estimate >= 0 else "less"
    size = (points_shown if key == "not_shown" else size_shown)(total, language)
    held = held_shown(chain, language)
    return say(f"advocacy.headline.{key}", language, size=size, held=held)


def held_shown(chain: AdvocacyChain, language: str) -> str:
    """Return what is held equal: so many drivers, and the other columns by name."""
    drivers = len(chain.survey.drivers)
    others = chain.covariates[drivers:]
    held = [say("agent_link.held.drivers", language, count=drivers)]
    return together([*held, *(f"'{name}'" for name in others)], language)


def effect_sentences(chain: AdvocacyChain, language: str) -> list[str]:
    """Return the two parts of the total, and the part that is indirect."""
    effects = _effects(chain)
    said = [
        say(
            "advocacy.parts",
            language,
            indirect=points_shown(effects[INDIRECT], language),
            direct=points_shown(effects[DIRECT], language),
            top=chain.top,
        )
    ]
    row = chain.tables.effects.set_index("effect").loc[INDIRECT]
    share = estimate_of(row, "share", "share")
    if 0 <= share.estimate <= 1:
        said.append(
            say("advocacy.share", language, share=share_shown(share, language), top=chain.top)
        )
    return said


def step_sentences(chain: AdvocacyChain, language: str) -> list[str]:
    """Return the chances along the chain."""
    steps = chain.tables.steps["estimate"]
    names = ("without", "with", "neither", "top_only", "mention_only", "both")
    facts = {name: percent(chance, language) for name, chance in zip(names, steps, strict=True)}
    return [say("advocacy.steps", language, top=chain.top, **facts)]


def gain_sentences(chain: AdvocacyChain, language: str) -> list[str]:
    """Return the driver whose half a point more goes with most recommenders, and untold ones."""
    table, labels = chain.tables.drivers, labels_of_drivers(chain, language)
    told = table[table["recommenders"].notna()]
    untold = [labels[driver] for driver in table["driver"] if driver not in set(told["driver"])]
    said = []
    first = told[told["recommenders"] > 0].sort_values("recommenders", ascending=False).head(1)
    for _, row in first.iterrows():
        said.append(
            say(
                "advocacy.gain",
                language,
                driver=labels[row["driver"]],
                top=chain.top,
                customers=PER,
                more=per_thousand(_thousandfold(estimate_of(row)), language),
                recommenders=per_thousand(
                    estimate_of(row, "recommenders", "recommenders"), language
                ),
            )
        )
    if untold:
        said.append(
            say(
                "advocacy.gain_untold",
                language,
                count=len(untold),
                drivers=together(untold, language),
            )
        )
    return said


def sensitivity_sentences(chain: AdvocacyChain, language: str) -> list[str]:
    """Return how easily something that was not asked would explain the total away."""
    if direction_of(_effects(chain)[TOTAL]) == "not_shown":
        return []
    table = chain.tables.sensitivity
    row: Any = table[table["effect"] == TOTAL].iloc[0].to_dict()
    return [
        say(
            "advocacy.sensitivity",
            language,
            ratio=ratio_shown(estimate_of(row, "ratio", "ratio"), language),
            e_value=number(row["e_value"], language),
            e_value_end=number(row["e_value_end"], language),
            robustness=percent(row["robustness"], language, digits=1),
            robustness_end=percent(row["robustness_end"], language, digits=1),
        )
    ]


def base_sentences(chain: AdvocacyChain, language: str) -> list[str]:
    """Return where mentions come from, who is not counted, and where a likelihood had no top."""
    said = [say(f"agent_link.source.{chain.source}", language)]
    if chain.lost:
        whole = chain.lost + chain.n
        key = "lost" if chain.rows.weights is None else "lost_of_weighted"
        said.append(say(f"advocacy.{key}", language, count=chain.lost, n=whole))
    if chain.fillings > 1:
        said.append(say("agent_link.filled", language, fillings=chain.fillings))
    if chain.penalised:
        said.append(say("advocacy.penalised", language))
    elif chain.penalised_resamples:
        said.append(say("advocacy.penalised_resamples", language, count=chain.penalised_resamples))
    return said


def footer(chain: AdvocacyChain, language: str) -> str:
    """Return the line under the table: what is held equal, how it was resampled, seed."""
    facts = {
        "n": chain.n,
        "held": held_shown(chain, language),
        "level": level_percent(chain.draws.level, language),
    }
    scheme = scheme_of(chain.rows)
    if scheme == REPLICATE_WEIGHTS:
        return say("advocacy.footer_replicate", language, **facts)
    if not chain.draws.n_boot:
        return say("advocacy.footer_without_interval", language, **facts)
    units = say(f"weights.units.{scheme}", language)
    drawn = {"resamples": chain.draws.n_boot, "units": units, "seed": str(chain.draws.seed)}
    return say("advocacy.footer", language, **drawn, **facts)


def labels_of_drivers(chain: AdvocacyChain, language: str) -> dict[str, str]:
    """Return what the drivers are called, by key."""
    return {each.key: each.label_in(language) for each in chain.survey.codebook.drivers}


def per_thousand(found: Estimate, language: str) -> str:
    """Return a number of customers with its interval."""
    middle = number(found.estimate, language, digits=0)
    ends = interval(found.low, found.high, language, digits=0)
    return middle if ends == MISSING else f"{middle} {ends}"


def _thousandfold(found: Estimate) -> Estimate:
    return Estimate(PER * found.estimate, PER * found.low, PER * found.high)


def _effects(chain: AdvocacyChain) -> dict[str, Estimate]:
    return {str(row["effect"]): estimate_of(row) for _, row in chain.tables.effects.iterrows()}
