"""Look at how many answers there are: whose are used, whose are not, and what is blank."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cxdrivers.survey.finding import Finding
from cxdrivers.survey.ratings import base_in_use
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import sentence

SMALL_BASE = 100
LOST_SHARE = 0.2
BLANK_SHARE = 0.2
"""Part of those to whom a driver applied that may be blank before its estimate leans on a guess.

Bennett (2001, *Australian and New Zealand Journal of Public Health* 25, 464–469) doubts results
from 10 % on when rows are left out; blanks that are estimated are allowed twice that.
"""


def bases(survey: Survey) -> Iterator[Finding]:
    """Find a base that is small, of the whole survey or of one driver, and rows that fall out."""
    base = base_in_use(survey)
    if base.n < SMALL_BASE:
        yield Finding("small_base", "warn", "", base.n, {"enough": SMALL_BASE})
    else:
        yield from _small_drivers(survey)
    if base.lost:
        eligible = base.n + base.lost
        severity = "warn" if base.lost > LOST_SHARE * eligible else "note"
        yield Finding("rows_lost", severity, "", base.lost, {"rows": eligible})
    no_outcome = int(base.no_outcome.sum())
    if no_outcome:
        column = survey.codebook.outcome.key
        yield Finding("no_outcome", "note", column, no_outcome, {"rows": base.rows})


def blanks(survey: Survey) -> Iterator[Finding]:
    """Find drivers that many left blank, and say how many respondents left out anything."""
    base = base_in_use(survey)
    away = survey.not_applicable.to_numpy()[base.used]
    some = np.zeros(base.n, bool)
    counts = base.estimated
    for place, (driver, blank) in enumerate(base.no_score.items()):
        some |= blank[base.used]
        applied = base.n - int(away[:, place].sum())
        if counts[driver] > BLANK_SHARE * applied:
            facts = {"rows": applied, "share": round(100 * counts[driver] / applied)}
            yield Finding("blank_driver", "warn", driver, counts[driver], facts)
    if some.any():
        worst = max(counts, key=lambda driver: counts[driver])
        told = {"rows": base.n, "driver": worst, "blank": counts[worst]}
        yield Finding("blanks", "note", "", int(some.sum()), told)


def not_applicable(survey: Survey) -> Iterator[Finding]:
    """Say which drivers did not apply to some respondents."""
    marked = survey.not_applicable
    counts = marked.sum().loc[lambda column: column > 0].sort_values(ascending=False, kind="stable")
    if len(counts):
        drivers = [
            sentence("findings.fragment.number", name=str(driver), value=int(rows))
            for driver, rows in counts.items()
        ]
        rows = int(marked.any(axis=1).sum())
        yield Finding("not_applicable", "note", "", rows, {"drivers": drivers})


def left_out(survey: Survey) -> Iterator[Finding]:
    """Say how many rows the codebook itself leaves out."""
    rows = len(survey.frame) - len(survey.respondents)
    if rows:
        facts = {"rows": len(survey.frame), "columns": survey.codebook.required}
        yield Finding("left_out", "note", "", rows, facts)


def _small_drivers(survey: Survey) -> Iterator[Finding]:
    used = base_in_use(survey).used
    for question in survey.codebook.drivers:
        rated = int(survey.scores[question.key][used].notna().sum())
        if 0 < rated < SMALL_BASE:
            yield Finding("small_driver", "warn", question.key, rated, {"enough": SMALL_BASE})
