"""Tests of `answers.weights.model_scores`: a slow twin, laws, and any kind of model."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.dummy import DummyRegressor
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import make_scorer, mean_absolute_error, r2_score
from sklearn.model_selection import KFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeRegressor

import cxdrivers as cx
from cxdrivers.answers.weights.model_scores import ScoreDominance, score_dominance
from cxdrivers.errors import FitError
from tests.samples import OUTCOME, answers
from tests.twins import average_over_all_orders

NAMES = ["reliability", "empathy", "customer_focus", "customer_knowledge"]


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return answers((0.8, 0.5, 0.2, 0.0), n=240, seed=5)


@pytest.fixture(scope="module")
def added(frame: pd.DataFrame) -> ScoreDominance:
    return score_dominance(LinearRegression(), frame[NAMES], frame[OUTCOME], seed=3)


def _slow_values(frame: pd.DataFrame, estimator, seed: int) -> dict[frozenset[int], float]:
    """Return mean R² over the folds of every subset, one plain loop."""
    values = {}
    for size in range(len(NAMES) + 1):
        for chosen in combinations(range(len(NAMES)), size):
            scores = []
            for train, test in KFold(5, shuffle=True, random_state=seed).split(frame):
                columns = [NAMES[place] for place in chosen]
                model = estimator if chosen else DummyRegressor()
                fitted = model.fit(frame[columns or NAMES].iloc[train], frame[OUTCOME].iloc[train])
                predicted = fitted.predict(frame[columns or NAMES].iloc[test])
                scores.append(r2_score(frame[OUTCOME].iloc[test], predicted))
            values[frozenset(chosen)] = float(np.mean(scores))
    return values


@pytest.mark.parametrize(
    "estimator", [LinearRegression(), DecisionTreeRegressor(max_depth=3, random_state=1)]
)
def test_shares_equal_plain_loops_averaged_over_all_orders(frame: pd.DataFrame, estimator):
    slow = _slow_values(frame, estimator, seed=3)
    fast = score_dominance(estimator, frame[NAMES], frame[OUTCOME], seed=3)
    np.testing.assert_allclose(fast.general, average_over_all_orders(slow, 4), atol=1e-12)
    for subset, value in enumerate(fast.values):
        chosen = frozenset(place for place in range(4) if subset >> place & 1)
        assert value == pytest.approx(slow[chosen], abs=1e-12)


def test_shares_add_up_to_what_the_score_gains(added: ScoreDominance):
    table = added.tidy()
    assert table["estimate"].sum() == pytest.approx(added.score - added.baseline, abs=1e-12)
    assert table["share"].sum() == pytest.approx(1, abs=1e-12)
    assert table["rank"].tolist() == [1, 2, 3, 4]
    assert table["n"].tolist() == [240] * 4
    np.testing.assert_allclose(added.conditional.mean(axis=1), added.general, atol=1e-12)


def test_a_driver_that_does_nothing_adds_about_nothing(added: ScoreDominance):
    last = added.tidy().iloc[-1]
    assert last["driver"] == "customer_knowledge"
    assert abs(last["share"]) < 0.1
    lone = answers((0.6, 0.0), n=2000, seed=6, correlation=0.0)
    table = score_dominance(LinearRegression(), lone[NAMES[:2]], lone[OUTCOME]).tidy()
    assert table["estimate"].abs()[1] < 0.005
    assert table["estimate"][1] - 3 * table["std_error"][1] < 0 < table["estimate"][0]


def test_own_is_what_the_score_loses_without_the_driver(frame: pd.DataFrame, added: ScoreDominance):
    without = score_dominance(LinearRegression(), frame[NAMES[1:]], frame[OUTCOME], seed=3)
    assert added.tidy()["own"][0] == pytest.approx(added.score - without.score, abs=1e-12)
    np.testing.assert_allclose(added.tidy()["own"], added.conditional[:, -1], atol=1e-12)


def test_every_subset_stands_with_its_names_and_its_score(added: ScoreDominance):
    table = added.subsets()
    assert len(table) == 16
    assert table.loc[0b0101, ["size", "drivers"]].tolist() == [2, ("reliability", "customer_focus")]
    np.testing.assert_array_equal(table["estimate"], added.values)


def test_least_squares_on_many_rows_gives_the_weights_of_r_squared():
    many = answers((0.6, 0.3, 0.2, 0.0), n=4000, seed=7)
    added = score_dominance(LinearRegression(), many[NAMES], many[OUTCOME])
    covariance = np.cov(many, rowvar=False)
    moments = cx.Moments.from_covariance(covariance, names=list(many), outcome=OUTCOME, n=len(many))
    weights = cx.driver_weights(moments)
    np.testing.assert_allclose(added.general, weights.estimate, atol=0.003)


def test_the_standard_error_is_that_of_nadeau_and_bengio(added: ScoreDominance):
    each = [average_over_all_orders(_of_fold(values), 4) for values in added.fold_values]
    slow = np.std(each, axis=0, ddof=1) * np.sqrt(1 / 5 + 1 / 4)
    np.testing.assert_allclose(added.std_error, slow, atol=1e-12)


def _of_fold(values: np.ndarray) -> dict[frozenset[int], float]:
    return {
        frozenset(place for place in range(4) if subset >> place & 1): value
        for subset, value in enumerate(values)
    }


def test_one_fold_has_no_standard_error(frame: pd.DataFrame):
    one = [(np.arange(160), np.arange(160, 240))]
    added = score_dominance(LinearRegression(), frame[NAMES], frame[OUTCOME], cv=one)
    assert added.tidy()["std_error"].isna().all()
    assert "–" in added.table()["± std. error"].tolist()


def test_the_same_seed_gives_the_same_numbers_of_a_forest_in_one_process_or_two(
    frame: pd.DataFrame,
):
    forest = RandomForestRegressor(n_estimators=5, max_depth=3)
    parts = frame[NAMES[:2]], frame[OUTCOME]
    first = score_dominance(forest, *parts, cv=2, seed=1)
    again = score_dominance(forest, *parts, cv=2, seed=1, n_jobs=2)
    other = score_dominance(forest, *parts, cv=2, seed=2)
    np.testing.assert_array_equal(first.fold_values, again.fold_values)
    assert (first.fold_values != other.fold_values).any()


def test_classes_may_be_words_and_the_score_a_name(frame: pd.DataFrame):
    promoter = np.where(frame[OUTCOME] >= 7.5, "promoter", "other")
    model = make_pipeline(StandardScaler(), LogisticRegression())
    added = score_dominance(model, frame[NAMES], pd.Series(promoter), scoring="roc_auc")
    assert added.baseline == pytest.approx(0.5, abs=1e-12)
    assert 0.6 < added.score < 1
    assert added.tidy()["rank"][0] == 1
    assert added.footer().startswith("roc_auc: 0.")


def test_a_driver_of_words_goes_through_a_pipeline_that_chooses_by_kind(frame: pd.DataFrame):
    rng = np.random.default_rng(2)
    channel = rng.choice(["phone", "mail", "chat"], size=len(frame))
    features = frame[NAMES[:2]].assign(channel=channel, region=rng.choice(["n", "s"], len(frame)))
    outcome = frame[OUTCOME] + 2 * (channel == "phone")
    kinds = make_column_transformer(
        (OneHotEncoder(), make_column_selector(dtype_exclude="number")), remainder="passthrough"
    )
    added = score_dominance(
        make_pipeline(kinds, LinearRegression()),
        features,
        outcome,
        groups={"channel": "channel", "rest": ["reliability", "empathy", "region"]},
    )
    assert added.drivers == ("channel", "rest")
    assert added.tidy()["estimate"].min() > 0.1


def test_a_group_counts_as_one_driver(frame: pd.DataFrame, added: ScoreDominance):
    groups = {"solved": ["reliability", "customer_focus"], "warm": ["empathy"]}
    two = score_dominance(LinearRegression(), frame[NAMES], frame[OUTCOME], groups=groups, seed=3)
    np.testing.assert_allclose(two.values, added.values[[0b0, 0b101, 0b10, 0b111]], atol=1e-12)


def _ranks(added: ScoreDominance) -> list[int]:
    order = np.argsort(-added.general)
    return [int(np.flatnonzero(order == place)[0]) + 1 for place in range(len(order))]


def test_a_score_may_be_a_function_and_lower_error_is_better(frame: pd.DataFrame):
    parts = LinearRegression(), frame[NAMES], frame[OUTCOME]
    named = score_dominance(*parts, scoring="neg_mean_absolute_error")
    made = score_dominance(
        *parts, scoring=make_scorer(mean_absolute_error, greater_is_better=False)
    )
    np.testing.assert_allclose(made.general, named.general, atol=1e-12)
    assert named.tidy()["rank"].tolist() == _ranks(named)
    assert named.score > named.baseline
    assert made.footer().startswith("make_scorer(mean_absolute_error")

    def within_one(estimator, X, y):  # noqa: N803
        return float((abs(estimator.predict(X) - y) < 1).mean())

    assert score_dominance(*parts, scoring=within_one).footer().startswith("within_one: 0.")


def test_arrays_work_and_nothing_given_is_changed(frame: pd.DataFrame, added: ScoreDominance):
    features, outcome = frame[NAMES].copy(), frame[OUTCOME].copy()
    model = LinearRegression()
    plain = score_dominance(model, features.to_numpy(), outcome.to_numpy(), seed=3)
    np.testing.assert_allclose(plain.values, added.values, atol=1e-12)
    assert plain.drivers == ("x0", "x1", "x2", "x3")
    pd.testing.assert_frame_equal(features, frame[NAMES])
    pd.testing.assert_series_equal(outcome, frame[OUTCOME])
    assert not hasattr(model, "coef_")


def test_it_reads_as_a_table_and_sentences_in_both_languages(added: ScoreDominance):
    assert added.table("nl")["driver"].tolist()[:2] == ["Betrouwbaarheid", "Empathie"]
    shown = repr(added)
    assert shown.splitlines()[-1].startswith("the model's own score: 0.")
    assert shown.endswith("without any; 240 rows in 5 folds, seed 3")
    assert "<td>Reliability</td>" in added._repr_html_()
    assert "Reliability adds most: " in added.summary()
    assert "does not show causes" in added.summary()
    assert added.summary("nl").startswith(
        "Op rijen waarop het niet is geschat, scoort het model 0,"
    )


def test_drivers_that_add_nothing_together_are_said_to(frame: pd.DataFrame):
    noise = np.random.default_rng(3).normal(size=len(frame))
    added = score_dominance(DecisionTreeRegressor(), frame[NAMES[:2]], noise)
    assert added.tidy()["share"].isna().all()
    assert added.summary().endswith("Together the drivers add nothing to the prediction.")


def test_a_seed_below_zero_is_refused(frame: pd.DataFrame):
    with pytest.raises(FitError, match=r"^seed is -1\. It must be 0 or a whole number above it"):
        score_dominance(LinearRegression(), frame[NAMES], frame[OUTCOME], seed=-1)


def test_what_the_estimator_raises_is_passed_on(frame: pd.DataFrame):
    blank = frame[NAMES].mask(frame[NAMES] > 8)
    with pytest.raises(ValueError, match="contains NaN"):
        score_dominance(LinearRegression(), blank, frame[OUTCOME])
