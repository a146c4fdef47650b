"""Read the figures that were published, each with the caution that belongs to it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from cxdrivers.survey.sources import example_path

FILE = "published_figures.csv"


@dataclass(frozen=True)
class PublishedFigure:
    """A figure that somebody published.

    Attributes
    ----------
    id
        Its name in ``datasets/published_figures.csv``.
    source, group, statistic
        Who published it, of whom, and what it is.
    value, unit
        As published: a share is a percentage.
    caution
        What must be said with it, in English; it may be empty.
    """

    id: str
    source: str
    group: str
    statistic: str
    value: str
    unit: str
    caution: str

    @property
    def share(self) -> float:
        """A percentage as a proportion."""
        return float(self.value) / 100


def published_figure(name: str) -> PublishedFigure:
    """Return a published figure by its id.

    Raises
    ------
    KeyError
        When there is none of that name: names are the package's own.

    Examples
    --------
    >>> published_figure("K3").share
    0.36
    """
    return _figures()[name]


@cache
def _figures() -> dict[str, PublishedFigure]:
    with example_path().with_name(FILE).open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: PublishedFigure(**{field: row[field] for field in FIELDS})
            for row in csv.DictReader(file)
        }


FIELDS = tuple(PublishedFigure.__dataclass_fields__)
