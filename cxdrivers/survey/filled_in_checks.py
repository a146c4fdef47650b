"""Look for answers that nobody gave: a mean, or one constant, written where there was a blank."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cxdrivers.codebook.codebook import FACTOR
from cxdrivers.survey.coding import FloatArray
from cxdrivers.survey.finding import Finding
from cxdrivers.survey.given import as_given
from cxdrivers.survey.ratings import base_in_use
from cxdrivers.survey.survey import Survey

WHOLE_SHARE = 0.5
FEWEST_ALIKE = 5
SHORTEST = 20
CHANCE = 1e-6
NEIGHBOURS = 100
"""A run counts when chance makes one so long in fewer than one column in a million, with the
answer as frequent as it is in the column, or among the hundred rows on either side if it is more
frequent there (a sorted file); the expected number of runs of length L is n(1 − q)q^L (Feller
1968, *An Introduction to Probability Theory and Its Applications*, chapter XIII)."""


def filled_means(survey: Survey) -> Iterator[Finding]:
    """Find one number with decimals that returns among whole grades, as a filled-in mean does."""
    for item, values in _items(survey):
        given = values[np.isfinite(values)]
        broken = given[(2 * given) % 1 != 0]
        if not broken.size or broken.size > (1 - WHOLE_SHARE) * given.size:
            continue
        found, times = np.unique(broken, return_counts=True)
        most = int(times.argmax())
        if times[most] >= FEWEST_ALIKE:
            facts = {"value": round(float(found[most]), 4)}
            yield Finding("filled_mean", "warn", item, int(times[most]), facts)


def constant_blocks(survey: Survey) -> Iterator[Finding]:
    """Find the same answer in row after row, longer than chance goes on."""
    blocks: dict[tuple[int, int, float], list[str]] = {}
    for item, values in _items(survey):
        block = _longest_block(values)
        if block is not None:
            blocks.setdefault(block, []).append(item)
    for (first, last, value), columns in blocks.items():
        column = columns[0] if len(columns) == 1 else ""
        facts = {"columns": columns, "value": value, "first": first + 1, "last": last + 1}
        yield Finding("constant_block", "warn", column, last - first + 1, facts)


def _items(survey: Survey) -> Iterator[tuple[str, FloatArray]]:
    """Yield every item that holds numbers, as they were given, NaN in rows that are not used."""
    silent = ~base_in_use(survey).used
    for question in survey.codebook.questions:
        answers = survey.answers[question.key]
        if question.kind != FACTOR and question.items:
            values = as_given(survey, question)
            values[silent] = np.nan
            for place, item in enumerate(question.items):
                if item not in answers.yes_no:
                    yield item, values[:, place]


def _longest_block(values: FloatArray) -> tuple[int, int, float] | None:
    """Return the first row, the last row and the answer of a run that chance does not make.

    None where answers mostly go up or mostly down, as they do in a file that was sorted by them.
    """
    rows = np.flatnonzero(np.isfinite(values))
    given = values[rows]
    if given.size < 2 * SHORTEST:
        return None
    steps = np.diff(given)
    up, down = int((steps > 0).sum()), int((steps < 0).sum())
    if 2 * min(up, down) <= max(up, down):
        return None
    starts = np.concatenate([[0], np.flatnonzero(steps) + 1])
    lengths = np.diff(np.append(starts, given.size))
    longest = int(lengths.argmax())
    start, length = int(starts[longest]), int(lengths[longest])
    value = float(given[start])
    around = np.concatenate(
        [given[max(0, start - NEIGHBOURS) : start], given[start + length :][:NEIGHBOURS]]
    )
    others = np.delete(given, slice(start, start + length))
    frequency = max((others == value).mean(), (around == value).mean(), 1 / given.size)
    expected = given.size * (1 - frequency) * frequency**length
    if length < SHORTEST or frequency == 1 or expected > CHANCE:
        return None
    return int(rows[start]), int(rows[start + length - 1]), value
