"""Tests of `cxdrivers.survey.finding`: findings keep names, and a report tells labels."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.survey.finding import Finding, named_findings
from cxdrivers.wording import sentence
from tests.samples import OUTCOME
from tests.survey.sick_surveys import sound, with_value

LABELS = {"empathy": "Warmth", "q7": "Long parking", "reliability": "Trust"}


def _survey(
    frame: Any,
    *,
    cluster: str | None = None,
    strata: str | None = None,
    groups: Any = (),
    **drivers: tuple[str, ...],
) -> cx.Survey:
    """Return a survey of the sound answers with labels in two languages."""
    questions = tuple(
        cx.Question(key, items, {"en": f"The {key}", "nl": f"De {key}"}, not_applicable=(0,))
        for key, items in drivers.items()
    )
    outcome = cx.Question("grade", (OUTCOME,), {"en": "The visit", "nl": "Het bezoek"})
    named = {"cluster": cluster, "strata": strata, "groups": groups}
    return cx.Survey(frame, cx.Codebook(outcome, questions, **named))


def test_a_finding_speaks_of_columns_and_drivers_by_their_names():
    finding = Finding("blanks", "note", "", 3, {"rows": 9, "driver": "empathy", "blank": 2})
    assert "'empathy' is blank most often" in finding.meaning.say("en")
    assert "'Warmth' is blank most often" in finding.named(LABELS).meaning.say("en")
    assert finding.facts["driver"] == "empathy"


def test_a_named_finding_has_labels_in_lists_in_sentences_and_in_its_row():
    told = sentence("findings.fragment.number", name="empathy", value=1927)
    facts = {"columns": ["q7", "q8"], "value": 5.0, "first": 3, "last": 2000, "drivers": [told]}
    named = Finding("constant_block", "warn", "q7", 1998, facts).named(LABELS)
    assert named.facts["columns"] == ["Long parking", "q8"]
    assert (named.facts["first"], named.facts["value"]) == (3, 5.0)
    assert named.facts["drivers"][0].say("nl") == "Warmth (1\xa0927)"
    row = named.row("en")
    assert row["column"] == "Long parking"
    assert row["meaning"].startswith(
        "From respondent 3 to 2\xa0000 the answer to 'Long parking', 'q8'"
    )


def test_a_column_is_never_given_the_label_of_a_driver_that_only_has_its_name():
    frame = sound().assign(team=np.arange(len(sound())) % 6)
    survey = _survey(frame, team=("empathy",), b=("reliability",), cluster="team")
    told = [
        finding.meaning.say("en")
        for finding in named_findings(survey.found, survey.codebook, "en")
        if finding.check == "few_clusters"
    ]
    assert len(told) == 1
    assert told[0].startswith("There are only 6 clusters in 'team'")


def test_an_item_of_one_driver_never_has_the_label_of_another():
    survey = _survey(sound(), empathy=("reliability",), b=("empathy", "customer_focus"))
    items = Finding("filled_mean", "warn", "empathy", 40, {})
    assert named_findings([items], survey.codebook, "en") == (items,)
    kept = _survey(sound(), empathy=("empathy",), b=("reliability", "customer_focus"))
    assert named_findings([items], kept.codebook, "en")[0].column == "The empathy"


def test_a_column_of_groups_has_its_label_and_so_have_its_codes():
    frame = sound().assign(part=np.arange(len(sound())) % 3 + 1.0)
    frame.loc[frame.index[0], "part"] = 4.0
    groups = {"part": {"label": {"en": "Region", "nl": "Streek"}, "values": {4: "island"}}}
    survey = _survey(frame, a=("empathy",), b=("reliability",), strata="part", groups=groups)
    [bare] = [finding for finding in survey.found if finding.check == "lone_strata"]
    assert bare.facts["strata"] == ["4"]
    [told] = named_findings([bare], survey.codebook, "nl")
    assert "'Streek'" in told.meaning.say("nl")
    assert "'island'" in told.meaning.say("nl")
    of_driver = {"empathy": {"label": "Kindness"}}
    survey = _survey(frame, a=("empathy",), b=("reliability",), groups=of_driver)
    item = Finding("filled_mean", "warn", "empathy", 40, {})
    assert named_findings([item], survey.codebook, "en")[0].column == "The a"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "40 respondents met something that did not apply to them: The a (40), The b (10)."),
        ("nl", "Voor 40 respondenten was iets niet van toepassing: De a (40), De b (10)."),
    ],
)
def test_a_report_tells_drivers_by_their_labels_in_its_language(language: str, expected: str):
    frame = with_value("customer_focus", 10, 0, with_value("empathy", 40, 0))
    survey = _survey(frame, a=("empathy",), b=("customer_focus",))
    [found] = (
        finding
        for finding in named_findings(survey.found, survey.codebook, language)
        if finding.check == "not_applicable"
    )
    assert found.meaning.say(language).startswith(expected)


def test_the_only_item_of_a_driver_is_told_by_its_label_and_one_of_several_is_not():
    frame = sound()
    for column in ("empathy", "reliability", "customer_focus"):
        frame[column] = frame[column].round().clip(1, 9)
        frame.loc[frame.index[:7], column] = np.pi
    survey = _survey(frame, a=("empathy",), b=("reliability", "customer_focus"))
    told = [
        finding.meaning.say("en").split(" is ")[0]
        for finding in named_findings(survey.found, survey.codebook, "en")
        if finding.check == "filled_mean"
    ]
    assert told == ["'The a'", "'reliability'", "'customer_focus'"]


def test_a_name_that_means_two_questions_stays_as_it_is():
    survey = _survey(sound(), empathy=("reliability",), reliability=("empathy",))
    found = Finding("small_driver", "warn", "empathy", 40, {"enough": 100})
    assert named_findings([found], survey.codebook, "en") == (found,)
