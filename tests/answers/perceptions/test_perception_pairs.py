"""Tests of `answers.perceptions.perception_pairs`, with SciPy's table test as the twin."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, chi2_contingency
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from cxdrivers.answers.perceptions.perception_pairs import difference_p_value, paired_gaps


@given(
    n=st.tuples(st.integers(2, 60), st.integers(2, 60)),
    parts=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_the_test_is_pearsons_with_one_respondent_less(n, parts):
    yes = [round(part * size) for part, size in zip(parts, n, strict=True)]
    table = np.array([[count, size - count] for count, size in zip(yes, n, strict=True)])
    found = difference_p_value(
        np.array(yes[0] / n[0]), np.array(n[0]), np.array(yes[1] / n[1]), np.array(n[1])
    )
    if (table.sum(axis=0) == 0).any():
        assert found == 1
    else:
        pearson = chi2_contingency(table, correction=False).statistic
        assert found == pytest.approx(chi2.sf(pearson * (sum(n) - 1) / sum(n), 1))


def test_where_an_n_is_not_known_there_is_no_p_value():
    found = difference_p_value(np.array([0.4, 0.4]), np.array([50.0, np.nan]), 0.2, 50.0)
    assert np.isfinite(found).tolist() == [True, False]


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
