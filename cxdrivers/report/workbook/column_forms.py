"""Say how the numbers of a tidy table's column are shown: as what, and with how many decimals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cxdrivers.report.workbook.columns import family_of, middle_and_end

COUNT, NUMBER, PLAIN, P_VALUE, SHARE = KINDS = ("count", "number", "plain", "p_value", "share")
"""Whole numbers; with decimals; as they were given; p-values; parts of a whole as percentages."""


@dataclass(frozen=True)
class Form:
    """How a number is shown.

    Attributes
    ----------
    kind
        One of `KINDS`.
    digits
        Decimals of a number or of a percentage.
    """

    kind: str
    digits: int = 0


WHOLE, GIVEN, CHANCE = Form(COUNT), Form(PLAIN), Form(P_VALUE)
PERCENT, POINTS = Form(SHARE), Form(SHARE, 1)
TWO_DECIMALS = Form(NUMBER, 2)

FORMS: Mapping[str, Form] = {
    **dict.fromkeys(
        (
            "share",
            "complete_share",
            "other_share",
            "p_first",
            "p_top_two",
            "p_fix_first",
            "p_fix_first_at_means",
            "p_key",
            "probability",
            "verdict_probability",
            "met",
            "reach",
            "others",
            "in_box",
            "isotonic",
            "i_squared",
        ),
        PERCENT,
    ),
    **dict.fromkeys(("own", "share_width", "width"), POINTS),
    **dict.fromkeys(
        ("p_value", "p_adjusted", "own_p_value", "ends_p_value", "p_below_nil", "p_above_nil"),
        CHANCE,
    ),
    **dict.fromkeys(("failed", "low", "high", "score", "threshold"), GIVEN),
    **dict.fromkeys(
        (
            "n",
            "rank",
            "complete_rank",
            "complete_n",
            "other_n",
            "n_effective",
            "performance",
            "recommenders",
            "cost",
            "cost_per_point",
            "times",
        ),
        WHOLE,
    ),
    "vif": Form(NUMBER, 1),
}
"""Column → how its numbers and the ends of their intervals are shown; else two decimals."""

FORMS_IN: Mapping[tuple[str, str], Form] = {
    **{
        (stem, "estimate"): POINTS
        for stem in (
            "weights",
            "methods",
            "outcomes",
            "users",
            "missing",
            "halo",
            "precision",
            "groups",
            "inner_groups",
            "key_failures",
            "advocacy",
            "perceptions",
        )
    },
    **{
        (stem, column): POINTS
        for stem in ("groups", "inner_groups")
        for column in ("std_error", "shrunk")
    },
    ("agent_link", "estimate"): PERCENT,
    ("recommendation", "estimate"): PERCENT,
}
"""The same for one section."""

DECIDING: Mapping[str, str] = {"scenarios": "quantity", "outcomes": "outcome"}
"""Section → the column whose word says what the numbers of a row are; else ``measure``."""
FORMS_BY_WORD: Mapping[tuple[str, str], Form] = {
    **{("top_box", column): POINTS for column in ("observed", "today", "changed", "estimate")},
    **{("recommended", column): WHOLE for column in ("observed", "today", "changed")},
    ("recommended", "estimate"): Form(NUMBER, 1),
    **{
        ("weight", column): POINTS
        for column in ("estimate", "std_error", "tau", "prediction", "shrunk")
    },
}
"""What a row's numbers are, and a column → how they are shown."""
MEAN = "mean"


def form_of(column: str, stem: str, *, word: str = "", whole: bool = False) -> Form:
    """Return how a number of a section's data is shown.

    Parameters
    ----------
    column
        As the tidy table has it.
    stem
        Of the section.
    word
        What stands in the deciding column of the same row, if there is one.
    whole
        The column holds whole numbers only.

    Examples
    --------
    >>> form_of("share_low", "weights"), form_of("effect", "weights")
    (Form(kind='share', digits=0), Form(kind='number', digits=2))
    """
    middle = column if column in FORMS else middle_and_end(column)[0]
    family = family_of(stem)
    if family == "outcomes" and middle == "effect" and word != MEAN:
        return POINTS
    found = FORMS_BY_WORD.get((word, middle)) or FORMS_IN.get((family, middle))
    return found or FORMS.get(middle) or (WHOLE if whole else TWO_DECIMALS)


def deciding_column(stem: str) -> str:
    """Return the column whose word says what the numbers of a row are."""
    return DECIDING.get(family_of(stem), "measure")
