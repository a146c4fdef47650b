"""Name the seven quality drivers of a contact centre.

The seven and what is claimed of them come from a study by Zanna van der Aa among about 1,500
customers in four sectors; the scale behind it is van Dun, Bloemer & Henseler (2011), *The Service
Industries Journal* 31(8), 1347–1363. No weights, item wordings, loadings or reliabilities were
published, so none are given here. Labels and definitions stand in ``words/*/drivers.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cxdrivers.wording import LANGUAGES, catalogue, say

if TYPE_CHECKING:
    import pandas as pd

DRIVERS = (
    "reliability",
    "empathy",
    "customer_focus",
    "customer_knowledge",
    "wait_time",
    "accessibility",
    "ivr_menu",
)
LINEAR, TOP_BOX, ORDINAL = KINDS = ("linear", "top_box", "ordinal")
"""What a model explains: the mean grade, who reaches a threshold, or the grades in their order."""
EM, IMPUTATION, LISTWISE = POLICIES = ("em", "imputation", "listwise")
"""What to do with blanks: likeliest moments, several fillings, or leaving rows out."""
REPORT_FORMATS = ("html", "pptx", "xlsx", "csv", "svg")
"""What a report is written as, unless something else is asked for."""
SOURCE = (
    "Zanna van der Aa, 'De 7 drivers voor een top klantenservice ervaring' (Marketingfacts, 2011); "
    "van Dun, Bloemer & Henseler 2011, The Service Industries Journal 31(8), 1347–1363"
)


def seven_drivers(language: str = "en") -> pd.DataFrame:
    """Return the seven drivers with what each is, what is claimed of it, and by whom.

    Parameters
    ----------
    language
        Language of `definition`, `claim` and `trap`; both labels are always there.

    Returns
    -------
    DataFrame
        One row a driver: `driver`, `label_en`, `label_nl`, `definition`, `claim` (what the source
        says, not what your data say), `trap` (what to look out for in the data) and `source`.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> cx.seven_drivers().loc[0, ["driver", "label_en", "label_nl"]].tolist()
    ['reliability', 'Reliability', 'Betrouwbaarheid']
    """
    import pandas as pd  # noqa: PLC0415  (the command's help needs the names, not the table)

    return pd.DataFrame(
        {
            "driver": driver,
            **{f"label_{code}": driver_label(driver, code) for code in LANGUAGES},
            **{
                word: say(f"drivers.{driver}.{word}", language)
                for word in ("definition", "claim", "trap")
            },
            "source": SOURCE,
        }
        for driver in DRIVERS
    )


def labels_of(keys: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the labels of drivers in every language, by language and key."""
    names = tuple(keys)
    return {code: {key: driver_label(key, code) for key in names} for code in LANGUAGES}


def driver_label(driver: str, language: str = "en") -> str:
    """Return the label of one of the seven drivers, or a client's own name as it is.

    Examples
    --------
    >>> driver_label("wait_time", "nl"), driver_label("Q7ART")
    ('Wachttijd', 'Q7ART')
    """
    return catalogue(language).get(f"drivers.{driver}.label", driver)
