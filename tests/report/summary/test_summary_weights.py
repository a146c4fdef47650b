"""What the summary says of weights: which drivers count, which count less, how sure that is."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.report.summary.summary_weights import (
    PARTS,
    along_sentence,
    first_sentence,
    less_sentence,
    part_of,
    sure_sentence,
)
from cxdrivers.wording import LANGUAGES
from tests.report.summary.summary_samples import FIVE, weights


def test_the_drivers_that_count_most_come_first_with_shares_ranges_and_how_firm_that_is():
    assert first_sentence(weights(FIVE), "en") == (
        "For satisfaction, Reliability counts most, with 35\xa0% (32–38\xa0%) of what the 5 "
        "drivers tell together; then comes Empathy with 30\xa0% (27–33\xa0%). That first place is "
        "firm: when the respondents are drawn again and again, it stays so 98\xa0% of the time."
    )
    assert first_sentence(weights(FIVE, 0.56), "nl").endswith(
        "Welke driver de eerste is, staat niet vast: worden de respondenten steeds opnieuw "
        "getrokken, dan is dat 56\xa0% van de keren Reliability."
    )
    assert "more than 99\xa0% of the time" in first_sentence(weights(FIVE, 0.999), "en")


def test_a_third_driver_is_named_when_it_may_be_the_second():
    close = weights(FIVE, rank_low=[1, 2, 2, 4, 5])
    assert "then come Empathy with 30\xa0% (27–33\xa0%) and Wait time with" in first_sentence(
        close, "en"
    )


def test_of_two_drivers_only_the_first_is_said_to_count_most():
    two = weights({"r": 0.7, "e": 0.3})
    assert first_sentence(two, "nl") == (
        "Voor satisfaction telt Reliability het zwaarst, met 70\xa0% (63–77\xa0%) van wat uit de 2 "
        "drivers samen is af te lezen."
    )


def test_without_shares_no_driver_is_said_to_count():
    none = weights(FIVE, share=np.nan, share_low=np.nan, share_high=np.nan)
    assert first_sentence(none, "en").startswith("What the drivers tell of satisfaction cannot be")
    assert less_sentence(none, "en") == along_sentence(none, "en") == ""


def test_without_resamples_there_are_no_ranges_and_no_word_on_how_firm_it_is():
    bare = weights(FIVE, share_low=np.nan, share_high=np.nan, rank_low=np.nan, p_first=np.nan)
    bare.replicates, bare.r_squared_interval = np.zeros((0, 5)), (np.nan, np.nan)
    assert first_sentence(bare, "en").endswith("then comes Empathy with 30\xa0%.")
    assert less_sentence(bare, "en") == ""
    assert "differ, 62\xa0%. How far chance may have moved" in sure_sentence(bare, "en")


def test_drivers_that_count_less_than_the_average_one_are_named_and_many_are_counted():
    assert less_sentence(weights(FIVE), "en") == (
        "Access and Menu clearly count less than the average driver (20\xa0%)."
    )
    assert less_sentence(weights({"r": 0.6, "e": 0.4}), "nl") == (
        "Empathy telt duidelijk minder mee dan de gemiddelde driver (50\xa0%)."
    )
    many = weights({"r": 0.6, **dict.fromkeys("abcdef", 0.06)})
    many.labels = {code: {key: key.upper() for key in "rabcdefy"} for code in LANGUAGES}
    assert less_sentence(many, "en").startswith("A, B, C and 3 others clearly count less")


def test_a_passenger_is_named_only_when_it_weighs_something():
    remarks = ["", "", "passenger", "", "passenger"]
    assert along_sentence(weights(FIVE, remark=remarks), "en") == (
        "Wait time counts only along with the others: as long as those stay equal, nothing of its "
        "own is shown. The same holds for 1 driver that weighs little."
    )
    assert along_sentence(weights(FIVE), "en") == ""


def test_passengers_that_weigh_little_are_counted_so_that_none_seems_to_be_missing():
    remarks = ["", "", "passenger", "passenger", "passenger"]
    shares = {"r": 0.5, "e": 0.3, "w": 0.14, "a": 0.04, "i": 0.02}
    assert along_sentence(weights(shares, remark=remarks), "nl").endswith(
        "is er niets eigens aangetoond. Dat geldt ook voor 2 drivers die weinig wegen."
    )
    only = ["", "", "passenger", "", ""]
    assert "weighs little" not in along_sentence(weights(FIVE, remark=only), "en")
    small = ["", "", "", "", "passenger"]
    assert along_sentence(weights(FIVE, remark=small), "en") == ""


@given(st.floats(0, 1))
def test_a_proportion_is_called_by_the_nearest_everyday_part(value: float):
    part = part_of(value)
    assert part == "little" if value < 0.05 else abs(PARTS[part] - value) <= 0.0501


def test_how_sure_it_is_is_said_in_everyday_parts():
    assert sure_sentence(weights(FIVE), "nl") == (
        "Hoe zeker dit is: 1\xa0500 respondenten gaven antwoord, en uit de drivers samen is "
        "ongeveer drie vijfde af te lezen van hoe hun antwoorden over satisfaction verschillen, "
        "62\xa0% (59–66\xa0%). Tussen haakjes staat wat deze antwoorden openlaten."
    )
    little = weights(FIVE)
    little.r_squared_interval = (-0.01, 0.05)
    assert sure_sentence(little, "en") == (
        "How sure this is: 1\xa0500 respondents answered. In brackets stands what these answers "
        "leave open."
    )
