"""Precision, recall and agreement from labels weighed back to all texts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa as other_kappa
from statsmodels.stats.proportion import proportion_confint

from cxdrivers.mentions.detection_quality import (
    Cells,
    cohens_kappa,
    label_cells,
    omission,
    precision,
    recall,
)


def _cells(texts: list[int], labels: list[int], hits: list[int]) -> Cells:
    """Return one band: texts, labels and labelled mentions where none and where one was found."""
    columns = (np.array(values, float)[:, None] for values in (texts, labels, hits))
    held, labelled, mentions = columns
    return Cells(held, labelled, mentions / labelled, labelled)


def test_precision_and_omission_are_simple_shares_with_wilsons_interval():
    cells = _cells([600, 400], [100, 80], [5, 72])
    for kernel, hits, n in ((precision, 72, 80), (omission, 5, 100)):
        expected = (hits / n, *proportion_confint(hits, n, method="wilson"))
        np.testing.assert_allclose([end.item() for end in kernel(cells, 0.95)], expected)


def test_recall_weighs_what_was_found_and_missed_back_to_all_texts():
    estimate, low, high = recall(_cells([600, 400], [100, 80], [5, 72]), 0.95)
    assert estimate.item() == pytest.approx(360 / (360 + 30))
    assert low.item() < estimate.item() < high.item()


def test_recall_is_not_sure_when_no_missed_mention_was_seen():
    estimate, low, high = recall(_cells([6000, 400], [50, 50], [0, 50]), 0.95)
    assert estimate.item() == high.item() == 1
    assert low.item() == pytest.approx(0.49, abs=0.03)


def test_when_nothing_was_found_recall_is_zero_and_precision_unknown():
    cells = Cells(*(np.array(v, float)[:, None] for v in ([9, 0], [9, 0], [0.5, np.nan], [9, 0])))
    assert [end.item() for end in recall(cells, 0.95)] == [0, 0, 0]
    assert all(np.isnan(end.item()) for end in precision(cells, 0.95))


def test_without_any_mention_recall_is_unknown():
    assert all(np.isnan(end.item()) for end in recall(_cells([9, 3], [9, 3], [0, 0]), 0.95))


def test_when_every_text_has_a_found_mention_nothing_is_missed():
    cells = Cells(*(np.array(v, float)[:, None] for v in ([0, 9], [0, 9], [np.nan, 1.0], [0, 9])))
    assert [end.item() for end in recall(cells, 0.95)] == [1, 1, 1]


@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(0, 2), st.booleans(), st.integers(1, 9)),
        min_size=1,
        max_size=30,
    )
)
def test_cells_are_counted_as_by_a_plain_loop(rows):
    found, band, label, masses = (np.array(values) for values in zip(*rows, strict=True))
    everyone = np.arange(len(rows))
    sampled = (everyone, label.astype(float), masses.astype(float))
    cells = label_cells(found.astype(bool), band, sampled, bands=3)
    for flag in (0, 1):
        for place in range(3):
            own = [row for row in rows if row[0] == flag and row[1] == place]
            total = sum(row[3] for row in own)
            assert cells.texts[flag, place] == cells.labels[flag, place] == len(own)
            if own:
                mentions = sum(row[3] for row in own if row[2])
                assert cells.share[flag, place] == pytest.approx(mentions / total)
                squares = sum(row[3] ** 2 for row in own)
                assert cells.size[flag, place] == pytest.approx(total**2 / squares)


def test_all_bands_together_weigh_by_their_texts():
    texts, labels = np.array([[100.0, 300], [50, 0]]), np.array([[10.0, 10], [10, 0]])
    cells = Cells(texts, labels, np.array([[0.1, 0.3], [0.8, np.nan]]), labels)
    together = cells.together()
    assert together.share[:, 0] == pytest.approx([0.25, 0.8])
    assert together.size[:, 0] == pytest.approx([400**2 / (100**2 / 10 + 300**2 / 10), 10])


@given(st.lists(st.integers(1, 30), min_size=4, max_size=4))
def test_kappa_is_that_of_statsmodels(counts: list[int]):
    table = np.array(counts).reshape(2, 2)
    pairs = np.repeat([[0, 0], [0, 1], [1, 0], [1, 1]], table.ravel(), axis=0).astype(float)
    estimate, low, high = cohens_kappa(*pairs.T, 0.95)
    assert estimate == pytest.approx(other_kappa(table, return_results=False))
    assert -1 <= low <= estimate <= high <= 1


def test_coders_who_never_differed_are_not_said_to_be_sure_to_agree():
    same = np.array([1.0, 0] * 20)
    estimate, low, high = cohens_kappa(same, same, 0.95)
    assert estimate == high == pytest.approx(1)
    assert 0.7 < low < 0.9


def test_agreement_is_unknown_without_texts_and_without_two_labels():
    assert np.isnan(cohens_kappa(np.array([]), np.array([]), 0.95)).all()
    assert np.isnan(cohens_kappa(np.ones(5), np.ones(5), 0.95)).all()
