"""What a benchmark refuses to be made of: each trouble is a sentence with one safe next step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import cxdrivers as cx
from cxdrivers.answers.groups.benchmark import Benchmark
from cxdrivers.moments.grouped_rows import grouped_moments
from tests.answers.groups.benchmark_samples import (
    client_survey,
    client_surveys,
    graded,
    stacked,
)
from tests.samples import OUTCOME

SURVEYS = client_surveys()
FRAME = SURVEYS["Client A"].frame


def with_other(survey: cx.Survey) -> dict[str, cx.Survey]:
    return SURVEYS | {"Client A": survey}


def refused(surveys: Any, sentence: str, **settings: Any) -> None:
    with pytest.raises(cx.CxError, match=sentence):
        Benchmark.of(surveys, **settings)


def test_a_survey_without_a_scale_is_named():
    survey = client_survey(FRAME, scale=None)
    refused(
        with_other(survey),
        r"In the survey 'Client A' the codebook gives no scale for 'satisfaction', 'reliability', "
        r".* there is no place between 0 and 100\. Give scale = .* for each of them",
    )


def test_one_question_without_a_scale_is_named():
    survey = SURVEYS["Client A"]
    first, *others = survey.codebook.drivers
    drivers = (replace(first, scale=None), *others)
    survey = replace(survey, codebook=replace(survey.codebook, drivers=drivers))
    refused(with_other(survey), r"no scale for 'reliability', .* HIGHEST\] there\.$")


def test_a_survey_with_other_drivers_than_the_rest_is_named():
    renamed = FRAME.rename(columns={"empathy": "wait_time"})
    refused(
        with_other(client_survey(renamed)),
        r"The survey 'Client A' has other drivers than most surveys of the benchmark: "
        r"it lacks 'empathy' and also has 'wait_time'\. Give the same drivers the same keys",
    )


def test_a_survey_that_lacks_a_driver_or_has_one_more_is_named():
    refused(with_other(client_survey(FRAME.drop(columns="empathy"))), r"it lacks 'empathy'\. Give")
    more = client_survey(FRAME.assign(wait_time=FRAME["empathy"].to_numpy()[::-1]))
    refused(with_other(more), r"'Client A' .*: it also has 'wait_time'\. Give")


def test_a_survey_with_another_outcome_is_named():
    survey = cx.Survey.from_frame(
        FRAME.rename(columns={OUTCOME: "effort"}), outcome="effort", scale=(1, 10)
    )
    refused(
        with_other(survey),
        r"The outcome of the survey 'Client A' is 'effort', and in the benchmark it is "
        r"'satisfaction'\. If it is the same question, give it the key 'satisfaction'",
    )


def test_a_driver_that_is_no_one_rating_is_named():
    survey = SURVEYS["Client A"]
    first, *others = survey.codebook.drivers
    drivers = (replace(first, kind="items"), *others)
    survey = replace(survey, codebook=replace(survey.codebook, drivers=drivers))
    refused(
        with_other(survey),
        r"In the survey 'Client A' the driver 'reliability' is no one rating .* Make it",
    )
    second, *others = others
    drivers = (drivers[0], replace(second, kind="items"), *others)
    survey = replace(survey, codebook=replace(survey.codebook, drivers=drivers))
    refused(with_other(survey), r"the drivers 'reliability', 'empathy' are no one rating each")


def test_a_survey_that_is_too_small_is_named():
    refused(
        with_other(client_survey(graded(n=49))),
        r"The survey 'Client A' has 49 usable respondents, and the benchmark asks for 50\. "
        r"Leave it out of the benchmark; benchmark\.place\(survey\) can still say",
    )


def test_fewer_than_four_clients_are_no_field():
    refused(
        {name: SURVEYS[name] for name in list(SURVEYS)[:3]},
        r"A benchmark needs at least 4 clients, and there are 3 with 50 respondents or more \(0 sm",
    )
    refused(
        stacked(SURVEYS),
        r"at least 4 clients, and there are 0 with 1.000 .* \(5 smaller",
        by="client",
        minimum=1000,
    )


@pytest.mark.parametrize("minimum", [24, 50.0, True, "50"])
def test_a_minimum_that_would_show_customers_is_refused(minimum: object):
    refused(SURVEYS, r"minimum is .*\. It must be a whole number of at least 25", minimum=minimum)


def test_the_same_survey_twice_is_refused():
    refused(
        SURVEYS | {"Again": SURVEYS["Client B"]},
        r"'Client B' and 'Again' have exactly the same numbers \(130 respondents each\)\.",
    )


def test_names_are_asked_for_when_they_are_to_be_kept():
    refused(
        list(SURVEYS.values()),
        r"named=True keeps the names of the clients, and a list of 5 surveys has none\.",
        named=True,
    )
    refused(
        SURVEYS | {" ": client_survey(graded(seed=9))},
        r"The name of client 6 is empty or longer than 2.000 characters",
    )


def test_one_survey_asks_for_the_column_with_the_clients():
    refused(stacked(SURVEYS), r"'data frame' is one survey, and a benchmark .* with by=\"COLUMN\"")


def test_moments_ask_for_their_codebook():
    survey = stacked(SURVEYS)
    groups = grouped_moments(survey, "client")
    refused(
        replace(groups, codebook=None),
        r"The moments of 5 groups do not say how long the scales are\. Give the codebook",
    )
    other = client_survey(FRAME.drop(columns="empathy")).codebook
    refused(
        groups,
        r"The codebook has 'reliability', .* and the moments have .* 'empathy'",
        codebook=other,
    )


def test_a_scale_that_does_not_hold_the_answers_is_said():
    survey = stacked(SURVEYS)
    groups = grouped_moments(survey, "client")
    other = client_survey(FRAME, scale=(1, 5)).codebook
    refused(
        groups,
        r"At 'Client A' the mean of 'reliability' is outside its scale, 1 to 5\. Check in",
        codebook=other,
    )


@pytest.mark.parametrize("given", [5, "surveys.csv", None, [1, 2, 3, 4], {"A": FRAME}])
def test_what_is_no_survey_is_refused(given: object):
    refused(
        given, r"A benchmark is made of surveys, and this is of the kind '.*'\. Give several by"
    )


def test_nothing_makes_no_benchmark():
    refused([], r"No survey is given for the benchmark\. Give those of at least 4 clients\.")
