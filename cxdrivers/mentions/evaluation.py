"""Measure how well mentions are found, with texts that people labelled."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd

from cxdrivers.errors import FitError
from cxdrivers.mentions.bands import STARTS, score_bands
from cxdrivers.mentions.detection_quality import Cells, label_cells
from cxdrivers.mentions.evaluation_result import MentionEvaluation
from cxdrivers.mentions.label_table import LabelTable, read_labels
from cxdrivers.mentions.mentions_result import Mentions

COMPARED = 200
"""Characters by which a labelled text is known again."""


def evaluate_mentions(
    labels: pd.DataFrame | str | Path,
    mentions: Mentions,
    scores: Sequence[float] | pd.Series | None = None,
    *,
    starts: Sequence[float] = STARTS,
    level: float = 0.95,
) -> MentionEvaluation:
    """Return precision and recall of found mentions, over all and by score band.

    The labelled texts are weighed back to all texts: each stands for the texts in which the same
    was found at the same score. The first coder's labels count; a second one tells how far people
    agree. The labels may have been drawn for another way to find mentions of the same texts.

    Parameters
    ----------
    labels
        What `mention_sample` drew, with `label` filled in: a table, or a CSV or Excel file.
    mentions
        What was found in all texts.
    scores
        The grade given with each text; without it there are no bands.
    starts
        Where the second band of scores and those after it begin.
    level
        Level of the intervals.

    Raises
    ------
    FitError
        When labels are not 1 or 0, their rows are not there or nothing is written there, most of
        them are of other texts, or texts of a band in which a mention was found, or was not, have
        no label at all.
    """
    if not (isinstance(level, float) and 0 < level < 1):
        raise FitError("level_unknown", level=level)
    table = read_labels(labels, n=len(mentions))
    _check_texts(table, mentions)
    bands = score_bands(scores, len(mentions), starts=starts)
    unwritten = ~mentions.written[table.row]
    if unwritten.any():
        examples = [str(row) for row in table.row[unwritten]]
        raise FitError("labels_rows_empty", count=int(unwritten.sum()), examples=examples)
    written = np.flatnonzero(mentions.written)
    place = np.full(len(mentions), -1, dtype=np.intp)
    place[written] = np.arange(len(written))
    used, home = np.unique(bands.place[written], return_inverse=True)
    names = tuple(bands.names[band] for band in used)
    found = mentions.mention[written]
    cells = label_cells(
        found,
        home,
        (place[table.row], table.label, table.stands_for),
        bands=len(names),
    )
    _check_labelled(cells, names)
    texts = [mentions.texts[row] for row in table.row]
    return MentionEvaluation(
        bands=names,
        cells=cells,
        labels=pd.DataFrame(
            {
                "row": table.row,
                "text": texts,
                "band": [names[band] for band in home[place[table.row]]],
                "found": mentions.mention[table.row].astype(np.int64),
                "label": table.label.astype(np.int64),
                "second_label": table.second,
            }
        ),
        blank=table.blank,
        level=level,
        starts=tuple(starts),
    )


def _check_texts(table: LabelTable, mentions: Mentions) -> None:
    """Raise when most labelled texts are not those of their rows: labels of another file.

    A few may differ: names may have been taken out of a text before it was labelled.
    """
    if table.text is None:
        return
    given = [_known_by(text) for text in table.text]
    own = [_known_by(mentions.texts[row] or "") for row in table.row]
    other = [bool(one) and one != two for one, two in zip(given, own, strict=True)]
    if 2 * sum(other) > len(other):
        row = str(table.row[other.index(True)])
        raise FitError("labels_other_texts", count=sum(other), n=len(other), row=row)


def _known_by(text: str) -> str:
    """Return the first letters and digits that survive every program and encoding."""
    kept = (letter for letter in text.casefold() if letter.isascii() and letter.isalnum())
    return "".join(islice(kept, COMPARED))


def _check_labelled(cells: Cells, names: Sequence[str]) -> None:
    lacking = np.argwhere((cells.texts > 0) & (cells.labels == 0))
    if len(lacking):
        found, band = lacking[0]
        raise FitError(
            "labels_band_with" if found else "labels_band_without",
            band=names[band],
            texts=int(cells.texts[found, band]),
            cells=len(lacking),
        )
