"""Refresh a deck that was written earlier, and leave what somebody made of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cxdrivers.charts.style import plain_letters
from cxdrivers.report.deck.deck import updated_deck
from cxdrivers.report.files import check_free, read_bytes, write_whole
from cxdrivers.report.results.results import results_of
from cxdrivers.report.sections import sections_of
from cxdrivers.survey.survey import Survey


@dataclass(frozen=True)
class DeckUpdate:
    """What became of an earlier deck.

    Attributes
    ----------
    path
        The new file.
    changed, left
        What has new numbers, and what was left as somebody made it, each with its slide.
    """

    path: Path
    changed: tuple[str, ...]
    left: tuple[str, ...]


def update_deck(
    survey: Survey,
    deck: str | Path,
    folder: str | Path,
    *,
    language: str | None = None,
    n_boot: int = 1000,
    level: float = 0.95,
    seed: int = 0,
    force: bool = False,
) -> DeckUpdate:
    """Give the charts, tables and sources of an earlier deck the numbers of a survey.

    What was made by `write_report` is refreshed wherever it was moved or copied to; texts that
    somebody changed, and slides of their own, stay as they are.

    Parameters
    ----------
    survey
        What was read now.
    deck
        The earlier ``.pptx``. It is not changed.
    folder
        Where the new one goes, under the same name.
    language
        Of the new numbers, by default that of the codebook.
    n_boot, level, seed, force
        As in `write_report`.

    Raises
    ------
    CxError
        When the deck cannot be read or holds nothing to refresh, or the folder has such a file
        already and `force` is not given.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> cx.update_deck(cx.load_example(), "old/report.pptx", "new")  # doctest: +SKIP
    """
    old, name = read_bytes(deck), Path(deck).name
    check_free(Path(folder), [name], force=force)
    results = results_of(survey, n_boot=n_boot, level=level, seed=seed)
    chosen = language or survey.codebook.language
    with plain_letters():
        sections = sections_of(results, chosen)
        content, changed, left = updated_deck(old, results, sections, chosen)
    (path,) = write_whole(Path(folder), {name: content}, force=force)
    return DeckUpdate(path, changed, left)
