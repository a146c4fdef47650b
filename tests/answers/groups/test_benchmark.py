"""A benchmark: what it keeps of clients, on which scale, and what it refuses to be made of."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

import cxdrivers as cx
from cxdrivers.answers.groups.benchmark import Benchmark
from cxdrivers.answers.groups.benchmark_making import survey_client
from cxdrivers.moments.grouped_rows import grouped_moments
from tests.answers.groups.benchmark_samples import (
    client_survey,
    client_surveys,
    graded,
    stacked,
)
from tests.samples import OUTCOME

SURVEYS = client_surveys()
FIELD = Benchmark.of(SURVEYS, named=True)
DRIVERS = ["reliability", "empathy", "customer_focus"]


def rows_of(field: Benchmark, client: str) -> pd.DataFrame:
    table = field.tidy()
    return table[table["client"] == client].set_index("driver")


def test_the_table_has_a_row_for_each_client_and_driver():
    table = FIELD.tidy()
    assert table.columns.tolist() == [
        "client", "driver", "mean", "mean_low", "mean_high", "estimate", "std_error", "conf_low",
        "conf_high", "share", "effect", "effect_low", "effect_high", "n",
    ]  # fmt: skip
    assert list(zip(table["client"], table["driver"], strict=True)) == [
        (client, driver) for client in SURVEYS for driver in DRIVERS
    ]
    assert (table["conf_low"] < table["estimate"]).all()
    assert (table["mean_high"] > table["mean"]).all()
    assert np.allclose(table.groupby("client")["share"].sum(), 1)


def test_a_client_s_numbers_are_those_of_its_own_survey():
    name, survey = next(iter(SURVEYS.items()))
    client = survey_client(survey, name, seed=0)
    weights = cx.driver_weights(survey, n_boot=0).tidy().set_index("driver")
    columns = sm.add_constant(survey.frame[DRIVERS])
    slopes = sm.OLS(survey.frame[OUTCOME], columns).fit().params[DRIVERS]
    assert np.allclose(client.weight, weights["estimate"], rtol=1e-10)
    assert np.allclose(client.effect, slopes, rtol=1e-10)
    assert np.allclose(client.mean[:3], (survey.frame[DRIVERS].mean() - 1) / 9 * 100)
    assert (client.rated == len(survey.frame)).all()
    rows = rows_of(FIELD, name)
    assert (np.abs(rows["estimate"] - client.weight) < np.sqrt(client.weight_variance)).all()
    assert (rows["n"] == 120).all()


def test_how_sure_a_mean_is_is_about_what_its_spread_says():
    rows = rows_of(FIELD, "Client E")
    frame = SURVEYS["Client E"].frame[DRIVERS]
    expected = 100 / 9 * frame.std() / np.sqrt(len(frame))
    ratio = (rows["mean_high"] - rows["mean_low"]) / (2 * 1.96 * expected)
    assert ratio.between(0.7, 1.5).all()


def test_a_scale_from_1_to_7_and_one_from_1_to_10_give_the_same_numbers():
    frames = {name: survey.frame for name, survey in SURVEYS.items()}
    shorter = {
        name: client_survey(1 + (frame - 1) * 6 / 9, scale=(1, 7)) for name, frame in frames.items()
    }
    numbers = FIELD.tidy().select_dtypes("number")
    again = Benchmark.of(shorter, named=True).tidy().select_dtypes("number")
    assert np.allclose(numbers, again, rtol=1e-9)


def test_drivers_in_another_order_are_put_in_that_of_the_first():
    frame = SURVEYS["Client B"].frame
    turned = cx.Survey.from_frame(frame, outcome=OUTCOME, drivers=DRIVERS[::-1], scale=(1, 10))
    again = Benchmark.of(SURVEYS | {"Client B": turned}, named=True)
    assert np.allclose(
        rows_of(again, "Client B")["estimate"], rows_of(FIELD, "Client B")["estimate"]
    )
    assert list(again.drivers) == DRIVERS


def test_one_survey_of_many_clients_gives_what_surveys_of_each_give():
    field = Benchmark.of(stacked(SURVEYS), by="client", named=True)
    assert [client.name for client in field.clients] == list(SURVEYS)
    for measure in ("mean", "estimate", "effect"):
        assert np.allclose(field.tidy()[measure], FIELD.tidy()[measure], rtol=1e-9)


def test_moments_of_groups_do_as_well_as_the_survey():
    survey = stacked(SURVEYS)
    groups = grouped_moments(survey, "client")
    field = Benchmark.of(groups, codebook=survey.codebook, named=True)
    pd.testing.assert_frame_equal(
        field.tidy(), Benchmark.of(survey, by="client", named=True).tidy(), rtol=1e-12
    )
    pd.testing.assert_frame_equal(Benchmark.of(groups, named=True).tidy(), field.tidy())


def test_groups_that_a_warehouse_kept_back_are_counted_among_those_left_out():
    groups = grouped_moments(stacked(SURVEYS), "client")
    assert Benchmark.of(replace(groups, withheld=3, withheld_n=20)).left_out == 3


def test_means_and_covariances_alone_make_no_benchmark():
    moments = grouped_moments(stacked(SURVEYS), "client").moments(0)
    with pytest.raises(cx.FitError, match="are means and covariances alone"):
        Benchmark.of(moments)
    with pytest.raises(cx.FitError, match="asked of each respondent's answers, and these are mom"):
        FIELD.place(moments)


def test_groups_that_are_too_small_are_left_out_and_counted():
    small = graded(n=49, seed=9)
    more = SURVEYS | {"Small": client_survey(small)}
    field = Benchmark.of(stacked(more), by="client", named=True)
    assert [client.name for client in field.clients] == list(SURVEYS)
    assert field.left_out == 1
    assert "1 smaller group is left out." in field.summary()
    assert "1 kleinere groep is weggelaten." in field.summary("nl")


def test_names_are_not_kept_unless_asked_for_and_the_order_does_not_follow_the_input():
    field = Benchmark.of(SURVEYS)
    names = [client.name for client in field.clients]
    assert names == [f"client {number}" for number in range(1, 6)]
    again = Benchmark.of(dict(reversed(SURVEYS.items())))
    pd.testing.assert_frame_equal(field.tidy(), again.tidy())
    sizes = [client.n for client in field.clients]
    assert sorted(sizes) == [len(survey.frame) for survey in SURVEYS.values()]
    assert sizes != sorted(sizes)


def test_a_list_of_surveys_is_numbered_the_same():
    field = Benchmark.of(list(SURVEYS.values()))
    pd.testing.assert_frame_equal(field.tidy(), Benchmark.of(SURVEYS).tidy())


def test_moments_of_a_client_give_its_weights_again():
    moments = FIELD.moments("Client C")
    again = cx.driver_weights(moments, n_boot=0).tidy()
    rows = rows_of(FIELD, "Client C")
    assert (np.abs(again["estimate"].to_numpy() - rows["estimate"]) < rows["std_error"]).all()
    assert moments.n == 140


def test_a_client_that_is_not_there_is_said_with_the_nearest():
    with pytest.raises(cx.CxError, match=r"no client 'Client c' .* Did you mean 'Client C'\?"):
        FIELD.moments("Client c")


def test_a_driver_that_few_met_is_not_kept_of_that_client():
    frame = SURVEYS["Client A"].frame.copy()
    frame.loc[frame.index[24:], "empathy"] = 99
    seldom = client_survey(frame, not_applicable=(99,))
    field = Benchmark.of(SURVEYS | {"Client A": seldom}, named=True)
    row = rows_of(field, "Client A").loc["empathy"]
    assert row["n"] == 20
    assert row.drop(["client", "n"]).isna().all()
    assert field.moments("Client A").drivers == ("reliability", "customer_focus")
    assert np.isnan(field.clients[0].covariance[1]).all()


def test_a_driver_that_never_varies_at_a_client_has_a_score_and_no_weight():
    frame = SURVEYS["Client A"].frame.assign(empathy=8.0)
    field = Benchmark.of(SURVEYS | {"Client A": client_survey(frame)}, named=True)
    row = rows_of(field, "Client A").loc["empathy"]
    assert row["mean"] == pytest.approx(700 / 9, abs=0.5)
    assert row["estimate"] == 0
    assert np.isnan(row["effect"])
    weights = cx.driver_weights(field.moments("Client A"), n_boot=0).tidy()
    assert weights["estimate"].iloc[1] == 0


def test_no_mark_of_who_did_not_meet_a_driver_is_kept():
    """With one such customer, its covariance with the outcome would tell that customer's grade."""
    frame = SURVEYS["Client A"].frame.copy()
    frame.loc[frame.index[0], "empathy"] = 99
    survey = client_survey(frame, not_applicable=(99,))
    field = Benchmark.of(SURVEYS | {"Client A": survey}, named=True)
    client = field.clients[0]
    assert client.covariance.shape == (4, 4)
    assert client.rated.tolist() == [120, 120, 120]
    assert client.mean[1] == pytest.approx((frame["empathy"][1:].mean() - 1) / 9 * 100, abs=0.5)


def test_labels_are_kept_where_all_surveys_have_the_same():
    shared = {"reliability": "As promised"}
    own = {
        name: client_survey(survey.frame, labels={"empathy": f"Warmth at {name}"} | shared)
        for name, survey in SURVEYS.items()
    }
    field = Benchmark.of(own)
    assert field.labels["en"]["reliability"] == "As promised"
    assert field.labels["en"]["empathy"] == "Empathy"
    assert field.labels["nl"]["empathy"] == "Empathie"


def test_a_benchmark_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        FIELD.minimum = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "5 clients with about 120 to 160 respondents each, about 700 together. Scores run from",
        ),
        (
            "nl",
            "5 organisaties met elk ongeveer 120 tot 160 respondenten, samen ongeveer 700. Scores",
        ),
    ],
)
def test_the_summary_says_who_is_in_it(language: str, expected: str):
    assert FIELD.summary(language).startswith(expected)


def test_the_summary_says_what_weighs_most_and_where_scores_differ():
    assert "On average Reliability weighs most: " in FIELD.summary()
    assert re.search(r"Scores lie furthest apart for .+: from \d\d to \d\d\.", FIELD.summary())
    assert "Gemiddeld weegt Betrouwbaarheid het zwaarst: " in FIELD.summary("nl")


def test_the_summary_says_what_is_not_in_it():
    said = FIELD.summary()
    assert (
        "No client with fewer than 50 respondents is in it, and no row of any respondent." in said
    )
    assert "rounded to steps of about their uncertainty, so that one customer's answers" in said
    assert "zodat de antwoorden van één klant er niet uit springen" in FIELD.summary("nl")
    assert "Names of clients are kept: give the file only to those who may know them." in said
    assert "Scales of different length are comparable only as far as their ends are" in said
    assert "Names of clients are not kept." in Benchmark.of(SURVEYS).summary()


def test_the_table_for_a_reader_has_scores_and_weights():
    table = FIELD.table("nl").set_index("driver")
    means = FIELD.tidy().groupby("driver")["mean"]
    assert table.columns.tolist() == [
        "score (0–100)", "laagste organisatie", "hoogste organisatie", "deel van alle verschillen",
    ]  # fmt: skip
    assert table.loc["Empathie", "laagste organisatie"] == f"{means.min()['empathy']:.0f}"
    assert table["deel van alle verschillen"].str.endswith("%").all()
    assert "5 clients" in repr(FIELD)
    assert FIELD._repr_html_().startswith("<table")


def test_names_cannot_carry_markup_into_a_page():
    named = {f"<b>{name}": survey for name, survey in SURVEYS.items()}
    page = Benchmark.of(named, named=True).place(next(iter(SURVEYS.values())))._repr_html_()
    assert "<b>" not in page
    assert "&lt;b&gt;Client A" in page


def test_the_caller_s_data_are_not_changed():
    frames = {name: survey.frame.copy() for name, survey in SURVEYS.items()}
    Benchmark.of(SURVEYS)
    for name, survey in SURVEYS.items():
        pd.testing.assert_frame_equal(survey.frame, frames[name])
