"""The charts of the report as numbers say what its data say."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from cxdrivers.report.native import FORMATS, KINDS, NativeChart
from cxdrivers.report.sections.series import ESTIMATES, SHARES, series_of
from cxdrivers.wording import catalogue
from tests.report.deck.deck_results import small_sections

STEMS = (
    "weights",
    "priorities",
    "shapes",
    "scenarios",
    "agent_link",
    "recommendation",
    "outcomes",
    "users",
    "missing",
    "precision",
)


def _native(stem: str, language: str = "en") -> NativeChart:
    native = small_sections(language)[stem].chart.native
    assert native is not None
    return native


def _joined(native: NativeChart, of: str = "values") -> list[float | None]:
    """Return a row a category from series that fill each other's gaps."""
    rows = zip(*(getattr(series, of) for series in native.series), strict=True)
    return [next((value for value in row if value is not None), None) for row in rows]


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_series_has_a_place_for_every_category(stem: str, language: str):
    native = _native(stem, language)
    assert native.kind in KINDS
    assert native.format in FORMATS
    assert native.axis
    assert len({series.name for series in native.series}) == len(native.series)
    for series in native.series:
        for numbers in (series.values, series.low, series.high):
            assert numbers is None or len(numbers) == len(native.categories)


def test_a_diagram_has_no_bars():
    assert small_sections("en")["advocacy"].chart.native is None


def test_weights_come_by_rank_and_those_without_an_own_effect_by_themselves():
    section, native = small_sections("en")["weights"], _native("weights")
    data = section.data.sort_values("rank", kind="stable")
    assert list(native.categories) == section.table["driver"].tolist()
    assert _joined(native) == data["share"].tolist()
    assert _joined(native, "high") == data["share_high"].tolist()
    own = (data["effect_low"] > 0) | (data["effect_high"] < 0)
    by_name = {series.name: series for series in native.series}
    shown = [value is not None for value in by_name["an effect of its own"].values]
    assert shown == own.tolist()


def test_headroom_comes_largest_first_with_its_quadrant():
    native, data = _native("priorities"), small_sections("en")["priorities"].data
    ranked = data.sort_values("estimate", ascending=False, kind="stable")
    assert _joined(native) == ranked["estimate"].tolist()
    words = {key: catalogue("en")[f"priorities.quadrant.{key}"] for key in set(data["quadrant"])}
    for series in native.series:
        placed = [value is not None for value in series.values]
        assert placed == [words[name] == series.name for name in ranked["quadrant"]]


def test_penalties_and_rewards_are_those_of_the_first_setting():
    native = _native("shapes")
    data = small_sections("en")["shapes"].data.query("setting == 1")
    assert sorted(native.series[0].values) == sorted(data["penalty"])
    lows = [low for low in native.series[1].low if low is not None]
    assert sorted(lows) == sorted(data["reward_low"].dropna())
    assert all(category.endswith(")") for category in native.categories)


@pytest.mark.parametrize("stem", ["agent_link", "recommendation"])
def test_scores_have_their_base_below_them_and_the_top_box_by_itself(stem: str):
    native, data = _native(stem), small_sections("en")[stem].data
    assert native.categories[-1] == f"10\nn = {data['n'].iloc[-1]}"
    expected = [None if math.isnan(share) else share for share in data["estimate"]]
    assert _joined(native) == expected
    top = next(series for series in native.series if series.name == "8–10")
    given = data["top"] & (data["n"] > 0)
    assert [value is not None for value in top.values] == given.tolist()


def test_outcomes_users_policies_and_sizes_are_series():
    for stem, column in (("users", "among"), ("missing", "policy"), ("precision", "n")):
        native, data = _native(stem), small_sections("en")[stem].data
        assert len(native.series) == data[column].nunique()
        found = sorted(value for series in native.series for value in series.values)
        assert found == pytest.approx(sorted(data["share"]))
    outcomes = _native("outcomes")
    data = small_sections("en")["outcomes"].data
    assert {value for series in outcomes.series for value in series.values} <= set(data["share"])


def test_a_series_without_any_interval_has_no_ends():
    rows = pd.DataFrame(
        {"estimate": [1.0, math.nan], "conf_low": [math.nan] * 2, "conf_high": [2.0, math.nan]}
    )
    series = series_of("s", rows, ESTIMATES)
    assert (series.values, series.low, series.high) == ((1.0, None), None, None)
    assert SHARES[0] == "share"
