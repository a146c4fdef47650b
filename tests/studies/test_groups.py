"""Tests of `tests.studies.groups`, of what it draws, and of the page it writes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import tests.studies.groups_page as page_module
from cxdrivers.answers.groups.groups import compare_groups
from cxdrivers.models.many_tests import benjamini_hochberg
from cxdrivers.vocabulary import DRIVERS
from tests.studies import groups
from tests.studies.groups import Measured, main, measured
from tests.studies.groups_batches import batches
from tests.studies.groups_page import verdict
from tests.studies.groups_worlds import (
    CORRELATION,
    DIFFER,
    NOISE,
    SLOPES,
    World,
    answers_of,
    field_of,
    survey_of,
    true_weights,
    uneven_sizes,
)
from tests.twins import average_over_all_orders, fits_of_covariance

SMALL = World("four small ones", (25, 30, 40, 50), 0.2)
BLANKS = World("with blanks", (40, 50, 60), 0.2, blanks=True)
GRADES = World("grades", (40, 50, 60), 0.2, grades=True)
MANY = World("two large ones", (60_000, 60_000), 0.3)


def test_customers_answer_as_their_organisation_is_said_to_be():
    answers = answers_of(MANY, 1)
    for place in range(2):
        rows = answers.values[answers.group == place]
        regressors = np.column_stack([np.ones(len(rows)), rows[:, :-1]])
        slopes, *_ = np.linalg.lstsq(regressors, rows[:, -1], rcond=None)
        np.testing.assert_allclose(slopes[1:], answers.true.effect[place], atol=0.02)
        np.testing.assert_allclose(rows[:, :-1].mean(axis=0), answers.true.mean[place], atol=0.02)
        np.testing.assert_allclose(np.corrcoef(rows[:, :-1].T), CORRELATION, atol=0.02)


def test_only_focus_and_knowledge_differ_and_by_as_much_as_is_said():
    drawn = np.array([answers_of(SMALL, number).true.effect for number in range(200)])
    spread = drawn.reshape(-1, len(DRIVERS)).std(axis=0)
    assert [DRIVERS[place] for place in np.flatnonzero(DIFFER)] == [
        "customer_focus",
        "customer_knowledge",
    ]
    np.testing.assert_allclose(spread, SMALL.spread * DIFFER, atol=0.02)


def test_true_weights_are_averages_over_all_orders():
    found = true_weights(SLOPES[np.newaxis], np.array([NOISE]))[0]
    goes_with = CORRELATION @ SLOPES
    explained = SLOPES @ goes_with
    covariance = np.block(
        [
            [CORRELATION, goes_with[:, np.newaxis]],
            [goes_with[np.newaxis], np.array([[explained + NOISE**2]])],
        ]
    )
    values = fits_of_covariance(covariance, len(DRIVERS))
    np.testing.assert_allclose(found, average_over_all_orders(values, len(DRIVERS)))
    assert found.sum() == pytest.approx(explained / (explained + NOISE**2))
    alike = field_of(World("", (30, 30), 0.0))
    np.testing.assert_allclose(alike.middle["weight"], found)
    assert (alike.spread["weight"] == 0).all()


def test_the_same_number_gives_the_same_answers_and_another_one_another():
    first, again, other = (answers_of(SMALL, number).values for number in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).all()


def test_grades_are_whole_and_a_tenth_is_blank_where_it_is_said():
    grades = answers_of(GRADES, 1).values
    assert set(np.unique(grades)) <= set(range(1, 11))
    blank = np.isnan(answers_of(World("", (4000, 4000), 0.1, blanks=True), 1).values)
    np.testing.assert_allclose(blank[:, :-1].mean(axis=0), 0.1, atol=0.02)
    assert not blank[:, -1].any()


def test_sizes_go_from_25_to_200():
    assert uneven_sizes(4) == (25, 50, 100, 200)
    assert len(uneven_sizes(13)) == 13


@pytest.mark.parametrize("world", [SMALL, BLANKS, GRADES], ids=lambda world: world.name)
def test_many_surveys_at_once_give_what_compare_groups_gives_for_each(world: World):
    surveys = [answers_of(world, number) for number in range(3)]
    together = batches(surveys, level=0.95)
    width = len(DRIVERS)
    for place, answers in enumerate(surveys):
        alone = compare_groups(survey_of(answers))
        own = slice(place * width, (place + 1) * width)
        rest = alone.against_rest()
        for name, batch in together.items():
            one, close = alone.measures[name], {"rtol": 1e-6, "atol": 1e-9}
            np.testing.assert_allclose(batch.measure.estimate[:, own], one.estimate, **close)
            np.testing.assert_allclose(batch.measure.variance[:, own], one.variance, **close)
            for field in ("p_value", "tau", "tau_high", "prediction_low", "shrunk_high"):
                found = getattr(batch.measure.spread, field)[own]
                np.testing.assert_allclose(found, getattr(one.spread, field), **close)
            p_values = batch.rest.p_value[:, own].ravel()
            rows = rest[rest["measure"] == name]
            np.testing.assert_allclose(p_values, rows["p_value"], **close)
            np.testing.assert_allclose(benjamini_hochberg(p_values), rows["p_adjusted"], **close)


def test_what_is_measured_is_what_a_loop_over_surveys_and_organisations_finds(monkeypatch):
    monkeypatch.setattr(groups, "GROUPS_AT_ONCE", 8)
    found = measured(SMALL, samples=6)
    focus = np.flatnonzero(DIFFER)
    errors, held, differs, wrong = [], [], [], []
    for number in range(6):
        answers = answers_of(SMALL, number)
        comparison = compare_groups(survey_of(answers))
        tidy, spread = comparison.tidy(), comparison.spread()
        true = dict(zip(DRIVERS, answers.true.effect[:-1].T, strict=True))
        unseen = dict(zip(DRIVERS, answers.true.effect[-1], strict=True))
        for driver in (DRIVERS[place] for place in focus):
            own = tidy[tidy["driver"] == driver]
            errors.append(((own["effect_shrunk"] - true[driver]) ** 2).mean())
            row = spread[(spread["measure"] == "effect") & (spread["driver"] == driver)].iloc[0]
            held.append(row["prediction_low"] <= unseen[driver] <= row["prediction_high"])
            differs.append(bool(row["differs"]))
        out = comparison.against_rest().query("measure == 'effect' and stands_out")
        null = out[~out["driver"].isin([DRIVERS[place] for place in focus])]
        wrong.append(len(null) / max(len(out), 1))
    assert found.rate("effect", "shrunk_error", "differing")[0] == pytest.approx(np.mean(errors))
    assert found.rate("effect", "new_held", "differing")[0] == pytest.approx(np.mean(held))
    assert found.rate("effect", "found", "differing")[0] == pytest.approx(np.mean(differs))
    assert found.rate("effect", "wrong", "same")[0] == pytest.approx(np.mean(wrong))


def test_the_page_is_made_of_what_was_measured_and_goes_on_from_what_was_kept(
    tmp_path: Path, monkeypatch
):
    shown = World("4 organisations, τ = 0.2", uneven_sizes(4), 0.2)
    none = World("4 organisations, τ = 0", uneven_sizes(4), 0.0)
    small = World("4 of 25 customers", (25,) * 4, 0.1)
    monkeypatch.setattr(groups, "WORLDS", (none, shown, small))
    monkeypatch.setattr(page_module, "GRID", (none, shown))
    monkeypatch.setattr(page_module, "SMALL", (small,))
    out, cache = tmp_path / "page.md", tmp_path / "cache.json"
    settings = ["--out", str(out), "--samples", "4", "--cache", str(cache)]
    main(settings)
    text = out.read_text(encoding="utf-8")
    assert "{" not in text
    assert "--samples 4" in text
    assert text.count("| 25 | ") == 2
    assert "- 4 organisations, τ = 0: " in text
    tau = measured(shown, samples=4).rate("effect", "tau", "differing")[0]
    assert f"| {tau:.3f} / " in text
    monkeypatch.delattr(groups, "measured")
    main(settings)
    assert out.read_text(encoding="utf-8") == text


def test_goals_that_are_missed_are_said_with_their_worlds():
    world = World("four, differing", (50,) * 4, 0.1)
    rates = {
        "effect.found_alone.same": (0.09, 0.0),
        "effect.new_held.differing": (0.80, 0.0),
        "weight.new_held.differing": (0.99, 0.0),
        "effect.wrong.same": (0.125, 0.0),
    }
    false, effect, weight, wrong = verdict({world: Measured(rates)})
    assert "9.0 to 9.0 % (most: four, differing); 1 of 1 worlds are above 7 %" in false
    assert "hold 80.0 % (four, differing)" in effect
    assert "1 of 1 worlds are below 92 and 0 above 98" in effect
    assert "0 of 1 worlds are below 92 and 1 above 98" in weight
    assert "at most 12.5 % do not differ from the others (four, differing)" in wrong
