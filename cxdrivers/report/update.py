"""Refresh a deck that was written earlier, and leave what somebody made of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cxdrivers.charts.style import plain_letters
from cxdrivers.moments.given_data import survey_in
from cxdrivers.report.deck.deck import updated_deck
from cxdrivers.report.deck.deck_checks import checked_language
from cxdrivers.report.files import check_free, read_bytes, write_whole
from cxdrivers.report.results.results import results_of
from cxdrivers.report.sections import sections_of
from cxdrivers.report.steps import Steps
from cxdrivers.survey.survey import Survey
from cxdrivers.threads import one_thread


@dataclass(frozen=True)
class DeckUpdate:
    """What became of an earlier deck.

    Attributes
    ----------
    path
        The new file.
    changed, left
        What has new numbers, and what was left as somebody made it: a line a slide, in the
        language of the deck.
    """

    path: Path
    changed: tuple[str, ...]
    left: tuple[str, ...]


@one_thread()
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
        The earlier ``.pptx``.
    folder
        Where the new one goes, under the same name. In the folder of the earlier one it takes its
        place, which only happens with `force`.
    language
        Of the new numbers: that of the deck, which is also the default.
    n_boot, level, seed, force
        As in `write_report`.

    Raises
    ------
    CxError
        Before anything is computed: when the deck cannot be read, holds nothing to refresh or is
        in another language, or the folder has such a file already and `force` is not given.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> cx.update_deck(cx.load_example(), "old/report.pptx", "new")  # doctest: +SKIP
    """
    survey = survey_in(survey)
    old, name = read_bytes(deck), Path(deck).name
    check_free(Path(folder), [name], force=force)
    chosen = checked_language(old, language)
    steps = Steps(chosen)
    results = results_of(survey, n_boot=n_boot, level=level, seed=seed, steps=steps)
    with plain_letters():
        sections = steps.of("steps.files", sections_of)(results, chosen)
        content, changed, left = updated_deck(old, results, sections, chosen)
    (path,) = write_whole(Path(folder), {name: content}, force=force)
    return DeckUpdate(path, changed, left)
