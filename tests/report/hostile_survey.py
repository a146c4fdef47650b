"""A survey in which everything that a person can name tries to do harm."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

import cxdrivers as cx
from cxdrivers.report.results.results import Results, results_of
from cxdrivers.report.write import report_contents

SCRIPT = "<script>alert(1)</script>"
FORMULA = "=cmd()|' /C calc'!A0"
LABELS = {
    "a": SCRIPT,
    FORMULA: FORMULA,
    "+1": "+1",
    "d": '@SUM(A1) Ünïcode 🙂 & "two"; \'n meer',
    "e": "y" * 120 + "\x07\x00\t einde\n\u202eomgekeerd",
    "f": "שירות לקוחות مرحبا",
    "g": r"$\frac{1}{$ kost 5",
}
SHOWN = {key: " ".join(label.split()) for key, label in LABELS.items()}
SHOWN["e"] = "y" * 120 + " einde omgekeerd"
"""What a reader sees of them, white space aside."""
GROUPS = ("../x", "CON", "a/b", "=1+1", "<b>vet</b>", "_nolegend_", "[Blad]:*?")
WAVES = ("-2024", "@2025")
BY, WAVE, OUTCOME = "=per&co", "<wave>", "=cijfer & <i>"
TITLE = "../x </title><script>alert(2)</script>\x0b"
NOTE = '=HYPERLINK("http://example.org") -- ]]> <img src=x onerror=alert(3)>'
RESPONDENTS = 350


def hostile_survey() -> cx.Survey:
    """Return answers that hang together under names that no file should trust."""
    rng = np.random.default_rng(1)
    common = rng.normal(size=RESPONDENTS)
    frame = pd.DataFrame(
        {key: 6 + 1.2 * common + 1.5 * rng.normal(size=RESPONDENTS) for key in LABELS}
    )
    frame["cijfer"] = frame.mean(axis=1) + 0.7 * rng.normal(size=RESPONDENTS)
    frame = frame.round().clip(1, 10)
    frame["yes"] = (rng.random(RESPONDENTS) < 0.2 + 0.2 * (frame["cijfer"] > 7)).astype(int)
    frame["named"] = (rng.random(RESPONDENTS) < 0.3).astype(int)
    places = np.arange(RESPONDENTS)
    frame[BY] = np.array(GROUPS)[places % len(GROUPS)]
    frame[WAVE] = np.array(WAVES)[places % len(WAVES)]
    return cx.Survey.from_frame(
        frame,
        outcome="cijfer",
        drivers=list(LABELS),
        scale=(1, 10),
        labels=LABELS | {"cijfer": OUTCOME},
        title=TITLE,
        note=NOTE,
        segments=(BY,),
        wave=WAVE,
        recommended="yes",
        mention="named",
    )


@cache
def hostile_run() -> Results:
    """Return what is computed from the hostile survey."""
    return results_of(hostile_survey(), n_boot=20, level=0.95, seed=1)


@cache
def hostile_report() -> dict[str, bytes]:
    """Return every file of its report."""
    return report_contents(hostile_run(), "nl")
