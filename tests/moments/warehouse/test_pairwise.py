"""Pairs of columns over their own rows give the covariances that pandas gives."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cxdrivers.errors import FitError
from cxdrivers.moments.sums import moments_from_sums
from cxdrivers.moments.warehouse.hashing import hashed, parts_of
from cxdrivers.moments.warehouse.reading import moments_from

FIELDS = {"outcome": "grade", "drivers": ["care", "speed"], "missing": "pairwise"}


COLUMNS = ["care", "speed", "grade"]


def covariance_of(frame: pd.DataFrame) -> np.ndarray:
    """Return what pandas gives, divided by the rows of each pair: with blanks it takes one off."""
    known = frame[COLUMNS].notna().to_numpy(float)
    pairs = known.T @ known
    return frame[COLUMNS].cov().to_numpy() * (pairs - 1) / pairs


def answers(rows: int = 3000, *, blank: float = 0.3, seed: int = 2) -> pd.DataFrame:
    """Return answers of which many are blank, in two groups."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=rows)
    frame = pd.DataFrame({name: common + rng.normal(size=rows) for name in ("care", "speed")})
    frame = frame.mask(rng.random((rows, 2)) < blank)
    frame["grade"] = common + rng.normal(size=rows)
    return frame.assign(id=np.arange(rows), team=np.where(np.arange(rows) % 3, "a", "b"))


def test_covariances_and_means_are_those_of_pandas():
    frame = answers().query("care.notna() or speed.notna()")
    found = moments_from(frame, **FIELDS, parts=0)
    np.testing.assert_allclose(found.covariance[0], covariance_of(frame), rtol=1e-10)
    np.testing.assert_allclose(found.mean[0], frame[COLUMNS].mean(), rtol=1e-9)


def test_every_group_has_its_own_and_counts_its_rarest_pair():
    frame = answers()
    found = moments_from(frame, **FIELDS, by="team")
    for place, (team, rows) in enumerate(frame.groupby("team")):
        used = rows.query("care.notna() or speed.notna()")
        np.testing.assert_allclose(found.covariance[place], covariance_of(used), rtol=1e-9)
        both = rows[["care", "speed"]].notna().all(axis=1).sum()
        assert (found.labels[place], found.n[place]) == (team, both)
        assert found.n_effective[place] == pytest.approx(both)
        assert found.rated[place].tolist() == rows[["care", "speed"]].notna().sum().tolist()


def test_weights_are_those_of_each_pair():
    frame = answers().assign(w=lambda found: 1.0 + found["id"] % 4)
    found = moments_from(frame, **FIELDS, weight="w", parts=0)
    both = frame.dropna(subset=["care", "grade"])
    expected = np.cov(both["care"], both["grade"], aweights=both["w"], ddof=0)[0, 1]
    assert found.covariance[0, 0, 2] == pytest.approx(expected, rel=1e-9)
    pair = frame.dropna(subset=["care", "speed"])["w"]
    assert found.n_effective[0] == pytest.approx(pair.sum() ** 2 / (pair**2).sum())


def test_what_is_left_without_a_part_has_the_pairwise_moments_of_those_rows():
    """But for what all parts share, which is no part of a variance."""
    frame = answers(900).query("care.notna() or speed.notna()")
    moments = moments_from(frame, **FIELDS, identity="id", parts=10)
    left = moments_from_sums(moments.sums_without())[1][0]
    part = parts_of(hashed(frame["id"].to_numpy(), 0), 10, 0)
    expected = np.array([covariance_of(frame[part != place]) for place in range(10)])
    found, wanted = left - left.mean(axis=0), expected - expected.mean(axis=0)
    np.testing.assert_allclose(found, wanted, atol=0.005 * np.abs(wanted).max())
    assert np.abs(left - expected).max() < 0.01 * np.abs(wanted).max()


def test_parts_add_up_to_what_the_covariance_is_of():
    found = moments_from(answers(), **FIELDS, identity="id", parts=20)
    assert found.parts.tolist() == [20]
    whole = moments_from(answers(), **FIELDS, parts=0)
    np.testing.assert_allclose(found.covariance, whole.covariance, rtol=1e-9)


def indefinite(rows: int = 300) -> pd.DataFrame:
    """Return answers whose pairs contradict each other: a goes with b and b with c, a against c."""
    rng = np.random.default_rng(4)
    common = rng.normal(size=rows)
    sign = {0: (1, 1, np.nan), 1: (np.nan, 1, 1), 2: (1, np.nan, -1)}
    kinds = np.array([sign[kind] for kind in np.arange(rows) % 3])
    frame = pd.DataFrame(common[:, None] * kinds, columns=["a", "b", "c"])
    return frame.assign(grade=rng.normal(size=rows), team="north", id=np.arange(rows))


@pytest.mark.parametrize(
    ("by", "sentence"),
    [
        (None, "no answers can have the covariances that were found: their smallest eigenvalue"),
        ("team", "no answers can have the covariances that were found in 'north'"),
    ],
)
def test_covariances_that_no_answers_can_have_are_an_error(by, sentence):
    with pytest.raises(FitError, match=sentence):
        moments_from(
            indefinite(),
            outcome="grade",
            drivers=["a", "b", "c"],
            by=by,
            missing="pairwise",
            parts=0,
        )
