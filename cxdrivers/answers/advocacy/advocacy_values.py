"""Compute the numbers of the chain: of the sample, and of resamples divided over the fillings."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cxdrivers.answers.advocacy.covariates import Covariates
from cxdrivers.answers.advocacy.driver_gains import GainModel, driver_moves, gain_model
from cxdrivers.answers.draws import Draws
from cxdrivers.errors import FitError
from cxdrivers.models.mediation import MediationModel, mediation_model
from cxdrivers.models.resampled_logit import Regressors
from cxdrivers.models.sensitivity import linear_coefficients, partial_strengths
from cxdrivers.moments.schemes import REPLICATE_WEIGHTS, scheme_of
from cxdrivers.survey.coding import FloatArray

WIDTH = 17
"""Numbers a replicate beside two for every driver."""


@dataclass(frozen=True, eq=False)
class ChainValues:
    """The numbers of the chain, side by side; the leading axis is that of resamples.

    Attributes
    ----------
    flat
        Shape ``(B, 17 + 2p)``.
    """

    flat: FloatArray

    @property
    def top(self) -> FloatArray:
        """The chance of a score in the top box without and with a mention, ``(B, 2)``."""
        return self.flat[:, 0:2]

    @property
    def recommended(self) -> FloatArray:
        """The chance of a recommendation by mention and score, shape ``(B, 4)``."""
        return self.flat[:, 2:6]

    @property
    def crossed(self) -> FloatArray:
        """E[Y(a, M(b))] for ab = 00, 01, 10, 11, shape ``(B, 4)``."""
        return self.flat[:, 6:10]

    @property
    def effects(self) -> FloatArray:
        """Direct, indirect and total, shape ``(B, 3)``: the first two add up to the third."""
        direct = self.crossed[:, 2] - self.crossed[:, 0]
        indirect = self.crossed[:, 3] - self.crossed[:, 2]
        return np.stack([direct, indirect, direct + indirect], axis=1)

    @property
    def ratios(self) -> FloatArray:
        """The same as ratios of chances, and those of both links, shape ``(B, 5)``."""
        none, _, mention, both = self.crossed.T
        below, above = self.flat[:, 10:12].T
        without, with_mention = self.top.T
        over = np.stack([mention, both, both, with_mention, above], axis=1)
        under = np.stack([none, mention, none, without, below], axis=1)
        ratios: FloatArray = np.full_like(over, np.nan)
        np.divide(over, under, out=ratios, where=under > 0)
        return ratios

    @property
    def slopes(self) -> FloatArray:
        """Of straight lines: total, direct and both links, shape ``(B, 4)``."""
        return self.flat[:, 12:16]

    @property
    def penalised(self) -> FloatArray:
        """Where a likelihood had no top, shape ``(B,)``: 1 or 0."""
        return self.flat[:, 16]

    @property
    def gains(self) -> FloatArray:
        """What half a point more on each driver goes with, shape ``(B, p, 2)``."""
        return self.flat[:, WIDTH:].reshape(len(self.flat), -1, 2)


@dataclass(frozen=True, eq=False)
class ChainModel:
    """All regressions of one filling of the covariates.

    Attributes
    ----------
    mediation, gains
        The logistic ones.
    lines
        Straight lines: which column of which regressors explains what. Of the total and the first
        link, a mention beside covariates; of the direct part and the second link, mention and score
        beside each other.
    """

    mediation: MediationModel
    gains: GainModel
    lines: tuple[tuple[Regressors, FloatArray, tuple[int, ...]], ...]

    @property
    def penalised(self) -> bool:
        """Whether one of the sample's likelihoods has no top."""
        return self.mediation.penalised or self.gains.penalised

    def flat(self, masses: FloatArray) -> FloatArray:
        """Return the numbers of each resample, shape ``(B, 17 + 2p)``, of masses ``(B, n)``."""
        found = self.mediation.at(masses)
        gains, penalised = self.gains.at(masses)
        total, link, both = (
            linear_coefficients(line, outcome, masses)[:, list(places)]
            for line, outcome, places in self.lines
        )
        return np.column_stack(
            [
                found.top,
                found.recommended.reshape(-1, 4),
                found.crossed.reshape(-1, 4),
                found.by_top,
                total,
                both[:, 0],
                link,
                both[:, 1],
                found.penalised | penalised,
                gains.reshape(len(gains), -1),
            ]
        )

    def strengths(self, masses: FloatArray) -> FloatArray:
        """Return f = |t|/√df of the four slopes, shape ``(4,)``, of masses of shape ``(n,)``."""
        total, link, both = (
            partial_strengths(line, outcome, masses)[list(places)]
            for line, outcome, places in self.lines
        )
        return np.array([total[0], both[0], link[0], both[1]])


@dataclass(frozen=True, eq=False)
class ChainFit:
    """The numbers of the sample, averaged over the fillings, and those of its resamples.

    Attributes
    ----------
    sample
        With a leading axis of length 1.
    replicates
        Of all fillings; None without resamples.
    strengths
        Shape ``(4,)``.
    penalised
        Whether a likelihood of the sample had no top, in one of the fillings.
    """

    sample: ChainValues
    replicates: ChainValues | None
    strengths: FloatArray
    penalised: bool


def chain_model(covariates: Covariates, filling: FloatArray) -> ChainModel:
    """Fit all regressions to one filling.

    Parameters
    ----------
    covariates
        Of rows whose mention and recommendation are known.
    filling
        One of its fillings.

    Raises
    ------
    FitError
        As `mediation_model`.
    """
    rows = covariates.rows
    if rows.mention is None or rows.recommended is None:
        raise TypeError("a chain needs mentions and recommendations")
    mention, recommended, top = rows.mention, rows.recommended, rows.top.astype(np.float64)
    mediation = mediation_model(mention, top, recommended, filling, rows.masses)
    alone = mediation.top.regressors
    beside = Regressors(np.insert(alone.columns, 2, top, axis=1))
    moves = driver_moves(covariates, filling)
    return ChainModel(
        mediation=mediation,
        gains=gain_model(top, recommended, filling, moves, rows.masses),
        lines=((alone, recommended, (1,)), (alone, top, (1,)), (beside, recommended, (1, 2))),
    )


def fit_chain(covariates: Covariates, draws: Draws) -> ChainFit:
    """Fit the chain to every filling, and resample each of them in turn.

    Resamples are divided among the fillings, so that they differ as much as samples with such
    blanks do ("MI boot pooled": Schomaker & Heumann 2018, *Statistics in Medicine* 37, 2252–2266).

    Parameters
    ----------
    covariates
        Of rows whose mention and recommendation are known.
    draws
        How many resamples of all fillings together.

    Raises
    ------
    FitError
        As `mediation_model`, and when there are both blanks and replicate weights.
    """
    rows = covariates.rows
    count = len(covariates.fillings)
    if count > 1 and scheme_of(rows.rows) == REPLICATE_WEIGHTS:
        raise FitError("chain_replicates_of_blanks", drivers=rows.survey.drivers)
    sample, strengths, parts = [], [], []
    penalised = False
    for place, filling in enumerate(covariates.fillings):
        model = chain_model(covariates, filling)
        penalised |= model.penalised
        sample.append(model.flat(rows.masses[np.newaxis]))
        strengths.append(model.strengths(rows.masses))
        own = draws if count == 1 else _part_of(draws, place, count)
        drawn = own.replicates(rows.rows, model.flat)
        if drawn is not None:
            parts.append(drawn)
    return ChainFit(
        sample=ChainValues(np.mean(sample, axis=0)),
        replicates=ChainValues(np.concatenate(parts)) if parts else None,
        strengths=np.mean(strengths, axis=0),
        penalised=penalised,
    )


def _part_of(draws: Draws, place: int, count: int) -> Draws:
    """Return the draws of one filling: its part of them, from a seed of its own."""
    size = draws.n_boot * (place + 1) // count - draws.n_boot * place // count
    seed = int(np.random.SeedSequence([draws.seed, place]).generate_state(1)[0])
    return replace(draws, n_boot=size, seed=seed)
