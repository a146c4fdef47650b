"""Tests of `answers.advocacy.adjusted_mention`."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from cxdrivers.answers.advocacy.adjusted_mention import AdjustedMention, adjusted_mention
from cxdrivers.answers.advocacy.advocacy_rows import advocacy_rows
from cxdrivers.wording import Sentence
from tests.answers.advocacy.scored_surveys import DRIVERS, scored, scored_survey


def adjusted(frame, always=(), **fields):
    rows = advocacy_rows(scored_survey(frame, **fields))
    told = rows.among(np.isfinite(rows.mention))
    return adjusted_mention(told, always=always, level=0.95, seed=1)


def test_the_effect_is_the_discrete_change_that_statsmodels_finds():
    frame = scored(600)
    found = adjusted(frame)
    columns = frame[["named", *DRIVERS]].to_numpy()
    fit = sm.Logit((frame["grade"] >= 8).to_numpy(float), sm.add_constant(columns)).fit(disp=0)
    effects = fit.get_margeff(dummy=True)
    assert found.difference.estimate == pytest.approx(effects.margeff[0], rel=1e-5)
    low, high = effects.conf_int()[0]
    assert (found.difference.low, found.difference.high) == pytest.approx((low, high), rel=1e-4)
    assert found.odds_ratio.estimate == pytest.approx(np.exp(fit.params[1]), rel=1e-5)
    assert found.p_value == pytest.approx(fit.pvalues[1], rel=1e-4)
    assert (found.n, found.first_n, found.fillings) == (600, int(frame["named"].sum()), 1)
    assert found.names == DRIVERS


def test_what_goes_with_both_is_held_equal():
    rng = np.random.default_rng(1)
    frame = scored(1500)
    place = rng.choice([*"ab"], 1500)
    likely = np.where(place == "a", 0.8, 0.2)
    frame["named"] = (rng.random(1500) < likely).astype(float)
    frame["grade"] = np.where(rng.random(1500) < likely, 9.0, 6.0)
    frame[[*DRIVERS]] = rng.integers(1, 11, (1500, 2)).astype(float)
    frame["place"] = place
    alone, held = adjusted(frame), adjusted(frame, always=["place"])
    assert alone.difference.low > 0.2
    assert held.difference.low < 0 < held.difference.high
    assert held.names == (*DRIVERS, "place")


def test_weights_and_clusters_change_the_interval_and_blanks_widen_it():
    frame = scored(400)
    plain, weighted = adjusted(frame), adjusted(frame, weight="weight", cluster="team")
    assert weighted.difference.estimate != plain.difference.estimate
    rng = np.random.default_rng(1)
    frame.loc[rng.random(400) < 0.3, "empathy"] = np.nan
    filled = adjusted(frame)
    assert filled.fillings == 20
    assert filled.n == 400
    assert filled.difference.estimate == pytest.approx(plain.difference.estimate, abs=0.05)


def test_a_recommendation_that_is_not_known_costs_nobody():
    frame = scored(300)
    frame.loc[::2, "did"] = np.nan
    assert adjusted(frame).n == 300


def test_scores_that_a_mention_sets_apart_are_fitted_with_a_penalty():
    frame = scored(300)
    frame["named"] = (frame["grade"] >= 8).astype(float)
    found = adjusted(frame)
    assert isinstance(found, AdjustedMention)
    assert "mention" in found.firth.separated
    assert 0.9 < found.difference.estimate < found.difference.high <= 1


def test_why_it_cannot_be_made_is_a_sentence():
    frame = scored(100)
    one_sided = adjusted(frame.assign(named=1))
    assert isinstance(one_sided, Sentence)
    assert one_sided.say().startswith("Of the 100 customers that are left with the answers it")
    assert one_sided.say("nl").startswith("Van de 100 klanten die overblijven")
    unknown = adjusted(frame, always=["organisation"])
    assert "'organisation'" in unknown.say()
