"""Tests of `answers.groups.comparison_making`: groups of which there are moments alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.errors import FitError
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.grouped_rows import grouped_moments, moments_by_code
from tests.answers.groups.grouped_surveys import grouped_answers, grouped_survey, teams
from tests.samples import answers, survey_of

KNOWN = ["estimate", "effect", "mean", "n"]


def nested(frame: pd.DataFrame, **fields: object) -> GroupedMoments:
    pairs = frame.assign(pair=frame["organisation"] + " · " + frame["team"])
    moments = grouped_moments(survey_of(pairs, **fields), "pair")
    return replace(moments, by="organisation · team")


def test_moments_give_the_comparison_of_their_survey_with_its_labels():
    survey = grouped_survey([60, 80, 70])
    named = replace(
        survey,
        codebook=replace(
            survey.codebook,
            drivers=(
                replace(survey.codebook.drivers[0], label="Promises kept"),
                *survey.codebook.drivers[1:],
            ),
        ),
    )
    expected = cx.compare_groups(named, by="group")
    found = cx.compare_groups(grouped_moments(named, "group"))
    pd.testing.assert_frame_equal(found.tidy(), expected.tidy())
    pd.testing.assert_frame_equal(found.table("nl"), expected.table("nl"))
    assert "Promises kept" in found.table().columns
    assert found.remarks() == expected.remarks()


def test_groups_of_the_wave_of_the_codebook_are_waves():
    survey = survey_of(grouped_answers([60, 80], names=[2024, 2025]), wave="group")
    assert cx.compare_groups(grouped_moments(survey, "group")).in_time
    other = survey_of(grouped_answers([60, 80], names=[2024, 2025]), segments=["group"])
    assert not cx.compare_groups(grouped_moments(other, "group")).in_time


def test_what_a_warehouse_kept_back_or_could_not_use_is_said_in_both_languages():
    moments = replace(
        grouped_moments(grouped_survey([60, 80]), "group"),
        rows=np.array([61, 84]),
        withheld=3,
        withheld_n=17,
    )
    found = cx.compare_groups(moments)
    english, dutch = found.remarks("en"), found.remarks("nl")
    assert any("3 groups of 'group' have too few respondents (17 together)" in x for x in english)
    assert any("5 of the 145 respondents in these groups are in none" in x for x in english)
    assert any("3 groepen van 'group' hebben te weinig respondenten (samen 17)" in x for x in dutch)
    assert any("5 van de 145 respondenten in deze groepen zitten in geen" in x for x in dutch)


def test_what_is_said_of_the_outer_groups_is_not_said_again_of_the_inner_ones():
    found = cx.compare_groups(replace(nested(teams(2, 3, 40)), withheld=2, withheld_n=9))
    said = [remark for remark in found.remarks() if "too few respondents" in remark]
    assert len(said) == 1
    assert "2 groups of 'organisation · team' have too few respondents (9 tog" in said[0]


def test_pairs_that_were_counted_over_their_own_rows_are_said_so():
    moments = grouped_moments(grouped_survey([60, 80]), "group")
    paired = replace(moments, pairwise=True, rows=moments.n + 9)
    [english] = cx.compare_groups(paired).remarks("en")
    [dutch] = cx.compare_groups(paired).remarks("nl")
    assert english.startswith("Every two questions are held together over those who answered")
    assert dutch.startswith("Elke twee vragen zijn bij elkaar genomen over wie ze allebei")


def in_one_part(moments: GroupedMoments, place: int) -> GroupedMoments:
    names = ("sums", "squares", "rating_masses", "rating_sums")
    joined = {name: getattr(moments, name).copy() for name in names}
    for numbers in joined.values():
        numbers[place, 0], numbers[place, 1:] = numbers[place].sum(axis=0), 0
    return replace(moments, **joined)


def test_a_group_in_one_part_is_as_sure_as_groups_of_its_size_are():
    moments = grouped_moments(grouped_survey([60, 80, 70, 60, 60]), "group")
    table = cx.compare_groups(in_one_part(moments, 1)).tidy().set_index("group")
    for name, width in (
        ("weight", table["std_error"]),
        ("effect", table["effect_high"] - table["effect_low"]),
        ("mean", table["mean_high"] - table["mean_low"]),
    ):
        usual = width.loc[["a", "c"]].mean()
        assert width.loc["b"].mean() == pytest.approx(usual * np.sqrt(65 / 80), rel=0.25), name
    for own, drawn in (
        ("estimate", "shrunk"),
        ("effect", "effect_shrunk"),
        ("mean", "mean_shrunk"),
    ):
        assert (table.loc["b", own] != table.loc["b", drawn]).all()
        assert np.isfinite(table.loc["b", [f"{drawn}_low", f"{drawn}_high"]]).all(axis=None)


def test_a_group_in_few_parts_is_no_less_sure_of_its_weights_than_a_smaller_one():
    moments = grouped_moments(grouped_survey([60, 80, 70, 60, 60]), "group")
    names = ("sums", "squares", "rating_masses", "rating_sums")
    halves = {name: getattr(moments, name).copy() for name in names}
    for numbers in halves.values():
        whole = numbers[1].copy()
        numbers[1] = 0
        numbers[1, :2] = whole[::2].sum(axis=0), whole[1::2].sum(axis=0)
    table = cx.compare_groups(replace(moments, **halves)).tidy().set_index("group")
    width = table["conf_high"] - table["conf_low"]
    assert (width.loc["b"].to_numpy() < width.loc["a"].to_numpy()).all()


def test_a_group_in_one_part_is_said_to_be_as_sure_as_is_usual():
    moments = grouped_moments(grouped_survey([60, 80, 70]), "group")
    found = cx.compare_groups(in_one_part(moments, 1))
    [english], [dutch] = found.remarks("en"), found.remarks("nl")
    assert english.startswith("The sums of 'b' do not come in random parts, so how sure its numb")
    assert dutch.endswith("genomen van wat voor groepen van die grootte gebruikelijk is.")
    both = cx.compare_groups(in_one_part(in_one_part(moments, 1), 0)).remarks()[0]
    assert both.startswith("The sums of 'a', 'b' do not come in random parts, so how sure their")


def test_groups_of_which_none_is_in_parts_cannot_be_compared():
    moments = grouped_moments(grouped_survey([60, 80, 9]), "group", parts=1)
    with pytest.raises(FitError, match=r"all 2 groups of 'group' that are large enough") as e:
        cx.compare_groups(moments)
    assert "Vraag elke groep op zichzelf: cx.driver_weights(moments)" in e.value.say("nl")


def test_of_very_many_groups_in_few_parts_it_is_said_that_differences_are_rough():
    moments = grouped_moments(grouped_survey([30] * 101, names=range(101)), "group", parts=5)
    assert any("The sums of 101 groups come in fewer than 8" in x for x in said_of(moments, "en"))
    assert any("De sommen van 101 groepen komen in minder" in x for x in said_of(moments, "nl"))
    assert not any("fewer than 8" in x for x in said_of(moments.of_groups(slice(99)), "en"))


def said_of(moments: GroupedMoments, language: str) -> list[str]:
    return cx.compare_groups(moments).remarks(language)


def test_inner_groups_of_which_none_is_in_parts_leave_the_outer_ones():
    moments = nested(teams(2, 3, 40))
    for place in range(6):
        moments = in_one_part(moments, place)
    found = cx.compare_groups(moments)
    assert found.inner is None
    assert np.isfinite(found.tidy()["conf_low"]).all()
    assert any("their sums do not come in random parts" in said for said in found.remarks("en"))
    assert any("hun sommen komen niet in willekeurige" in said for said in found.remarks("nl"))


def test_one_that_was_kept_back_is_spoken_of_as_one():
    moments = replace(
        grouped_moments(grouped_survey([60, 80]), "group"),
        rows=np.array([61, 80]),
        withheld=1,
        withheld_n=4,
    )
    said = " ".join(cx.compare_groups(moments).remarks())
    assert "1 group of 'group' has too few respondents (4) for its numbers to leave" in said
    assert "1 of the 141 respondents in these groups is in none of these numbers" in said


def test_drivers_without_ratings_or_rated_alike_are_said_without_rows():
    frame = grouped_answers([60, 80, 70])
    frame.loc[frame["group"] == "a", "empathy"] = np.nan
    frame.loc[frame["group"] == "b", "empathy"] = 7.0
    said = " ".join(cx.compare_groups(grouped_moments(survey_of(frame), "group")).remarks())
    assert "Empathy was rated by fewer than 10 respondents in 'a', and has no numbers" in said
    assert "In 'b' everybody gives the same answer about Empathy" in said


def test_spellings_of_a_name_are_said_without_rows():
    frame = grouped_answers([60, 80], names=["Energie", "energie "])
    said = " ".join(cx.compare_groups(grouped_moments(survey_of(frame), "group")).remarks())
    assert "these names may be two spellings of one group" in said


def test_groups_of_two_columns_are_outer_and_inner_ones_as_from_the_rows():
    frame = teams(3, 4, 40)
    rows = cx.compare_groups(survey_of(frame), by=("organisation", "team"))
    found = cx.compare_groups(nested(frame))
    assert (found.by, found.inner.by, found.inner.outer) == ("organisation", "team", "organisation")
    assert found.groups == rows.groups
    assert found.inner.groups == rows.inner.groups
    pd.testing.assert_frame_equal(found.tidy()[KNOWN], rows.tidy()[KNOWN])
    pd.testing.assert_frame_equal(found.inner.tidy()[KNOWN], rows.inner.tidy()[KNOWN])
    np.testing.assert_allclose(found.tidy()["std_error"], rows.tidy()["std_error"], rtol=1e-6)
    assert any("stand in more than one 'organisation' by name" in x for x in found.inner.remarks())


def test_inner_groups_with_names_of_their_own_keep_them():
    frame = teams(2, 3, 40)
    frame["team"] = frame["organisation"].str[-1] + frame["team"].str[-1]
    found = cx.compare_groups(nested(frame))
    assert found.inner.groups == ("11", "12", "13", "21", "22", "23")


def test_an_outer_group_of_one_inner_group_keeps_the_parts_of_that():
    frame = pd.concat(
        [teams(2, 5, 40), teams(1, 1, 60, seed=2).assign(organisation="Org 9")], ignore_index=True
    )
    found = cx.compare_groups(nested(frame))
    assert found.moments.whole_clusters.tolist() == [True, True, False]
    assert found.moments.parts.tolist() == [5, 5, 60]
    assert found.moments.n.tolist() == [200, 200, 60]


def test_names_that_cannot_be_taken_apart_are_compared_as_they_stand_and_it_is_said():
    frame = teams(2, 2, 40)
    frame["team"] = "A · " + frame["team"]
    found = cx.compare_groups(nested(frame))
    assert (found.inner, len(found.groups)) == (None, 4)
    assert any("some name has '·' in it more than once" in x for x in found.remarks())
    assert any("in een naam komt '·' vaker voor" in x for x in found.remarks("nl"))


def test_moments_of_everybody_have_no_groups_to_compare():
    survey = survey_of(answers(n=60))
    moments = moments_by_code(survey, np.zeros(60, dtype=np.intp), [""], by="")
    with pytest.raises(FitError, match=r"all 60 respondents together, so there are no groups") as e:
        cx.compare_groups(moments)
    assert "Maak ze opnieuw met by=" in e.value.say("nl")


@pytest.mark.parametrize(
    ("count", "english", "dutch"),
    [
        (1, "is 1: 1 group has too few respondents \\(9\\)", "1: 1 groep heeft te weinig"),
        (2, "is 1: 2 groups have too few respondents \\(9 tog", "1: 2 groepen hebben te weinig"),
    ],
)
def test_one_group_that_is_left_over_is_said_to_be(count: int, english: str, dutch: str):
    moments = replace(
        grouped_moments(grouped_survey([60, 80]), "group").of_groups([0]),
        withheld=count,
        withheld_n=9,
    )
    with pytest.raises(FitError, match=english) as error:
        cx.compare_groups(moments)
    assert dutch in error.value.say("nl")
