"""Published frustrations beside derived weights: side by side, and only where they belong."""

from __future__ import annotations

import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.perceptions.published_stated import published_stated
from cxdrivers.answers.weights.weights import driver_weights
from cxdrivers.errors import FitError

TABLE = pd.DataFrame(
    {"driver": ["reliability", "customer_knowledge", "wait_time"], "share": [0.5, 0.3, 0.2]}
)


def test_a_figure_stands_beside_the_driver_that_asks_it_and_else_beside_none():
    rows = published_stated(TABLE).tidy().set_index("id")
    assert rows["driver"].to_dict() == {
        "P13": "wait_time",
        "P14": "customer_knowledge",
        "P15": "",
        "P16": "reliability",
        "P17": "",
        "P18": "wait_time",
    }
    assert rows.loc["P13", ["stated", "share", "rank"]].tolist() == [0.82, 0.2, 3]
    assert rows.loc["P13", "stated_low"] < 0.82 < rows.loc["P13", "stated_high"]
    assert rows.loc[["P15", "P17"], ["share", "rank"]].isna().all(axis=None)


def test_the_contrast_is_said_in_both_languages_and_never_mixed():
    stated = published_stated(TABLE)
    assert (
        "Consumers elsewhere say: frustration: waiting too long (82\xa0%); positive: fast response "
        "(47\xa0%). Here Wait time holds 20\xa0% of what the drivers explain"
    ) in stated.summary()
    assert "place 3 of 3" in stated.summary()
    dutch = stated.summary("nl")
    assert "frustratie: te lang wachten (82\xa0%)" in dutch
    assert "Hier staat Wachttijd voor 20\xa0% van wat de drivers" in dutch
    assert "Een snelle oplossing hoort maar voor een deel bij Betrouwbaarheid" in dutch
    assert "Het ene corrigeert het andere niet" in dutch
    assert (
        "'frustratie: de status niet weten', 'positief: deskundigheid van de medewerker' horen"
        in dutch
    )
    assert "Bron: Pegasystems" in dutch


def test_weights_of_a_survey_bring_their_intervals_ranks_and_labels():
    weights = driver_weights(cx.load_example(), n_boot=50, seed=1)
    stated = published_stated(weights)
    wait = weights.tidy().set_index("driver").loc["wait_time"]
    row = stated.tidy().iloc[0]
    assert (
        row[["share", "share_low", "rank"]].tolist()
        == wait[["share", "share_low", "rank"]].tolist()
    )
    table = stated.table("nl")
    assert table.iloc[0, 3] == "Wachttijd"
    assert table.iloc[2, 3:].tolist() == ["–", "–", "–"]
    assert table.iloc[0, 0] in repr(published_stated(weights).table("nl").to_string())
    assert "Wait time" in repr(stated)
    assert "<p>Source: Pegasystems" in stated._repr_html_()


def test_a_driver_the_client_did_not_ask_stands_beside_nothing():
    rows = published_stated(TABLE.iloc[2:]).tidy().set_index("id")
    assert rows.loc["P16", "driver"] == ""
    assert rows.loc["P13", "rank"] == 1


def test_a_share_that_cannot_be_told_is_said():
    stated = published_stated(TABLE.assign(share=float("nan")))
    assert "Which part Wait time holds here cannot be told" in stated.summary()
    assert stated.table().iloc[0, 4] == "–"


def test_a_table_that_is_none_of_weights_is_refused():
    with pytest.raises(FitError, match=r"no column 'share'\. It needs 'driver', 'share'"):
        published_stated(TABLE.drop(columns="share"))
    other = TABLE.assign(driver=["a", "b", "c"])
    with pytest.raises(FitError, match=r"None of the drivers 'a', 'b', 'c' is one"):
        published_stated(other)
