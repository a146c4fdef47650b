"""Hold what any regression says of its terms."""

from __future__ import annotations

from dataclasses import dataclass

from cxdrivers.importance.lattice import FloatArray


@dataclass(frozen=True, eq=False)
class TermEstimates:
    """Coefficients and how sure they are, one entry a term; NaN where it cannot be told.

    Attributes
    ----------
    estimate, std_error, statistic, p_value, conf_low, conf_high
        Shape ``(k,)``. Coefficients are in outcome units per scale point, or in log odds.
    own_p_value
        Shape ``(p,)``: for each driver, the test that all its coefficients are zero.
    """

    estimate: FloatArray
    std_error: FloatArray
    statistic: FloatArray
    p_value: FloatArray
    conf_low: FloatArray
    conf_high: FloatArray
    own_p_value: FloatArray

    @property
    def numbers(self) -> dict[str, FloatArray]:
        """What a tidy table says of each term, by column of the table."""
        return {
            "estimate": self.estimate,
            "std_error": self.std_error,
            "statistic": self.statistic,
            "p_value": self.p_value,
            "conf_low": self.conf_low,
            "conf_high": self.conf_high,
        }
