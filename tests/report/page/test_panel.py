"""Tests of the what-if panel: which numbers it holds, and what it says without moving."""

from __future__ import annotations

import json
import re
from base64 import b64decode

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.answers.advice.scenario_grid import ScenarioGrid, scenario_grid
from cxdrivers.moments.schemes import scheme_masses
from cxdrivers.report.page.panel import panel_html
from cxdrivers.report.page.panel_numbers import panel_numbers
from cxdrivers.wording import LANGUAGES
from tests.answers.advice.scenario_surveys import (
    DRIVERS,
    OUTCOME,
    scenario_frame,
    scenario_survey,
)
from tests.samples import answers, survey_of

HOSTILE = {key: f"</script><b>{key} & \"'{{gain}}" for key in (*DRIVERS, OUTCOME)}


@pytest.fixture(scope="module")
def grid() -> ScenarioGrid:
    return scenario_grid(scenario_survey(scenario_frame(300)), n_boot=40, seed=3)


def read_back(page: str) -> dict:
    """Return the numbers as a browser finds them in the page."""
    written = re.findall(r'<script type="application/json" id="[^"]*">(.*?)</script>', page)
    assert len(written) == 1
    return json.loads(written[0])


def unpacked(text: str) -> np.ndarray:
    return np.frombuffer(b64decode(text), "<f4")


def test_the_page_holds_the_numbers_of_the_grid(grid):
    found = read_back(panel_html(grid, "en"))
    np.testing.assert_allclose(found["sample"], grid.numbers.estimate, rtol=1e-11)
    drawn = sorted(grid.numbers.replicates, key=lambda one: tuple(one[0]))
    shown = unpacked(found["replicates"]).reshape(np.shape(drawn))
    np.testing.assert_allclose(shown, drawn, rtol=1e-7)
    np.testing.assert_allclose(found["singles"], grid.sums.singles.ravel(), rtol=1e-11)
    np.testing.assert_allclose(unpacked(found["pairs"]), grid.sums.pairs.ravel(), rtol=1e-6)
    np.testing.assert_array_equal(
        unpacked(found["groups"]["moves"]), grid.sums.groups.moves.ravel()
    )
    assert found["sizes"] == [-1, -0.5, 0.5, 1, 1.5, 2]
    assert [one["bounds"] for one in found["quantities"]] == [[2, 10], [0, 1], [0, 1000]]


def test_who_knows_the_seed_cannot_solve_for_the_grades_of_customers():
    """Each resampled mean is an equation in the grades, if one knows whom it counts."""
    grid = scenario_grid(scenario_survey(scenario_frame(60)), n_boot=100, seed=3)
    rows, drawn = grid.scenarios.design, grid.numbers.replicates
    counts = np.concatenate(list(scheme_masses(rows, n_boot=100, seed=3)))

    def solved(means: np.ndarray) -> float:
        sums = means * counts.sum(axis=1)
        grades = np.linalg.lstsq(counts, sums, rcond=None)[0]
        return float(np.corrcoef(grades, rows.outcome)[0, 1])

    held = read_back(panel_html(grid, "en"))["replicates"]
    assert solved(drawn[:, 0, 0]) > 0.95
    assert abs(solved(unpacked(held).reshape(drawn.shape)[:, 0, 0])) < 0.5


def test_no_customer_stands_in_the_page(grid):
    found = read_back(panel_html(grid, "en"))
    lists = {name: np.size(part) for name, part in found.items() if isinstance(part, list)}
    assert max(lists.values()) < 300
    assert min(found["groups"]["shares"]) * 300 > 9.99


def test_what_stands_there_before_anybody_moves_is_today(grid):
    page = panel_html(grid, "nl")
    rows = grid.scenarios.tidy().drop_duplicates("quantity")["today"].tolist()
    mean, top, recommended = (
        f"{value:.{digits}f}"
        for value, digits in zip((rows[0], 100 * rows[1], rows[2]), (2, 1, 0), strict=True)
    )
    assert f"<td>{mean.replace('.', ',')} [" in page
    assert f"<td>{top.replace('.', ',')}\u00a0% [" in page
    assert f"<td>{recommended} [" in page
    assert page.startswith('<div class="panel"')
    assert " hidden>" in page.partition("\n")[0]


def test_every_slider_has_a_label_and_says_that_it_is_as_today(grid):
    for language, words in (("en", "as today"), ("nl", "zoals nu")):
        page = panel_html(grid, language)
        sliders = re.findall(r'<input type="range" id="([^"]+)" min="-1.0" max="2.0"', page)
        assert [f'<label for="{name}">' in page for name in sliders] == [True] * 3
        assert page.count(f'aria-valuetext="{words}"') == 3


def test_words_and_numbers_are_in_the_language_of_the_page(grid):
    english, dutch = (panel_numbers(grid, language) for language in LANGUAGES)
    assert english["steps"][2:4] == ["0.5 points higher", "1 point higher"]
    assert dutch["steps"][:4] == [
        "1 punt lager",
        "0,5 punten lager",
        "0,5 punten hoger",
        "1 punt hoger",
    ]
    assert dutch["words"]["decimal"] == ","
    assert dutch["reach"][0][3].endswith("niet zo ver opschuiven: de schaal houdt op.")
    assert english["quantities"][1]["gainWords"] == "{gain} percentage points"
    assert "only if the association is causal" in panel_html(grid, "en")
    assert "alleen als het verband oorzakelijk is" in panel_html(grid, "nl")
    assert "40 hertrekkingen van respondenten, seed 3." in panel_html(grid, "nl")


def test_labels_cannot_leave_their_place():
    survey = scenario_survey(scenario_frame(200))
    hostile = cx.Survey(survey.frame, renamed(survey.codebook))
    page = panel_html(scenario_grid(hostile, n_boot=3), "en")
    assert page.count("</script>") == 1
    assert "<b>" not in page
    spoken = read_back(page)["quantities"][0]["spoken"]
    assert HOSTILE[OUTCOME] in spoken


def renamed(codebook: cx.Codebook) -> cx.Codebook:
    from dataclasses import replace

    outcome = replace(codebook.outcome, label=HOSTILE[OUTCOME])
    drivers = tuple(replace(one, label=HOSTILE[one.key]) for one in codebook.drivers)
    return replace(codebook, outcome=outcome, drivers=drivers)


def test_without_resamples_there_are_no_intervals_and_that_is_said():
    grid = scenario_grid(scenario_survey(scenario_frame(200)), n_boot=0)
    page = panel_html(grid, "en")
    assert read_back(page)["replicates"] is None
    assert "200 respondents, no resamples, so no intervals." in page
    assert "[" not in re.findall(r"<td>(.*?)</td>", page)[0]


def test_a_mean_alone_has_one_row_and_says_why():
    survey = survey_of(answers().clip(1, 10), scale=(1, 10))
    page = panel_html(scenario_grid(survey, n_boot=3), "en")
    found = read_back(page)
    assert (found["readings"], found["groups"], len(found["quantities"])) == (None, None, 1)
    assert page.count('<th scope="row">') == 1
    assert "Only the mean is told" in page


def test_drivers_without_a_slider_are_named():
    frame = scenario_frame(200).assign(wait_time=5.0)
    page = panel_html(scenario_grid(scenario_survey(frame), n_boot=0), "nl")
    assert page.count("<input") == 2
    assert (
        "Wachttijd heeft geen schuif: alleen een oordeel op een schaal, met antwoorden die "
        "verschillen, kan schuiven."
    ) in page


def test_replicate_weights_give_their_own_reach():
    parts = np.arange(200) % 10
    weights = {f"r{part}": np.where(parts == part, 0.0, 10 / 9) for part in range(10)}
    frame = scenario_frame(200).assign(w=1.0, **weights)
    fields = {"replicate_weights": tuple(weights), "replicate_scale": 0.9}
    grid = scenario_grid(scenario_survey(frame, weight="w", **fields))
    found = panel_numbers(grid, "en")["interval"]
    assert found == {"tail": None, "reach": pytest.approx(2.262, abs=1e-3), "scale": 0.9}


def test_the_same_grid_gives_the_same_page(grid):
    again = scenario_grid(scenario_survey(scenario_frame(300)), n_boot=40, seed=3)
    assert panel_html(grid, "en") == panel_html(again, "en")
