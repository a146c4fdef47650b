"""Judge the items of one driver, by the same rule in the checks and in the assessment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cxdrivers.survey.coding import FloatArray
from cxdrivers.survey.reliability import (
    LEAST,
    LEAST_ITEM_REST,
    USUAL,
    alpha_of,
    alphas_without,
    item_rest_correlations,
    omega_of,
)

LOW, DOUBTFUL, STRAY_ITEM, NOT_TOLD, SOUND = "low", "doubtful", "stray_item", "not_told", ""


@dataclass(frozen=True, eq=False)
class ScaleVerdict:
    """How well the items of one driver hang together.

    Attributes
    ----------
    alpha, omega
        Of all items.
    item_rest, without
        Shape ``(k,)``: correlation with the sum of the others, and alpha of the others.
    """

    alpha: float
    omega: float
    item_rest: FloatArray
    without: FloatArray

    @property
    def worst(self) -> int:
        """Position of the item that goes least with the others."""
        return int(np.argmin(self.item_rest))

    @property
    def remark(self) -> str:
        """What there is to say of it.

        ``stray_item``: an item correlates below 0.3 with the sum of the others, and those would
        hold together without it. ``low``: alpha and omega are below 0.6. ``doubtful``: both are
        below 0.7. ``not_told``: the answers do not tell. Nothing: they hang together.

        Both alpha and omega must be low, since alpha is too low where items measure with unequal
        strength. Of two items neither is the stray one.
        """
        if not np.isfinite([self.alpha, self.omega, *self.item_rest]).all():
            return NOT_TOLD
        stray = self.item_rest[self.worst] < LEAST_ITEM_REST
        if stray and len(self.item_rest) > 2 and self.without[self.worst] >= LEAST:
            return STRAY_ITEM
        highest = max(self.alpha, self.omega)
        if highest < LEAST:
            return LOW
        return DOUBTFUL if highest < USUAL else SOUND


def verdict_of(covariance: FloatArray) -> ScaleVerdict:
    """Return the verdict on items from their covariances, shape ``(k, k)``."""
    return ScaleVerdict(
        alpha=float(alpha_of(covariance)),
        omega=float(omega_of(covariance)),
        item_rest=item_rest_correlations(covariance),
        without=alphas_without(covariance),
    )
