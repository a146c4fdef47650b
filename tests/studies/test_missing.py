"""Tests of `tests.studies.missing`, of what it draws and compares, and of the page it writes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cxdrivers.answers.weights.weights import driver_weights
from tests.samples import OUTCOME, survey_of
from tests.studies import missing, missing_page
from tests.studies.blanks import APART, BLANK, CELLS, EMPATHY, GRADE, SHIFT, Cell, draw, truth
from tests.studies.missing import main, summary
from tests.studies.missing_words import judged
from tests.studies.policies import estimates, filled_in, policies_of
from tests.studies.populations import SLOPES

CHANCE, AWAY, BOTH = (Cell(each, 0.3) for each in ("mcar", "not_applicable", "both"))
PART = 0.05


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.key)
def test_as_many_answers_are_not_there_as_the_cell_says(cell: Cell):
    samples = [draw(cell, number) for number in range(20)]
    absent, blank = (
        np.mean([each.mean(axis=0) for each in kind], axis=0)
        for kind in (
            [sample.absent for sample in samples],
            [sample.blank | sample.absent for sample in samples],
        )
    )
    apart = cell.share if cell.mechanism in APART else 0.0
    np.testing.assert_allclose(absent, apart * (np.arange(len(SLOPES)) == EMPATHY), atol=0.02)
    expected = np.zeros(len(SLOPES))
    if cell.mechanism != "not_applicable":
        expected[list(BLANK)] = cell.share
    expected[EMPATHY] = max(expected[EMPATHY], apart)
    if cell.mechanism == "both":
        assert blank[EMPATHY] > 0.4
        blank[EMPATHY] = cell.share
    np.testing.assert_allclose(blank, expected, atol=0.02)


def test_no_answer_is_blank_where_the_driver_does_not_apply():
    sample = draw(BOTH, 0)
    assert not (sample.absent & sample.blank).any()


def test_cells_share_their_complete_answers_and_differ_in_what_is_blank():
    chance, following = (draw(Cell(each, 0.3), 4) for each in ("mcar", "mar"))
    assert chance.frame.equals(following.frame)
    assert not np.array_equal(chance.blank, following.blank)
    again = draw(CHANCE, 4)
    assert again.frame.equals(chance.frame)
    np.testing.assert_array_equal(again.blank, chance.blank)


@pytest.mark.parametrize(
    ("mechanism", "rated", "graded"), [("mcar", 0, 0), ("mar", 1, 1), ("mnar", 1, 1)]
)
def test_blanks_follow_from_what_their_name_says(mechanism: str, rated: int, graded: int):
    """Who leaves Empathy blank would have rated it, and grades, lower or the same."""
    lower = []
    for number in range(20):
        sample = draw(Cell(mechanism, 0.5), number)
        means = sample.frame[["empathy", OUTCOME]].groupby(sample.blank[:, EMPATHY]).mean()
        lower.append(means.loc[False] - means.loc[True])
    found = np.mean(lower, axis=0)
    assert (found[0] > 0.2) == bool(rated)
    assert (found[1] > 0.2) == bool(graded)


def test_whom_a_driver_does_not_concern_grades_higher_and_is_no_less_satisfied_for_its_rating():
    grade, columns = [], []
    for number in range(40):
        sample = draw(AWAY, number)
        own = sample.frame.iloc[:, : len(SLOPES)].to_numpy() - 7
        gone = sample.absent[:, EMPATHY]
        columns.append(np.column_stack([own, gone, gone * own[:, EMPATHY], np.ones(len(own))]))
        grade.append(sample.frame[OUTCOME].to_numpy())
    slopes = np.linalg.lstsq(np.concatenate(columns), np.concatenate(grade), rcond=None)[0]
    np.testing.assert_allclose(slopes[:8], [*SLOPES, SHIFT], atol=PART)
    assert slopes[8] == pytest.approx(-SLOPES[EMPATHY], abs=PART)


@pytest.mark.parametrize("cell", [CHANCE, Cell("grades", 0.3)], ids=["normal", "grades"])
def test_complete_answers_lie_around_the_truth(cell: Cell):
    frames = [draw(cell, number).frame for number in range(40)]
    weights = driver_weights(survey_of(pd.concat(frames)), n_boot=0)
    found = np.concatenate([weights.estimate, [weights.r_squared], weights.effects.effect])
    np.testing.assert_allclose(found, truth(cell), atol=0.03)


def test_complete_answers_with_a_top_box_lie_around_the_truth():
    cell = Cell("top_box", 0.3)
    frame = pd.concat([draw(cell, number).frame for number in range(10)])
    model = driver_weights(survey_of(frame), kind="top_box", threshold=GRADE, n_boot=0)
    found = np.concatenate([model.estimate, [model.r_squared], model.effects.effect])
    np.testing.assert_allclose(found, truth(cell), atol=0.02)


def test_filled_in_is_what_asking_for_imputation_gives():
    sample = draw(CHANCE, 0)
    ratings = sample.frame.iloc[:, : len(SLOPES)].mask(sample.blank)
    survey = survey_of(ratings.join(sample.frame[[OUTCOME]]))
    asked = driver_weights(survey, missing="imputation", n_boot=40, seed=2)
    derived = filled_in(driver_weights(survey, n_boot=40, seed=2))
    assert derived.tidy().equals(asked.tidy())
    assert derived.settings == asked.settings


@pytest.mark.parametrize("cell", [CHANCE, AWAY, BOTH], ids=lambda cell: cell.mechanism)
def test_every_policy_gives_its_own_numbers_and_the_same_ones_again(cell: Cell):
    first, again = (estimates(cell, 1, 20) for _ in range(2))
    assert tuple(first) == policies_of(cell)
    for name, values in first.items():
        assert values.shape == (3, 15)
        np.testing.assert_array_equal(values, again[name])
        assert (values[1] < values[2]).all()
    weights = np.stack([values[0, :7] for values in first.values()])
    assert len(np.unique(weights.round(8), axis=0)) == len(first)


def test_bias_spread_coverage_and_width_are_counted_over_the_samples():
    ends = [[0.3, 0.1, 0.5], [0.4, 0.35, 0.45], [0.2, 0.1, 0.25], [0.5, 0.2, 0.6]]
    measured = [{"em": np.array(each)[:, np.newaxis]} for each in ends]
    found = summary(measured, np.array([0.3]))
    assert found["truth"] == [0.3]
    assert found["em"]["bias"] == pytest.approx([0.05])
    assert found["em"]["spread"] == pytest.approx([np.std([0.3, 0.4, 0.2, 0.5], ddof=1)])
    assert found["em"]["coverage"] == [0.5]
    assert found["em"]["width"] == pytest.approx([0.2625])


def test_a_policy_is_judged_by_its_worst_figures():
    chosen = [Cell("mcar", 0.1), Cell("mcar", 0.3)]
    right = {
        "bias": [0.001] * 15,
        "spread": [0.02] * 15,
        "coverage": [0.95] * 15,
        "width": [0.1] * 15,
    }
    off = right | {
        "bias": [0.001, -0.03, *[0.001] * 13],
        "coverage": [*[0.95] * 9, 0.71, *[0.95] * 5],
        "width": [0.15] * 15,
    }
    truths = {"truth": [0.2] * 15, "samples": 200, "complete": right}
    cells = {chosen[0].key: truths | {"mean": right}, chosen[1].key: truths | {"mean": off}}
    assert judged(cells, chosen, "complete").sentence == (
        "no bias beyond chance; the largest is 0.05 of a standard deviation (Reliability at 10 %);"
        " covered 95.0 % on average and 95.0 % at least (Reliability at 10 %)."
    )
    found = judged(cells, chosen, "mean")
    assert found.sentence == (
        "biased in 1 of 18 figures, the most for Empathy at 30 %, where the mean estimate is 0.170"
        " and 0.200 is true (1.5 standard deviations); covered 93.7 % on average and 71.0 % at"
        " least (Empathy’s own effect at 30 %); intervals 1.00 and 1.50 times as wide."
    )
    assert (found.figures, found.biased, found.lowest) == (18, 1, 0.71)
    assert found.largest == pytest.approx(-1.5)


def test_the_page_shows_every_cell_and_a_second_run_takes_them_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    cells = (CHANCE, Cell("mar", 0.3), AWAY)
    for module in (missing, missing_page):
        monkeypatch.setattr(module, "CELLS", cells)
    out, cache = tmp_path / "docs" / "missing.md", tmp_path / "kept" / "missing.json"
    arguments = ["--out", str(out), "--cache", str(cache), "--samples", "3", "--resamples", "20"]
    main(arguments)
    text = out.read_text(encoding="utf-8")
    assert "3 samples a cell and 20 resamples a sample" in text
    assert text.count("### 30 %") == 3
    assert "- Rows left out (`listwise`): " in text
    assert "| Empathy’s own effect | 0.3500 |" in text
    assert "{" not in text
    monkeypatch.setattr(missing, "ProcessPoolExecutor", lambda *_: pytest.fail("measured again"))
    out.unlink()
    main(arguments)
    assert out.read_text(encoding="utf-8") == text
