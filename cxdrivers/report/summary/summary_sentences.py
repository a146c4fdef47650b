"""Say what a survey found in about eight plain sentences: facts in, sentences out."""

from __future__ import annotations

from cxdrivers.report.results.results import Results
from cxdrivers.report.summary.summary_advice import (
    half_sentence,
    improve_sentence,
    in_order_sentence,
)
from cxdrivers.report.summary.summary_customers import (
    alike_sentence,
    groups_sentence,
    mention_sentences,
    same_sentence,
    waves_sentence,
)
from cxdrivers.report.summary.summary_weights import (
    along_sentence,
    first_sentence,
    less_sentence,
    named_drivers,
    sure_sentence,
)
from cxdrivers.survey.finding import named_findings
from cxdrivers.wording import of_language, say

MOST_FINDINGS = 8
"""So many sentences stand before how sure it all is."""
SPARE = ("same", "alike", "along", "less")
"""What a summary does without when it has more, the first of these first."""
MOST_CARE = 2
CARE = ("negative", "constant")
"""Remarks on a driver that a reader must know."""


def summary_sentences(results: Results, language: str) -> tuple[str, ...]:
    """Return the executive summary: what counts, what to do, who differs, how sure it is.

    Every number is one that a section shows too. What goes together is said to go together, and
    what cannot be told is left out.

    Parameters
    ----------
    results
        Of one run.
    language
        Of words and numbers.
    """
    weights = results.weights
    found = {
        "first": first_sentence(weights, language),
        "less": less_sentence(weights, language),
        "along": along_sentence(weights, language),
        "improve": improve_sentence(results.priorities, language),
        "half": half_sentence(results.scenarios, results.priorities, language),
        "in_order": in_order_sentence(results.shapes, language),
        "groups": groups_sentence(results.segments, language),
        "alike": alike_sentence(results.segments, language),
        "waves": waves_sentence(results.waves, language),
        "same": same_sentence(results.waves, language),
        "mention": " ".join(mention_sentences(results.advocacy, language)),
    }
    told = {name: text for name, text in found.items() if text}
    for name in SPARE:
        if len(told) > MOST_FINDINGS:
            told.pop(name, None)
    return (
        *told.values(),
        f"{sure_sentence(weights, language)} {say('summary.association', language)}",
        *_care_sentences(results, language),
    )


def _care_sentences(results: Results, language: str) -> list[str]:
    """Return the cautions that matter most: what is odd about drivers, and what checks warn of."""
    weights = results.weights
    table, labels = weights.tidy(), of_language(weights.labels, language)
    care = []
    for remark in CARE:
        named = table.loc[table["remark"] == remark, "driver"].tolist()
        if named:
            drivers = named_drivers(named, labels, language)
            care.append(say(f"weights.{remark}", language, drivers=drivers, count=len(named)))
    survey = results.survey
    care += [
        finding.meaning.say(language)
        for finding in named_findings(survey.found, survey.codebook, language)
        if finding.severity == "warn"
    ]
    said = [say("summary.care", language, meaning=meaning) for meaning in care[:MOST_CARE]]
    if len(care) > MOST_CARE:
        title = say("report.findings.title", language)
        said.append(say("summary.more_care", language, count=len(care) - MOST_CARE, title=title))
    return said
