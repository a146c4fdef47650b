"""A survey whose drivers and outcome have names of forty letters, in both languages."""

from __future__ import annotations

from dataclasses import replace

from cxdrivers.simulation.simulate import simulate_survey
from cxdrivers.survey.survey import Survey

LABELS = {
    "reliability": (
        "Right first time, and promises that were kept",
        "Klanttevredenheidsonderzoek: in één keer goed",
    ),
    "empathy": (
        "Friendliness and understanding of employees",
        "Inlevingsvermogen van de klantadviseurs zelf",
    ),
    "wait_time": (
        "Time that was spent waiting on the telephone",
        "Wachttijdbeleving aan de telefoon en op kantoor",
    ),
    "accessibility": (
        "Accessibility outside normal office hours, too",
        "Dienstverleningsovereenkomstvoorwaarden: nakoming",
    ),
    "ivr_menu": (
        "Clearness of the menu before the first words",
        "Keuzemenuvereenvoudigingsmogelijkheden vooraf",
    ),
}
OUTCOME = (
    "satisfaction with the contact as a whole",
    "tevredenheid over het contact als geheel",
)


def long_survey(n: int, seed: int = 1) -> Survey:
    """Return a simulated survey of five drivers with long names."""
    simulated = simulate_survey(n, seed=seed)
    book = simulated.codebook
    codebook = replace(
        book,
        outcome=replace(book.outcome, label=_in_both(OUTCOME)),
        drivers=tuple(
            replace(question, label=_in_both(LABELS[question.key]))
            for question in book.drivers
            if question.key in LABELS
        ),
    )
    return Survey(simulated.frame, codebook, simulated.survey.source)


def _in_both(words: tuple[str, str]) -> dict[str, str]:
    return dict(zip(("en", "nl"), words, strict=True))
