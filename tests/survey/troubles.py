"""Made-up troubles, one a check, with what must be said of them in both languages."""

from __future__ import annotations

import numpy as np

from tests.samples import OUTCOME
from tests.survey.pattern_troubles import PATTERNS, Trouble
from tests.survey.scale_troubles import SCALES
from tests.survey.sick_surveys import answered, jackknifed, sound, weighted, with_value

TROUBLES: dict[str, Trouble] = {
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
    "nothing rated": (
        sound().iloc[10:].reindex(range(300)).assign(satisfaction=sound()[OUTCOME]), {},
        "rows_lost", "note", "", 10,
        "10 of 300 respondents with an outcome rated no driver at all and are left out.",
        "10 van de 300 respondenten met een uitkomst beoordeelden geen enkele driver en vallen af.",
    ),
    "blanks": (
        with_value("reliability", 10, np.nan, with_value("empathy", 30, np.nan)), {},
        "blanks", "note", "", 30,
        "30 of 300 respondents have no answer to a driver that applied; 'empathy' is blank most of",
        "30 van de 300 respondenten hebben geen antwoord op een driver die van toepassing was; 'e",
    ),
    "many blanks": (
        with_value("empathy", 90, np.nan), {},
        "blank_driver", "warn", "empathy", 90,
        "Driver 'empathy' applied to 300 respondents and 90 of them (30\u00a0%) gave no answer.",
        "Driver 'empathy' was van toepassing op 300 respondenten, van wie 90 (30\u00a0%) geen ant",
    ),
    "a driver with a small base": (
        with_value("empathy", 220, 0), {"not_applicable": [0]},
        "small_driver", "warn", "empathy", 80,
        "Only 80 respondents rated driver 'empathy'. Below 100 its weight among those who rated",
        "Maar 80 respondenten beoordeelden driver 'empathy'. Onder 100 is het gewicht onder wie h",
    ),
    "a few heavy rows": (
        weighted(np.r_[np.full(3, 8.0), np.ones(297)]), {"weight": "w"},
        "large_weights", "warn", "w", 3,
        "The weight 'w' is more than 5 times the mean in 3 rows, up to 7.5 times.",
        "De weegfactor 'w' is in 3 rijen meer dan 5 keer het gemiddelde, tot 7,5 keer.",
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
        "40 respondents met something that did not apply to them: empathy (40), customer_focus (1",
        "Voor 40 respondenten was iets niet van toepassing: empathy (40), customer_focus (10). Zij",
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
    "yes or no": (
        answered("empathy", "Ja", "nee"), {},
        "yes_no", "note", "empathy", 300,
        "Answers of yes or no were read as numbers in 'empathy': 1 for 'ja', 0 for 'nee'.",
        "Antwoorden met ja of nee zijn als getal gelezen in 'empathy': 1 voor 'ja', 0 voor 'nee'.",
    ),
    "yes or no on a scale of grades": (
        answered("empathy", "yes", "no"), {"scale": (1, 10)},
        "yes_no_off_scale", "stop", "empathy", 300,
        "'empathy' is answered with 'yes', 'no', read as 1 and 0, but it was given the scale 1 to",
        "'empathy' is beantwoord met 'yes', 'no', gelezen als 1 en 0, maar kreeg de schaal 1 tot",
    ),
    "yes or no among grades": (
        answered("empathy", "y", "n"), {"drivers": {"care": ["empathy", "reliability"]}},
        "yes_no_among_grades", "stop", "care", 300,
        "The items of 'care' are averaged but do not measure alike: yes or no in 'empathy', read",
        "Van de items van 'care' wordt het gemiddelde genomen, maar ze meten niet op dezelfde",
    ),
    "an outcome of yes or no": (
        answered("satisfaction", "ja", "nee"), {},
        "outcome_of_two_values", "note", "satisfaction", 300,
        "The outcome 'satisfaction' has only two different values, 0 and 1. A straight line",
        "De uitkomst 'satisfaction' heeft maar twee verschillende waarden, 0 en 1. Een rechte lijn",
    ),
    "an outcome of two numbers": (
        sound().assign(satisfaction=lambda frame: 5.0 + 3 * (frame["satisfaction"] > 7)), {},
        "outcome_of_two_values", "note", "satisfaction", 300,
        "The outcome 'satisfaction' has only two different values, 5 and 8. A straight line",
        "De uitkomst 'satisfaction' heeft maar twee verschillende waarden, 5 en 8. Een rechte lijn",
    ),
}  # fmt: skip
TROUBLES |= PATTERNS | SCALES
