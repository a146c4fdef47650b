"""Grades, mentions and recommendations, calibrated grade by grade."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.errors import CxError
from cxdrivers.simulation.customers import Customers, draw_customers
from cxdrivers.simulation.outcomes import GRADES, give_grades, grade_table
from cxdrivers.simulation.simulate import simulate_survey
from cxdrivers.simulation.world import World

MANY = 200_000


@pytest.fixture(scope="module")
def big():
    return simulate_survey(MANY, world=World(agents=20_000), seed=3)


def within_chance(share, truth, n):
    return abs(share - truth) < 4 * np.sqrt(truth * (1 - truth) / n)


def test_the_share_of_every_grade_is_the_one_in_closed_form(big):
    grades = big.frame["satisfaction"].to_numpy()
    table = big.truth.mention_by_grade
    assert table["customers"].sum() == pytest.approx(1)
    for grade, share in zip(table["grade"], table["customers"], strict=True):
        assert within_chance((grades == grade).mean(), share, MANY)


def test_two_in_three_of_the_8_to_10s_and_87_percent_of_the_10s_name_the_employee(big):
    grades, mention = big.frame["satisfaction"].to_numpy(), big.truth.mention
    high, tens = grades >= 8, grades == 10
    assert within_chance(mention[high].mean(), 2 / 3, high.sum())
    assert within_chance(mention[tens].mean(), 0.87, tens.sum())
    truth = big.truth.mention_by_grade.tail(3)
    together = np.average(truth["mention"], weights=truth["customers"])
    assert together == pytest.approx(2 / 3, abs=1e-12)


def test_36_percent_of_the_10s_and_14_percent_of_the_7s_really_recommended(big):
    grades, told = big.frame["satisfaction"], big.frame["recommended"]
    for grade, share in ((10, 0.36), (7, 0.14)):
        given = told[grades == grade]
        assert within_chance(given.mean(), share, len(given))


def test_a_mention_multiplies_the_odds_of_recommending_by_the_stated_factor(big):
    table = big.truth.recommended_by_grade
    odds = [table[name] / (1 - table[name]) for name in ("with_mention", "without_mention")]
    np.testing.assert_allclose(odds[0] / odds[1], 1.8)
    grades, told = big.frame["satisfaction"].to_numpy(), big.frame["recommended"].to_numpy()
    for mention, name in ((True, "with_mention"), (False, "without_mention")):
        eights = (grades == 8) & (big.truth.mention == mention)
        assert within_chance(told[eights].mean(), table[name].iloc[7], eights.sum())


def test_with_and_without_a_mention_add_up_to_the_share_of_the_grade():
    table = grade_table(World(mention_odds_ratio=5.0))
    together = (
        table.mention * table.recommended_with + (1 - table.mention) * table.recommended_without
    )
    np.testing.assert_allclose(together, table.recommended, rtol=1e-12)
    assert table.recommended[[6, 9]] == pytest.approx([0.14, 0.36])
    assert (np.diff(table.recommended) > 0).all()


def test_a_mention_that_changes_nothing_leaves_both_shares_equal():
    table = grade_table(World(mention_odds_ratio=1.0))
    np.testing.assert_allclose(table.recommended_with, table.recommended_without, rtol=1e-12)


def test_waiting_matters_below_the_knot_only():
    world = World(
        noise=0.01, grade_level=5.0, slopes=dict.fromkeys(World().slopes, 0.0) | {"wait_time": 1.0}
    )
    waits = np.array([-3.5, -1.5, -0.5, 1.0, 4.0])
    opinions = np.zeros((5, 7))
    opinions[:, world.drivers.index("wait_time")] = waits
    nobody = np.zeros(5, dtype=np.int64)
    customers = Customers(nobody, nobody, np.ones(5, dtype=bool), opinions)
    grades = give_grades(world, customers, np.random.default_rng(0))
    assert grades.tolist() == [2, 4, 5, 5, 5]


def test_an_opinion_of_a_menu_that_was_not_met_does_not_count():
    slopes = dict.fromkeys(World().slopes, 0.0) | {"ivr_menu": 2.0}
    world = World(noise=0.01, grade_level=5.0, slopes=slopes, no_menu_effect=1.0, spread={})
    customers = draw_customers(world, 2000, np.random.default_rng(1))
    grades = give_grades(world, customers, np.random.default_rng(2))
    assert set(grades[~customers.met_menu]) == {6.0}
    assert np.unique(grades[customers.met_menu]).size > 5


def test_grades_that_leave_the_8s_and_9s_no_possible_share_are_refused():
    with pytest.raises(CxError, match=r"10s are \d\d % of the 8–10s\. .* would need -"):
        grade_table(World(grade_level=10.0, noise=0.01, slopes=dict.fromkeys(World().slopes, 0.1)))


def test_grades_run_from_1_to_10(big):
    assert set(big.frame["satisfaction"]) <= set(GRADES.astype(float))
