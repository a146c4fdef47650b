"""Tests of `tests.studies.advocacy`, of what it draws, and of the page it writes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cxdrivers.models.mediation import mediation_model
from tests.studies import advocacy
from tests.studies.advocacy import Measured, main, measured
from tests.studies.advocacy_page import verdict
from tests.studies.advocacy_worlds import DRIVERS, WORLDS, World, customers, survey_of, truth

SMALL = World("a small survey", 300)


def test_what_is_true_adds_up_and_is_what_a_very_large_survey_shows():
    known = truth(-2.0, teams=False)
    assert known[0] + known[1] == pytest.approx(known[2])
    drawn = customers(SMALL, 200_000, np.random.default_rng(1))
    mention = drawn.mentions()
    score = drawn.scores(mention)
    one = np.ones(len(mention))
    model = mediation_model(mention, score, drawn.recommends(mention, score), drawn.felt, one)
    found = model.at(one[np.newaxis])
    shown = (found.direct[0], found.indirect[0], found.total[0])
    np.testing.assert_allclose(shown, known, atol=0.008)


def test_the_same_number_gives_the_same_survey_and_another_one_another():
    first, again, other = (survey_of(SMALL, number).frame for number in (1, 1, 2))
    assert first.equals(again)
    assert not first.equals(other)


def test_blanks_come_more_often_with_low_scores():
    world = next(world for world in WORLDS if world.blanks)
    frame = survey_of(World("", 20_000, blanks=True), 1).frame
    shares = frame[DRIVERS[0]].isna().groupby(frame["grade"]).mean()
    assert world.blanks
    assert shares[6] > shares[9] + 0.1


def test_customers_of_a_team_resemble_each_other():
    frame = survey_of(World("", 20_000, teams=True), 1).frame
    teams = frame[DRIVERS[0]].to_numpy().reshape(-1, 10)
    between = teams.mean(axis=1).var() - teams.var(axis=1, ddof=1).mean() / 10
    assert between / teams.var() == pytest.approx(0.25, abs=0.04)


def test_the_page_has_a_row_for_every_part_of_every_world(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(advocacy, "WORLDS", (SMALL, World("few recommenders", 200, level=-3.2)))
    out = tmp_path / "page.md"
    cache = tmp_path / "cache.json"
    settings = [
        "--out",
        str(out),
        "--samples",
        "4",
        "--resamples",
        "20",
        "--cache",
        str(cache),
        "--jobs",
        "1",
    ]
    main(settings)
    text = out.read_text(encoding="utf-8")
    assert text.count("| few recommenders |") == 4
    assert "--samples 4 --resamples 20" in text
    assert "coverages lie outside 92 to 98" in text
    assert "{" not in text
    monkeypatch.delattr(advocacy, "measured")
    main(settings)
    assert out.read_text(encoding="utf-8") == text


def test_a_bias_beyond_chance_and_a_coverage_out_of_bounds_are_said():
    estimates = np.array([[0.10, 0.02, 0.12], [0.11, 0.02, 0.13]])
    off = Measured(
        truth=np.array([0.2, 0.02, 0.22]),
        estimates=estimates,
        low=estimates - 0.01,
        high=estimates + 0.01,
        naive=np.zeros((2, 2)),
        penalised=np.zeros(2),
    )
    said = verdict({SMALL: off})
    assert said.startswith("Biased: direct in a small survey, total in a small survey beyond 3")
    assert "hold the truth in 0 to 100 of 100 surveys; 3 of 3 coverages lie outside" in said


@pytest.mark.slow
def test_parts_are_right_on_average_and_intervals_cover_where_naive_ones_are_wrong():
    found = measured(World("", 400), samples=300, resamples=200)
    assert (np.abs(found.bias) < 3.5 * found.error).all()
    assert (found.coverage >= 0.92).all()
    assert (found.coverage <= 0.985).all()
    gap, product = found.naive.mean(axis=0)
    error = found.naive.std(axis=0, ddof=1) / np.sqrt(300)
    assert gap - found.truth[2] > 10 * error[0]
    assert product - found.truth[1] > 10 * error[1]
    assert product > 5 * found.truth[1]
