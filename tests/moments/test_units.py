"""Tests of `cxdrivers.moments.units`."""

from __future__ import annotations

import numpy as np

from cxdrivers.moments.design import design_of
from cxdrivers.moments.units import units_of
from tests.samples import answers, survey_of


def test_without_clusters_every_row_is_a_unit():
    design = design_of(survey_of(answers().assign(region=np.arange(300) % 2), strata="region"))
    units = units_of(design)
    assert units.sums.shape == (300, 15)
    np.testing.assert_array_equal(units.strata, np.arange(300) % 2)


def test_the_sums_of_a_cluster_are_those_of_its_rows():
    frame = answers().assign(w=np.arange(300) % 2 + 1.0, team=np.arange(300) % 7)
    rows = units_of(design_of(survey_of(frame, weight="w"))).sums
    clusters = units_of(design_of(survey_of(frame, weight="w", cluster="team"))).sums
    for team in range(7):
        np.testing.assert_allclose(clusters[team], rows[frame["team"] == team].sum(axis=0))


def test_a_cluster_lies_in_the_stratum_of_its_rows():
    frame = answers().assign(team=np.arange(300) % 7)
    frame = frame.assign(region=frame["team"].map(dict(enumerate("abbacca"))))
    units = units_of(design_of(survey_of(frame, cluster="team", strata="region")))
    np.testing.assert_array_equal(units.strata, [0, 1, 1, 0, 2, 2, 0])
