"""Put a benchmark into a reader's table and plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from cxdrivers.formatting import count, number, percent
from cxdrivers.wording import say


def reader_table(table: pd.DataFrame, labels: dict[str, str], language: str) -> pd.DataFrame:
    """Return a row a driver: its average score and weight, and the ends of the scores."""
    by_driver = table.groupby("driver", sort=False)
    means, parts = by_driver["mean"], by_driver["estimate"].mean()
    scores = {"score": means.mean(), "lowest": means.min(), "highest": means.max()}
    drivers = list(parts.index)
    shown = {say("labels.column.driver", language): [labels[driver] for driver in drivers]}
    for name, values in scores.items():
        shown[say(f"benchmark.column.{name}", language)] = [
            number(value, language, digits=0) for value in values
        ]
    shown[say("benchmark.column.part", language)] = [
        percent(part, language, digits=1) for part in parts
    ]
    return pd.DataFrame(shown)


def field_sentences(
    table: pd.DataFrame, sizes: Sequence[int], labels: dict[str, str], outcome: str, language: str
) -> list[str]:
    """Return how many clients there are, what weighs most, and where scores lie apart."""
    by_driver = table.groupby("driver", sort=False)
    parts, means = by_driver["estimate"].mean(), by_driver["mean"]
    said = [
        say(
            "benchmark.field",
            language,
            clients=len(sizes),
            least=count(min(sizes), language),
            most=count(max(sizes), language),
            n=count(sum(sizes), language),
        )
    ]
    if parts.notna().any():
        heaviest = str(parts.idxmax())
        part = percent(parts[heaviest], language, digits=1)
        facts = {"driver": labels[heaviest], "part": part, "outcome": outcome}
        said.append(say("benchmark.heaviest", language, **facts))
    ranges = means.max() - means.min()
    if ranges.notna().any():
        widest = str(ranges.idxmax())
        least, most = float(means.min()[widest]), float(means.max()[widest])
        facts = {
            "driver": labels[widest],
            "low": number(least, language, digits=0),
            "high": number(most, language, digits=0),
        }
        said.append(say("benchmark.apart", language, **facts))
    return said


def privacy_sentences(minimum: int, left_out: int, language: str, *, named: bool) -> list[str]:
    """Return what is not in a benchmark, and how far its scales are comparable."""
    said = [say("benchmark.minimum", language, minimum=minimum)]
    if left_out:
        said.append(say("benchmark.left_out", language, count=left_out))
    said.append(say(f"benchmark.{'named' if named else 'anonymous'}", language))
    return [*said, say("benchmark.scales", language)]
