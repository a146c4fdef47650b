"""Look for what would make the weights wrong or easy to misread, one named check a trouble.

A check is a function from a survey to findings. It says nothing when there is nothing to say, and
it never changes an answer. The checks stand in modules of one idea each; here is their order.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxdrivers.survey.answer_checks import (
    constant,
    duplicate_drivers,
    off_scale,
    unanswered,
    unreadable,
)
from cxdrivers.survey.base_checks import bases, blanks, left_out, not_applicable
from cxdrivers.survey.code_checks import left_in_codes, odd_ends
from cxdrivers.survey.collinearity_checks import inflated_effects
from cxdrivers.survey.duplicate_checks import copied_answers, repeated_respondents
from cxdrivers.survey.filled_in_checks import constant_blocks, filled_means
from cxdrivers.survey.finding import SEVERITIES, Finding
from cxdrivers.survey.outcome_checks import (
    nearly_all_explained,
    outcome_in_other_words,
    strangers,
)
from cxdrivers.survey.response_style_checks import halo, same_answers
from cxdrivers.survey.reversal_checks import reversed_drivers, reversed_items
from cxdrivers.survey.sampling_checks import few_clusters, jackknife_scale, lone_strata
from cxdrivers.survey.scale_checks import drivers_alike, loose_items, stray_items
from cxdrivers.survey.survey import Survey
from cxdrivers.survey.weight_checks import unequal_weights, zero_weights
from cxdrivers.survey.yes_no_checks import (
    outcome_of_two_values,
    yes_no,
    yes_no_among_grades,
    yes_no_off_scale,
)
from cxdrivers.wording import Lines, say


def check(survey: Survey) -> tuple[Finding, ...]:
    """Run every check on a survey and return what they found, most serious first.

    What is computed from the answers waits until nothing is left to mend in them first: with a 99
    among the grades every correlation is wrong.
    """
    unread = tuple(unreadable(survey))
    if unread:
        return unread
    found = [finding for run in CHECKS_OF_ANSWERS for finding in run(survey)]
    if all(finding.severity != "stop" for finding in found):
        found += [finding for run in CHECKS_OF_PATTERNS for finding in run(survey)]
    return tuple(sorted(found, key=lambda finding: SEVERITIES.index(finding.severity)))


def check_name(name: str, language: str = "en") -> str:
    """Return what a check or a severity is called in a language."""
    return say(f"findings.{name}.name", language)


def drafted(survey: Survey) -> Iterator[Finding]:
    """Say that nobody has checked a codebook that was drafted from the file."""
    if survey.drafted is not None:
        facts = {"questions": Lines(survey.drafted), "file": survey.source.name}
        yield Finding("drafted", "warn", "", len(survey.drafted), facts)


CHECKS_OF_ANSWERS = (
    drafted,
    unanswered,
    off_scale,
    yes_no_off_scale,
    yes_no_among_grades,
    left_in_codes,
    constant,
    duplicate_drivers,
    zero_weights,
    unequal_weights,
    repeated_respondents,
    few_clusters,
    lone_strata,
    jackknife_scale,
    bases,
    blanks,
    not_applicable,
    left_out,
    outcome_of_two_values,
    yes_no,
)
"""What can be seen answer by answer, in the order in which it is listed within a severity."""

CHECKS_OF_PATTERNS = (
    odd_ends,
    filled_means,
    constant_blocks,
    copied_answers,
    reversed_items,
    reversed_drivers,
    strangers,
    outcome_in_other_words,
    nearly_all_explained,
    inflated_effects,
    loose_items,
    stray_items,
    drivers_alike,
    same_answers,
    halo,
)
"""What only shows when answers are held against each other."""
