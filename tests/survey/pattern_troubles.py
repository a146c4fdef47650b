"""Made-up troubles that show when answers are held against each other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from tests.samples import OUTCOME, answers
from tests.survey.sick_surveys import (
    WIDE,
    alike,
    five_points,
    jumbled,
    sound,
    turned,
    wide,
    with_noise,
)

Trouble = tuple[pd.DataFrame, dict[str, Any], str, str, str, int, str, str]
"""The survey, the fields of its codebook, and its finding with the sentences."""

PATTERNS: dict[str, Trouble] = {
    "a respondent copied": (
        pd.concat([sound(), sound().head(4)]).assign(who=[*range(300), *range(4)]),
        {"respondent": "who"},
        "copied_rows", "warn", "who", 4,
        "4 rows repeat an earlier row of the same respondent in 'who', answer for answer (4 respo",
        "4 rijen herhalen antwoord voor antwoord een eerdere rij van dezelfde respondent in 'who'",
    ),
    "a respondent more than once": (
        sound().assign(who=np.arange(300) // 2), {"respondent": "who"},
        "repeated_respondents", "warn", "who", 300,
        "150 respondents in 'who' stand in 300 rows, with different answers. Rows of one person",
        "150 respondenten in 'who' staan in 300 rijen, met verschillende antwoorden. Rijen van één",
    ),
    "copied answers": (
        pd.concat([wide(), wide().iloc[20:60]], ignore_index=True), {"drivers": WIDE},
        "copied_answers", "warn", "", 31,
        "31 rows have exactly the answers of another on all 10 questions: 31 pairs are alike, whi",
        "31 rijen hebben op alle 10 vragen precies de antwoorden van een andere: 31 paren zijn ge",
    ),
    "a six above five grades": (
        five_points(), {},
        "odd_end", "warn", "empathy", 150,
        "The answer 6 to 'empathy' does not go on where the other answers lead, so it may be a c",
        "Het antwoord 6 op 'empathy' zet de lijn van de andere antwoorden niet voort en kan dus e",
    ),
    "a mean filled in": (
        wide().assign(empathy_1=lambda made: made["empathy_1"].mask(made.index % 15 < 1, 7.1333)),
        {"drivers": WIDE},
        "filled_mean", "warn", "empathy_1", 20,
        "'empathy_1' is 7.1333 in 20 rows, among whole grades.",
        "'empathy_1' is in 20 rijen 7,1333, tussen hele cijfers.",
    ),
    "a block of one answer": (
        sound().assign(
            empathy=lambda frame: frame["empathy"].where(~frame.index.isin(range(100, 140)), 7.0)
        ), {},
        "constant_block", "warn", "empathy", 40,
        "From respondent 101 to 140 the answer to 'empathy' is always 7: 40 answers in a row.",
        "Van respondent 101 tot en met 140 is het antwoord op 'empathy' steeds 7: 40 antwoorden op",
    ),
    "a reversed item": (
        wide().assign(empathy_1=lambda frame: 11 - frame["empathy_1"]),
        {"drivers": WIDE, "scale": (1, 10)},
        "reversed_item", "warn", "empathy_1", 300,
        "Item 'empathy_1' goes against the other items of 'empathy' (correlation -0.",
        "Item 'empathy_1' gaat tegen de andere items van 'empathy' in (correlatie -0,",
    ),
    "an item turned by mistake": (
        wide(), {"codebook": turned(("empathy_1",))},
        "turned_item", "warn", "empathy_1", 300,
        "Item 'empathy_1' goes against the other items of 'empathy' (correlation -0.",
        "Item 'empathy_1' gaat tegen de andere items van 'empathy' in (correlatie -0,",
    ),
    "a driver the other way round": (
        sound().assign(reliability=lambda frame: 11 - frame["reliability"]), {"scale": (1, 10)},
        "reversed_driver", "warn", "reliability", 300,
        "High scores on 'reliability' go with a low outcome (correlation -0.",
        "Hoge scores op 'reliability' gaan samen met een lage uitkomst (correlatie -0,",
    ),
    "minutes of waiting": (
        sound().assign(wait_time=40 - 3 * with_noise("reliability", 0.6)), {},
        "reversed_driver", "note", "wait_time", 300,
        "High scores on 'wait_time' go with a low outcome (correlation -0.",
        "Hoge scores op 'wait_time' gaan samen met een lage uitkomst (correlatie -0,",
    ),
    "outcomes of other respondents": (
        jumbled("satisfaction"), {},
        "strangers", "warn", "satisfaction", 300,
        "No driver correlates 0.3 or more with the outcome 'satisfaction' among 300 respondents;",
        "Geen driver correleert 0,3 of meer met de uitkomst 'satisfaction' onder 300 respondenten;",
    ),
    "the outcome in other words": (
        sound().assign(empathy=with_noise("satisfaction", 0.4)), {},
        "quasi_outcome", "warn", "empathy", 300,
        "Driver 'empathy' correlates 0.9",
        "Driver 'empathy' correleert 0,9",
    ),
    "an outcome made of the drivers": (
        sound().assign(
            satisfaction=sound().drop(columns=OUTCOME).mean(axis=1) + sound()["satisfaction"] / 50
        ), {},
        "nearly_all_explained", "warn", "satisfaction", 300,
        "The drivers together explain 99",
        "Samen verklaren de drivers 99",
    ),
    "drivers in each other's way": (
        sound().assign(ivr_menu=with_noise("empathy", 0.3)), {},
        "inflated_effects", "warn", "", 300,
        "The variance of own effects is inflated more than 5 times (VIF) for empathy (13",
        "De variantie van het eigen effect is meer dan 5 keer zo groot (VIF) voor empathy (13",
    ),
    "some straight-liners": (
        alike(15), {"drivers": WIDE},
        "straight_liners", "note", "", 20,
        "20 of 300 respondents (7\u00a0%) gave the same answer to every question they answered (6",
        "20 van de 300 respondenten (7\u00a0%) gaven op elke vraag die zij beantwoordden (6 of me",
    ),
    "many straight-liners": (
        alike(8), {"drivers": WIDE},
        "straight_liners", "warn", "", 38,
        "38 of 300 respondents (13\u00a0%) gave the same answer to every question they answered (",
        "38 van de 300 respondenten (13\u00a0%) gaven op elke vraag die zij beantwoordden (6 of m",
    ),
    "halo": (
        answers((0.3, 0.3, 0.3, 0.3), correlation=0.79).clip(1, 10).round(1), {},
        "halo", "warn", "", 300,
        "One direction holds 8",
        "Eén richting bevat 8",
    ),
}  # fmt: skip
