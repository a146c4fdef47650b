"""Made-up troubles, one a check, with what must be said of them in both languages."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from tests.samples import answers


def sound() -> pd.DataFrame:
    """Return a survey in which nothing is wrong."""
    return answers().clip(1, 10).round(1)


def with_value(
    column: str, rows: int, value: float, frame: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return a survey, sound by default, with a value in the first rows of a column."""
    found = sound() if frame is None else frame
    found.loc[: rows - 1, column] = value
    return found


def weighted(weights: np.ndarray) -> pd.DataFrame:
    """Return a sound survey with weights in its column `w`."""
    return sound().assign(w=weights)


def jackknifed() -> pd.DataFrame:
    """Return a sound survey with four replicate weights that each leave a quarter out."""
    quarter = np.arange(300) % 4
    kept = {f"rw_{place + 1}": (quarter != place) * 4 / 3 for place in range(4)}
    return sound().assign(w=1.0, **kept)


TROUBLES: dict[str, tuple[pd.DataFrame, dict[str, Any], str, str, str, int, str, str]] = {
    "unanswered": (
        sound().assign(empathy=np.nan), {},
        "unanswered", "stop", "empathy", 300,
        "'empathy' has no answer in any of the 300 rows.",
        "'empathy' heeft in geen van de 300 rijen een antwoord.",
    ),
    "off the scale": (
        with_value("empathy", 2, 11.5), {"scale": (1, 10)},
        "off_scale", "stop", "empathy", 2,
        "'empathy' holds '11.5' in 2 rows, outside the scale 1 to 10.",
        "'empathy' heeft in 2 rijen '11,5', buiten de schaal 1 tot 10.",
    ),
    "off the scale once": (
        with_value("satisfaction", 1, 0), {"scale": (1, 10)},
        "off_scale", "stop", "satisfaction", 1,
        "'satisfaction' holds '0' in 1 row, outside the scale 1 to 10.",
        "'satisfaction' heeft in 1 rij '0', buiten de schaal 1 tot 10.",
    ),
    "unreadable": (
        sound().assign(empathy=["goed", "slecht", *["8"] * 298]), {},
        "unreadable", "stop", "empathy", 2,
        "Column 'empathy' holds text that is no number in 2 rows",
        "Kolom 'empathy' heeft in 2 rijen tekst die geen getal is",
    ),
    "few clusters": (
        sound().assign(team=np.arange(300) % 5), {"cluster": "team"},
        "few_clusters", "warn", "team", 5,
        "There are only 5 clusters in 'team'. Below 20 nobody can say well",
        "Er zijn maar 5 clusters in 'team'. Onder 20 valt niet goed te zeggen",
    ),
    "a stratum of one": (
        sound().assign(region=["alone"] + ["a", "b", "c"] * 99 + ["a", "b"]), {"strata": "region"},
        "lone_strata", "warn", "region", 1,
        "1 of 4 strata of 'region' holds a single unit, a row or a whole cluster: 'alone'.",
        "1 van de 4 strata van 'region' bevat maar één eenheid, een rij of een heel cluster: 'al",
    ),
    "strata of one cluster": (
        sound().assign(
            team=np.arange(300) % 30,
            region=lambda frame: np.where(frame["team"] < 2, frame["team"], 2 + frame["team"] % 4),
        ),
        {"strata": "region", "cluster": "team"},
        "lone_strata", "warn", "region", 2,
        "2 of 6 strata of 'region' hold a single unit, a row or a whole cluster: '0', '1'. These",
        "2 van de 6 strata van 'region' bevatten maar één eenheid",
    ),
    "a jackknife without its scale": (
        jackknifed(), {"weight": "w", "replicate_weights": ("rw_1", "rw_2", "rw_3", "rw_4")},
        "jackknife_scale", "stop", "rw_1", 4,
        "Each of the 4 replicate weights from 'rw_1' on leaves another part of the rows out.",
        "Elk van de 4 replicatiegewichten vanaf 'rw_1' laat een ander deel van de rijen weg.",
    ),
    "codes left in": (
        with_value("empathy", 3, 99), {},
        "left_in_codes", "stop", "empathy", 3,
        "'empathy' holds '99' in 3 rows, far from all other answers: it looks like a code.",
        "'empathy' heeft in 3 rijen '99', ver van alle andere antwoorden: dat lijkt een code.",
    ),
    "a code left in once": (
        with_value("empathy", 1, 998), {},
        "left_in_codes", "stop", "empathy", 1,
        "'empathy' holds '998' in 1 row, far from all other answers: it looks like a code.",
        "'empathy' heeft in 1 rij '998', ver van alle andere antwoorden: dat lijkt een code.",
    ),
    "constant outcome": (
        sound().assign(satisfaction=7.0), {},
        "constant_outcome", "stop", "satisfaction", 300,
        "The outcome 'satisfaction' is 7 in all 300 rows, so there is nothing to explain.",
        "De uitkomst 'satisfaction' is 7 in alle 300 rijen; er valt dus niets te verklaren.",
    ),
    "constant driver": (
        sound().assign(empathy=7.5), {},
        "constant_driver", "warn", "empathy", 300,
        "Driver 'empathy' is 7.5 in all 300 rows. It cannot explain a difference",
        "Driver 'empathy' is 7,5 in alle 300 rijen. Hij kan geen verschil verklaren",
    ),
    "duplicate drivers": (
        sound().assign(ivr_menu=lambda frame: frame["empathy"]), {},
        "duplicate_drivers", "stop", "ivr_menu", 300,
        "Drivers 'empathy' and 'ivr_menu' have the same score in all 300 rows",
        "De drivers 'empathy' en 'ivr_menu' hebben in alle 300 rijen dezelfde score",
    ),
    "zero weights": (
        weighted(np.r_[np.zeros(5), np.ones(295)]), {"weight": "w"},
        "zero_weights", "warn", "w", 5,
        "The weight 'w' is zero in 5 rows, which are left out.",
        "De weegfactor 'w' is nul in 5 rijen; die vallen af.",
    ),
    "very unequal weights": (
        weighted(np.r_[np.full(10, 100.0), np.ones(290)]), {"weight": "w"},
        "extreme_weights", "warn", "w", 300,
        "The weight 'w' is so unequal that 300 rows tell as much as 17 equal ones.",
        "De weegfactor 'w' is zo ongelijk dat 300 rijen evenveel zeggen als 17 gelijke.",
    ),
    "small base": (
        sound().head(60), {},
        "small_base", "warn", "", 60,
        "Only 60 respondents can be used. Below 100 the weights show tiers at most, no order.",
        "Maar 60 respondenten zijn bruikbaar. Onder 100 tonen de gewichten hooguit groepen",
    ),
    "rows lost to blanks": (
        with_value("reliability", 10, np.nan, with_value("empathy", 90, np.nan)), {},
        "rows_lost", "warn", "", 90,
        "90 of 300 respondents with an outcome are left out because a driver has no answer; ",
        "90 van de 300 respondenten met een uitkomst vallen af omdat een driver geen antwoord",
    ),
    "no outcome": (
        with_value("satisfaction", 4, np.nan), {},
        "no_outcome", "note", "satisfaction", 4,
        "4 of 300 respondents gave no outcome and are left out.",
        "4 van de 300 respondenten gaven geen uitkomst en vallen af.",
    ),
    "did not apply": (
        with_value("customer_focus", 10, 0, with_value("empathy", 40, 0)), {"not_applicable": [0]},
        "not_applicable", "note", "", 40,
        "40 respondents met something that did not apply to them ('empathy: 40', 'customer",
        "Voor 40 respondenten was iets niet van toepassing ('empathy: 40', 'customer_focus: 10').",
    ),
    "infinite": (
        with_value("empathy", 2, np.inf), {},
        "infinite", "stop", "empathy", 2,
        "'empathy' holds 'inf' in 2 rows, which is no answer.",
        "'empathy' heeft in 2 rijen 'inf'; dat is geen antwoord.",
    ),
    "left out": (
        sound().assign(user=[None] * 30 + ["x"] * 270), {"required": ("user",)},
        "left_out", "note", "", 30,
        "30 of 300 rows are left out because 'user' must be filled in.",
        "30 van de 300 rijen vallen af omdat 'user' ingevuld moet zijn.",
    ),
}  # fmt: skip
"""The survey, the fields of its codebook, and its finding with the sentences."""
