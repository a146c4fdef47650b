"""The report: one set of numbers in every file, in two languages, the same bytes each time."""

import re
from html.parser import HTMLParser
from io import BytesIO

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.report.results.results import results_of
from cxdrivers.report.write import report_contents

N_BOOT = 200


@pytest.fixture(scope="module")
def results():
    return results_of(cx.load_example(), n_boot=N_BOOT, level=0.95, seed=7)


@pytest.fixture(scope="module")
def page(results):
    return report_contents(results, "en")["report.html"].decode()


@pytest.fixture(scope="module")
def dutch_page(results):
    return report_contents(results, "nl")["report.html"].decode()


OWN_SCRIPTS = 2
"""The numbers of the sliders, and what moves them."""


class Tags(HTMLParser):
    """Collect tags, and notice one that is closed in the wrong order."""

    VOID = frozenset({"meta", "link", "br", "img", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_asks_nothing_of_the_network(page):
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    names = {tag for tag, _ in tags.seen}
    assert not names & {"link", "img", "iframe", "object"}
    assert [tag for tag, _ in tags.seen].count("script") == OWN_SCRIPTS
    addresses = [
        value
        for _, attrs in tags.seen
        for name, value in attrs.items()
        if name in {"src", "href", "action"} and not str(value).startswith("#")
    ]
    assert addresses == []
    assert "url(http" not in page
    assert "@import" not in page


def test_ids_on_the_page_are_unique_and_links_lead_somewhere(page):
    ids = re.findall(r'\bid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'<a href="#([^"]*)"', page)) <= set(ids)


def test_a_screen_reader_is_told_what_the_chart_shows(page):
    title = re.search(r'<title id="weights-title">(.*?)</title>', page)
    description = re.search(r'<desc id="weights-desc">(.*?)</desc>', page)
    assert title.group(1) == "What each driver adds"
    assert "Reliability 29\xa0%" in description.group(1)


def test_the_table_on_the_page_shows_the_numbers_of_the_csv_file(results, page):
    raw = pd.read_csv(BytesIO(report_contents(results, "en")["tables/weights.csv"]))
    section = page[page.index('<section id="weights">') : page.index('<section id="priorities">')]
    rows = re.findall(r'<tr><th scope="row">[^<]*</th><td class="number">([^<]*)</td>', section)
    ranked = raw.sort_values("rank", kind="stable")
    assert rows == [f"{100 * share:.0f}\xa0%" for share in ranked["share"]]
    assert np.array_equal(raw["share"], results.weights.tidy()["share"])


def test_the_model_on_the_page_is_the_one_behind_the_own_effects(results):
    contents = report_contents(results, "en")
    weights = pd.read_csv(BytesIO(contents["tables/weights.csv"])).set_index("driver")
    model = pd.read_csv(BytesIO(contents["tables/model.csv"]))
    rating = model[model["term"] == "rating"].set_index("driver")
    assert weights["effect"].equals(rating["estimate"].rename("effect"))
    assert weights["effect_low"].equals(rating["conf_low"].rename("effect_low"))


def test_the_dutch_page_says_so_and_writes_decimal_commas(dutch_page):
    assert '<html lang="nl">' in dutch_page
    assert "Betrouwbaarheid weegt het zwaarst" in dutch_page
    body = dutch_page[dutch_page.index("<main>") :]
    cells = re.findall(r'<td class="number">([^<]*)</td>', body)
    assert cells
    assert not [cell for cell in cells if "." in cell]


@pytest.mark.parametrize(
    "english",
    ["weighs most", "passenger", "resamples", "own effect", "did not apply", "respondents"],
)
def test_no_english_stands_in_the_dutch_page(dutch_page, english):
    assert english not in dutch_page


def test_the_example_says_on_its_page_that_it_is_simulated(page, dutch_page):
    assert "Simulated data" in page
    assert "Gesimuleerde" in dutch_page


def test_words_of_customers_and_their_identifiers_reach_no_file(results):
    survey = results.survey
    everything = b"".join(report_contents(results, "en").values()).decode("utf-8", "replace")
    texts = survey.frame[survey.codebook.verbatim].dropna()
    respondents = survey.frame[survey.codebook.respondent]
    assert not [text for text in texts if text in everything]
    assert not [name for name in respondents if name in everything]


def test_the_provenance_has_what_is_needed_to_make_the_numbers_again(results, monkeypatch):
    facts = results.provenance()
    assert facts["file"] == "contact_centre.csv"
    assert re.fullmatch("[0-9a-f]{64}", facts["sha256"])
    assert facts["seed"] == "7"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    again = results_of(results.survey, n_boot=2, level=0.95, seed=7)
    assert again.provenance()["date"] == "1970-01-01"


@pytest.mark.parametrize("value", ["yesterday", "²", "9" * 17])
def test_a_day_that_does_not_exist_is_refused_before_anything_is_computed(value, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    with pytest.raises(cx.CxError, match=f"SOURCE_DATE_EPOCH is '{value}', which is no day. Set"):
        results_of(cx.load_example(), n_boot=10**9, level=0.95, seed=7)


def test_two_runs_with_one_seed_give_the_same_bytes(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    first = results_of(cx.load_example(), n_boot=20, level=0.95, seed=7)
    second = results_of(cx.load_example(), n_boot=20, level=0.95, seed=7)
    assert report_contents(first, "nl") == report_contents(second, "nl")


def test_names_that_look_like_code_come_through_harmless():
    frame = pd.DataFrame(
        np.random.default_rng(1).integers(1, 11, size=(150, 3)),
        columns=["<script>alert(1)</script>", "=cmd()", "grade"],
    )
    labels = {"=cmd()": "Ünïcode 🙂 & " + "x" * 120}
    survey = cx.Survey.from_frame(
        frame,
        outcome="grade",
        drivers=list(frame.columns[:2]),
        labels=labels,
        title="<b>Bold</b>",
    )
    contents = report_contents(results_of(survey, n_boot=20, level=0.9, seed=1), "en")
    page = contents["report.html"].decode()
    tags = Tags()
    tags.feed(page)
    assert not {tag for tag, _ in tags.seen} & {"script", "b"}
    assert "<script>alert" not in page
    assert "'=cmd()" in contents["tables/weights.csv"].decode("utf-8-sig")


def test_only_the_formats_that_were_asked_for_are_written(results):
    written = list(report_contents(results, "en", ["svg"]))
    assert written[:2] == ["charts/weights.svg", "charts/priorities.svg"]
    assert [name for name in written if not re.fullmatch(r"charts/\w+\.svg", name)] == []


def test_a_format_that_does_not_exist_is_refused_with_the_nearest(tmp_path):
    with pytest.raises(cx.CxError, match=r"no format 'htm'\. Did you mean 'html'\?"):
        cx.write_report(cx.load_example(), tmp_path, formats=["htm"])
    assert list(tmp_path.iterdir()) == []


def test_a_driver_that_never_varies_is_reported_and_does_not_stop_the_report():
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"fast": rng.integers(1, 6, 200), "kind": 4.0})
    frame["grade"] = frame["fast"] + rng.integers(0, 3, 200)
    survey = cx.Survey.from_frame(frame, outcome="grade", drivers=["fast", "kind"])
    page = report_contents(results_of(survey, n_boot=50, level=0.95, seed=1), "en")["report.html"]
    assert "kind never varies and has weight 0." in page.decode()


def test_formats_that_are_one_text_are_refused_with_what_to_give(tmp_path):
    with pytest.raises(cx.CxError, match=r"formats is one text, 'html'\. Give a list"):
        cx.write_report(cx.load_example(), tmp_path, formats="html")
