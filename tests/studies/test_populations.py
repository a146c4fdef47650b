"""Tests of `tests.studies.populations`."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.importance.linear_shares import linear_shares
from cxdrivers.moments.moments import moments_of
from cxdrivers.survey.base import effective_n
from tests.studies.populations import (
    CELLS,
    FITTED_CELLS,
    LINEAR_KINDS,
    SLOPES,
    Cell,
    blank_design,
    draw,
    true_weights,
)


@pytest.mark.parametrize("kind", LINEAR_KINDS)
@pytest.mark.parametrize("correlation", [0.0, 0.6])
def test_a_very_large_sample_has_the_true_weights(kind: str, correlation: float):
    cell = Cell(kind, 100_000, correlation)
    moments = moments_of(draw(cell, 1, blank_design()))
    weights = linear_shares(moments.covariance, moments.groups)
    np.testing.assert_allclose(weights, true_weights(cell), atol=0.006)


def test_what_lies_behind_the_answers_is_explained_for_one_half():
    assert true_weights(Cell("normal", 150, 0.3)).sum() == pytest.approx(0.5)


def test_with_uncorrelated_drivers_the_last_has_no_weight_and_with_others_it_travels():
    alone, along = (true_weights(Cell("normal", 150, r))[-1] for r in (0.0, 0.6))
    assert alone == pytest.approx(0, abs=1e-12)
    assert along > 0.04


def test_the_same_number_gives_the_same_sample_and_another_one_another():
    blank = blank_design()
    first, again, other = (draw(CELLS[0], number, blank).outcome for number in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.isclose(first, other).any()


def test_grades_are_whole_and_meet_a_ceiling():
    design = draw(Cell("grades", 10_000, 0.3), 1, blank_design())
    assert set(np.unique(design.columns)) == set(range(1, 11))
    assert 0.15 < (design.outcome == 10).mean() < 0.25


@pytest.mark.parametrize("kind", ["weights", "top_box_weights"])
def test_weights_count_for_sixty_percent(kind: str):
    weights = draw(Cell(kind, 50_000, 0.0), 1, blank_design()).weights
    assert weights is not None
    assert effective_n(weights) / 50_000 == pytest.approx(0.6, abs=0.03)


def test_teams_share_a_tenth_of_drivers_and_noise():
    design = draw(Cell("clusters", 50_000, 0.3), 1, blank_design())
    noise = design.outcome - design.columns @ SLOPES
    for column in (noise, *design.columns.T):
        teams = column.reshape(-1, 10)
        between = teams.mean(axis=1).var() - teams.var(axis=1, ddof=1).mean() / 10
        assert between / column.var() == pytest.approx(0.1, abs=0.02)


def test_top_boxes_and_grades_come_in_ten_cells_of_which_one_is_weighted_and_one_in_teams():
    assert len({cell.key for cell in FITTED_CELLS}) == 10
    assert [cell.model for cell in FITTED_CELLS].count("ordinal") == 2
    assert [cell.kind for cell in FITTED_CELLS if cell.weighted] == ["top_box_weights"]
    assert [cell.kind for cell in FITTED_CELLS if cell.clustered] == ["top_box_clusters"]


def test_customers_of_a_team_reach_the_top_box_together_more_often():
    design = draw(Cell("top_box_clusters", 50_000, 0.3), 1, blank_design())
    alone = draw(Cell("top_box", 50_000, 0.3), 1, blank_design())
    spread = [each.outcome.reshape(-1, 10).mean(axis=1).var() for each in (design, alone)]
    assert spread[0] > 1.3 * spread[1]
    np.testing.assert_array_equal(design.cluster, np.arange(50_000) // 10)
