"""Tests of `answers.weights.weights_columns`."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxdrivers.answers.weights.weights_columns import own_effect_shown, remarks

TABLE = pd.DataFrame(
    {
        "estimate": 0.1,
        "conf_low": 0.05,
        "effect_low": [0.1, -0.3, -0.1, np.nan, -0.1, np.nan],
        "effect_high": [0.2, -0.1, 0.2, np.nan, 0.2, np.nan],
        "own_p_value": [0.06, 0.06, 0.03, 0.03, 0.3, 0.3],
    }
)


def test_an_own_effect_is_shown_by_the_interval_of_the_rating_or_by_all_columns_together():
    assert own_effect_shown(TABLE, 0.95).tolist() == [True, True, True, True, False, False]
    assert own_effect_shown(TABLE, 0.99).tolist() == [True, True, False, False, False, False]


def test_passengers_are_those_without_an_own_effect_and_no_others():
    said = remarks(TABLE, [(0,)] * 6, 0.95)
    assert said == ["", "negative", "", "", "passenger", "passenger"]


def test_where_nothing_was_tested_nobody_is_called_a_passenger():
    untested = TABLE.tail(1).assign(own_p_value=np.nan)
    assert remarks(untested, [(0,)], 0.95) == [""]
