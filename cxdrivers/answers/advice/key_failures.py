"""Find the failures that set the dissatisfied apart."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from cxdrivers.answers.advice.key_failures_result import KeyFailures
from cxdrivers.answers.draws import Draws
from cxdrivers.codebook.codebook import RATING, Question
from cxdrivers.errors import FitError, nearest
from cxdrivers.given_numbers import is_number
from cxdrivers.importance.key_failures import BoolArray, failure_shares, grown_set, reach_of
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.ranking import ranks
from cxdrivers.moments.design import design_of
from cxdrivers.moments.given_data import survey_in
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import LANGUAGES, Sentence, sentence

PART = 4 / 9
"""How far up the scale failures and the dissatisfied end: 5 of 1–10, 2 of 1–5."""
DIGITS = 9

Failed = float | Mapping[str, float] | None


def find_key_failures(
    survey: Survey,
    *,
    failed: Failed = None,
    dissatisfied: float | None = None,
    n_boot: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> KeyFailures:
    """Find the few failures that most of the dissatisfied have met, and few of the others.

    Use it to see what has to be in order first: how often failures occur counts here, beside what
    they go with. It is about low ratings alone and holds no other driver equal; for own effects
    use `driver_shapes`.

    Parameters
    ----------
    survey
        What was read. What did not apply, or has no answer, is no failure.
    failed
        The highest rating that is a failure: one number for all drivers, or by driver, the others
        having the usual one: 5 on a scale from 1 to 10, 2 on one from 1 to 5.
    dissatisfied
        The highest answer of the dissatisfied, by default as far up the scale of the outcome.
    n_boot, level, seed
        As in `driver_weights`.

    Returns
    -------
    KeyFailures
        A driver of another kind than a rating, or without a scale and a number in `failed`, is
        left out and named.

    Raises
    ------
    SurveyError
        When a check says that something must be mended first.
    FitError
        When a number cannot be, nobody or everybody is dissatisfied, or nothing fails.

    Notes
    -----
    Drivers are ordered by their Shapley shares of P(failure | dissatisfied) − P(failure | not), and
    join the set in that order as long as its value rises (Conklin, Powaga & Lipovetsky 2004).

    Examples
    --------
    >>> import cxdrivers as cx
    >>> found = find_key_failures(cx.load_example(), n_boot=0)
    >>> found.tidy().sort_values("rank")["driver"].head(2).tolist()
    ['customer_focus', 'wait_time']
    """
    survey = survey_in(survey)
    draws = Draws(n_boot, level, seed)
    draws.check()
    design = design_of(survey, blanks=True)
    cuts, left_out = _cuts(survey, failed)
    if not cuts:
        raise FitError("no_driver_fails", drivers=survey.drivers)
    bound = _bound(survey.codebook.outcome, dissatisfied)
    low = _dissatisfied(design.outcome, bound, survey.codebook.outcome.key)
    scores = survey.scores[list(cuts)].to_numpy(np.float64)[design.base.used]
    failures: BoolArray = scores <= np.array(list(cuts.values()))
    if not failures.any():
        raise FitError("nothing_fails", n=len(failures))
    masses = np.ones(len(low)) if design.weights is None else design.weights
    shares = failure_shares(failures, low, masses)
    order = np.argsort(-shares, kind="stable")
    size, reach = grown_set(failures, low, masses, order.tolist())

    def numbers(drawn: FloatArray) -> FloatArray:
        """Return shares, reach of the sample's set and of its steps, and the set grown anew."""
        again = failure_shares(failures, low, drawn)
        hit = np.logical_or.accumulate(failures[:, order], axis=1).astype(np.float64)
        steps = reach_of(hit, low, drawn)
        single = reach_of(failures.astype(np.float64), low, drawn)
        inside = np.array([_members(failures, low, one) for one in drawn])
        parts = (again, steps.dissatisfied, steps.others, single.dissatisfied, single.others)
        return np.stack([*parts, inside], axis=1)

    single = reach_of(failures.astype(np.float64), low, masses)
    estimate = np.stack(
        [shares, reach.dissatisfied, reach.others, single.dissatisfied, single.others]
    )
    away = survey.not_applicable[list(cuts)].to_numpy()[design.base.used]
    return KeyFailures(
        cuts=cuts,
        bound=bound,
        order=tuple(order.tolist()),
        size=size,
        rank=ranks(shares),
        estimate=estimate,
        replicates=draws.replicates(design, numbers),
        n_failed=failures.sum(axis=0),
        n_rated=np.isfinite(scores).sum(axis=0),
        n_blank=int((~np.isfinite(scores) & ~away).sum()),
        n_dissatisfied=int(low.sum()),
        left_out=left_out,
        design=design,
        draws=draws,
        outcome=survey.codebook.outcome.key,
        labels={language: survey.codebook.labels(language) for language in LANGUAGES},
    )


def _members(failures: BoolArray, low: BoolArray, masses: FloatArray) -> FloatArray:
    """Return 1 for the drivers in the set that a resample grows, NaN where it has no groups."""
    shares = failure_shares(failures, low, masses)
    if not np.isfinite(shares).all():
        return np.full(len(shares), np.nan)
    order = np.argsort(-shares, kind="stable")
    size, _ = grown_set(failures, low, masses, order.tolist())
    inside = np.zeros(len(shares))
    inside[order[:size]] = 1.0
    return inside


def _cuts(survey: Survey, failed: Failed) -> tuple[dict[str, float], dict[str, Sentence]]:
    """Return the highest rating that is a failure of each driver, and why some have none."""
    own = _own_cuts(survey, failed)
    cuts: dict[str, float] = {}
    left_out: dict[str, Sentence] = {}
    for question in survey.codebook.drivers:
        key = question.key
        if question.kind != RATING or question.interaction:
            if isinstance(failed, Mapping) and key in failed:
                raise FitError("failed_without_rating", driver=key)
            left_out[key] = sentence("key_failures.no_rating")
        elif key in own:
            cuts[key] = _below_the_end(question, own[key])
        elif question.scale is not None:
            cuts[key] = _usual(question.scale)
        else:
            left_out[key] = sentence("key_failures.no_scale")
    return cuts, left_out


def _own_cuts(survey: Survey, failed: Failed) -> dict[str, float]:
    """Return what was asked for, by driver."""
    if failed is None:
        return {}
    if not isinstance(failed, Mapping):
        if not is_number(failed):
            raise FitError("failed_unknown", given=repr(failed))
        return dict.fromkeys(survey.drivers, float(failed))
    for key, given in failed.items():
        if key not in survey.drivers:
            near = nearest(key, survey.drivers)
            facts = {"near": near, "drivers": survey.drivers}
            raise FitError("failed_of_stranger", driver=str(key), **facts)
        if not is_number(given):
            raise FitError("failed_not_a_number", driver=key, given=repr(given))
    return {key: float(given) for key, given in failed.items()}


def _below_the_end(question: Question, cut: float) -> float:
    """Return a cut, or refuse one that makes every rating of a driver a failure."""
    if question.scale is not None and cut >= question.scale[1]:
        low, high = question.scale
        facts = {"given": cut, "low": low, "high": high, "usual": _usual(question.scale)}
        raise FitError("everything_fails", driver=question.key, **facts)
    return cut


def _bound(question: Question, dissatisfied: float | None) -> float:
    if dissatisfied is not None:
        if not is_number(dissatisfied):
            raise FitError("dissatisfied_not_a_number", given=repr(dissatisfied))
        return float(dissatisfied)
    if question.scale is None:
        raise FitError("dissatisfied_needed", outcome=question.key)
    return _usual(question.scale)


def _dissatisfied(outcome: FloatArray, bound: float, key: str) -> BoolArray:
    low: BoolArray = outcome <= bound
    facts = {"outcome": key, "cut": bound, "n": len(low)}
    if not low.any():
        raise FitError("nobody_dissatisfied", low=float(outcome.min()), **facts)
    if low.all():
        raise FitError("everybody_dissatisfied", **facts)
    return low


def _usual(scale: tuple[float, float]) -> float:
    low, high = scale
    return float(math.floor(round(low + PART * (high - low), DIGITS)))
