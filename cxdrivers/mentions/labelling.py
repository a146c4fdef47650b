"""Draw texts for people to label, so that a few hundred labels tell about all texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cxdrivers.errors import FitError
from cxdrivers.mentions.bands import STARTS, score_bands
from cxdrivers.mentions.label_table import COLUMNS, LABEL, ROW, SECOND, STANDS_FOR, TEXT, harmless
from cxdrivers.mentions.mentions_result import Mentions
from cxdrivers.mentions.ngrams import IntArray


def mention_sample(
    mentions: Mentions,
    *,
    scores: Sequence[float] | pd.Series | None = None,
    n: int = 300,
    starts: Sequence[float] = STARTS,
    seed: int = 0,
) -> pd.DataFrame:
    """Draw texts to label: half with and half without a found mention, as equal over score bands.

    Save it, let one or two people write 1 (speaks of an employee) or 0 in `label` and
    `second_label` without seeing each other's, and give it to `evaluate_mentions`. What was found
    is not shown, so that they judge the text alone. The rows are in random order: who stops halfway
    has still labelled a sample.

    Parameters
    ----------
    mentions
        What `find_mentions` found.
    scores
        The grade given with each text.
    n
        How many texts to draw; all of them when there are fewer.
    starts
        Where the second band of scores and those after it begin.
    seed
        The same seed draws the same texts.

    Returns
    -------
    DataFrame
        Columns: `row` (place of the text, from 0), `text`, `stands_for` (how many texts it was
        drawn for), `label` and `second_label` (empty). A text that a spreadsheet would run as a
        formula has an apostrophe before it.

    Raises
    ------
    FitError
        When nothing is written, `n` is below 1, or the scores do not fit the texts.

    Examples
    --------
    >>> from cxdrivers.mentions.detector import find_mentions
    >>> mentions = find_mentions(["Kim was lovely", "Too dear"], language="en", method="lexicon")
    >>> mention_sample(mentions)["text"].sort_values().tolist()
    ['Kim was lovely', 'Too dear']
    """
    if not isinstance(n, int) or n < 1:
        raise FitError("label_sample_size", n=n)
    if not isinstance(seed, int) or seed < 0:
        raise FitError("seed_unknown", seed=str(seed))
    written = np.flatnonzero(mentions.written)
    if not len(written):
        raise FitError("label_nothing_written", n=len(mentions))
    bands = score_bands(scores, len(mentions), starts=starts)
    found = mentions.mention[written].astype(np.int64)
    cell = found * len(bands.names) + bands.place[written]
    sizes = np.bincount(cell, minlength=2 * len(bands.names)).reshape(2, -1)
    halves = even_parts(sizes.sum(axis=1), n)
    parts = [even_parts(row, int(half)) for row, half in zip(sizes, halves, strict=True)]
    wanted = np.concatenate(parts)
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(written))
    before = pd.Series(cell[order]).groupby(cell[order]).cumcount().to_numpy()
    drawn = order[before < wanted[cell[order]]]
    rows = written[drawn]
    stands_for = (sizes.reshape(-1) / np.maximum(wanted, 1))[cell[drawn]]
    columns: dict[str, object] = {
        ROW: rows,
        TEXT: [harmless(mentions.texts[row] or "") for row in rows],
        STANDS_FOR: stands_for,
        LABEL: pd.Series([None] * len(rows), dtype=object),
        SECOND: pd.Series([None] * len(rows), dtype=object),
    }
    return pd.DataFrame(columns, columns=list(COLUMNS))


def even_parts(sizes: IntArray, n: int) -> IntArray:
    """Divide a number over groups as evenly as their sizes allow.

    Parameters
    ----------
    sizes
        Shape ``(groups,)``: how many each has.
    n
        How many to divide.

    Returns
    -------
    ndarray, shape ``(groups,)``
        At most `sizes`; together `n`, or all there are.

    Examples
    --------
    >>> even_parts(np.array([100, 3, 50]), 33)
    array([15,  3, 15])
    """
    sizes = np.asarray(sizes, dtype=np.int64)
    parts = np.zeros_like(sizes)
    for before, group in enumerate(np.argsort(sizes, kind="stable")):
        parts[group] = min(int(sizes[group]), n // (len(sizes) - before))
        n -= int(parts[group])
    return parts
