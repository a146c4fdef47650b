"""Tests of `cxdrivers.moments.sampling`: what cannot be sampled so is refused in words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from cxdrivers.errors import FitError
from cxdrivers.moments.design import design_of
from tests.samples import answers, survey_of


def test_strata_are_numbered_and_texts_serve_as_well():
    frame = answers().assign(region=["west", "east", "north"] * 100)
    strata = design_of(survey_of(frame, strata="region")).strata
    numbers = pd.Series(strata).groupby(frame["region"]).unique()
    assert sorted(int(found[0]) for found in numbers) == [0, 1, 2]
    assert all(len(found) == 1 for found in numbers)


def test_a_stratum_of_which_no_row_is_used_leaves_no_number_behind():
    frame = answers().assign(region=np.arange(300) // 100)
    frame.loc[:99, "satisfaction"] = np.nan
    strata = design_of(survey_of(frame, strata="region")).strata
    np.testing.assert_array_equal(strata, np.repeat([0, 1], 100))


def test_a_missing_stratum_of_a_row_that_is_not_used_does_no_harm():
    frame = answers().assign(region=np.arange(300) % 3)
    frame.loc[3, ["region", "satisfaction"]] = np.nan
    assert design_of(survey_of(frame, strata="region")).base.n == 299


CROSSED = answers().assign(team=np.arange(300) % 10, region=np.arange(300) % 10 % 2)
CROSSED.loc[[0, 4], "region"] = 1
REPLICATED = answers().assign(w=1.0, rw_1=1.0, rw_2=0.0)
REPLICATED.loc[0, ["satisfaction", "rw_2"]] = np.nan, 1.0
FAULTS: dict[str, tuple[pd.DataFrame, dict[str, Any], str, str]] = {
    "a stratum is missing": (
        answers().assign(region=[None] + ["a"] * 299), {"strata": "region"},
        ("The stratum 'region' is missing in 1 row that would be used. To leave that row out, add "
        'required = ["region"] under [columns] in the codebook; to draw from all rows at once, '
        "remove strata there."),
        "Het stratum 'region' ontbreekt in 1 rij die gebruikt zou worden.",
    ),
    "strata are missing": (
        answers().assign(region=[None, None] + ["a"] * 298), {"strata": "region"},
        ("The stratum 'region' is missing in 2 rows that would be used. To leave those rows out, "
        'add required = ["region"] under [columns] in the codebook; to draw from all rows at '
        "once, remove strata there."),
        "Het stratum 'region' ontbreekt in 2 rijen die gebruikt zouden worden.",
    ),
    "a cluster lies in two strata": (
        CROSSED, {"strata": "region", "cluster": "team"},
        ("The cluster '0' of 'team' lies in more than one stratum of 'region': '0', '1' (clusters "
        "like that: 2). A cluster is drawn as a whole, within one stratum. Choose strata that hold "
        "whole clusters, or remove strata from the codebook."),
        ("Het cluster '0' van 'team' ligt in meer dan één stratum van 'region': '0', '1' (zulke "
        "clusters: 2)."),
    ),
    "every stratum holds one cluster": (
        answers().assign(team=np.arange(300) % 5), {"strata": "team", "cluster": "team"},
        ("Each of the 5 strata of 'team' holds a single unit (a row, or a whole cluster where "
        "cluster is named), so every resample would be the sample itself. Choose a column with "
        "larger strata, or remove strata from the codebook."),
        "Elk van de 5 strata van 'team' bevat maar één eenheid",
    ),
    "a replicate weight is zero wherever rows are used": (
        REPLICATED, {"weight": "w", "replicate_weights": ("rw_1", "rw_2")},
        ("The replicate weights 'rw_2' are zero in every row that is used. Check how they were "
        "made; to resample instead, remove replicate_weights from the codebook."),
        "De replicatiegewichten 'rw_2' zijn nul in elke rij die gebruikt wordt.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_sampled_so_is_refused_in_both_languages(name: str):
    frame, fields, english, dutch = FAULTS[name]
    with pytest.raises(FitError) as caught:
        design_of(survey_of(frame, **fields))
    assert str(caught.value) == english
    assert caught.value.say("nl").startswith(dutch)
