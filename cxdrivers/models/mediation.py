"""Take apart what goes with a mention: through the 8–10s, and beside them.

With A for a mention, M for a score in the top box, Y for a real recommendation and C for what is
held equal, let M(a) be whether a customer would give such a score with mention a, and Y(a, m)
whether this customer would recommend with mention a and score m. Then

* direct  = E[Y(1, M(0))] − E[Y(0, M(0))]: the mention changes, scores are those without one;
* indirect = E[Y(1, M(1))] − E[Y(1, M(0))]: scores change, there is a mention;
* total   = E[Y(1, M(1))] − E[Y(0, M(0))], their sum: E[Y(1, M(0))] cancels.

If, among customers with the same C, the mention goes with nothing else that tells M and Y, and the
score with nothing else that tells Y, then with m_a(c) = P(M = 1 | a, c) and
y_am(c) = P(Y = 1 | a, m, c)

  E[Y(a, M(b))] = E_c[ y_a1(c) m_b(c) + y_a0(c) (1 − m_b(c)) ],

because given c the score M(b) is 1 with chance m_b(c) whatever Y(a, ·) is. So

* direct  = E_c[ (y_11 − y_01) m_0 + (y_10 − y_00) (1 − m_0) ],
* indirect = E_c[ (y_11 − y_10) (m_1 − m_0) ]

(Pearl 2001, *Proceedings of UAI*, 411–420; VanderWeele & Vansteelandt 2010, *American Journal of
Epidemiology* 172, 1339–1348; Imai, Keele & Tingley 2010, *Psychological Methods* 15, 309–334).
Where those conditions do not hold, which data cannot tell, the same numbers take an association
apart and nothing more. Both chances are logistic regressions, the second with the product of
mention and score, and the average over c is that of the sample, or of each resample.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.resampled_logit import BoolArray, Logit, Regressors, fit_logit
from cxdrivers.models.standardised import standardised

AT_ONCE = 2**17
"""Rows times resamples that stay in the processor's cache."""


@dataclass(frozen=True, eq=False)
class Mediation:
    """Average chances, of the sample or of B resamples.

    Attributes
    ----------
    top
        E[M(a)], shape ``(B, 2)``.
    recommended
        E[Y(a, m)], shape ``(B, 2, 2)``: mention, score.
    crossed
        E[Y(a, M(b))], shape ``(B, 2, 2)``: a, b.
    by_top
        The chance of a recommendation without and with a score in the top box, mentions being as
        they are; shape ``(B, 2)``.
    penalised
        Shape ``(B,)``: where a likelihood had no top.
    """

    top: FloatArray
    recommended: FloatArray
    crossed: FloatArray
    by_top: FloatArray
    penalised: BoolArray

    @property
    def direct(self) -> FloatArray:
        """Shape ``(B,)``."""
        return self.crossed[:, 1, 0] - self.crossed[:, 0, 0]

    @property
    def indirect(self) -> FloatArray:
        """Shape ``(B,)``."""
        return self.crossed[:, 1, 1] - self.crossed[:, 1, 0]

    @property
    def total(self) -> FloatArray:
        """The sum of both, shape ``(B,)``."""
        return self.direct + self.indirect


@dataclass(frozen=True, eq=False)
class MediationModel:
    """Both regressions of the sample, from which those of resamples start.

    Attributes
    ----------
    mention
        Shape ``(n,)``: 0 or 1.
    top, recommended
        The regressions of M on a constant, the mention and the covariates; and of Y on a constant,
        the mention, the score, their product and the covariates.
    cells
        Shape ``(n, 4)``: in which of the four groups by mention and score each row is.
    """

    mention: FloatArray
    top: Logit
    recommended: Logit
    cells: FloatArray

    @property
    def penalised(self) -> bool:
        """Whether one of the sample's likelihoods has no top."""
        return self.top.penalised or self.recommended.penalised

    def at(self, masses: FloatArray) -> Mediation:
        """Return the chances of each resample.

        Parameters
        ----------
        masses
            Shape ``(B, n)``: how much each row counts.

        Raises
        ------
        FitError
            When the top of a penalised likelihood is not reached.
        """
        step = max(1, AT_ONCE // masses.shape[1])
        parts = [self._part(masses[start : start + step]) for start in range(0, len(masses), step)]
        fields = ("top", "recommended", "crossed", "by_top", "penalised")
        return Mediation(
            *(np.concatenate([getattr(part, name) for part in parts]) for name in fields)
        )

    def _part(self, masses: FloatArray) -> Mediation:
        masses = masses / masses.mean(axis=1, keepdims=True)
        empty = (masses @ self.cells == 0).any(axis=1)
        of_top, first = self.top.resampled(masses, empty)
        of_recommended, second = self.recommended.resampled(masses, empty)
        shares = masses / masses.shape[1]
        level = _without(of_top, self.top.regressors.columns, 1)
        scored = [expit(level), expit(level + of_top[:, [1]])]
        level = _without(of_recommended, self.recommended.regressors.columns, 3)
        mention, score, both = (of_recommended[:, [place]] for place in (1, 2, 3))
        told = [
            [expit(level), expit(level + score)],
            [expit(level + mention), expit(level + mention + score + both)],
        ]
        crossed = [
            [np.vecdot(shares, given[1] * chance + given[0] * (1 - chance)) for chance in scored]
            for given in told
        ]
        mentioned, not_mentioned = shares * self.mention, shares * (1 - self.mention)
        by_top = [
            np.vecdot(mentioned, told[1][place]) + np.vecdot(not_mentioned, told[0][place])
            for place in (0, 1)
        ]
        averages = [[np.vecdot(shares, chance) for chance in given] for given in told]
        return Mediation(
            top=np.stack([np.vecdot(shares, chance) for chance in scored], axis=-1),
            recommended=_stacked(averages),
            crossed=_stacked(crossed),
            by_top=np.stack(by_top, axis=-1),
            penalised=first | second,
        )


def mediation_model(
    mention: FloatArray,
    top: FloatArray,
    recommended: FloatArray,
    covariates: FloatArray,
    masses: FloatArray,
) -> MediationModel:
    """Fit both regressions to a sample.

    Parameters
    ----------
    mention, top, recommended
        Shape ``(n,)``: 0 or 1. All four groups by mention and score occur.
    covariates
        Shape ``(n, k)``, without blanks; what can be computed from others is left out.
    masses
        Shape ``(n,)``: how much each row counts.

    Raises
    ------
    FitError
        When the mention or the score follows from the covariates, or the top of a penalised
        likelihood is not reached.

    Examples
    --------
    Without covariates the chances are shares of customers.

    >>> mention = np.repeat([0.0, 1.0], 8)
    >>> top = np.tile(np.repeat([0.0, 1.0], 4), 2)
    >>> told = np.array([0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 1, 1], dtype=float)
    >>> model = mediation_model(mention, top, told, np.empty((16, 0)), np.ones(16))
    >>> found = model.at(np.ones((1, 16)))
    >>> found.recommended[0].round(6).tolist(), found.total.round(6).tolist()
    ([[0.25, 0.5], [0.25, 0.75]], [0.125])
    """
    one = np.ones(len(mention))
    held = standardised(covariates).columns
    even = masses / masses.mean()
    of_top = np.column_stack([one, mention, held])
    of_recommended = np.column_stack([one, mention, top, mention * top, held])
    if np.linalg.matrix_rank(of_recommended) < of_recommended.shape[1]:
        raise FitError("chain_follows", n=len(mention), columns=held.shape[1])
    return MediationModel(
        mention=mention,
        top=fit_logit(Regressors(of_top), top, even),
        recommended=fit_logit(Regressors(of_recommended), recommended, even),
        cells=np.eye(4)[(2 * mention + top).astype(np.intp)],
    )


def _without(coefficients: FloatArray, columns: FloatArray, count: int) -> FloatArray:
    """Return log odds without the `count` columns after the constant, shape ``(B, n)``."""
    kept = [0, *range(1 + count, columns.shape[1])]
    level: FloatArray = coefficients[:, kept] @ columns[:, kept].T
    return level


def _stacked(found: list[list[FloatArray]]) -> FloatArray:
    """Return shape ``(B, 2, 2)``."""
    return np.stack([np.stack(row, axis=-1) for row in found], axis=-2)
