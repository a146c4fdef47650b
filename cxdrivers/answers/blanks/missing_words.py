"""Say what was done with blanks, and whether it matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cxdrivers.formatting import count, level_percent, percent, percent_range
from cxdrivers.vocabulary import LISTWISE
from cxdrivers.wording import Sentence, say, together


def policy_table(
    table: pd.DataFrame,
    blanks: pd.Series,
    labels: Mapping[str, str],
    level: float,
    language: str,
) -> pd.DataFrame:
    """Return the tidy table with a row a driver and a column a policy, in words.

    Where a policy has no shares, since all drivers together may explain nothing, parts of all
    differences are shown by every policy.
    """
    told = bool(table["share"].notna().all())
    size = ("share", "share_low", "share_high") if told else ("estimate", "conf_low", "conf_high")
    policies = list(dict.fromkeys(table["policy"]))
    order = table[table["policy"] == policies[0]].sort_values("rank", kind="stable")["driver"]
    drivers = order.tolist()
    shown = {
        say("labels.column.driver", language): [labels[driver] for driver in drivers],
        say("missing.column.blank", language): [
            count(blanks.get(driver, np.nan), language) for driver in drivers
        ],
    }
    key = "share" if told else "part"
    for policy in policies:
        values = table[table["policy"] == policy].set_index("driver").loc[drivers, list(size)]
        name = say(
            f"missing.column.{key}",
            language,
            policy=_name(policy, language),
            level=level_percent(level, language),
        )
        shown[name] = [
            _cell(part, low, high, language, digits=0 if told else 1)
            for part, low, high in values.to_numpy()
        ]
    return pd.DataFrame(shown)


def sentences_of(
    table: pd.DataFrame,
    answers: pd.DataFrame,
    rows: pd.DataFrame,
    *,
    left_out: Mapping[str, Sentence],
    unresampled: Sequence[str],
    labels: Mapping[str, str],
    language: str,
) -> list[str]:
    """Return what is blank, whether the order hangs on the policy, and what policies suppose."""
    reasons = [
        say("missing.left_out", language, policy=_name(policy, language), reason=reason)
        for policy, reason in left_out.items()
    ]
    if not answers["blank"].sum():
        return [say("missing.none", language), *reasons]
    used = rows.set_index("policy")["n"]
    eligible = int(rows[["n", "lost"]].sum(axis=1).iloc[0])
    facts = {"rows": eligible, "used": int(used.max()), "complete": int(used[LISTWISE])}
    return [
        say("missing.rows", language, **facts),
        *_estimated(answers, labels, language),
        *reasons,
        *(
            say("missing.unresampled", language, policy=_name(policy, language))
            for policy in unresampled
        ),
        *_compared(table, labels, language),
        say("missing.assumption", language),
    ]


def footer_of(resamples: int, seed: int, language: str) -> str:
    """Return the line under the table."""
    if not resamples:
        return say("missing.footer_without_interval", language)
    return say("missing.footer", language, count=resamples, seed=str(seed))


def _estimated(answers: pd.DataFrame, labels: Mapping[str, str], language: str) -> list[str]:
    blanks, estimated = answers["blank"], answers["estimated"]
    if not estimated.sum():
        return []
    worst = answers.iloc[int(estimated.to_numpy().argmax())]
    applied = answers["answered"].sum() + blanks.sum()
    return [
        say(
            "missing.estimated",
            language,
            count=int(estimated.sum()),
            share=percent(estimated.sum() / applied, language, digits=1),
            driver=labels[worst["driver"]],
            most=int(worst["estimated"]),
        )
    ]


def _compared(table: pd.DataFrame, labels: Mapping[str, str], language: str) -> list[str]:
    """Return whether the policies agree on the order of drivers, and where they differ most."""
    by_policy = {str(policy): rows for policy, rows in table.groupby("policy", sort=False)}
    if len(by_policy) < 2:
        return []
    orders = {
        policy: tuple(rows.sort_values("rank", kind="stable")["driver"])
        for policy, rows in by_policy.items()
    }
    tops: dict[str, list[str]] = {}
    for policy, order in orders.items():
        tops.setdefault(order[0], []).append(policy)
    policies = _named(list(orders), language)
    if len(set(orders.values())) == 1:
        said = say("missing.same_order", language, policies=policies)
    elif len(tops) == 1:
        said = say(
            "missing.same_first", language, policies=policies, driver=labels[next(iter(tops))]
        )
    else:
        firsts = [
            say("missing.first_by", language, driver=labels[top], policies=_named(names, language))
            for top, names in tops.items()
        ]
        said = say("missing.other_first", language, firsts="; ".join(firsts))
    return [said, *_widest(table, labels, language)]


def _widest(table: pd.DataFrame, labels: Mapping[str, str], language: str) -> list[str]:
    """Return about which driver the policies differ most, and whether that may be chance."""
    if table["share"].isna().any():
        return []
    shares = table.groupby("driver", sort=False)["share"]
    driver = str((shares.max() - shares.min()).idxmax())
    ordered = table[table["driver"] == driver].sort_values("share", kind="stable")
    low, high = ordered.iloc[0], ordered.iloc[-1]
    said = say(
        "missing.widest",
        language,
        driver=labels[driver],
        low=percent(low["share"], language),
        policy_low=_name(low["policy"], language),
        high=percent(high["share"], language),
        policy_high=_name(high["policy"], language),
    )
    within = low["share"] >= high["share_low"] and high["share"] <= low["share_high"]
    return [said, say("missing.within", language)] if within else [said]


def _cell(middle: float, low: float, high: float, language: str, *, digits: int) -> str:
    part = percent(middle, language, digits=digits)
    if not np.isfinite(low):
        return part
    return f"{part} ({percent_range(low, high, language, digits=digits)})"


def _name(policy: str, language: str) -> str:
    return say(f"missing.policy.{policy}", language)


def _named(policies: Sequence[str], language: str) -> str:
    return together([_name(policy, language) for policy in policies], language)
