"""A table of sums becomes the moments that a survey has, or a sentence that says why not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.errors import FitError
from cxdrivers.moments.grouped_rows import grouped_moments
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.plan_making import plan_of
from cxdrivers.moments.warehouse.reading import moments_from
from cxdrivers.moments.warehouse.sums import moments_of_sums

CODEBOOK = cx.Codebook(
    cx.Question("grade", ("grade",), scale=(1, 10)), (cx.Question("care", ("care",), scale=(1, 5)),)
)


def answers(rows: int = 900, *, away: float = 0.2, seed: int = 6) -> pd.DataFrame:
    """Return complete answers; one driver did not apply to some."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=rows)

    def grade() -> np.ndarray:
        return np.clip(np.rint(6 + 2 * common + rng.normal(size=rows)), 1, 10)

    frame = pd.DataFrame({name: grade() for name in ("grade", "wait", "care", "a", "b")})
    frame["wait"] = frame["wait"].mask(rng.random(rows) < away, 99)
    return frame.assign(land=rng.choice(["nl", "be"], rows), w=rng.uniform(0.2, 3, rows))


FIELDS: dict[str, Any] = {
    "outcome": "grade",
    "drivers": {"wait": ["wait"], "care": ["care"], "both": ["a", "b"]},
    "scale": (1, 10),
    "not_applicable": [99],
    "weight": "w",
}


def test_complete_answers_have_the_moments_of_the_survey():
    expected = grouped_moments(cx.Survey.from_frame(answers(), **FIELDS), "land")
    found = moments_from(answers(), by="land", **FIELDS)
    assert found.labels == expected.labels == ("be", "nl")
    assert (found.terms, found.groups) == (expected.terms, expected.groups)
    for name in ("mean", "covariance", "n_effective", "rating_mean"):
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), atol=1e-11)
    for name in ("n", "rated", "blank"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))
    assert found.codebook is not None
    assert found.rows is not None
    assert found.rows.sum() == 900


@pytest.mark.parametrize("away", [0.0, 0.2])
def test_weights_are_exactly_those_of_the_survey_over_complete_rows(away):
    frame = answers(away=away)
    frame.loc[frame.index % 7 == 0, "care"] = np.nan
    survey = cx.Survey.from_frame(frame, **FIELDS)
    expected = cx.driver_weights(survey, missing="listwise", n_boot=0).tidy()
    found = cx.driver_weights(moments_from(frame, **FIELDS), n_boot=0).tidy()
    for column in ("estimate", "share", "effect"):
        np.testing.assert_allclose(found[column], expected[column], rtol=1e-10)
    assert found["n"].tolist() == expected["n"].tolist()


def test_what_never_varies_has_no_column_and_a_driver_that_always_applied_no_mark():
    frame = answers(away=0.0).assign(care=7)
    expected = grouped_moments(cx.Survey.from_frame(frame, **FIELDS), "land")
    found = moments_from(frame, by="land", **FIELDS)
    assert (found.terms, found.groups) == (expected.terms, expected.groups)
    np.testing.assert_allclose(found.covariance, expected.covariance, atol=1e-12)
    np.testing.assert_allclose(found.rating_mean, expected.rating_mean)


def test_items_that_count_by_themselves_are_columns_of_one_driver():
    book = cx.Codebook(
        cx.Question("grade", ("grade",), scale=(1, 10)),
        (
            cx.Question("both", ("a", "b"), scale=(1, 10), kind="items"),
            cx.Question("wait", ("wait",), scale=(1, 10), not_applicable=(99.0,)),
        ),
    )
    expected = grouped_moments(cx.Survey(answers(), book), "land")
    found = moments_from(answers(), codebook=book, by="land")
    assert found.groups == expected.groups == ((0, 1), (2, 3))
    np.testing.assert_allclose(found.covariance, expected.covariance, atol=1e-11)
    np.testing.assert_array_equal(np.isnan(found.rating_mean), np.isnan(expected.rating_mean))
    np.testing.assert_array_equal(found.rated, expected.rated)


def test_standard_errors_of_means_are_those_of_random_parts():
    frame = answers(20_000).assign(land="nl")
    found = moments_from(frame, **FIELDS, parts=100)
    left = found.mean_without()[0][found.filled[0]]
    count = len(left)
    error = np.sqrt((count - 1) / count * ((left - left.mean(axis=0)) ** 2).sum(axis=0))
    spread = np.sqrt(np.diagonal(found.covariance[0]) / found.n_effective[0])
    np.testing.assert_allclose(error, spread, rtol=0.3)


def plan(**settings: Any) -> SumsPlan:
    return plan_of(CODEBOOK, **settings)


def line(plan: SumsPlan, **cells: Any) -> dict[str, Any]:
    """Return a line of totals: 50 respondents, unless said otherwise."""
    found: dict[str, Any] = dict.fromkeys(plan.result_columns, 0.0)
    found |= {"part": -1, "groups": 1, "rows": 50, "n": 50, "w": 50.0, "w2": 50.0}
    return found | {"p_0_0": 60.0, "p_0_1": 20.0, "p_1_1": 90.0} | cells


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"off": 3}, "In 3 rows an answer lies outside its scale, or the weight is missing"),
        ({"alone": 3}, "The column 'id', which says which random part a row is in, is blank in 3"),
        ({"n": 0, "w": None}, "None of the 50 rows can be used: something is blank in each"),
        ({"n": 4, "small": 1}, "that can be used is 4, and nothing is told of fewer than 10"),
        ({"part": 0}, "no line with totals"),
        ({"p_1_1": 0.0}, "The outcome 'grade' is the same for everybody"),
    ],
)
def test_sums_that_cannot_be_used_are_refused(cells, sentence):
    asked = plan(identity="id")
    with pytest.raises(FitError, match=sentence):
        moments_of_sums(asked, [pd.DataFrame([line(asked, **cells)])])


def test_a_blank_cluster_is_the_error_of_a_survey():
    book = cx.Codebook(CODEBOOK.outcome, CODEBOOK.drivers, cluster="team")
    asked = plan_of(book)
    with pytest.raises(FitError, match="The cluster 'team' is missing in 2 rows"):
        moments_of_sums(asked, [pd.DataFrame([line(asked, alone=2)])])


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"small": 1, "groups": 4, "n": 20}, "None of the 4 groups of 'land' has 10 respondents"),
        ({}, "The column 'land' is blank in all 50 rows"),
    ],
)
def test_tables_of_no_group_are_refused(cells, sentence):
    asked = plan(by="land", identity="id")
    with pytest.raises(FitError, match=sentence):
        moments_of_sums(asked, [pd.DataFrame([line(asked, by_0=None, **cells)])])


@pytest.mark.parametrize("cells", [{"by_0": "de"}, {"by_0": "nl", "part": 7}])
def test_parts_of_no_group_are_refused(cells):
    asked = plan(by="land", identity="id")
    lines = [line(asked, by_0="nl"), line(asked, **{"part": 0, **cells})]
    with pytest.raises(FitError, match="parts of a group that has no totals, or more parts"):
        moments_of_sums(asked, [pd.DataFrame(lines)])


def test_a_group_without_anybody_is_named_and_small_ones_are_counted():
    asked = plan(by="land", identity="id")
    lines = [
        line(asked, by_0="nl"),
        line(asked, by_0="be", n=0, w=None),
        line(asked, by_0=None, n=7, w=None),
        line(asked, by_0=None, small=1, groups=3, n=11, w=None),
    ]
    found = moments_of_sums(asked, [pd.DataFrame(lines)])
    assert (found.labels, found.empty) == (("nl",), ("be",))
    assert (found.unplaced, found.withheld, found.withheld_n) == (7, 3, 11)
    assert found.parts.tolist() == [1]
