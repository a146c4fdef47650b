"""Look at how people answered: the same throughout, or everything from one impression."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cxdrivers.survey.coding import FloatArray
from cxdrivers.survey.finding import Finding
from cxdrivers.survey.given import ENOUGH_ITEMS, one_scale, straight_liners
from cxdrivers.survey.ratings import Ratings, base_in_use, ratings_of
from cxdrivers.survey.survey import Survey

STRAIGHT_NOTED, STRAIGHT_WARNED = 0.05, 0.1
"""Part of respondents. A part s of them that answers alike lifts a correlation r to r + s(1 − r):
.45 becomes .48 at 5 %, no more than chance among some hundreds does, and .51 at 10 %. There is no
limit above which such answers are false: good questions raise their number (Reuning & Plutzer
2020, *Survey Research Methods* 14, 439–459)."""
HALO = 0.75
"""Part of what drivers say that is one thing. Büschken, Otter & Allenby (2013, *Marketing Science*
32, 533–553) give no limit; at .75 any two of seven drivers have half of their variance in
common (r = .71)."""
FEWEST_DRIVERS = 3


def same_answers(survey: Survey) -> Iterator[Finding]:
    """Find many respondents who gave the same answer to every question."""
    values = one_scale(survey)[base_in_use(survey).used]
    straight, asked = straight_liners(values)
    share = straight.sum() / max(asked.sum(), 1)
    if share > STRAIGHT_NOTED:
        answers, times = np.unique(np.nanmax(values[straight], axis=1), return_counts=True)
        facts = {
            "rows": int(asked.sum()),
            "share": round(100 * float(share)),
            "items": values.shape[1],
            "least": ENOUGH_ITEMS,
            "answer": float(answers[times.argmax()]),
            "times": int(times.max()),
        }
        severity = "warn" if share > STRAIGHT_WARNED else "note"
        yield Finding("straight_liners", severity, "", int(straight.sum()), facts)


def halo(survey: Survey) -> Iterator[Finding]:
    """Find drivers that all say nearly the same."""
    ratings = ratings_of(survey)
    found = first_share(ratings)
    if found is not None and found[0] > HALO:
        share, mean = found
        facts = {
            "share": round(100 * share),
            "drivers": len(ratings.drivers),
            "correlation": round(mean, 2),
        }
        yield Finding("halo", "warn", "", len(ratings.outcome), facts)


def first_share(ratings: Ratings) -> tuple[float, float] | None:
    """Return what part of the drivers' variance one direction holds, and their mean correlation.

    The first is λ₁/p, the largest eigenvalue of the drivers' correlations over their number. None
    for fewer than three drivers that enough respondents rated together.
    """
    among = _told(ratings.correlations[:-1, :-1])
    drivers = len(among)
    if drivers < FEWEST_DRIVERS:
        return None
    largest = float(np.linalg.eigvalsh(among)[-1])
    return largest / drivers, float((among.sum() - drivers) / (drivers * (drivers - 1)))


def _told(correlations: FloatArray) -> FloatArray:
    """Leave out drivers until every two that are left were rated together by enough."""
    while np.isnan(correlations).any():
        worst = int(np.isnan(correlations).sum(axis=0).argmax())
        kept = np.delete(np.arange(len(correlations)), worst)
        correlations = correlations[np.ix_(kept, kept)]
    return correlations
