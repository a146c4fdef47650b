"""Made-up troubles of scales, with what must be said of them in both languages."""

from __future__ import annotations

from tests.scale_samples import LOADINGS, items_of, scale_answers
from tests.survey.pattern_troubles import Trouble

SCALES: dict[str, Trouble] = {
    "items that hang together little": (
        scale_answers({**LOADINGS, "ivr_menu": (0.45,) * 3}, seed=4),
        {"drivers": items_of({**LOADINGS, "ivr_menu": (0.45,) * 3})},
        "loose_items", "warn", "ivr_menu", 600,
        "The 3 items of 'ivr_menu' hang together little: alpha is 0.43 and omega 0.43 among 600",
        "De 3 items van 'ivr_menu' hangen weinig samen: alfa is 0,43 en omega 0,43 bij 600",
    ),
    "items that hang together loosely": (
        scale_answers({**LOADINGS, "ivr_menu": (0.62,) * 3}, seed=4),
        {"drivers": items_of({**LOADINGS, "ivr_menu": (0.62,) * 3})},
        "loose_items", "note", "ivr_menu", 600,
        "The 3 items of 'ivr_menu' hang together little: alpha is 0.6",
        "De 3 items van 'ivr_menu' hangen weinig samen: alfa is 0,6",
    ),
    "an item that strays": (
        scale_answers({**LOADINGS, "ivr_menu": (0.9, 0.9, 0.1)}),
        {"drivers": items_of({**LOADINGS, "ivr_menu": (0.9, 0.9, 0.1)})},
        "stray_items", "warn", "ivr_menu_3", 600,
        "Item 'ivr_menu_3' goes badly with the others of 'ivr_menu': it correlates 0.",
        "Item 'ivr_menu_3' past slecht bij de andere van 'ivr_menu': het correleert 0,",
    ),
    "drivers that cannot be told apart": (
        scale_answers({"empathy": (0.75,) * 3, "ivr_menu": (0.7,) * 4}, correlation=1.0),
        {"drivers": items_of({"empathy": (0.75,) * 3, "ivr_menu": (0.7,) * 4})},
        "drivers_alike", "warn", "ivr_menu", 600,
        "Some drivers can hardly be told apart: empathy – ivr_menu (1.",
        "Sommige drivers zijn nauwelijks van elkaar te onderscheiden: empathy – ivr_menu (1,",
    ),
}  # fmt: skip
