"""Tests of what `answers.advocacy.advocacy` refuses, and of every sentence that says so."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cxdrivers.answers.advocacy.advocacy import advocacy_chain
from cxdrivers.errors import CxError, FitError, SurveyError
from tests.answers.advocacy.chain_surveys import advocates, chain_survey


def refused(frame: pd.DataFrame, **settings: object) -> CxError:
    with pytest.raises(CxError) as caught:
        advocacy_chain(chain_survey(frame), n_boot=0, **settings)
    return caught.value


def test_nobody_who_mentions_and_everybody_who_does_are_refused():
    frame = advocates()
    nobody, everybody = (refused(frame.assign(named=value)) for value in (0, 1))
    assert str(nobody) == (
        "Among the 400 customers whose mention and recommendation are known there are no customers "
        "who mention an employee, so there is nobody to compare with. Check for some of the "
        "customers whether the mention is right."
    )
    assert "there are no customers who mention no employee, so" in str(everybody)
    assert everybody.say("nl").startswith(
        "Onder de 400 klanten van wie vermelding en aanbeveling bekend zijn, zijn er geen klanten "
        "die geen medewerker noemen, dus er is niemand om mee te vergelijken. Ga bij enkele klanten"
    )


def test_scores_of_8_to_10_only_are_refused():
    frame = advocates()
    frame["grade"] = 8 + frame["grade"] % 3
    error = refused(frame)
    assert "there are no customers with a lower score than 8–10, so there is nobody" in str(error)
    assert error.say("nl").endswith("Kies een andere drempel (threshold).")


def test_three_recommenders_in_all_are_too_few():
    frame = advocates().assign(told=0)
    frame.loc[[3, 50, 90], "told"] = 1
    error = refused(frame)
    assert str(error) == (
        "Too few customers who really recommended: 3 among the 400 customers whose mention and "
        "recommendation are known, and a chain needs at least 10. Look at recommendations by score "
        "with cx.recommendation_curve(survey), which needs fewer."
    )
    assert error.say("nl").startswith("Te weinig klanten die echt aanbevalen: 3 onder de 400")


def test_one_of_the_four_groups_that_is_empty_is_named():
    frame = advocates()
    error = refused(frame[~((frame["named"] == 0) & (frame["grade"] < 8))])
    assert "both groups: customers who mention no employee, and customers with a lower score" in (
        str(error)
    )
    assert "bij beide groepen: klanten die geen medewerker noemen, en klanten met een lager" in (
        error.say("nl")
    )


def test_without_mentions_or_recommendations_there_is_no_chain():
    frame = advocates()
    with pytest.raises(FitError, match="who mentions an employee is not known"):
        advocacy_chain(chain_survey(frame, mention=None), n_boot=0)
    with pytest.raises(SurveyError, match="names no column for recommended"):
        advocacy_chain(chain_survey(frame, recommended=None), n_boot=0)
    frame = frame.astype({"named": float, "told": float})
    frame.loc[:199, "named"] = np.nan
    frame.loc[200:, "told"] = np.nan
    error = refused(frame)
    assert str(error).startswith(
        "Of none of the 400 respondents with a score are both the mention ('named') and the "
        "recommendation ('told') known"
    )
    assert "de vermelding ('named') als de aanbeveling ('told') bekend" in error.say("nl")


def test_a_control_that_says_who_mentions_is_refused():
    frame = advocates()
    error = refused(frame.assign(again=frame["named"]), always=["again"])
    assert "can be computed exactly from the 4 columns that are held equal" in str(error)
    assert "is precies te berekenen uit de 4 kolommen" in error.say("nl")


def test_replicate_weights_and_blanks_together_are_refused():
    frame = advocates(200).assign(w=1.0, r1=1.0, r2=2.0).astype({"empathy": float})
    frame.loc[:30, "empathy"] = np.nan
    survey = chain_survey(frame, weight="w", replicate_weights=("r1", "r2"))
    with pytest.raises(FitError, match="whose blanks were filled in, and some answers") as caught:
        advocacy_chain(survey)
    assert "Noem de kolommen met lege antwoorden onder required" in caught.value.say("nl")


def test_settings_that_cannot_be_are_refused():
    with pytest.raises(FitError, match="level is 2"):
        advocacy_chain(chain_survey(advocates()), level=2.0)
    with pytest.raises(FitError, match="not a DataFrame"):
        advocacy_chain(advocates())


def test_when_nobody_or_everybody_recommended_the_column_is_to_be_checked():
    for told in (0, 1):
        error = refused(advocates().assign(told=told))
        assert str(error).endswith(
            "Check in the file whether the column of recommendations holds both yes and no."
        )
        assert error.say("nl").endswith(
            "Ga in het bestand na of in de kolom met aanbevelingen zowel ja als nee voorkomt."
        )


def test_a_threshold_above_the_scale_is_called_what_it_is():
    error = refused(advocates(), threshold=11)
    assert "there are no customers with a score of 11 or higher, so" in str(error)
