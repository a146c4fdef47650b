"""Tests of `cxdrivers.moments.schemes`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.errors import FitError
from cxdrivers.importance.linear_shares import linear_shares
from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.intervals import percentile_interval
from cxdrivers.moments.replicate_weights import replicate_weight_covariances
from cxdrivers.moments.resampling import resampled_covariances
from cxdrivers.moments.residuals import residual_covariances
from cxdrivers.moments.schemes import (
    SCHEMES,
    replicate_count,
    scheme_covariances,
    scheme_masses,
    scheme_of,
)
from cxdrivers.moments.sums import moments_from_sums, row_products
from tests.samples import answers, survey_of

REPLICATES = {"weight": "w", "replicate_weights": ("rw_1", "rw_2", "rw_3")}


@pytest.mark.parametrize(
    ("fields", "scheme"),
    [
        ({}, "respondents"),
        ({"strata": "region"}, "respondents"),
        ({"cluster": "team"}, "clusters"),
        (REPLICATES, "replicate_weights"),
        ({"cluster": "team", **REPLICATES}, "replicate_weights"),
    ],
)
def test_what_is_drawn_follows_from_how_the_survey_was_sampled(fields: dict[str, Any], scheme: str):
    assert scheme_of(_design(**fields)) == scheme


@pytest.mark.parametrize("fields", [REPLICATES, {"cluster": "team", **REPLICATES}])
def test_any_scheme_that_the_survey_has_what_it_takes_for_may_be_asked_for(fields: dict[str, Any]):
    design = _design(**fields)
    possible = [scheme for scheme in SCHEMES if scheme != "clusters" or "cluster" in fields]
    possible = [scheme for scheme in possible if scheme != "residuals" or "cluster" not in fields]
    assert [scheme_of(design, scheme) for scheme in possible] == possible


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"weight": "w"},
        {"strata": "region"},
        {"cluster": "team"},
        {"cluster": "team", "strata": "region", "weight": "w"},
        REPLICATES,
    ],
)
def test_rows_count_as_often_as_the_covariances_of_the_same_seed_say(fields: dict[str, Any]):
    design = _design(**fields)
    values = np.column_stack([design.columns, design.outcome])
    values -= values.mean(axis=0)
    masses = np.concatenate(list(scheme_masses(design, n_boot=9, seed=4)))
    expected = np.concatenate(list(scheme_covariances(design, n_boot=9, seed=4)))
    found = moments_from_sums(masses @ row_products(values))[1]
    np.testing.assert_allclose(found, expected, atol=1e-12)


def test_residuals_are_not_drawn_for_grades():
    with pytest.raises(FitError, match="a grade is no line plus a residual"):
        list(scheme_masses(_design(), "residuals", n_boot=3, seed=1))


def test_each_scheme_gives_its_own_covariances():
    plain, clustered = _design(**REPLICATES), _design(cluster="team", strata="region")
    rows = _design(strata="region")
    for design, scheme, expected in (
        (plain, None, replicate_weight_covariances(plain)),
        (plain, "replicate_weights", replicate_weight_covariances(plain)),
        (plain, "residuals", residual_covariances(plain, n_boot=7, seed=3)),
        (plain, "respondents", resampled_covariances(plain, n_boot=7, seed=3)),
        (clustered, None, resampled_covariances(clustered, n_boot=7, seed=3)),
        (clustered, "clusters", resampled_covariances(clustered, n_boot=7, seed=3)),
        (clustered, "respondents", resampled_covariances(rows, n_boot=7, seed=3)),
    ):
        found = np.concatenate(list(scheme_covariances(design, scheme, n_boot=7, seed=3)))
        np.testing.assert_array_equal(found, np.concatenate(list(expected)))
        assert len(found) == replicate_count(design, scheme, n_boot=7)


@pytest.mark.parametrize(
    ("fields", "scheme", "english", "dutch"),
    [
        (
            {}, "cluster",
            ("scheme is 'cluster'. Did you mean 'clusters'? It can be 'respondents', 'clusters', "
            "'residuals', 'replicate_weights'."),
            "scheme is 'cluster'. Bedoelde u 'clusters'? Het kan zijn: 'respondents'",
        ),
        (
            {}, "clusters",
            ("Clusters cannot be drawn, because none are named. Name the column that tells which "
            "rows belong together as cluster in the codebook, or draw respondents with "
            'scheme="respondents".'),
            "Clusters trekken kan niet, want er zijn er geen genoemd.",
        ),
        (
            {"cluster": "team"}, "residuals",
            "The rows belong to 30 clusters, and residuals within a cluster resemble each other",
            "De rijen horen bij 30 clusters",
        ),
        (
            {}, "replicate_weights",
            "There are no replicate weights.",
            "Er zijn geen replicatiegewichten.",
        ),
    ],
)  # fmt: skip
def test_a_scheme_that_cannot_be_is_refused(
    fields: dict[str, Any], scheme: str, english: str, dutch: str
):
    for ask in (scheme_of, lambda *asked: scheme_covariances(*asked, n_boot=5, seed=1)):
        with pytest.raises(FitError) as caught:
            ask(_design(**fields), scheme)
        assert str(caught.value).startswith(english)
        assert caught.value.say("nl").startswith(dutch)


def test_schools_of_a_district_resemble_each_other_so_whole_districts_widen_the_intervals(
    shared_file: Callable[[str], Path],
):
    frame = pd.read_csv(shared_file("data/survey_apiclus1.csv"))
    drivers = ["meals", "ell", "mobility", "avg.ed", "full", "emer"]
    survey = cx.Survey.from_frame(
        frame, outcome="api00", drivers=drivers, weight="pw", cluster="dnum"
    )
    ratios = _ratio_of_widths(design_of(survey))
    assert (ratios > 1).all()
    assert (ratios[[0, 1, 3]] > 1.5).all()


def test_repeated_bank_customers_hardly_resemble_themselves_so_nothing_changes(
    shared_file: Callable[[str], Path],
):
    """Two answers of one customer have a correlation of .02 in the grade: no wider, no narrower."""
    survey = cx.Survey.from_frame(
        pd.read_csv(shared_file("data/flip_bank.csv")),
        outcome="Overall",
        drivers=["Fees", "Interest", "Phone", "Online", "ATM"],
        weight="weight",
        cluster="ID",
        required=("weight", "ID"),
    )
    ratios = _ratio_of_widths(design_of(survey))
    assert (np.abs(ratios - 1) < 0.1).all()


def _ratio_of_widths(design: Design) -> np.ndarray:
    """Return how many times wider the intervals of clusters are than those of respondents."""
    widths = []
    for scheme in ("clusters", "respondents"):
        parts = scheme_covariances(design, scheme, n_boot=2000, seed=1)
        shares = np.concatenate([linear_shares(part, design.groups) for part in parts])
        low, high = percentile_interval(shares, 0.95)
        widths.append(high - low)
    ratios: np.ndarray = widths[0] / widths[1]
    return ratios


def _design(**fields: Any) -> Design:
    rng = np.random.default_rng(2)
    frame = answers().assign(w=1.0, team=np.arange(300) % 30, region=np.arange(300) % 30 % 3)
    frame = frame.assign(**{f"rw_{number}": rng.gamma(2, size=300) for number in (1, 2, 3)})
    return design_of(survey_of(frame, **fields))
