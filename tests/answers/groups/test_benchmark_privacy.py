"""What a benchmark keeps of a client: rounded, so that no customer shows, and still of use."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.answers.groups.benchmark import Benchmark
from cxdrivers.answers.groups.benchmark_clients import BenchmarkClient
from cxdrivers.answers.groups.benchmark_file import benchmark_bytes
from cxdrivers.answers.groups.benchmark_making import survey_client
from cxdrivers.answers.groups.benchmark_privacy import is_kept_of, kept_of
from tests.answers.groups.benchmark_samples import client_survey, client_surveys, graded, stacked
from tests.samples import OUTCOME


def measured(frame: pd.DataFrame, seed: int = 0, **fields: object) -> BenchmarkClient:
    return survey_client(client_survey(frame, **fields), "A", seed=seed)


def one_more(frame: pd.DataFrame, *answers: float) -> pd.DataFrame:
    return pd.concat([frame, pd.DataFrame([answers], columns=frame.columns)], ignore_index=True)


@pytest.mark.parametrize("n", [50, 120, 400])
def test_two_versions_do_not_give_the_answers_of_who_came_between_them(n: int):
    """From exact means it is one subtraction; from these it is as far off as a guess."""
    off = []
    for seed in range(12):
        frame = graded(n=n, seed=seed).round()
        answers = np.random.default_rng(seed).integers(1, 11, 4)
        exact = [measured(each) for each in (frame, one_more(frame, *answers))]
        kept = [kept_of(client, minimum=50) for client in exact]
        told, read = (
            ((n + 1) * after.mean - n * before.mean) / 100 * 9 + 1
            for before, after in (exact, kept)
        )
        assert np.allclose(told, answers)
        off.append(np.abs(read - answers).mean())
    assert np.mean(off) > 2


def test_one_customer_more_moves_a_mean_by_one_step_or_none():
    frame = graded(n=120, seed=3).round()
    before = kept_of(measured(frame), minimum=50).mean
    for answers in [(1, 1, 1, 1), (10, 10, 10, 10), (1, 10, 1, 10)]:
        after = kept_of(measured(one_more(frame, *answers)), minimum=50).mean
        assert set(np.abs(after - before).round(9)) <= {0.0, 1.0}


@given(n=st.integers(50, 3000), minimum=st.integers(25, 50))
def test_respondents_are_counted_in_steps_within_a_tenth_and_never_below_the_minimum(n, minimum):
    client = replace(
        CLIENT, n=n, n_effective=float(n), rated=np.full(3, n), degrees=min(n, 200) - 1
    )
    kept = kept_of(client, minimum=minimum)
    assert abs(kept.n - n) <= 0.06 * n
    assert kept.n >= minimum
    assert kept.n % 5 == 0
    assert (kept.rated == kept.n).all()
    assert kept.n_effective == kept.n
    assert 0 < kept.degrees <= client.degrees


CLIENT = measured(graded(n=120, seed=3))


def test_a_number_stays_within_its_standard_error_and_the_rounding_is_all_that_changes():
    kept = kept_of(CLIENT, minimum=50)
    for name in ("mean", "weight", "effect"):
        std_error = np.sqrt(getattr(CLIENT, f"{name}_variance"))
        assert (np.abs(getattr(kept, name) - getattr(CLIENT, name)) < std_error).all()
        variance = getattr(kept, f"{name}_variance")
        assert np.allclose(variance, std_error**2, rtol=0.05)
    spread, own = (np.sqrt(np.diag(each.covariance)) for each in (kept, CLIENT))
    assert (np.abs(spread - own) < own / np.sqrt(120)).all()


def test_numbers_in_the_file_have_few_digits():
    field = Benchmark.of(client_surveys())
    for client in field.clients:
        for name in ("mean", "weight", "effect"):
            for value in getattr(client, name):
                assert len(f"{abs(value):.6g}".replace("0.", "").lstrip("0")) <= 4
    assert b'"n_effective": 120.0' in benchmark_bytes(field._content)


def test_a_driver_with_fewer_ratings_than_the_smallest_client_is_not_kept():
    frame = graded(n=120, seed=3)
    for rated, told in ((24, False), (25, True)):
        some = frame.copy()
        some.loc[some.index[rated:], "empathy"] = 99
        kept = kept_of(measured(some, not_applicable=(99,)), minimum=50)
        assert np.isfinite(kept.mean).tolist() == [True, told, True, True]
        assert np.isfinite(kept.weight[1]) == np.isfinite(kept.covariance[1, 1]) == told
        assert kept.rated[1] == (25 if told else 20)


@pytest.mark.parametrize(("others", "told"), [(1, False), (9, False), (10, True)])
def test_the_grade_of_the_few_who_rate_otherwise_cannot_be_read(others: int, told: bool):
    """If one of 120 rates a driver otherwise, its covariance is that one's grade."""
    frame = graded(n=120, seed=3).assign(empathy=10.0)
    frame.loc[frame.index[:others], "empathy"] = 1.0
    client = measured(frame)
    assert np.isfinite(client.mean).all()
    assert np.isfinite([client.weight[1], client.effect[1]]).tolist() == [told, told]
    assert (client.covariance[1, [0, 2, 3]] != 0).all() == told
    assert np.isfinite(client.weight[[0, 2]]).all()
    kept = kept_of(client, minimum=50)
    assert (kept.covariance[1, [0, 2, 3]] != 0).any() == told


def test_a_driver_that_nearly_all_rate_alike_is_said_and_comes_back_from_a_file(tmp_path):
    frame = graded(n=120, seed=3).assign(empathy=10.0)
    frame.loc[frame.index[0], "empathy"] = 1.0
    surveys = client_surveys() | {"Client A": client_survey(frame)}
    Benchmark.of(surveys, named=True).save(tmp_path / "field.json")
    place = Benchmark.load(tmp_path / "field.json").place(client_survey(frame))
    assert place.itself == "Client A"
    assert (
        "All but fewer than 10 respondents rated Empathy the same here, so it has a score and no "
        "weight." in place.summary()
    )
    assert "gaf iedereen hier Empathie hetzelfde oordeel" in place.summary("nl")
    place.plot(measure="weight")


def test_a_rounded_covariance_can_be_that_of_real_answers():
    """Drivers that hardly differ from each other have a matrix that rounding alone would break."""
    frame = graded(n=60, seed=3)
    same = frame.assign(empathy=frame["reliability"] + np.resize([0.0, 0.01, -0.01], 60))
    kept = kept_of(measured(same, scale=(0, 11)), minimum=50)
    assert np.linalg.eigvalsh(kept.covariance).min() > 0
    assert kept.covariance[0, 1] > 0.8 * kept.covariance[0, 0]


def test_a_driver_that_never_varies_stays_so():
    kept = kept_of(measured(graded(n=120, seed=3).assign(empathy=8.0)), minimum=50)
    assert kept.covariance[1].tolist() == [0, 0, 0, 0]
    assert kept.weight[1] == 0
    assert np.isnan(kept.effect[1])


@pytest.mark.parametrize("n", [50, 120, 400])
def test_a_client_is_known_again_and_another_is_not_taken_for_it(n: int):
    for seed in range(10):
        kept = kept_of(measured(graded(n=n, seed=seed).round()), minimum=50)
        assert is_kept_of(kept, measured(graded(n=n, seed=seed).round(), seed=9))
        assert not is_kept_of(kept, measured(graded(n=n, seed=1000 + seed).round()))


def test_a_client_with_blanks_is_known_again_in_a_benchmark_of_one_survey_of_all():
    surveys = client_surveys(5, n=200)
    rng = np.random.default_rng(4)
    blank = {
        name: client_survey(survey.frame.mask(rng.random(survey.frame.shape) < [0, 0.1, 0, 0]))
        for name, survey in surveys.items()
    }
    field = Benchmark.of(stacked(blank), by="client", named=True)
    for name, survey in blank.items():
        assert field.place(survey).itself == name


def test_where_many_ratings_are_blank_the_own_interval_is_wider():
    frame = graded(n=300, seed=3)
    blank = frame.copy()
    blank.loc[np.random.default_rng(1).random(300) < 1 / 3, "empathy"] = np.nan
    full, some = measured(frame), measured(blank)
    assert some.effect_variance[1] > 1.5 * full.effect_variance[1]
    assert some.effect_variance[0] < 1.5 * full.effect_variance[0]
    away = frame.copy()
    away.loc[blank["empathy"].isna(), "empathy"] = 99
    absent = measured(away, not_applicable=(99,))
    assert absent.effect_variance[1] < some.effect_variance[1]


@pytest.mark.slow
def test_intervals_of_a_client_with_many_blanks_hold():
    rng, slopes = np.random.default_rng(5), np.array([0.5, 0.3, 0.1])
    held = []
    for _ in range(200):
        ratings = rng.normal(size=(150, 3)) @ np.linalg.cholesky(0.65 * np.eye(3) + 0.35).T
        grade = ratings @ slopes + rng.normal(size=150) * 0.8
        ratings[rng.random(150) < 1 / 3, 1] = np.nan
        frame = pd.DataFrame(ratings, columns=["reliability", "empathy", "customer_focus"])
        client = measured(frame.assign(**{OUTCOME: grade}), scale=(-10, 10))
        held.append(np.abs(client.effect - slopes) < 1.98 * np.sqrt(client.effect_variance))
    assert (np.mean(held, axis=0) > 0.89).all()
