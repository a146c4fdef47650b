"""Tests of `answers.advocacy.advocacy_tables`: steps, ratios and sensitivity of a chain."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from cxdrivers.answers.advocacy.advocacy import advocacy_chain
from cxdrivers.answers.advocacy.advocacy_result import AdvocacyChain
from cxdrivers.models.sensitivity import e_value, robustness_value
from tests.answers.advocacy.chain_surveys import DRIVERS, advocates, chain_survey
from tests.models.chain_twins import chain


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return advocates(400)


@pytest.fixture(scope="module")
def found(frame: pd.DataFrame) -> AdvocacyChain:
    return advocacy_chain(chain_survey(frame), n_boot=100, seed=3)


@pytest.fixture(scope="module")
def twin(frame: pd.DataFrame) -> dict[str, float]:
    top = (frame["grade"] >= 8).to_numpy(float)
    named, told = (frame[name].to_numpy(float) for name in ("named", "told"))
    return chain(named, top, told, frame[DRIVERS].to_numpy(float), np.ones(400))


def test_steps_are_the_chances_of_a_loop_with_the_customers_who_are_so(found, frame, twin):
    steps = found.steps()
    names = ["m0", "m1", "y00", "y01", "y10", "y11"]
    np.testing.assert_allclose(steps["estimate"], [twin[name] for name in names], atol=1e-8)
    counts = frame.groupby(["named", frame["grade"] >= 8]).size().tolist()
    by_mention = frame.groupby("named").size().tolist()
    assert steps["n"].tolist() == [*by_mention, *counts]
    assert (steps["conf_low"] < steps["estimate"]).all()
    assert (steps["estimate"] < steps["conf_high"]).all()


def test_ratios_are_those_of_the_chances_and_multiply(found, twin):
    table = found.sensitivity().set_index("effect")
    ratio = table["ratio"]
    assert ratio["direct"] * ratio["indirect"] == pytest.approx(ratio["total"])
    assert ratio["mention_to_top"] == pytest.approx(twin["m1"] / twin["m0"])
    assert ratio["top_to_recommended"] == pytest.approx(twin["above"] / twin["below"])
    np.testing.assert_allclose(table["e_value"], e_value(ratio.to_numpy()))
    ends = np.where(table["ratio_low"] > 1, table["ratio_low"], 1.0)
    np.testing.assert_allclose(table["e_value_end"], e_value(ends))


def test_robustness_values_are_those_of_the_straight_lines_beside(found, frame):
    table = found.sensitivity().set_index("effect")["robustness"]
    top, told = (frame["grade"] >= 8).astype(float), frame["told"].astype(float)
    alone = sm.add_constant(frame[["named", *DRIVERS]].astype(float))
    beside = alone.assign(top=top)
    for effect, outcome, columns, name in (
        ("total", told, alone, "named"),
        ("direct", told, beside, "named"),
        ("mention_to_top", top, alone, "named"),
        ("top_to_recommended", told, beside, "top"),
    ):
        fit = sm.OLS(outcome, columns).fit()
        strength = abs(fit.tvalues[name]) / np.sqrt(fit.df_resid)
        assert table[effect] == pytest.approx(float(robustness_value(np.array(strength))))
    assert np.isnan(table["indirect"])


def test_the_end_of_an_interval_is_easier_to_explain_than_the_estimate(found):
    table = found.sensitivity().set_index("effect").drop("indirect")
    assert (table["robustness_end"] < table["robustness"]).all()
    assert (table["robustness_end"] >= 0).all()
    assert table.loc["top_to_recommended", "robustness_end"] > 0


def test_the_part_that_is_indirect_is_not_told_where_the_total_may_be_zero():
    frame = advocates(200, seed=3)
    frame["told"] = np.random.default_rng(8).integers(0, 2, 200)
    table = advocacy_chain(chain_survey(frame), n_boot=50).tidy().set_index("effect")
    assert table.loc["total", "conf_low"] < 0 < table.loc["total", "conf_high"]
    assert table[["share", "share_low", "share_high"]].isna().all(axis=None)


def test_without_resamples_there_are_no_intervals():
    chained = advocacy_chain(chain_survey(advocates()), n_boot=0)
    for table in (chained.tidy(), chained.steps(), chained.drivers()):
        assert table[["conf_low", "conf_high"]].isna().all(axis=None)
        assert table["estimate"].notna().all()
    ends = chained.sensitivity()[["ratio_low", "e_value_end", "robustness_end"]]
    assert ends.isna().all(axis=None)
