"""Tests of `answers.scales.scales_words`: what a reader is told, in both languages."""

from __future__ import annotations

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.answers.scales.scales import assess_scales
from cxdrivers.answers.scales.scales_result import ScaleAssessment
from tests.scale_samples import LOADINGS, scale_answers, scale_survey


@pytest.fixture(scope="module")
def sound() -> ScaleAssessment:
    """Return the assessment of drivers with nothing wrong."""
    return assess_scales(scale_survey(scale_answers()), n_boot=50)


@pytest.fixture(scope="module")
def troubled() -> ScaleAssessment:
    """Return one with loose items, stray ones, and drivers that are alike."""
    loadings = {
        "reliability": (0.9, 0.9, 0.9),
        "empathy": (0.9, 0.9, 0.9),
        "wait_time": (0.9, 0.9, 0.1),
        "accessibility": (0.45, 0.45, 0.45),
        "ivr_menu": (0.6, 0.6, 0.6),
    }
    frame = scale_answers(loadings, n=400, seed=3, correlation=0.9)
    frame = frame.assign(customer_focus_1=np.arange(400) % 10)
    return assess_scales(scale_survey(frame), n_boot=50)


def test_scales_without_trouble_take_two_sentences(sound: ScaleAssessment):
    table = sound.tidy().sort_values("omega")
    low, high = (f"{table['omega'].iloc[place]:.2f}" for place in (0, -1))
    first, second = sound.sentences()
    assert first == (
        f"Everywhere the items hang together well: omega runs from {low} (Wait time) to "
        f"{high} (Empathy)."
    )
    assert second.startswith("All drivers can be told apart: HTMT, which is what two of them")
    assert second.endswith("and lies below 0.9 everywhere.")
    dutch = sound.summary("nl")
    assert dutch.startswith("Overal hangen de items goed samen: omega loopt van 0,")
    assert "Alle drivers zijn van elkaar te onderscheiden: HTMT, de correlatie die" in dutch
    assert "ligt overal onder 0,9." in dutch


def test_troubles_come_first_and_each_has_its_sentence(troubled: ScaleAssessment):
    said = troubled.sentences()
    beginnings = [
        "The items hang together too little to count as one driver: 'Accessibility: alpha 0.4",
        "The items hang together loosely: 'IVR menu: alpha 0.6",
        "In Wait time the item 'wait_time_3' goes badly with the others: it correlates 0.",
        "Elsewhere the items hang together well: omega runs from 0.9",
        "Two drivers cannot be told apart, with an HTMT of 0.9 or more: 'Reliability – Em",
        "Of ",
        "By the older and coarser rule of Fornell and Larcker the drivers of ",
        "Nothing is said of 'Customer focus', which is not the mean of several items.",
    ]
    pairs = troubled.pairs()
    alike = (pairs["apart"] == "no").sum()
    if alike > 1:
        beginnings[4] = f"These {alike} pairs of drivers cannot be told apart, with an HTMT of 0.9"
    for sentence, beginning in zip(said, beginnings, strict=True):
        assert sentence.startswith(beginning)
    assert "is not clear whether the two can be told apart" in said[5]
    older = (pairs["ave"] < pairs["shared"]).sum()
    assert f"the drivers of {older} pairs (of 10) have more in common" in said[6]


def test_troubles_are_told_in_dutch(troubled: ScaleAssessment):
    said = " ".join(troubled.sentences("nl"))
    for part in (
        "De items hangen te weinig samen om als één driver te tellen: 'Toegankelijkheid: alfa 0,4",
        "De items hangen losjes samen: 'Keuzemenu: alfa 0,6",
        "Bij Wachttijd past het item 'wait_time_3' slecht bij de andere: het correleert 0,",
        "Elders hangen de items goed samen: omega loopt van 0,9",
        "niet van elkaar te onderscheiden, met een HTMT van 0,9 of meer: '",
        "is niet duidelijk of de twee te onderscheiden zijn",
        "Volgens de oudere en grovere regel van Fornell en Larcker",
        "Over 'Klantfocus' is niets gezegd: dat is geen gemiddelde van meerdere items.",
    ):
        assert part in said


def test_what_cannot_be_told_is_said_to_be():
    frame = scale_answers()
    frame.loc[:295, "wait_time_1"] = np.nan
    frame.loc[304:, "wait_time_2"] = np.nan
    found = assess_scales(scale_survey(frame), n_boot=0)
    said = "Of 'Wait time' it cannot be told how well the items hang together: an item does not"
    assert said in found.summary()
    assert "Van 'Wachttijd' is niet te zeggen hoe goed de items" in found.summary("nl")
    assert found.table().set_index("driver").loc["Wait time", "remark"] == "cannot be told"
    assert found.table().set_index("driver").loc["Wait time", "omega"] == "–"


def test_one_driver_is_spoken_of_in_the_singular():
    frame = scale_answers({"empathy": LOADINGS["empathy"]})
    [said] = assess_scales(scale_survey(frame), n_boot=0).sentences()
    assert said.startswith("The items of Empathy hang together well: omega is 0.")
    two = assess_scales(scale_survey(scale_answers({"a": (0.9,) * 2, "b": (0.9,) * 2})), n_boot=0)
    assert two.sentences()[1].startswith("The two drivers can be told apart: HTMT, which is")


def test_the_tables_are_rounded_and_in_words(sound: ScaleAssessment):
    table = sound.table()
    assert list(table.columns) == [
        "driver", "items", "alpha (95\xa0%)", "omega (95\xa0%)", "AVE", "n", "remark",
    ]  # fmt: skip
    assert table["omega (95\xa0%)"].str.fullmatch(r"0\.\d\d \[0\.\d\d, 0\.\d\d\]").all()
    dutch = sound.pair_table("nl")
    assert list(dutch.columns) == [
        "driver", "andere driver", "HTMT (95\xa0%)", "te onderscheiden",
    ]  # fmt: skip
    assert dutch["HTMT (95\xa0%)"].str.fullmatch(r"0,\d\d \[0,\d\d; 0,\d\d\]").all()
    assert (dutch["te onderscheiden"] == "ja").all()
    values = sound.pairs()["htmt"].sort_values(ascending=False)
    assert [text[:4] for text in sound.pair_table()["HTMT (95\xa0%)"]] == [
        f"{value:.2f}" for value in values
    ]


def test_remarks_are_words(troubled: ScaleAssessment):
    assert set(troubled.table()["remark"]) == {"", "an item strays", "too loose", "loose"}
    assert set(troubled.table("nl")["opmerking"]) == {"", "een item wijkt af", "te los", "los"}
    assert {"no", "unclear"} <= set(troubled.pair_table()["told apart"])


def test_the_footer_says_how_it_was_made(sound: ScaleAssessment):
    assert sound.footer() == (
        "600 respondents, blank answers taken into account by EM; 95\xa0% intervals of 50 "
        "resamples of respondents, seed 0"
    )
    assert sound.footer("nl").endswith(
        "95\xa0%-intervallen van 50 hertrekkingen van respondenten, seed 0"
    )
    plain = assess_scales(scale_survey(scale_answers()), n_boot=0)
    assert plain.footer().endswith("taken into account by EM; no resamples")
    assert "omega" in plain.table().columns


def test_it_reads_well_in_a_notebook(sound: ScaleAssessment):
    assert repr(sound).splitlines()[-1] == sound.footer()
    assert "<table" in sound._repr_html_()


def test_a_language_that_is_not_there_is_refused(sound: ScaleAssessment):
    with pytest.raises(cx.CxError, match="Language 'de' is not available"):
        sound.summary("de")
