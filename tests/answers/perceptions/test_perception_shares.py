"""Tests of `answers.perceptions.perception_shares`, with statsmodels as the twin."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from cxdrivers.answers.perceptions.perception_shares import paired_gaps


def test_every_two_groups_of_a_question_are_a_gap_and_none_across_questions():
    shares = pd.DataFrame(
        [
            ("a", "x", 0.4, 1900.0),
            ("a", "y", 0.23, 3600.0),
            ("a", "z", 0.10, 7000.0),
            ("b", "x", 0.5, np.nan),
            ("b", "z", 0.3, 90.0),
        ],
        columns=["question", "group", "share", "n"],
    )
    gaps = paired_gaps(shares, 0.9)
    pairs = ["axy", "axz", "ayz", "bxz"]
    assert (gaps["question"] + gaps["group"] + gaps["other"]).tolist() == pairs
    assert gaps["estimate"].tolist() == pytest.approx([0.17, 0.30, 0.13, 0.2])
    low, high = confint_proportions_2indep(760, 1900, 828, 3600, method="newcomb", alpha=0.1)
    assert gaps.loc[0, ["conf_low", "conf_high"]].tolist() == pytest.approx([low, high])
    assert gaps.loc[3, ["conf_low", "conf_high", "p_value", "p_adjusted"]].isna().all()
    adjusted = multipletests(gaps["p_value"][:3], method="fdr_bh")[1]
    assert gaps["p_adjusted"][:3].tolist() == pytest.approx(adjusted)
