"""Show a number the way the reader's language writes it.

Results hold raw floats; rounding, decimal commas, signs and spaces happen here and nowhere else.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

MISSING = "–"
MINUS = "\u2212"
NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Convention:
    """How a language writes numbers."""

    decimal: str
    thousands: str = NO_BREAK
    percent: str = f"{NO_BREAK}%"


CONVENTIONS = {"en": Convention(decimal="."), "nl": Convention(decimal=",")}


def number(
    value: float, language: str = "en", *, digits: int = 2, most: float | None = None
) -> str:
    r"""Return a number with a fixed number of decimals, or that it is more than the most.

    Examples
    --------
    >>> number(89817.5, most=1000)
    '>\xa01\xa0000'
    >>> number(-1234.5, "nl", digits=1)
    '−1\xa0234,5'
    """
    if not math.isfinite(value):
        return MISSING
    if most is not None and value > most:
        return f">{NO_BREAK}{number(most, language, digits=0)}"
    rule = CONVENTIONS[language]
    text = f"{abs(value):,.{digits}f}"
    whole, _, fraction = text.partition(".")
    text = whole.replace(",", rule.thousands) + (rule.decimal + fraction if fraction else "")
    negative = value < 0 and float(f"{value:.{digits}f}") != 0
    return MINUS + text if negative else text


def count(value: float, language: str = "en") -> str:
    """Return a whole number."""
    return number(value, language, digits=0)


def percent(value: float, language: str = "en", *, digits: int = 0) -> str:
    r"""Return a proportion as a percentage.

    Examples
    --------
    >>> percent(0.3149)
    '31\xa0%'
    """
    if not math.isfinite(value):
        return MISSING
    return number(100 * value, language, digits=digits) + CONVENTIONS[language].percent


def level_percent(level: float, language: str = "en") -> str:
    r"""Return the level of an interval with the decimals it has.

    Examples
    --------
    >>> level_percent(0.95), level_percent(0.999, "nl")
    ('95\xa0%', '99,9\xa0%')
    """
    _, _, decimals = f"{100 * level:.10g}".partition(".")
    return percent(level, language, digits=len(decimals))


def percent_range(low: float, high: float, language: str = "en", *, digits: int = 0) -> str:
    """Return an interval of proportions: '27–35 %'."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return MISSING
    ends = [number(100 * end, language, digits=digits) for end in (low, high)]
    dash = " – " if any(end.startswith(MINUS) for end in ends) else "–"
    return dash.join(ends) + CONVENTIONS[language].percent


def interval(
    low: float, high: float, language: str = "en", *, digits: int = 2, most: float | None = None
) -> str:
    """Return an interval in square brackets: '[0.36, 0.46]', in Dutch '[0,36; 0,46]'."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return MISSING
    between = ", " if CONVENTIONS[language].decimal == "." else "; "
    ends = [number(end, language, digits=digits, most=most) for end in (low, high)]
    return f"[{between.join(ends)}]"


def rank_range(low: float, high: float) -> str:
    """Return an interval of ranks: '6–7', or '1' when both ends agree."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return MISSING
    return f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}"


def p_value(value: float, language: str = "en") -> str:
    """Return a p-value with three decimals, '< 0.001' below that."""
    if math.isfinite(value) and value < 0.001:
        return f"<{NO_BREAK}{number(0.001, language, digits=3)}"
    return number(value, language, digits=3)
