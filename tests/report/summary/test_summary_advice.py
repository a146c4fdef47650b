"""What the summary advises: what to improve first, what that goes with, what has to be in order."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from cxdrivers.answers.advice.priorities import priorities
from cxdrivers.answers.advice.scenarios import half_point_each
from cxdrivers.report.summary.summary_advice import (
    half_sentence,
    improve_sentence,
    in_order_sentence,
)
from cxdrivers.wording import LANGUAGES, of_language
from tests.answers.advice.priority_surveys import priority_frame, priority_survey
from tests.report.summary.summary_samples import LABELS, REASON


def test_what_to_improve_first_says_how_often_it_stays_so():
    found = priorities(priority_survey(priority_frame()), n_boot=50)
    rows = found.tidy().set_index("driver").loc[["reliability", "empathy"]]
    first, second = (f"{100 * part:.0f}\xa0%" for part in rows["p_fix_first"])
    before = dict(of_language(found.weights.labels, "en"))
    assert improve_sentence(found, "en") == (
        "First to improve, since they count at least as much as the average driver, are rated "
        "below their targets and clearly leave room to gain: "
        f"Reliability ({first} of the time) and Empathy ({second} of the time). "
        "In brackets stands how often it stays so when the respondents are drawn again and again."
    )
    assert of_language(found.weights.labels, "en") == before
    bare = priorities(priority_survey(priority_frame()), n_boot=0)
    assert "Reliability" in improve_sentence(bare, "en")
    assert "drawn" not in improve_sentence(bare, "en")
    assert improve_sentence(REASON, "en") == ""


def test_what_to_improve_first_in_every_draw_is_said_in_words():
    found = priorities(priority_survey(priority_frame()), n_boot=20)
    table = found.tidy()
    always = table.assign(p_fix_first=(table["quadrant"] == "fix_first").astype(float))
    object.__setattr__(found, "tidy", lambda: always)
    assert improve_sentence(found, "nl").endswith(
        "ruimte voor winst: Betrouwbaarheid en Empathie. Worden de respondenten steeds opnieuw "
        "getrokken, dan blijft dat alle keren zo."
    )


def test_where_nothing_is_to_be_improved_first_that_is_said():
    frame = priority_frame()
    frame[["reliability", "empathy"]] = (frame[["reliability", "empathy"]] + 3).clip(upper=10)
    found = priorities(priority_survey(frame), n_boot=20)
    assert not (found.tidy()["quadrant"] == "fix_first").any()
    assert improve_sentence(found, "nl").startswith("Geen enkele driver telt minstens gemiddeld")


def test_half_a_point_has_the_gains_of_the_table_for_what_is_to_be_improved_first():
    survey = priority_survey(priority_frame())
    plan = half_point_each(survey, n_boot=30, level=0.95, seed=1)
    first = priorities(survey, n_boot=30)
    told = half_sentence(plan, first, "nl")
    shown = plan.table("nl").set_index(plan.table("nl").columns[0]).loc["Betrouwbaarheid"]
    assert told.startswith("Een half punt meer voor Betrouwbaarheid gaat samen met ")
    assert f"{shown.iloc[1]} punten meer voor tevredenheid" in told
    assert f"{shown.iloc[3]} procentpunten meer klanten die 8–10 geven" in told
    assert half_sentence(plan, REASON, "en").startswith("Half a point more for ")
    assert half_sentence(REASON, first, "en") == ""


def shapes(*verdicts: str) -> pd.DataFrame:
    """Return what stands for shapes, as the sentence reads them."""
    return pd.DataFrame(
        {
            "driver": ["w", "a", "i"][: len(verdicts)],
            "setting": 1,
            "verdict": verdicts,
            "penalty": -0.54,
            "penalty_low": -0.74,
            "penalty_high": -0.35,
            "reward": 0.11,
            "reward_low": -0.13,
            "reward_high": 0.4,
        }
    )


def test_a_dissatisfier_has_to_be_in_order_with_what_low_and_high_ratings_go_with(monkeypatch):
    stand_in = SimpleNamespace(outcome="y", labels=dict.fromkeys(LANGUAGES, LABELS))
    monkeypatch.setattr("cxdrivers.report.summary.summary_advice.DriverShapes", SimpleNamespace)

    def told(*verdicts: str) -> str:
        stand_in.tidy = lambda: shapes(*verdicts)
        return in_order_sentence(stand_in, "en")

    assert told("dissatisfier", "hybrid") == (
        "Wait time has to be in order rather than excellent: a low rating goes with −0.54 "
        "[−0.74, −0.35] points for satisfaction, a high one with 0.11 [−0.13, 0.40]."
    )
    assert told("dissatisfier", "dissatisfier").startswith("Wait time and Access have to be in")
    assert told("hybrid", "undecided") == in_order_sentence(REASON, "en") == ""
