"""Tests of `tests.studies.fitted_once`."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.answers.weights.likelihood_valuation import likelihood_valuation
from cxdrivers.importance.likelihood_lattice import LikelihoodLattice
from tests.studies.fitted_once import fitted_once
from tests.studies.populations import Cell, blank_design, draw


@pytest.mark.parametrize("kind", ["ordinal", "top_box_weights"])
def test_the_study_weighs_as_the_package_does_and_fits_resamples_once(
    kind: str, monkeypatch: pytest.MonkeyPatch
):
    design = draw(Cell(kind, 150, 0.3), 1, blank_design())
    package, study = likelihood_valuation(design, "lmg"), fitted_once(design)
    masses = np.random.default_rng(1).multinomial(150, np.full(150, 1 / 150), size=3).astype(float)
    expected = [
        package.shares(statistics, n=150.0, adjust=adjust)
        for statistics in (masses, package.sample)
        for adjust in (0, 1)
    ]
    study.shares(masses, n=150.0, adjust=1)
    study.shares(package.sample, n=150.0, adjust=1)
    monkeypatch.setattr(
        LikelihoodLattice, "log_likelihoods", lambda *_, **__: pytest.fail("fitted again")
    )
    found = [
        study.shares(statistics, n=150.0, adjust=adjust)
        for statistics in (masses, package.sample)
        for adjust in (0, 1)
    ]
    for mine, theirs in zip(found, expected, strict=True):
        np.testing.assert_array_equal(mine, theirs)
