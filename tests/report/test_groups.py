"""The parts of the report on groups: drivers by group, where groups differ, one driver closely."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from cxdrivers.answers.groups.groups import compare_groups
from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.charts.groups import most_different
from cxdrivers.report.section import Section
from cxdrivers.report.sections.groups import (
    LONGEST,
    comparison_sections,
    cut_table,
    groups_sections,
)
from cxdrivers.wording import sentence
from tests.samples import answers, survey_of

SLOPES = {"Noord": 0.2, "Oost": 0.5, "Zuid": 0.8, "West": 1.1}


def rows(name: str, slope: float, seed: int, n: int = 120) -> pd.DataFrame:
    return answers((slope, 0.3, 0.1), n=n, seed=seed).assign(region=name)


def comparison_of(*parts: pd.DataFrame, by: str | tuple[str, str] = "region") -> GroupComparison:
    return compare_groups(survey_of(pd.concat(parts, ignore_index=True)), by=by)


@pytest.fixture(scope="module")
def regions() -> GroupComparison:
    small = rows("Buitenland", 0.5, 9, n=14)
    smaller = rows("Online", 0.5, 10, n=13)
    large = [rows(name, slope, seed) for seed, (name, slope) in enumerate(SLOPES.items())]
    return comparison_of(*large, small, smaller)


@pytest.fixture(scope="module")
def sections(regions) -> tuple[Section, ...]:
    return comparison_sections(regions, "nl")


def test_there_are_drivers_by_group_then_the_spread_then_one_driver_closely(sections):
    assert [part.stem for part in sections] == ["groups", "group_spread", "group_forest"]
    assert [part.title for part in sections] == [
        "Drivers per groep",
        "Waar groepen verschillen",
        "Betrouwbaarheid in elke groep",
    ]


def results_with(**segments: object) -> SimpleNamespace:
    codebook = SimpleNamespace(segments=tuple(segments), groups=())
    return SimpleNamespace(
        survey=SimpleNamespace(codebook=codebook), segments=tuple(segments.values())
    )


def test_of_several_segments_every_title_names_its_own_and_those_without_answer_come_last(regions):
    none = sentence("errors.groups_of_no_column", column="land", near="", columns=())
    found = groups_sections(results_with(land=none, region=regions), "nl")
    assert [(part.stem, part.title) for part in found] == [
        ("groups", "region · Drivers per groep"),
        ("group_spread", "region · Waar groepen verschillen"),
        ("group_forest", "region · Betrouwbaarheid in elke groep"),
        ("groups_2", "land · Drivers per groep"),
    ]
    assert found[0].chart.title == "region · Gewichten per groep"
    assert found[3].chart is None


def test_one_segment_is_not_named_in_its_titles(regions, sections):
    alone = groups_sections(results_with(region=regions), "nl")
    assert [part.title for part in alone] == [part.title for part in sections]


def test_drivers_by_group_have_text_table_notes_and_raw_numbers(regions, sections):
    section = sections[0]
    assert section.paragraphs[0].startswith("Dezelfde regressie en dezelfde gewichten")
    assert list(section.paragraphs[1:]) == regions.sentences("nl")
    assert section.table.equals(regions.table("nl"))
    assert section.notes == (regions.footer("nl"), *regions.remarks("nl"))
    assert section.data.equals(regions.tidy())


def test_a_screen_reader_is_told_every_weight_of_every_group(regions, sections):
    chart = sections[0].chart
    tidy = regions.tidy()
    found = tidy[tidy["group"] == "Oost"].set_index("driver")["shrunk"]
    told = f"Oost: Betrouwbaarheid {100 * found['reliability']:.1f}".replace(".", ",")
    assert chart.title == "Gewichten per groep"
    assert told in chart.description
    assert chart.description.count("Betrouwbaarheid") == len(SLOPES)


def test_the_spread_says_how_far_groups_lie_apart_in_table_and_chart(regions, sections):
    section = sections[1]
    assert section.table.equals(regions.spread_table("nl"))
    assert section.data.equals(regions.spread())
    tau = regions.spread().set_index(["measure", "driver"]).loc[("weight", "reliability"), "tau"]
    assert f"± {100 * tau:.1f}".replace(".", ",") in section.chart.description
    assert "procentpunten" in section.chart.description
    assert "Een verschil dat niet is aangetoond, kan er wel zijn." in section.paragraphs[0]


def test_the_driver_that_differs_most_is_drawn_closely_with_small_groups_by_their_name(
    regions, sections
):
    section = sections[2]
    assert most_different(regions.spread()) == "reliability"
    names = [label.get_text() for label in section.chart.figure.axes[0].get_yticklabels()]
    assert {"alle groepen", "kleinere groepen samen", *SLOPES} == set(names)
    assert section.chart.title == "Betrouwbaarheid per groep"
    assert "de hoogste eerst: West" in section.chart.description
    assert section.data.equals(regions.against_rest())
    assert section.table.equals(regions.rest_table("nl"))
    assert section.paragraphs[1].startswith("In de tabel staan alle groepen en drivers")


def test_where_no_group_stands_out_the_report_says_so_and_draws_the_heaviest_driver():
    alike = comparison_of(rows("Noord", 0.5, 1), rows("Zuid", 0.5, 2))
    section = comparison_sections(alike, "en")[2]
    assert not alike.against_rest()["stands_out"].any()
    assert section.title == "Reliability in every group"
    assert section.table is None
    assert section.paragraphs[1] == (
        "Adjusted for how many were looked at, no group is shown to stand out from the others "
        "for any driver."
    )


def test_many_groups_are_told_by_the_lowest_and_the_highest_for_each_driver():
    many = comparison_of(*(rows(f"Team {k}", 0.5, k, n=40) for k in range(13)))
    chart = comparison_sections(many, "en")[0].chart
    ends = 100 * many.tidy().query("driver == 'reliability'")["shrunk"].agg(["min", "max"])
    assert f"Reliability {ends['min']:.1f}–{ends['max']:.1f}\xa0%" in chart.description
    assert chart.description.startswith("Weights in 13 groups as parts of all differences")


def test_a_group_that_is_a_bare_number_says_of_what_in_every_chart():
    regions = comparison_of(rows("1", 0.2, 1), rows("2", 1.2, 2))
    panels, _, forest = (part.chart for part in comparison_sections(regions, "en"))
    assert "; region 2: Reliability" in panels.description
    assert panels.figure.axes[0].get_title(loc="left").startswith("region 1\n")
    out = [line for line in panels.figure.axes[0].lines if line.get_marker() == "o"]
    filled = sum(len(line.get_xdata()) for line in out if line.get_markerfacecolor() != "white")
    rest = regions.against_rest().query("measure == 'weight' and group == '1'")
    assert filled == rest["stands_out"].sum() > 0
    names = [label.get_text() for label in forest.figure.axes[0].get_yticklabels()]
    assert names == ["all groups", "region 1", "region 2"]


def test_groups_within_groups_follow_in_a_part_of_their_own():
    teams = [
        rows(region, slope, 10 * place + team, n=60).assign(team=f"{region} {team}")
        for place, (region, slope) in enumerate(SLOPES.items())
        for team in range(2)
    ]
    comparison = comparison_of(*teams, by=("region", "team"))
    section = comparison_sections(comparison, "nl")[3]
    assert section.stem == "inner_groups"
    assert section.title == "team binnen region"
    (intro,) = section.paragraphs
    assert intro == (
        "Groepen binnen één 'region' zijn met elkaar vergeleken en naar hun eigen 'region' "
        "getrokken."
    )
    assert section.table.equals(comparison.inner.table("nl"))
    assert section.data.equals(comparison.inner.tidy())
    assert "Gewichten in 8 groepen" in section.chart.description


def test_a_long_table_is_cut_in_the_report_and_the_reader_is_told_where_all_of_it_is():
    table = pd.DataFrame({"groep": [str(row) for row in range(1_200)]})
    shown, notes = cut_table(table, "nl")
    assert len(shown) == LONGEST
    assert notes == (
        f"De eerste {LONGEST} van 1\xa0200 rijen; het bestand bij deze tabel bevat ze alle.",
    )
    assert cut_table(table.head(LONGEST), "en")[1] == ()
    assert cut_table(table, "en")[1] == (
        f"The first {LONGEST} of 1\xa0200 rows; the file of this table has all of them.",
    )


def test_where_groups_cannot_be_compared_the_report_says_why():
    why = sentence("errors.did_you_mean", name="region")
    (section,) = comparison_sections(why, "en")
    assert section.title == "Drivers by group"
    assert section.paragraphs == (why.say("en"),)
    assert section.chart is None
    assert section.table is None
