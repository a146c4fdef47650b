"""Drawing texts to label."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.errors import FitError
from cxdrivers.mentions.labelling import even_parts, mention_sample
from tests.mentions.labelled_texts import mentions_of, simulated

MENTIONS, TRUTH, SCORES = simulated(1000, 1)


def test_each_text_stands_for_the_texts_of_its_band_in_which_the_same_was_found():
    sample = mention_sample(MENTIONS, scores=SCORES, n=200, seed=3)
    assert sample["stands_for"].sum() == pytest.approx(1000)
    rows = sample["row"].to_numpy()
    found, tens = MENTIONS.mention[rows], SCORES[rows] == 10
    stands_for = sample.loc[found & tens, "stands_for"]
    assert stands_for.sum() == pytest.approx((MENTIONS.mention & (SCORES == 10)).sum())
    assert stands_for.min() == stands_for.max()


def test_half_of_the_texts_have_a_found_mention_and_every_band_is_there():
    rows = mention_sample(MENTIONS, scores=SCORES, n=200, seed=3)["row"].to_numpy()
    assert MENTIONS.mention[rows].sum() == 100
    band = np.digitize(SCORES[rows], [6, 8, 10])
    assert (np.bincount(band * 2 + MENTIONS.mention[rows]) == 25).all()


def test_the_coder_does_not_see_what_was_found():
    sample = mention_sample(MENTIONS, scores=SCORES, n=50)
    assert list(sample) == ["row", "text", "stands_for", "label", "second_label"]
    assert sample[["label", "second_label"]].isna().all(axis=None)
    assert not sample["row"].is_monotonic_increasing


def test_the_same_seed_draws_the_same_texts():
    one, same, other = (mention_sample(MENTIONS, n=40, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, same)
    assert set(one["row"]) != set(other["row"])


def test_texts_are_drawn_once_and_by_their_row():
    sample = mention_sample(MENTIONS, n=300)
    assert sample["row"].is_unique
    assert [MENTIONS.texts[row] for row in sample["row"]] == sample["text"].tolist()


def test_when_there_are_fewer_all_are_drawn():
    few = mentions_of([True, False, True], ["a", None, "b"])
    sample = mention_sample(few, n=10)
    assert sorted(sample["row"]) == [0, 2]
    assert (sample["stands_for"] == 1).all()


def test_a_formula_in_a_text_is_harmless_in_a_spreadsheet():
    sample = mention_sample(mentions_of([True], ["=HYPERLINK(1)"]))
    assert sample["text"].tolist() == ["'=HYPERLINK(1)"]


@given(st.lists(st.integers(0, 50), min_size=1, max_size=6), st.integers(0, 200))
def test_parts_are_as_even_as_sizes_allow(sizes: list[int], n: int):
    parts = even_parts(np.array(sizes), n)
    assert (parts >= 0).all()
    assert (parts <= sizes).all()
    assert parts.sum() == min(n, sum(sizes))
    short = parts[parts < sizes]
    if len(short):
        assert parts.max() - short.min() <= 1


def test_when_nothing_is_written_there_is_nothing_to_draw():
    with pytest.raises(FitError, match=r"Nothing is written in any of the 2 texts"):
        mention_sample(mentions_of([False, False], [None, None]))


def test_a_number_of_texts_that_cannot_be_is_refused():
    with pytest.raises(FitError, match=r"n is 0\. It must be a whole number of at least 1"):
        mention_sample(MENTIONS, n=0)
    with pytest.raises(FitError, match=r"seed is -1"):
        mention_sample(MENTIONS, seed=-1)
