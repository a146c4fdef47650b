"""Say what sums in random parts cannot tell, and who is not in them."""

from __future__ import annotations

from cxdrivers.answers.weights.drawn import DrawnParts
from cxdrivers.models.part_slopes import FEWEST_PARTS
from cxdrivers.wording import Sentence, sentence


def parts_sentences(parts: DrawnParts, *, asked: bool) -> list[Sentence]:
    """Return what a reader must know of numbers that came from sums.

    Parameters
    ----------
    parts
        The random parts that the sums came in.
    asked
        Whether intervals were asked for.
    """
    said = []
    if asked and not parts.enough:
        said.append(sentence("parts.few", count=parts.count, least=FEWEST_PARTS))
    blanks = int(parts.moments.blank.sum())
    if blanks:
        said.append(sentence("parts.blanks", count=blanks))
    if parts.moments.pairwise:
        said.append(sentence("parts.pairwise"))
    elif parts.lost:
        rows = int(parts.moments.n[0]) + parts.lost
        said.append(sentence("parts.unusable", count=parts.lost, rows=rows))
    return said
