"""Tests of `answers.weights.group_weights_words` and of what `GroupWeights` shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.answers.weights.group_weights_result import MOST_ROWS, GroupWeights
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.grouped_rows import grouped_moments
from tests.answers.weights.test_group_weights import awkward_frame
from tests.moments.group_twins import grouped_frame, grouped_survey
from tests.samples import answers, survey_of


@pytest.fixture(scope="module")
def awkward() -> GroupWeights:
    moments = grouped_moments(survey_of(awkward_frame(), weight="w"), "client", parts=12)
    return of_groups(moments, n_boot=20, seed=4)


def of_groups(moments: GroupedMoments, **asked: object) -> GroupWeights:
    """Return the weights of several groups."""
    found = cx.driver_weights(moments, **asked)
    assert isinstance(found, GroupWeights)
    return found


def test_the_table_has_a_row_a_group_and_a_column_a_driver(awkward: GroupWeights):
    table = awkward.table()
    assert [*table.columns] == [
        "client",
        "n",
        "R²",
        "Reliability",
        "Empathy",
        "Customer focus",
        "remark",
    ]
    assert table["client"].tolist() == list(awkward.groups)
    big = awkward.tidy().query("client == 'big'")
    shown = [f"{100 * share:.0f}\u00a0%" for share in big["share"]]
    assert table.iloc[0, 3:6].tolist() == shown
    assert table["remark"].tolist() == [
        "",
        "",
        "too few respondents",
        "outcome never varies",
        "",
        "drivers tied together",
        "weighting too unequal",
    ]
    assert awkward.table("nl")["opmerking"].tolist()[2:4] == [
        "te weinig respondenten",
        "uitkomst varieert niet",
    ]


def test_without_remarks_the_table_has_no_column_for_them():
    weights = of_groups(grouped_moments(grouped_survey(), "region", parts=10), n_boot=0)
    assert "remark" not in weights.table()


def test_the_summary_says_what_comes_first_where_and_who_is_left_out(awkward: GroupWeights):
    said = awkward.summary()
    assert "The drivers of 7 groups of 'client' are weighed, every group by itself" in said
    assert "4 to 120 respondents each, 424 together" in said
    assert "What weighs most: Reliability in 2 groups and Empathy in 1 group." in said
    assert "of 3 groups with intervals that is clear: one driver came first in at least" in said
    assert "1 group has too few respondents for so many columns of drivers" in said
    assert "In 1 group the weighting factors are so unequal" in said
    assert "In 1 group everybody gives the outcome the same answer" in said
    assert "In 1 group some drivers are tied together exactly" in said
    assert "compare_groups sets each in the light of the others" in said
    assert said.endswith("they do not show causes.")


def test_in_dutch_too(awkward: GroupWeights):
    said = awkward.summary("nl")
    assert "De drivers van 7 groepen van 'client' zijn gewogen, elke groep op zichzelf" in said
    assert "Wat het zwaarst weegt: Betrouwbaarheid in 2 groepen en Empathie in 1 groep." in said
    assert "één driver kwam in ten minste 95\u00a0% van de hertrekkingen als eerste" in said
    assert "1 groep heeft te weinig respondenten voor zoveel kolommen" in said
    assert "In 1 groep zijn de weegfactoren zo ongelijk" in said
    assert "In 1 groep geeft iedereen hetzelfde antwoord op de uitkomst" in said
    assert "In 1 groep volgen drivers precies uit elkaar" in said


def test_several_drivers_that_come_first_are_named_three_at_most():
    frame = answers([0.5] * 5, n=600, noise=3.0).assign(team=np.arange(600) % 30)
    weights = of_groups(grouped_moments(survey_of(frame), "team", parts=10), n_boot=0)
    shares = weights.table_of["share"]
    first = shares[np.isfinite(shares[:, 0])].argmax(axis=1)
    counts = np.sort(np.bincount(first, minlength=5))[::-1]
    rest = int(counts[3:].sum())
    said = weights.sentences()[1]
    assert said.endswith(f" and other drivers in {rest} groups.")
    assert f" in {counts[0]} groups, " in said
    assert f"en andere drivers in {rest} groepen." in weights.sentences("nl")[1]


def test_what_was_left_behind_is_said():
    moments = grouped_moments(grouped_survey(), "region", parts=6)
    left = replace(moments, withheld=2, withheld_n=13, unplaced=5, empty=("x",))
    said, dutch = (of_groups(left).summary(language) for language in ("en", "nl"))
    assert "2 groups were too small to leave their source (usable respondents: 13 together)" in said
    assert "5 respondents that can be used have no 'region'" in said
    assert "In 1 group nobody can be used: 'x'." in said
    assert "3 groups come in fewer than 8 random parts and have no intervals." in said
    assert "om de bron te verlaten (bruikbare respondenten: samen 13)" in dutch
    assert "In 1 groep is niemand bruikbaar: 'x'." in dutch
    assert "3 groepen komen in minder dan 8 willekeurige delen" in dutch
    single = replace(moments, withheld=1, withheld_n=4)
    assert (
        "1 group was too small to leave its source (usable respondents: 4)"
        in of_groups(single).summary()
    )


def test_blanks_that_were_expected_are_said():
    survey = grouped_survey(grouped_frame(blank=0.05))
    moments = grouped_moments(survey, "region", parts=10)
    weights = of_groups(moments, n_boot=0)
    count = int(moments.blank.sum())
    assert f"{count} blank answers expected from what was answered." in weights.sentences()
    assert f"{count} lege antwoorden verwacht uit wat is beantwoord." in weights.sentences("nl")


def test_the_footer_says_what_was_drawn_and_where_it_started(awkward: GroupWeights):
    assert awkward.footer() == (
        "7 groups of 'client', 424 respondents; 20 resamples of the random parts of each group"
        " (at most 12), seed 4, weights adjusted for noise."
    )
    assert "20 hertrekkingen van de willekeurige delen van elke groep" in awkward.footer("nl")
    exact = of_groups(awkward.moments, n_boot=0, adjusted=False).footer()
    assert exact.endswith("424 respondents, no resamples, weights classic (not adjusted).")
    few = grouped_moments(grouped_survey(), "region", parts=6)
    assert "no resamples" in of_groups(few).footer()


def test_a_notebook_shows_the_twenty_largest_of_many():
    frame = answers(n=900).assign(team=np.arange(900) // 30)
    weights = of_groups(grouped_moments(survey_of(frame), "team", parts=10), n_boot=0)
    lines = repr(weights).splitlines()
    assert len(lines) == 1 + MOST_ROWS + 1
    assert lines[-1].startswith("The 20 largest of 30 groups; --csv gives all, as tidy() does. 30")
    assert weights._repr_html_().count("<tr") == 1 + MOST_ROWS
    assert "<p>The 20 largest of 30 groups" in weights._repr_html_()
    assert len(weights.table()) == 30
    assert weights.footer("nl", most=5).startswith("De 5 grootste van 30 groepen; --csv geeft ze")
    assert "largest" not in weights.footer(most=30)


def test_the_largest_groups_keep_their_order():
    weights = of_groups(grouped_moments(grouped_survey(), "region"), n_boot=0)
    sizes = dict(zip(weights.groups, weights.moments.n.tolist(), strict=True))
    two = sorted(sizes, key=sizes.get)[-2:]
    shown = weights.table(most=2)
    assert shown["region"].tolist() == [name for name in weights.groups if name in two]
    whole = weights.table().set_index("region").loc[shown["region"]]
    assert whole.reset_index().equals(shown)


def test_a_plot_has_a_row_a_driver(awkward: GroupWeights):
    axes = awkward.plot(language="nl")
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert sorted(names) == ["Betrouwbaarheid", "Empathie", "Klantfocus"]
