"""The parts of the report on the chain from a mention to a recommendation."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from matplotlib.axes import Axes

from cxdrivers.answers.advocacy.advocacy import advocacy_chain
from cxdrivers.report.sections.advocacy import advocacy_section
from cxdrivers.wording import sentence
from tests.answers.advocacy.chain_surveys import advocates, chain_survey


@pytest.fixture(scope="module")
def results() -> SimpleNamespace:
    chain = advocacy_chain(chain_survey(advocates()), n_boot=40, seed=7)
    return SimpleNamespace(advocacy=SimpleNamespace(chain=chain))


def test_the_parts_stand_in_text_table_and_chart(results):
    section = advocacy_section(results, "nl")
    assert section.title == "Van een vermelding via hoge cijfers naar echte aanbevelingen"
    assert section.paragraphs[0].startswith("Klanten die in hun eigen woorden een medewerker")
    assert section.paragraphs[1] == results.advocacy.chain.headline("nl")
    assert "na het cijfer geschreven" in section.paragraphs[-1]
    assert section.table.equals(results.advocacy.chain.table("nl"))
    assert section.data.equals(results.advocacy.chain.tidy())
    assert "40 hertrekkingen van respondenten" in section.notes[0]


def test_a_screen_reader_is_told_every_number_of_the_chart(results):
    chart = advocacy_section(results, "en").chart
    shares = [f"{100 * share:.0f}\xa0%" for share in results.advocacy.chain.steps()["estimate"]]
    assert chart.title == "From mention to recommendation"
    assert chart.description.startswith(
        f"With a mention {shares[1]} give 8–10, without {shares[0]}. Of those who mention an "
        f"employee {shares[5]} recommended after such a score and {shares[4]} after a lower one."
    )
    total = 100 * results.advocacy.chain.tidy()["estimate"].iloc[2]
    assert f"total {total:.1f} [" in chart.description


def test_where_there_is_no_chain_the_section_says_why():
    reason = sentence("errors.chain_none_known", n=5, mention="a", recommended="b")
    results = SimpleNamespace(advocacy=SimpleNamespace(chain=reason))
    section = advocacy_section(results, "en")
    assert section.chart is None
    assert section.table is None
    assert section.paragraphs[0].startswith("Of none of the 5 respondents")


def test_a_chain_draws_itself(results):
    axes = results.advocacy.chain.plot(language="nl")
    assert isinstance(axes, Axes)
    assert "noemt een medewerker" in [text.get_text() for text in axes.texts]
