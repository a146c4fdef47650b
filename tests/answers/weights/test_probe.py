"""Tests of `answers.weights.probe`."""

from __future__ import annotations

import numpy as np
import pytest

import cxdrivers as cx
from tests.samples import answers, survey_of


def test_a_driver_with_an_effect_is_above_every_probe_and_one_without_is_not():
    frame = answers((0.8, 0.3, 0.0), n=400, correlation=0.0, seed=3)
    table = cx.driver_weights(survey_of(frame), n_boot=0).probe().set_index("driver")
    assert table.loc[["reliability", "empathy"], "p_probe"].tolist() == [0, 0]
    assert table.loc["customer_focus", "p_probe"] > 0.05


def test_a_probe_weighs_about_what_noise_explains():
    frame = answers((0.5, 0.3), n=200, correlation=0.0)
    weights = cx.driver_weights(survey_of(frame), n_boot=0)
    table = weights.probe(n_probes=4000)
    unexplained = 1 - weights.model.fit.r_squared
    assert table["probe"].iloc[0] == pytest.approx(3.84 * unexplained / 200, rel=0.15)


def test_weights_of_the_survey_are_used():
    frame = answers(n=300).assign(w=np.r_[np.ones(150), np.full(150, 5.0)])
    plain = cx.driver_weights(survey_of(frame), n_boot=0).probe(n_probes=500)["probe"].iloc[0]
    unequal = cx.driver_weights(survey_of(frame, weight="w"), n_boot=0).probe(n_probes=500)
    assert unequal["probe"].iloc[0] > 1.2 * plain


def test_it_needs_the_rows():
    weights = cx.driver_weights(survey_of(answers()), n_boot=0)
    with pytest.raises(cx.FitError, match="needs the rows of a survey"):
        cx.driver_weights(weights.moments).probe()
