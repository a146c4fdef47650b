"""Open the labelled motivations that ship with the package."""

from __future__ import annotations

import pandas as pd

from cxdrivers.survey.sources import example_path

MOTIVATIONS = "motivations.csv"


def load_motivations() -> pd.DataFrame:
    """Load the motivations that ship with the package: 2,000 Dutch and 970 English texts.

    They were written for this project by many imagined voices. No customer wrote them, so they
    say nothing about customers or companies; they teach and test the finding of mentions.
    `datasets/README.md` says how they were made and labelled.

    Returns
    -------
    DataFrame
        Columns: `language` (``nl`` or ``en``), `voice` (who was imagined to write), `text`,
        `mention` and `absent` (0 or 1), `kind` (the most telling one), `polarity` (of the mention;
        empty without one) and `score` (the grade given with it, 1–10).

    Examples
    --------
    >>> motivations = load_motivations()
    >>> motivations.groupby("language")["voice"].nunique().to_dict()
    {'en': 45, 'nl': 80}
    """
    path = example_path().with_name(MOTIVATIONS)
    return pd.read_csv(path, encoding="utf-8", keep_default_na=False)
