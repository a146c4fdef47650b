"""Say under weights what was drawn again, or why nothing was."""

from __future__ import annotations

from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.drawn import Drawn, DrawnParts
from cxdrivers.answers.weights.weights_words import plain_footer, resampled_footer
from cxdrivers.models.part_slopes import FEWEST_PARTS
from cxdrivers.moments.schemes import scheme_of
from cxdrivers.wording import say


def footer_line(
    fit: tuple[float, float, float],
    drawn: Drawn | None,
    settings: Settings,
    language: str,
    *,
    index: str,
    n: int,
) -> str:
    """Return the line under weights: fit, what was resampled how often, seed.

    Parameters
    ----------
    fit
        What the drivers explain together, and the ends of its interval.
    drawn
        What was drawn again, or None.
    settings
        How the weights were made; `n_boot` is how many resamples there are.
    language
        Of the line.
    index
        What the fit is called, as a word of the catalogue.
    n
        Respondents.
    """
    if drawn is None or not settings.n_boot:
        return plain_footer(fit[0], index, settings, n, language)
    units = drawn_units(drawn, settings.scheme, language)
    return resampled_footer(fit, index, settings, units, language)


def parts_remarks(parts: DrawnParts, *, asked: bool, language: str) -> list[str]:
    """Return what a reader must know of weights that came from sums, one piece each.

    Parameters
    ----------
    parts
        The random parts that the sums came in.
    asked
        Whether intervals were asked for.
    language
        Of the words.
    """
    said = []
    if asked and not parts.enough:
        key = "one_part" if parts.count < 2 else "few_parts"
        facts = {"parts": parts.count, "least": FEWEST_PARTS}
        said.append(say(f"group_weights.{key}", language, **facts))
    if parts.has_blanks:
        blanks = int(parts.moments.blank.sum())
        said.append(say("group_weights.blanks", language, count=blanks))
    if parts.moments.pairwise:
        said.append(say("group_weights.pairwise", language))
    elif parts.lost:
        facts = {"count": parts.lost, "rows": int(parts.moments.n[0]) + parts.lost}
        said.append(say("group_weights.unusable", language, **facts))
    return said


def drawn_units(drawn: Drawn, scheme: str | None, language: str) -> str:
    """Return what was drawn again, in words: respondents, clusters, or random parts of either."""
    if not isinstance(drawn, DrawnParts):
        return say(f"weights.units.{scheme_of(drawn, scheme)}", language)
    key = "parts_of_clusters" if drawn.clustered else "parts"
    facts = {"parts": drawn.count, "n": int(drawn.moments.n[0])}
    return say(f"group_weights.{key}", language, **facts)
