"""Correct shares of mentions for what is missed and for what is none.

A detector that finds a part (its sensitivity) of the mentions, and leaves a part (its specificity)
of the other texts alone, shows a share q where the true one is
(q + specificity − 1) ÷ (sensitivity + specificity − 1) (Rogan & Gladen 1978, *American Journal of
Epidemiology* 107, 71–76). Both differ by score, so each band of scores is corrected by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.mentions.bands import score_bands
from cxdrivers.mentions.correction_result import MentionCorrection
from cxdrivers.mentions.detection_quality import Cells
from cxdrivers.mentions.evaluation_result import MentionEvaluation
from cxdrivers.mentions.mentions_result import Mentions
from cxdrivers.moments.intervals import percentile_interval

CHANCE = 1e-9
"""A detector whose sensitivity and specificity add up to no more than 1 and this tells nothing."""


def correct_shares(
    evaluation: MentionEvaluation,
    *,
    mentions: Mentions | None = None,
    scores: Sequence[float] | pd.Series | None = None,
    n_boot: int = 1000,
    seed: int = 0,
) -> MentionCorrection:
    """Return the share of mentions at each band of scores as it would be without errors.

    In every resample texts are drawn again, and the chances of an error are drawn again from what
    the labels say of them (Jeffreys' distribution, which is also wide where no error was seen).

    Parameters
    ----------
    evaluation
        What `evaluate_mentions` found.
    mentions, scores
        Other texts to correct with the same sensitivity and specificity, such as those of a next
        wave. By default the texts that the labelled ones were drawn from.
    n_boot
        How many resamples; 0 for no intervals.
    seed
        The same seed gives the same intervals.

    Returns
    -------
    MentionCorrection

    Raises
    ------
    FitError
        When other texts have scores in a band of which nothing is labelled.
    """
    if not isinstance(n_boot, int) or n_boot < 0 or n_boot == 1:
        raise FitError("n_boot_unknown", n_boot=n_boot)
    if not isinstance(seed, int) or seed < 0:
        raise FitError("seed_unknown", seed=str(seed))
    cells = evaluation.cells
    own = mentions is None
    texts = cells.texts if mentions is None else _texts(evaluation, mentions, scores)
    share = np.nan_to_num(cells.share)
    rates = error_rates(cells.texts, share[1], share[0])
    raw = _estimate(texts, cells.texts, share, rates, own=own)
    rng = np.random.default_rng(seed)
    drawn_own = _drawn_texts(cells.texts, n_boot, rng)
    drawn = drawn_own if own else _drawn_texts(texts, n_boot, rng)
    drawn_share = _drawn_shares(cells, n_boot, rng)
    drawn_rates = error_rates(drawn_own, drawn_share[:, 1], drawn_share[:, 0])
    replicates = _estimate(drawn, drawn_own, drawn_share, drawn_rates, own=own)
    with_all = [_with_all(values, held) for values, held in ((raw, texts), (replicates, drawn))]
    corrected, resampled = (np.clip(values, 0, 1) for values in with_all)
    low, high = percentile_interval(resampled, evaluation.level)
    # A share that was set to 0 or 1 lies outside the percentiles of resamples that never reach it.
    low, high = np.minimum(low, corrected), np.maximum(high, corrected)
    held = texts.sum(axis=0)
    found = np.divide(texts[1], held, out=np.full(len(held), np.nan), where=held > 0)
    return MentionCorrection(
        bands=evaluation.bands,
        texts=held.astype(np.int64),
        found=found,
        estimate=corrected,
        conf_low=low,
        conf_high=high,
        clipped=np.append((raw < 0) | (raw > 1), False),
        sensitivity=rates[0],
        specificity=rates[1],
        level=evaluation.level,
        n_boot=n_boot,
        seed=seed,
    )


def error_rates(
    texts: FloatArray, precision: FloatArray, omission: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return sensitivity and specificity from what is known by what was found.

    Parameters
    ----------
    texts
        Shape ``(..., 2, bands)``: texts without and with a found mention.
    precision, omission
        Shape ``(..., bands)``: shares with a mention where one was found, and where none was.

    Returns
    -------
    sensitivity, specificity
        Shape ``(..., bands)``; 1 where there is nothing to find, or nothing to leave alone.
    """
    found, others = texts[..., 1, :], texts[..., 0, :]
    hits, missed = found * precision, others * omission
    false, left = found * (1 - precision), others * (1 - omission)
    return _part(hits, missed), _part(left, false)


def rogan_gladen(found: FloatArray, sensitivity: FloatArray, specificity: FloatArray) -> FloatArray:
    """Return the true share behind a found one; outside 0–1 where the three do not fit.

    Parameters
    ----------
    found, sensitivity, specificity
        Shape ``(...)``: proportions.

    Returns
    -------
    ndarray, shape ``(...)``
        NaN where the detector does no better than chance.

    Examples
    --------
    >>> rogan_gladen(np.array([0.5]), np.array([0.9]), np.array([0.95])).round(3)
    array([0.529])
    """
    better = np.asarray(sensitivity + specificity - 1, np.float64)
    told = better > CHANCE
    corrected = (found + specificity - 1) / np.where(told, better, 1.0)
    return np.asarray(np.where(told, corrected, np.nan), np.float64)


def _estimate(
    texts: FloatArray,
    own_texts: FloatArray,
    share: FloatArray,
    rates: tuple[FloatArray, FloatArray],
    *,
    own: bool,
) -> FloatArray:
    """Return corrected shares by band.

    For the texts that the rates come from, the formula gives the mean of precision and omission
    over the texts, and that also holds where sensitivity and specificity cannot be told.
    """
    if own:
        held = own_texts.sum(axis=-2)
        mentions = (own_texts * share).sum(axis=-2)
        return _divided(mentions, held)
    return rogan_gladen(_divided(texts[..., 1, :], texts.sum(axis=-2)), *rates)


def _with_all(values: FloatArray, texts: FloatArray) -> FloatArray:
    """Return the share of every band, and behind them that of all bands."""
    held = texts.sum(axis=-2)
    inside = np.where(held > 0, np.clip(values, 0, 1), 0.0)
    whole = _divided((held * inside).sum(axis=-1), held.sum(axis=-1))
    return np.concatenate([values, whole[..., None]], axis=-1)


def _texts(
    evaluation: MentionEvaluation,
    mentions: Mentions,
    scores: Sequence[float] | pd.Series | None,
) -> FloatArray:
    """Return how many other texts there are by what was found and by the bands of the labels."""
    bands = score_bands(scores, len(mentions), starts=evaluation.starts)
    names = [bands.names[place] for place in bands.place[mentions.written]]
    unknown = sorted(set(names) - set(evaluation.bands))
    if unknown:
        raise FitError("correction_bands", bands=unknown, known=evaluation.bands)
    home = np.array([evaluation.bands.index(name) for name in names], dtype=np.intp)
    found = mentions.mention[mentions.written]
    count = len(evaluation.bands)
    return np.stack(
        [np.bincount(home[found == flag], minlength=count).astype(np.float64) for flag in (0, 1)]
    )


def _drawn_texts(texts: FloatArray, n_boot: int, rng: np.random.Generator) -> FloatArray:
    """Draw texts again, shape ``(B, 2, bands)``."""
    n = int(texts.sum())
    chances = texts.reshape(-1) / max(n, 1)
    return rng.multinomial(n, chances, n_boot).reshape(n_boot, *texts.shape).astype(np.float64)


def _drawn_shares(cells: Cells, n_boot: int, rng: np.random.Generator) -> FloatArray:
    """Draw the share with a mention in every cell again, shape ``(B, 2, bands)``."""
    share = np.nan_to_num(cells.share)
    yes, no = cells.size * share + 0.5, cells.size * (1 - share) + 0.5
    return rng.beta(yes, no, size=(n_boot, *share.shape))


def _part(one: FloatArray, other: FloatArray) -> FloatArray:
    part = _divided(one, one + other)
    return np.where(np.isnan(part), 1.0, part)


def _divided(top: FloatArray, bottom: FloatArray) -> FloatArray:
    there = np.asarray(bottom > 0)
    return np.asarray(np.where(there, top / np.where(there, bottom, 1.0), np.nan), np.float64)
