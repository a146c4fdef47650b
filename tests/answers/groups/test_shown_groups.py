"""Tests of `answers.groups.shown_groups`: which groups are shown, and which taken together."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.answers.groups.shown_groups import shown_of
from cxdrivers.errors import FitError
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.grouped_rows import grouped_moments
from cxdrivers.survey.survey import Survey
from tests.answers.groups.grouped_surveys import grouped_answers, grouped_survey
from tests.samples import survey_of


def _moments(sizes: list[int], **options: object) -> GroupedMoments:
    return grouped_moments(grouped_survey(sizes, **options), "group")


def test_groups_from_the_minimum_on_are_shown_in_their_order():
    shown = shown_of(_moments([40, 24, 25, 30]), 25)
    assert (shown.labels, shown.compared) == (("a", "c", "d"), 3)
    assert shown.moments.labels == ("a", "c", "d")
    facts = {"count": 1, "names": ["b"], "floor": 25, "n": 24}
    assert [(trouble.key, trouble.facts) for trouble in shown.troubles] == [("pooled", facts)]


def test_small_groups_are_shown_together_when_they_reach_the_minimum():
    moments = _moments([40, 20, 15, 30])
    shown = shown_of(moments, 25)
    assert (shown.moments.labels, shown.compared) == (("a", "d", "others"), 2)
    assert shown.moments.n.tolist() == [40, 30, 35]
    np.testing.assert_allclose(
        shown.moments.sums[2].sum(axis=0), moments.sums[[1, 2]].sum(axis=(0, 1))
    )
    assert [trouble.key for trouble in shown.troubles] == ["pooled", "pooled_shown"]


def test_small_groups_that_are_few_together_are_not_shown():
    shown = shown_of(_moments([40, 12, 11, 30]), 25)
    assert shown.moments.labels == ("a", "d")
    assert shown.troubles[0].facts["n"] == 23


def test_a_group_that_is_called_others_is_not_mistaken_for_them():
    moments = _moments([40, 40, 20, 15], names=["others", "c", "a", "b"])
    shown = shown_of(moments, 25)
    assert shown.moments.labels == ("c", "others", "others*")


def test_a_model_of_many_columns_needs_larger_groups():
    frame = grouped_answers([40, 30, 40], slopes=[[0.2] * 7] * 3).assign(
        **{f"more_{place}": np.random.default_rng(place).normal(size=110) for place in range(5)}
    )
    drivers = [name for name in frame if name not in ("satisfaction", "group")]
    survey = Survey.from_frame(frame, outcome="satisfaction", drivers=drivers)
    shown = shown_of(grouped_moments(survey, "group"), 25)
    assert shown.labels == ("a", "c")
    assert shown.troubles[0].facts["floor"] == 36


def test_weights_that_are_unequal_make_a_group_small():
    frame = grouped_answers([40, 40, 40]).assign(weight=1.0)
    frame.loc[:39, "weight"] = np.where(np.arange(40) < 4, 50.0, 0.1)
    shown = shown_of(grouped_moments(survey_of(frame, weight="weight"), "group"), 10)
    assert shown.labels == ("b", "c")


def test_a_single_group_is_an_error_that_says_what_to_do():
    with pytest.raises(FitError, match=r"All 60 respondents .* group 'a' of 'group', .* Choose an"):
        shown_of(_moments([60]), 25)


def test_groups_that_are_all_too_small_are_an_error_that_says_what_to_do():
    expected = (
        r"two groups of at least 25 .* \(25 were asked for, and 3 for each of the 3 columns of the "
        r"model\), but of the 3 groups of 'group' the number that large is 0; the largest is 'b' "
        r"with 22\. Put groups that belong together under one name in that column\."
    )
    with pytest.raises(FitError, match=expected):
        shown_of(_moments([20, 22, 21]), 25)


def test_one_group_that_is_large_enough_is_not_enough():
    with pytest.raises(FitError, match=r"the number that large is 1; the largest is 'a' with 60"):
        shown_of(_moments([60, 12, 13]), 25)
