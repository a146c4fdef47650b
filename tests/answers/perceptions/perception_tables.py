"""Small tables of what groups say."""

from __future__ import annotations

import pandas as pd

SHARES = {"question": "question", "group": "group", "share": "share", "n": "n"}


def answers(**counts: tuple[int, int]) -> pd.DataFrame:
    """Return a row a respondent: for each group how many say yes and how many no."""
    rows = [
        {"role": group, "good": answer}
        for group, (yes, no) in counts.items()
        for answer in ["yes"] * yes + ["no"] * no
    ]
    return pd.DataFrame(rows)


def shares(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Return a row a question and group, with share and number of respondents."""
    return pd.DataFrame(rows, columns=["question", "group", "share", "n"])
