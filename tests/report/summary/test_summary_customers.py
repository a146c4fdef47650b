"""What the summary says of customers: where they differ, what changed, what a mention goes with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from cxdrivers.answers.groups.groups import compare_groups
from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.report.summary.summary_customers import (
    alike_sentence,
    groups_sentence,
    mention_sentences,
    same_sentence,
    waves_sentence,
)
from tests.report.summary.summary_samples import REASON, small_results
from tests.samples import answers, survey_of


@pytest.fixture(scope="module")
def regions() -> GroupComparison:
    parts = [
        answers((slope, 0.3, 0.1), n=120, seed=seed).assign(region=name)
        for seed, (name, slope) in enumerate({"Noord": 0.2, "Oost": 0.5, "Zuid": 1.1}.items())
    ]
    return compare_groups(survey_of(pd.concat(parts, ignore_index=True)), by="region")


@pytest.fixture(scope="module")
def alike() -> GroupComparison:
    frame = answers(n=300).assign(team=np.tile(["a", "b", "c"], 100))
    return compare_groups(survey_of(frame), by="team")


def test_the_group_that_stands_out_most_is_named_with_its_difference(regions, alike):
    told = groups_sentence([REASON, alike, regions], "nl")
    rest = regions.against_rest()
    clear = rest[(rest["measure"] == "weight") & rest["stands_out"]].sort_values("p_adjusted")
    size = f"{100 * abs(clear['estimate'].iloc[0]):.1f}".replace(".", ",")
    assert told.startswith(f"In {clear['group'].iloc[0]} weegt Betrouwbaarheid ")
    assert f"{size} procentpunten [" in told
    assert alike_sentence([alike, regions], "nl") == ""


def test_groups_that_are_not_shown_to_differ_are_said_so(alike):
    assert groups_sentence([alike], "en") == ""
    assert alike_sentence([alike, REASON], "en") == (
        "Between the groups of 'team' no driver is shown to count or to be rated differently; "
        "that does not say that nothing differs."
    )
    assert alike_sentence([REASON], "en") == ""


def test_waves_say_what_changed_or_that_nothing_did(regions, alike):
    waves = replace(regions, in_time=True)
    clear = waves.changes().query("changed and measure == 'weight'").sort_values("p_adjusted")
    before, after = clear[["before", "group"]].iloc[0]
    expected = f"From {before} to {after} the weight of Reliability went up by "
    assert waves_sentence(waves, "en").startswith(expected)
    assert same_sentence(waves, "en") == ""
    assert waves_sentence(alike, "en") == ""
    assert same_sentence(alike, "nl").startswith("Van de ene op de andere meting is voor geen")
    for nothing in (None, REASON):
        assert waves_sentence(nothing, "en") == same_sentence(nothing, "en") == ""


def test_a_mentioned_employee_is_told_with_scores_and_recommendations():
    link, chain = small_results().advocacy.agent_link, small_results().advocacy.chain
    told = " ".join(mention_sentences(small_results().advocacy, "en"))
    contrast = link.contrasts["top_by_mention"]
    assert f"{100 * contrast.first.estimate:.0f}\xa0%" in told
    total = chain.tidy().set_index("effect").loc["total", "estimate"]
    assert f"{100 * total:.1f} [" in told


def test_without_mentions_a_high_score_is_told_with_recommendations():
    bare = replace(small_results().advocacy, agent_link=REASON, chain=REASON)
    curve = small_results().advocacy.recommendation
    assert mention_sentences(bare, "nl") == [curve.headline("nl")]
    assert mention_sentences(replace(bare, recommendation=REASON), "nl") == []
